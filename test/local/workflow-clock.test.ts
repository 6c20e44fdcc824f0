import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSystemClock } from '#local/workflow/clock.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const DAY_MS = 86_400_000;

test.each([0, 1, 1000, 30 * DAY_MS, 365 * DAY_MS])('a timer of %d milliseconds fires then and once', (ms) => {
  const fired = vi.fn();

  createSystemClock().setTimer(ms, fired);
  vi.advanceTimersByTime(Math.max(0, ms - 1));
  const before = fired.mock.calls.length;
  vi.advanceTimersByTime(400 * DAY_MS);

  expect(before).toBe(ms < 1 ? 1 : 0);
  expect(fired).toHaveBeenCalledTimes(1);
});

test('a cancelled timer does not fire, however long it was', () => {
  const fired = vi.fn();

  const cancel = createSystemClock().setTimer(60 * DAY_MS, fired);
  vi.advanceTimersByTime(30 * DAY_MS);
  cancel();
  vi.advanceTimersByTime(60 * DAY_MS);

  expect(fired).not.toHaveBeenCalled();
});
