import { composeDispatch } from '#lambda/dispatch.ts';
import { withStack } from '#lambda/middleware.ts';
import { dispatchDueSyncs } from '#sync/runs/dispatch-due-syncs.ts';

const deps = composeDispatch();

/** Hourly: sends a start message for every integration that is due. */
export const handler = withStack(() => dispatchDueSyncs(deps));
