import type { WorkStore } from '#core/ports/stores.ts';
import type { RunCounts } from '#core/sync-run.ts';
import { fromRangeKey, LIST_STEP, VALIDATE_STEP } from '../steps/step-keys.ts';
import { type Memory, readMemory } from '../steps/step-memory.ts';
import { isLeft, ZONE_MARKS } from '../steps/zone-range.ts';

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
  const memories = new Map(steps.map((state) => [state.step, readMemory(state)]));
  const listing = memories.get(LIST_STEP);
  const pageCounts = { new: 0, changed: 0, unchanged: 0 };
  for await (const { counts } of work.pages(run.integrationId, run.runId)) {
    pageCounts.new += counts.new;
    pageCounts.changed += counts.changed;
    pageCounts.unchanged += counts.unchanged;
  }
  const ranges = [...memories].flatMap(([step, memory]) => {
    const range = fromRangeKey(step);
    return range === undefined ? [] : [{ range, memory }];
  });
  const count = (mark: string) =>
    ranges.reduce((sum, { memory }) => sum + [...memory.marks].filter((other) => other === mark).length, 0);
  const dnsFetched = count(ZONE_MARKS.fetched);
  const elsewhere = count(ZONE_MARKS.elsewhere);
  const notPermitted = count(ZONE_MARKS.notPermitted);
  const failed = count(ZONE_MARKS.failed);
  const zones = listing?.complete ? listing.zones : 0;
  const unread = zones - dnsFetched - elsewhere - notPermitted;
  const isReadToEnd = unread <= failed;
  const listed = listing?.listed ?? 0;
  return {
    counts: {
      ...pageCounts,
      listed,
      dnsFetched,
      dnsElsewhere: elsewhere + (listing?.elsewhere ?? 0),
      failed,
    },
    registrarCalls: sum(steps, ({ calls }) => calls),
    waitedForLimitMs: sum(steps, ({ waitedMs }) => waitedMs),
    listing: listing?.complete ? listing : undefined,
    validation: memories.get(VALIDATE_STEP),
    notPermitted: notPermitted + (listing?.notPermitted ?? 0),
    unread,
    isOverBudget: count(ZONE_MARKS.overBudget) > 0 || (listing?.planned ?? 0) < zones,
    stoppedAfter: isReadToEnd ? undefined : findStop(ranges),
    isReadToEnd,
  };
}

/** The last name that ranges one behind the other reached, up to the first that has a zone left. */
function findStop(ranges: readonly { range: number; memory: Memory }[]): string | undefined {
  let last: string | undefined;
  let expected = 1;
  for (const { range, memory } of [...ranges].sort((a, b) => a.range - b.range)) {
    if (range !== expected || memory.marks === '') break;
    last = memory.reachedName || last;
    if ([...memory.marks].some(isLeft)) break;
    expected += 1;
  }
  return last;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
