import type { Clock } from '#core/ports/clock.ts';
import type { RateBucketStore } from '#core/ports/rate-buckets.ts';
import type { RateWindow } from '#core/registrar.ts';
import { type Gate, openGate } from './gate.ts';
import { assumeSpent, formatState, parseState, shiftLater } from './limiter-state.ts';

/**
 * How long a lease lasts: longer than the hard timeout of a worker (120 s), so that a holder that died can't send any
 * more when the next one begins.
 */
export const LEASE_MS = 125_000;

/** How far the clocks of two workers may differ. */
export const CLOCK_SKEW_MS = 100;

export interface LeaseOptions {
  readonly buckets: RateBucketStore;
  readonly key: string;
  readonly windows: readonly RateWindow[];
  /** Who asks: unique to the delivery. */
  readonly holder: string;
  readonly clock: Clock;
  readonly maxWaitMs: number;
  readonly closesAtMs: number;
}

/** A gate held under an exclusive lease. */
export interface LeasedGate extends Gate {
  /** Saves what was learned and gives the lease back. Only when no call is under way. */
  release(): Promise<void>;
  /** As `release`, and books a turn from an instant on, for so long; gives when the turn is. */
  releaseAndBook(fromMs: number, spanMs: number): Promise<number>;
  /** Until when others have booked their turns. */
  readonly bookedMs: number;
}

/**
 * Takes the lease of a limit and opens its gate; gives the end of the other's lease where it is taken.
 * One conditional write to take it, one to give it back; none per call.
 */
export async function leaseGate(
  options: LeaseOptions,
): Promise<LeasedGate | { readonly busyUntilMs: number; readonly bookedMs: number }> {
  const { buckets, key, windows, holder, clock } = options;
  const nowMs = clock.now();
  const bucket = await buckets.acquire(key, holder, nowMs, nowMs + LEASE_MS);
  if (!bucket.acquired) return { busyUntilMs: bucket.leaseUntilMs, bookedMs: bucket.bookedMs };
  const known = shiftLater(parseState(bucket.state, windows), CLOCK_SKEW_MS);
  const state =
    bucket.abandonedAtMs === undefined ? known : assumeSpent(known, windows, LEASE_MS, bucket.abandonedAtMs);
  const gate = openGate({ ...options, state });
  const format = () => formatState(gate.state(), windows);
  return {
    ...gate,
    bookedMs: bucket.bookedMs,
    release: () => buckets.release(key, holder, format()),
    releaseAndBook: (fromMs, spanMs) => buckets.releaseAndBook(key, holder, format(), fromMs, spanMs),
  };
}

/**
 * The key of a limit. Keyed by credential it is the fingerprint of what the registrar counts by; keyed by
 * deployment it is one of its lanes, chosen by `lane`.
 */
export function toBucketKey(
  registrar: string,
  limits: { readonly keyedBy: 'credential' | 'deployment'; readonly lanes: number },
  limitKey: string,
  lane: number,
): string {
  return limits.keyedBy === 'credential'
    ? `${registrar}#${limitKey}`
    : `${registrar}#lane${lane % limits.lanes}`;
}
