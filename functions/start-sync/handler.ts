import { StartMessage } from '#core/payloads.ts';
import { onQueue } from '#lambda/middleware.ts';
import { composeRuns } from '#lambda/runs.ts';
import { startDueSync } from '#sync/runs/start-due-sync.ts';

const deps = composeRuns();

/** Starts the scheduled sync that a message of the start queue asks for. */
export const handler = onQueue((body) => startDueSync(deps, StartMessage.parse(body)));
