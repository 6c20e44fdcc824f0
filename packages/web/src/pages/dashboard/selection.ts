import type { DomainRow } from '../../model/domain-row.ts';

/**
 * The selection after row `index` was ticked or unticked; with `from` elsewhere, the whole range between both takes the
 * new state of the row.
 */
export function toSelection(
  rows: readonly DomainRow[],
  selected: ReadonlySet<string>,
  { index, from }: { readonly index: number; readonly from: number },
): ReadonlySet<string> {
  const next = new Set(selected);
  const target = rows[index];
  if (!target) return next;
  const isAdding = !selected.has(target.id);
  for (const { id } of rows.slice(Math.min(index, from), Math.max(index, from) + 1)) {
    if (isAdding) next.add(id);
    else next.delete(id);
  }
  return next;
}
