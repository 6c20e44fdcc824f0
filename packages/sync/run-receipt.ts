import type { StepState, WorkStore } from '#core/ports/stores.ts';
import type { RunCounts } from '#core/sync-run.ts';
import { ZONE_MARKS } from './fetch-zones.ts';
import { fromRangeKey, LIST_STEP, VALIDATE_STEP } from './step-keys.ts';
import { type Memory, readMemory } from './step-memory.ts';

/** What a run did, summed over its steps. */
export interface RunReceipt {
  readonly counts: Omit<RunCounts, 'missing' | 'removed'>;
  readonly registrarCalls: number;
  readonly waitedForLimitMs: number;
  /** The listing's memory where it is complete. */
  readonly listing: Memory | undefined;
  readonly validation: Memory | undefined;
  readonly notPermitted: number;
  /** Zones that were not read: failed, never reached, or over budget. */
  readonly unread: number;
  /** Whether the run's time for zones ended before all were read. */
  readonly isOverBudget: boolean;
  /** The last name that the ranges reached without a gap; undefined where all were reached, or none. */
  readonly stoppedAfter: string | undefined;
  /** Whether every zone was reached, be it that its reading failed. */
  readonly isReadToEnd: boolean;
}

/** Sums up the steps of a run. */
export async function readReceipt(
  work: WorkStore,
  run: { integrationId: string; runId: string },
): Promise<RunReceipt> {
  const steps = await work.listSteps(run.integrationId, run.runId);
  const memories = new Map(steps.map((state) => [state.step, { state, memory: readMemory(state) }]));
  const listing = memories.get(LIST_STEP)?.memory;
  const pageCounts = { new: 0, changed: 0, unchanged: 0 };
  for await (const { counts } of work.pages(run.integrationId, run.runId)) {
    pageCounts.new += counts.new;
    pageCounts.changed += counts.changed;
    pageCounts.unchanged += counts.unchanged;
  }
  const ranges = [...memories].flatMap(([step, { memory, state }]) => {
    const range = fromRangeKey(step);
    return range === undefined ? [] : [{ range, memory, state }];
  });
  const count = (mark: string) =>
    ranges.reduce((sum, { memory }) => sum + [...memory.marks].filter((other) => other === mark).length, 0);
  const [dnsFetched, elsewhere, notPermitted] = [
    ZONE_MARKS.fetched,
    ZONE_MARKS.elsewhere,
    ZONE_MARKS.notPermitted,
  ].map(count);
  const zones = listing?.complete ? listing.zones : 0;
  const unread = zones - (dnsFetched ?? 0) - (elsewhere ?? 0) - (notPermitted ?? 0);
  const isReadToEnd = unread <= count(ZONE_MARKS.failed);
  const listed = listing?.listed ?? 0;
  return {
    counts: {
      ...pageCounts,
      listed,
      dnsFetched: dnsFetched ?? 0,
      dnsElsewhere: (elsewhere ?? 0) + (listing?.elsewhere ?? 0),
      failed: count(ZONE_MARKS.failed),
    },
    registrarCalls: sum(steps, ({ calls }) => calls),
    waitedForLimitMs: sum(steps, ({ waitedMs }) => waitedMs),
    listing: listing?.complete ? listing : undefined,
    validation: memories.get(VALIDATE_STEP)?.memory,
    notPermitted: (notPermitted ?? 0) + (listing?.notPermitted ?? 0),
    unread,
    isOverBudget: count(ZONE_MARKS.overBudget) > 0 || (listing?.planned ?? 0) < zones,
    stoppedAfter: isReadToEnd ? undefined : findStop(ranges),
    isReadToEnd,
  };
}

function findStop(
  ranges: readonly { range: number; memory: Memory; state: StepState }[],
): string | undefined {
  let last: string | undefined;
  let expected = 1;
  for (const { range, memory } of [...ranges].sort((a, b) => a.range - b.range)) {
    if (range !== expected || memory.marks === '') break;
    last = memory.reachedName || last;
    if (/[.b]/.test(memory.marks)) break;
    expected += 1;
  }
  return last;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
