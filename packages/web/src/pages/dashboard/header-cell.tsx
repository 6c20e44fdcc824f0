import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ColumnId, DomainView } from '../../model/domain-view.ts';
import { toAriaSort, toNextSort } from '../../model/sort-domains.ts';
import { COLUMNS } from './columns.tsx';
import type { ShowView } from './use-view.ts';

/** The head of a column: a press sorts, up, down, and not; with Shift by this column, too. */
export function HeaderCell({
  column,
  view,
  show,
}: {
  readonly column: ColumnId;
  readonly view: DomainView;
  readonly show: ShowView;
}) {
  const place = view.sort.findIndex((key) => key.column === column);
  const Icon = place < 0 ? ChevronsUpDown : view.sort[place]?.desc ? ArrowDown : ArrowUp;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is a table for those who listen
    // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
    <div role="columnheader" aria-sort={toAriaSort(view.sort, column)} className="flex min-w-0">
      <button
        type="button"
        title="Sort; with Shift, by this column too"
        onClick={(event) => show({ ...view, sort: toNextSort(view.sort, column, event.shiftKey) })}
        className="flex min-h-10 grow items-center gap-1 px-3 text-left font-medium text-quiet hover:text-ink focus-visible:-outline-offset-2"
      >
        <span className="truncate">{COLUMNS[column].label}</span>
        <Icon aria-hidden className={`size-3.5 shrink-0 ${place < 0 ? 'opacity-40' : 'text-accent-ink'}`} />
        {place >= 0 && view.sort.length > 1 && <span className="text-xs">{place + 1}</span>}
      </button>
    </div>
  );
}
