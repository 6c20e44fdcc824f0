import type { SimLimit } from './types.ts';

/** What the limiter says of one arrival. `retryAfterMs` is > 0 and is when the call would be admitted. */
type Admission =
  | { readonly admitted: true }
  | { readonly admitted: false; readonly retryAfterMs: number; readonly exceeded: readonly string[] };

/** Counts arrivals by key in every window of a registrar. */
export interface SlidingLimiter {
  /** Admits and records an arrival at `atMs` (milliseconds since the epoch), or says why not and records nothing. */
  admit(key: string, atMs: number): Admission;
  /** How many keys are held in memory, over all windows. */
  keyCount(): number;
}

interface Window {
  readonly limit: SimLimit;
  readonly arrivals: Map<string, Arrivals>;
  sweepAt: number;
}

/** Times in ascending order; those before `head` have left the window. */
interface Arrivals {
  times: number[];
  head: number;
}

const SWEEP_FROM_KEYS = 1_024;

/**
 * A true sliding window: no half-open window (t − windowMs, t] ever holds more than `calls` admitted arrivals
 * of one key, in any of the limits. A call beyond a limit is **not** recorded: rejected calls don't extend the
 * window, as at real registrars, so that a client that waits as told gets in. A call must pass every limit, and
 * is recorded in all or in none.
 *
 * Memory: at most 2 × `calls` times a key and limit; keys without an arrival in the window are swept.
 */
export function makeSlidingLimiter(limits: readonly SimLimit[]): SlidingLimiter {
  const windows = limits.map((limit): Window => ({ limit, arrivals: new Map(), sweepAt: SWEEP_FROM_KEYS }));
  let latestMs = Number.NEGATIVE_INFINITY;

  return {
    admit(key, atMs) {
      // A clock that is set back must not open a window a second time, so time never runs backwards here.
      latestMs = Math.max(latestMs, atMs);
      const waits = windows.map((window) => ({
        name: window.limit.name,
        waitMs: waitFor(window, key, latestMs),
      }));
      const exceeded = waits.filter(({ waitMs }) => waitMs > 0);
      if (exceeded.length > 0) {
        const retryAfterMs = Math.max(...exceeded.map(({ waitMs }) => waitMs));
        return { admitted: false, retryAfterMs, exceeded: exceeded.map(({ name }) => name) };
      }
      for (const window of windows) record(window, key, latestMs);
      return { admitted: true };
    },
    keyCount: () => windows.reduce((sum, { arrivals }) => sum + arrivals.size, 0),
  };
}

function waitFor({ limit, arrivals }: Window, key: string, atMs: number): number {
  const held = arrivals.get(key);
  if (held === undefined) return 0;
  dropExpired(held, limit.windowMs, atMs);
  const oldest = held.times[held.head];
  return oldest === undefined || held.times.length - held.head < limit.calls
    ? 0
    : oldest + limit.windowMs - atMs;
}

function record(window: Window, key: string, atMs: number): void {
  const held = window.arrivals.get(key);
  if (held !== undefined) {
    held.times.push(atMs);
    return;
  }
  if (window.arrivals.size >= window.sweepAt) sweep(window, atMs);
  window.arrivals.set(key, { times: [atMs], head: 0 });
}

function dropExpired(held: Arrivals, windowMs: number, atMs: number): void {
  while (isExpired(held.times[held.head], windowMs, atMs)) held.head++;
  // Cutting the array at each expiry would cost its whole length; half of it at a time costs nothing on average.
  if (held.head > 16 && held.head * 2 > held.times.length) {
    held.times = held.times.slice(held.head);
    held.head = 0;
  }
}

function isExpired(time: number | undefined, windowMs: number, atMs: number): boolean {
  return time !== undefined && time + windowMs <= atMs;
}

function sweep(window: Window, atMs: number): void {
  for (const [key, { times }] of window.arrivals) {
    if (isExpired(times.at(-1), window.limit.windowMs, atMs)) window.arrivals.delete(key);
  }
  window.sweepAt = Math.max(SWEEP_FROM_KEYS, window.arrivals.size * 2);
}
