import { withStack } from '#lambda/middleware.ts';
import { composeRuns } from '#lambda/runs.ts';
import { openCredentialStore } from '#lambda/stores.ts';
import { sweep } from '#sync/sweep.ts';

const deps = { ...composeRuns(), credentials: openCredentialStore() };

/** Every five minutes: ends or revives runs that nobody looks after, and clears what deletions left. */
export const handler = withStack(() => sweep(deps));
