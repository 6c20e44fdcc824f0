import { ENV } from '#core/env.ts';
import type { DispatchDeps } from '#sync/runs/dispatch-due-syncs.ts';
import { createQueueClient } from './clients.ts';
import { systemClock } from './clock.ts';
import { readEnv } from './env.ts';
import { log } from './log.ts';
import { createStartQueue } from './queues.ts';
import { openStores } from './stores.ts';

/** What the hourly dispatcher touches: it reads what is due, and sends. */
export function composeDispatch(): DispatchDeps {
  const url = readEnv(ENV.startQueue)[ENV.startQueue];
  return { ...openStores(), clock: systemClock, log, startQueue: createStartQueue(createQueueClient(), url) };
}
