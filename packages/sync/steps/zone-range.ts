import { SyncError } from '#core/errors.ts';
import type { StepContext } from './step-context.ts';
import { LIST_STEP } from './step-keys.ts';
import { readMemory } from './step-memory.ts';
import { readRangeNames } from './zone-names.ts';

/** What became of a zone, one character each in a step's memory. */
export const ZONE_MARKS = {
  waiting: '.',
  fetched: 'f',
  elsewhere: 'e',
  notPermitted: 'n',
  failed: 'x',
  overBudget: 'b',
} as const;
export type Mark = (typeof ZONE_MARKS)[keyof typeof ZONE_MARKS];

/** Whether a zone was not reached: its turn did not come, or the run's time was over. */
export function isLeft(mark: string): boolean {
  return mark === ZONE_MARKS.waiting || mark === ZONE_MARKS.overBudget;
}

/** What of a step's context a range needs while no call is made. */
export type RangeParts = Pick<StepContext, 'deps' | 'message' | 'memory' | 'run'>;

/** The names of a range, and what became of each so far. */
export async function openRange({ deps, message, memory }: RangeParts, range: number) {
  const listing = await deps.work.read(message.integrationId, message.runId, LIST_STEP);
  if (!listing) throw new SyncError('INTERNAL', { path: 'listing' });
  const { rangeSize } = deps.registrar.definition;
  const names = await readRangeNames(deps.work, message, readMemory(listing), range, rangeSize);
  return { names, marks: [...memory.marks.padEnd(names.length, ZONE_MARKS.waiting)] as Mark[] };
}

/** Writes down what became of each zone, and which was the last that was reached without a gap. */
export function remember(
  memory: RangeParts['memory'],
  names: readonly string[],
  marks: readonly Mark[],
): void {
  const gap = marks.findIndex(isLeft);
  memory.marks = marks.join('');
  memory.reachedName = names[(gap === -1 ? names.length : gap) - 1] ?? '';
}
