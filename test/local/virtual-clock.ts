import { setImmediate } from 'node:timers/promises';
import type { Clock } from '#local/workflow/clock.ts';

export interface VirtualClock extends Clock {
  /** Lets time pass: timers fire in their order, and what follows from each is finished before the next. */
  advance(ms: number): Promise<void>;
  /** How many timers wait. */
  pending(): number;
}

/** A clock that stands still until a test moves it. */
export function createVirtualClock(startMs = Date.UTC(2026, 10, 23, 12)): VirtualClock {
  let now = startMs;
  const timers = new Set<{ readonly atMs: number; readonly fn: () => void }>();
  return {
    now: () => now,
    setTimer: (atMs, fn) => {
      const timer = { atMs, fn };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: async (ms) => {
      const end = now + ms;
      await setImmediate();
      for (;;) {
        const due = [...timers].filter((timer) => timer.atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        timers.delete(due);
        now = Math.max(now, due.atMs);
        due.fn();
        await setImmediate();
      }
      now = end;
      await setImmediate();
    },
    pending: () => timers.size,
  };
}
