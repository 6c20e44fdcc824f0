import { setImmediate as nextTick } from 'node:timers/promises';
import type { Clock } from '#core/ports/clock.ts';

export interface VirtualClock extends Clock {
  /** Runs everything that is due until `untilMs` or until `done` settles; time jumps from timer to timer. */
  runUntil<T>(done: Promise<T>): Promise<T>;
  /** Moves time on by `ms`, firing the timers on the way. */
  advance(ms: number): Promise<void>;
  /** Calls `fn` at `atMs`; gives its cancellation. */
  setTimer(atMs: number, fn: () => void): () => void;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly fire: () => void;
}

/**
 * A clock that stands still until everything that can run has run, then jumps to the next timer.
 * @param outside resolves when nothing is under way that takes real time, such as calls over sockets; true where it waited
 */
export function createVirtualClock(
  startMs = Date.UTC(2026, 10, 23),
  outside: () => Promise<boolean> = async () => false,
): VirtualClock {
  let nowMs = startMs;
  let order = 0;
  let timers: Timer[] = [];

  const setTimer = (atMs: number, fire: () => void) => {
    const timer: Timer = { atMs, order: order++, fire };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };

  const settleWork = async () => {
    do {
      for (let turn = 0; turn < 3; turn += 1) await nextTick();
    } while (await outside());
  };

  const fireNext = (): boolean => {
    const next = timers.reduce<Timer | undefined>(
      (best, timer) =>
        best === undefined || timer.atMs < best.atMs || (timer.atMs === best.atMs && timer.order < best.order)
          ? timer
          : best,
      undefined,
    );
    if (next === undefined) return false;
    timers = timers.filter((timer) => timer !== next);
    nowMs = Math.max(nowMs, next.atMs);
    next.fire();
    return true;
  };

  return {
    now: () => nowMs,
    sleep: (ms) =>
      ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimer(nowMs + ms, () => resolve(undefined))),
    setTimer,
    async runUntil(done) {
      let settled = false;
      const watch = done.finally(() => {
        settled = true;
      });
      watch.catch(() => undefined);
      for (;;) {
        await settleWork();
        if (settled) return watch;
        if (!fireNext()) throw new Error('nothing is due, and the work is not done');
      }
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        await settleWork();
        if (!timers.some((timer) => timer.atMs <= untilMs)) break;
        fireNext();
      }
      nowMs = untilMs;
      await settleWork();
    },
  };
}
