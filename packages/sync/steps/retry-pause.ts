import type { SyncError } from '#core/errors.ts';
import { toRetryDelayMs } from '#core/retry-timing.ts';
import { MAX_SLEEP_MS } from '../timings.ts';
import type { WorkerDeps } from './worker-deps.ts';

/**
 * Pauses before a call that failed is made again; false, at once, where that is later than a worker sleeps.
 * @param attempt how often it failed already, from 1
 */
export async function pauseToRetry(
  { clock, random }: Pick<WorkerDeps, 'clock' | 'random'>,
  { facts }: SyncError,
  attempt: number,
): Promise<boolean> {
  const delayMs = toRetryDelayMs(facts.retryAfterMs, attempt, random());
  if (delayMs > MAX_SLEEP_MS) return false;
  await clock.sleep(delayMs);
  return true;
}
