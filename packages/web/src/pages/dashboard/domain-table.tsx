import { useNavigate } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useState } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import { COLUMN_IDS, clearFilters, type DomainView } from '../../model/domain-view.ts';
import type { Names } from '../../model/words.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { COLUMNS } from './columns.tsx';
import { DomainCards } from './domain-cards.tsx';
import { HeaderCell } from './header-cell.tsx';
import { toSelection } from './selection.ts';
import type { ShowView } from './use-view.ts';

interface Props {
  readonly rows: readonly DomainRow[];
  readonly view: DomainView;
  readonly show: ShowView;
  readonly names: Names;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

/** The list of domains: a table, or cards where the screen is narrow. */
export function DomainTable(props: Props) {
  const isNarrow = useMediaQuery('(width < 40rem)');
  if (props.rows.length === 0) {
    return (
      <EmptyState
        title="No domains match these filters."
        actions={<Button onClick={() => props.show(clearFilters(props.view))}>Clear filters</Button>}
      >
        <p>Names are searched as they are written, and as A-labels.</p>
      </EmptyState>
    );
  }
  return isNarrow ? <DomainCards {...props} /> : <Grid {...props} />;
}

/**
 * A real table for those who listen, laid out as a grid. Only the rows near the window are in the page; each says its
 * place among all.
 */
function Grid({ rows, view, show, names, selected, onSelect }: Props) {
  const columns = view.columns ?? COLUMN_IDS;
  const isCompact = view.density === 'compact';
  const navigate = useNavigate();
  const body = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  useLayoutEffect(() => setOffset(toPageTop(body.current)), []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (isCompact ? 40 : 56),
    overscan: 8,
    scrollMargin: offset,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const template = { gridTemplateColumns: `2.5rem ${columns.map((id) => COLUMNS[id].track).join(' ')}` };

  const move = (to: number): void => {
    const index = Math.min(Math.max(to, 0), rows.length - 1);
    setActive(index);
    virtualizer.scrollToIndex(index);
    // the row may not be in the page before the scroll is done
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        body.current
          ?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)
          ?.focus({ preventScroll: true });
      }),
    );
  };
  const toggle = (index: number, isRange: boolean): void => {
    onSelect(toSelection(rows, selected, { index, from: isRange ? anchor.current : index }));
    anchor.current = index;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOnRow = event.target instanceof HTMLElement && event.target.role === 'row';
    if (event.key === 'j' || event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'k' || event.key === 'ArrowUp') move(active - 1);
    else if (event.key.toLowerCase() === 'x') toggle(active, event.shiftKey);
    else if (event.key === 'Escape') onSelect(new Set());
    else if (event.key === 'Enter' && isOnRow) open(rows[active]);
    else return;
    event.preventDefault();
  };
  const open = (row: DomainRow | undefined): void => {
    if (!row) return;
    const { name, integrationId } = row.domain;
    void navigate({ to: '/domains/$name', params: { name }, search: { integration: integrationId } });
  };
  const onRowClick = (event: MouseEvent, row: DomainRow, index: number): void => {
    setActive(index);
    const isControl =
      event.target instanceof Element && event.target.closest('a, button, input, time') !== null;
    const isSelecting = (document.getSelection()?.toString() ?? '') !== '';
    if (!isControl && !isSelecting) open(row);
  };

  return (
    <ScrollRegion label="List of domains" className="rounded-card border border-line bg-card">
      {/* biome-ignore-start lint/a11y/useSemanticElements: a table's own elements lose their roles when a grid places them */}
      {/* biome-ignore-start lint/a11y/useFocusableInteractive: heads hold buttons, which have the focus */}
      {/* biome-ignore-start lint/a11y/useKeyWithClickEvents: keys are heard by the group of rows */}
      <div
        role="table"
        aria-label="Domains"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        className="min-w-max"
      >
        <div role="rowgroup">
          <div
            role="row"
            aria-rowindex={1}
            style={template}
            className="grid items-stretch border-line border-b bg-sunken text-sm"
          >
            <div role="columnheader" className="grid place-items-center">
              <input
                type="checkbox"
                aria-label="Select all"
                checked={selected.size > 0 && rows.every(({ id }) => selected.has(id))}
                onChange={(event) => onSelect(new Set(event.target.checked ? rows.map(({ id }) => id) : []))}
                className="size-4"
              />
            </div>
            {columns.map((id) => (
              <HeaderCell key={id} column={id} view={view} show={show} />
            ))}
          </div>
        </div>
        <div
          ref={body as never}
          role="rowgroup"
          style={{ height: virtualizer.getTotalSize() }}
          className="relative"
          onKeyDown={onKeyDown}
        >
          {items.map(({ index, start, size }) => {
            const row = rows[index];
            if (!row) return null;
            const isSelected = selected.has(row.id);
            return (
              <div
                key={row.id}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={isSelected}
                tabIndex={index === active ? 0 : -1}
                onFocus={() => setActive(index)}
                onClick={(event) => onRowClick(event, row, index)}
                style={{ ...template, height: size, transform: `translateY(${start - offset}px)` }}
                className={cx(
                  'absolute inset-x-0 top-0 grid cursor-pointer items-center border-line border-b text-sm hover:bg-hover focus-visible:-outline-offset-2',
                  isSelected && 'bg-accent-soft',
                )}
              >
                <div role="cell" className="grid h-full place-items-center">
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label={`Select ${row.displayName}`}
                    checked={isSelected}
                    onChange={(event) => toggle(index, (event.nativeEvent as globalThis.MouseEvent).shiftKey)}
                    className="size-4"
                  />
                </div>
                {columns.map((id) => (
                  <div key={id} role="cell" className="min-w-0 truncate px-3">
                    {COLUMNS[id].show({ row, view, names })}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {/* biome-ignore-end lint/a11y/useKeyWithClickEvents: as above */}
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: as above */}
    </ScrollRegion>
  );
}

const toPageTop = (element: Element | null): number =>
  element === null ? 0 : element.getBoundingClientRect().top + window.scrollY;
