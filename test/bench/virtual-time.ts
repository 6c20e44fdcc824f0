import type { VirtualClock } from '#test/support/virtual-clock.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  fire: (() => void) | undefined;
}

/** A clock that jumps from timer to timer, as `createVirtualClock`, but with a heap: for millions of timers. */
export function createVirtualTime(startMs = Date.UTC(2026, 10, 23)): VirtualClock {
  let nowMs = startMs;
  let order = 0;
  const heap: Timer[] = [];

  const isBefore = (a: Timer, b: Timer) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

  const push = (timer: Timer) => {
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(timer, heap[parent] as Timer)) break;
      heap[at] = heap[parent] as Timer;
      at = parent;
    }
    heap[at] = timer;
  };

  const pop = (): Timer | undefined => {
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
      if (!isBefore(heap[child] as Timer, last)) break;
      heap[at] = heap[child] as Timer;
      at = child;
    }
    heap[at] = last;
    return top;
  };

  const setTimer = (atMs: number, fire: () => void) => {
    const timer: Timer = { atMs, order: order++, fire };
    push(timer);
    return () => {
      timer.fire = undefined;
    };
  };

  /** Whatever can run without time passing runs in microtasks: Node's next tick comes after all of them. */
  const settleWork = () => new Promise<void>((resolve) => process.nextTick(resolve));

  const dropCancelled = () => {
    while (heap.length > 0 && heap[0]?.fire === undefined) pop();
  };

  const fireNext = (): boolean => {
    dropCancelled();
    const next = pop();
    if (next === undefined) return false;
    nowMs = Math.max(nowMs, next.atMs);
    next.fire?.();
    return true;
  };

  return {
    // Whole milliseconds, as a clock tells them; between timers there may be less.
    now: () => Math.floor(nowMs),
    sleep: (ms) =>
      ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimer(nowMs + ms, () => resolve(undefined))),
    setTimer,
    async runUntil(done) {
      let isSettled = false;
      const watch = done.finally(() => {
        isSettled = true;
      });
      watch.catch(() => undefined);
      for (;;) {
        await settleWork();
        if (isSettled) return watch;
        if (!fireNext()) throw new Error('nothing is due, and the work is not done');
      }
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        await settleWork();
        dropCancelled();
        if (heap.length === 0 || (heap[0] as Timer).atMs > untilMs) break;
        fireNext();
      }
      nowMs = untilMs;
      await settleWork();
    },
  };
}
