import { expect, test } from 'vitest';
import { SyncError } from '#core/errors.ts';
import { pauseToRetry } from '#sync/steps/retry-pause.ts';
import { MAX_SLEEP_MS } from '#sync/timings.ts';

/** Whether it pauses, and for how long. */
async function pause(retryAfterMs: number | undefined, attempt = 1) {
  const slept: number[] = [];
  const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const facts = retryAfterMs === undefined ? {} : { retryAfterMs };
  const paused = await pauseToRetry(
    { clock, random: () => 0.5 },
    new SyncError('REGISTRAR_UNAVAILABLE', facts),
    attempt,
  );
  return { paused, slept };
}

test.each([
  ['half a second at most after the first failure', undefined, 1, 250],
  ['twice as long after the second', undefined, 2, 500],
  ['as long as the registrar says', 3_000, 1, 3_000],
  ['as long as a worker sleeps', MAX_SLEEP_MS, 1, MAX_SLEEP_MS],
])('pauses %s', async (_title, saidMs, attempt, ms) => {
  expect(await pause(saidMs, attempt)).toEqual({ paused: true, slept: [ms] });
});

test('does not begin a pause that is longer than a worker sleeps', async () => {
  expect(await pause(MAX_SLEEP_MS + 1)).toEqual({ paused: false, slept: [] });
});
