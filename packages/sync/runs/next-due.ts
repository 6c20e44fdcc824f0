import { createHash } from 'node:crypto';
import { MAX_REFUSALS, SYNC_PERIOD_MS } from '../timings.ts';

/** A slot comes at the earliest this long after a sync began, so that a fresh one isn't repeated at once. */
const SLOT_REST_MS = 12 * 3_600_000;
/** When a zone or two failed, the next day is soon enough. */
const PARTIAL_RETRY_MS = 86_400_000;

/**
 * The first of an integration's weekly instants after a sync that began at `startedMs`, with half a day between. Each
 * has its own by the hash of its id, so that many do not start at once, also not after an outage.
 */
export function toNextSlotMs(integrationId: string, startedMs: number): number {
  const slotMs = createHash('sha256').update(integrationId).digest().readUIntBE(0, 6) % SYNC_PERIOD_MS;
  const earliestMs = startedMs + SLOT_REST_MS;
  return slotMs + Math.ceil((earliestMs - slotMs) / SYNC_PERIOD_MS) * SYNC_PERIOD_MS;
}

export interface RunEnd {
  readonly integrationId: string;
  readonly startedMs: number;
  readonly nowMs: number;
  readonly outcome: 'good' | 'partial' | 'overBudget' | 'failed' | 'refused';
  /** Refusals in a row, this one included. */
  readonly refusals: number;
}

/**
 * When an integration is due next. Good: in its next slot. In part: tomorrow, or at once where the budget ended the run.
 * Failed: at the next tick, since the trouble is mostly the registrar's and short. Refused: in its slot, and after three
 * refusals in a row not any more by itself (null). Whether it is paused is looked at when its turn comes.
 */
export function toNextDueMs(end: RunEnd): number | null {
  if (end.refusals >= MAX_REFUSALS) return null;
  if (end.outcome === 'failed' || end.outcome === 'overBudget') return end.nowMs;
  const slotMs = toNextSlotMs(end.integrationId, end.startedMs);
  return end.outcome === 'partial' ? Math.min(slotMs, end.nowMs + PARTIAL_RETRY_MS) : slotMs;
}
