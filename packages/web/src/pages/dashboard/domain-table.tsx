import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { DomainRow } from '../../model/domain-row.ts';
import { COLUMN_IDS, clearFilters, type DomainView } from '../../model/domain-view.ts';
import type { Names } from '../../model/words.ts';
import { Button } from '../../ui/button.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { useRowWindow } from '../../ui/use-row-window.ts';
import { DomainCards } from './domain-cards.tsx';
import { DomainLine, LINE_REM, toTracks } from './domain-line.tsx';
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
  const navigate = useNavigate();
  const body = useRef<HTMLDivElement>(null);
  const [chosen, setActive] = useState(0);
  const active = Math.min(chosen, rows.length - 1);
  const anchor = useRef(0);
  const placed = useRowWindow({
    list: body,
    count: rows.length,
    rem: LINE_REM[view.density],
    pinned: active,
  });
  const tracks = useMemo(() => toTracks(columns), [columns]);

  const move = (to: number): void => {
    const index = Math.min(Math.max(to, 0), rows.length - 1);
    // the active row is always in the page
    flushSync(() => setActive(index));
    const row = body.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
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
  const onRowClick = (event: MouseEvent, index: number): void => {
    setActive(index);
    const isControl =
      event.target instanceof Element && event.target.closest('a, button, input, time') !== null;
    const isSelecting = (document.getSelection()?.toString() ?? '') !== '';
    if (!isControl && !isSelecting) open(rows[index]);
  };
  // lines are not drawn anew for a handler
  const onClick = useLatest(onRowClick);
  const onToggle = useLatest(toggle);

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
            style={tracks}
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
              <HeaderCell key={id} column={id} sort={view.sort} show={show} />
            ))}
          </div>
        </div>
        <div
          ref={body}
          role="rowgroup"
          style={{ height: placed.height }}
          className="relative"
          onKeyDown={onKeyDown}
        >
          {placed.rows.map(({ index, top }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <DomainLine
                // lines are drawn anew, not made anew, when others take their places
                key={index}
                row={row}
                index={index}
                top={top}
                columns={columns}
                tracks={tracks}
                density={view.density}
                dates={view.dates}
                names={names}
                isSelected={selected.has(row.id)}
                isActive={index === active}
                onFocus={setActive}
                onClick={onClick}
                onToggle={onToggle}
              />
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

/** The same function in every render; it does what the last one was given. */
function useLatest<T extends readonly unknown[]>(act: (...given: T) => void): (...given: T) => void {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((...given) => latest.current(...given), []);
}
