import { type LeasedGate, leaseGate, toBucketKey } from '#limits/leased-gate.ts';
import { GATHER_EVERY_RANGES, GATHER_FROM_MS, MAX_GATHER_MS, MAX_SLEEP_MS, WORK_MS } from '../timings.ts';
import type { Delivery } from './delivery.ts';
import { ZONE_MARKS } from './zone-range.ts';

/**
 * Takes the lease of the credential, or of one of the deployment's lanes; else books a turn where it comes first, and
 * says until when to park.
 */
export async function takeLease(
  delivery: Delivery,
  closesAtMs: number,
): Promise<{ readonly gate: LeasedGate } | { readonly parkUntilMs: number }> {
  const { deps, message, integration } = delivery;
  const { limits, id } = deps.registrar.definition;
  const proving = message.kind === 'validate' ? integration.credentials.candidateLimitKey : null;
  const firstLane = message.kind === 'dns' ? message.range : integration.id.charCodeAt(0);
  const lanes = limits.keyedBy === 'deployment' ? limits.lanes : 1;
  // Of this very delivery: a message that the queue delivers twice must not share the lease with itself.
  const holder = deps.newId();
  let best: Turn | undefined;
  for (let lane = firstLane; lane < firstLane + lanes; lane += 1) {
    const key = toBucketKey(id, limits, proving ?? integration.limitKey, lane);
    const options = { buckets: deps.rateBuckets, key, windows: limits.windows, holder, clock: deps.clock };
    const leased = await leaseGate({ ...options, maxWaitMs: MAX_SLEEP_MS, closesAtMs });
    const now = deps.clock.now();
    if (!('busyUntilMs' in leased)) {
      const gatheredMs = toGatheredTurnMs(delivery, leased);
      const turnMs = gatheredMs ?? leased.nextTurnMs();
      if (gatheredMs === undefined && turnMs <= now + MAX_SLEEP_MS) return { gate: leased };
      await leased.release();
      best = toSooner(best, { key, fromMs: turnMs, atMs: Math.max(turnMs, leased.bookedMs) });
    } else {
      // A holder that died gives nothing back: its lease ends by itself, and nobody waits longer than that.
      const latestMs = leased.busyUntilMs + 1_000;
      best = toSooner(best, { key, fromMs: now, atMs: Math.max(now, leased.bookedMs), latestMs });
    }
  }
  const now = deps.clock.now();
  const { key, fromMs, latestMs } = best as Turn;
  const turnMs = await deps.rateBuckets.book(key, fromMs, toTurnSpanMs(delivery));
  if (latestMs === undefined) return { parkUntilMs: turnMs };
  const soonestMs = now + 1_000 + deps.random() * 2_000;
  return { parkUntilMs: Math.min(Math.max(soonestMs, latestMs), Math.max(turnMs, soonestMs)) };
}

/** Where a delivery may come to its turn: from when on, and when behind those that booked before. */
interface Turn {
  readonly key: string;
  readonly fromMs: number;
  readonly atMs: number;
  /** Set where somebody has the lease: when it ends, whatever becomes of them. */
  readonly latestMs?: number;
}

function toSooner(best: Turn | undefined, turn: Turn): Turn {
  return best === undefined || turn.atMs < best.atMs ? turn : best;
}

/**
 * When the turns of a range come together, where it is worth waiting for. Calls that were made one by one, as those of a
 * listing are, have their turns one by one in every window that follows, and a worker would sleep between them for good.
 */
function toGatheredTurnMs({ deps, message }: Delivery, gate: LeasedGate): number | undefined {
  const { limits, rangeSize } = deps.registrar.definition;
  const isTime =
    message.kind === 'dns' && message.range % GATHER_EVERY_RANGES === 1 && message.hop <= LAST_GATHERING_HOP;
  // In a lane that everybody shares others take the turns meanwhile.
  if (!isTime || limits.keyedBy === 'deployment') return undefined;
  const turnMs = gate.nextTurnMs();
  const gatheredMs = gate.gatheredTurnMs(rangeSize);
  return gatheredMs - turnMs < GATHER_FROM_MS ? undefined : Math.min(gatheredMs, turnMs + MAX_GATHER_MS);
}

/** A range that began in what was left of a window looks once more where the next window begins. */
const LAST_GATHERING_HOP = 1;

/**
 * How long a delivery's calls keep a limit busy at the rate of its narrowest window: what its turn is booked for. A
 * window too long to sleep through ends the delivery; what is left of its range books another turn then.
 */
export function toTurnSpanMs(delivery: Delivery): number {
  const [narrowest] = [...delivery.deps.registrar.definition.limits.windows].sort(
    (a, b) => a.windowMs - b.windowMs,
  );
  if (!narrowest) return 1_000;
  const calls = delivery.message.kind === 'dns' ? toZonesLeft(delivery, delivery.message.range) : FEW_CALLS;
  const spanMs = Math.ceil((calls / narrowest.calls) * narrowest.windowMs);
  const mostMs = narrowest.windowMs > MAX_SLEEP_MS ? narrowest.windowMs : WORK_MS;
  return Math.max(1_000, Math.min(spanMs, mostMs));
}

/** The zones of a range that wait to be read; before it began, as many as a range has of what was listed, at most. */
function toZonesLeft({ deps, run, memory }: Delivery, range: number): number {
  if (memory.marks !== '') return memory.marks.split(ZONE_MARKS.waiting).length - 1;
  const { rangeSize } = deps.registrar.definition;
  const listed = run.progress.domainsTotal ?? Number.POSITIVE_INFINITY;
  return Math.min(rangeSize, Math.max(1, listed - (range - 1) * rangeSize));
}

/** About what validating takes, or a page or two of a listing. */
const FEW_CALLS = 2;
