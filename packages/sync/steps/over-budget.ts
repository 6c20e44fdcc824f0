import type { SyncRun } from '#core/sync-run.ts';
import { ZONE_BUDGET_MS } from '../timings.ts';
import { createProgress } from './zone-progress.ts';
import { openRange, type RangeParts, remember, ZONE_MARKS } from './zone-range.ts';

/** Whether a run has spent the time that it has for zones. */
export function isOverBudget(run: Pick<SyncRun, 'startedAt'>, nowMs: number): boolean {
  return nowMs - Date.parse(run.startedAt) > ZONE_BUDGET_MS;
}

/** Marks what is left of a range as over budget: no call is made, and no turn waited for. */
export async function markOverBudget(context: RangeParts, range: number): Promise<void> {
  const { names, marks } = await openRange(context, range);
  const ended = marks.map((mark) => (mark === ZONE_MARKS.waiting ? ZONE_MARKS.overBudget : mark));
  remember(context.memory, names, ended);
  await createProgress(context).tell();
}
