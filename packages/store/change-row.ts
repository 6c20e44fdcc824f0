import { SyncError } from '#core/errors.ts';
import type { Condition } from './conditions.ts';
import { type Row, type RowKey, type RowStore, unlessRefused } from './rows.ts';
import type { Update } from './updates.ts';

/** What to do with a row that was read: answer at once, or write under a condition and answer from the row after. */
export type Decision<T> =
  | { readonly answer: T }
  | { readonly update: Update; readonly condition: Condition; readonly toAnswer: (after: Row) => T };

/** So often a write is decided anew because somebody was quicker; each time somebody else got ahead. */
const maxAttempts = 12;

/**
 * Changes a row whose new state depends on its old one: reads it consistently, decides, writes under a condition that
 * pins what the decision was made from, and starts again where that no longer held.
 * @throws SyncError INTERNAL when others are quicker every time
 */
export async function changeRow<T>(
  rows: RowStore,
  key: RowKey,
  decide: (row: Row | undefined) => Decision<T>,
): Promise<T> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const decision = decide(await rows.get(key, { consistent: true }));
    if ('answer' in decision) return decision.answer;
    const after = await unlessRefused(rows.updateAndRead(key, decision.update, decision.condition));
    if (after !== undefined) return decision.toAnswer(after);
  }
  throw new SyncError('INTERNAL', { path: 'store/contention' });
}
