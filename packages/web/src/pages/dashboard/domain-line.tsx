import { type MouseEvent, memo } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import type { ColumnId, DomainView } from '../../model/domain-view.ts';
import type { Names } from '../../model/words.ts';
import { cx } from '../../ui/class-names.ts';
import { COLUMNS } from './columns.tsx';

interface Props {
  readonly row: DomainRow;
  readonly index: number;
  /** From the top of the list. */
  readonly top: string;
  readonly columns: readonly ColumnId[];
  readonly tracks: ReturnType<typeof toTracks>;
  readonly density: DomainView['density'];
  readonly dates: DomainView['dates'];
  readonly names: Names;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly onFocus: (index: number) => void;
  readonly onClick: (event: MouseEvent, index: number) => void;
  readonly onToggle: (index: number, isRange: boolean) => void;
}

/** Heights of a line, in rem: 48 and 40 pixels. */
export const LINE_REM = { comfortable: 3, compact: 2.5 } as const;

/** The tracks of a line: the tick, then the columns. */
export function toTracks(columns: readonly ColumnId[]): { readonly gridTemplateColumns: string } {
  return { gridTemplateColumns: `2.5rem ${columns.map((id) => COLUMNS[id].track).join(' ')}` };
}

/** One domain in the table. Drawn anew only when something of it changes. */
export const DomainLine = memo(function DomainLine(props: Props) {
  const { row, index, top, columns, density, dates, names, isSelected, isActive } = props;
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: a table's own elements lose their roles when a grid places them
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the group of rows
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => props.onFocus(index)}
      onClick={(event) => props.onClick(event, index)}
      style={{ ...props.tracks, height: `${LINE_REM[density]}rem`, transform: `translateY(${top})` }}
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
          onChange={(event) => props.onToggle(index, (event.nativeEvent as globalThis.MouseEvent).shiftKey)}
          className="size-4"
        />
      </div>
      {columns.map((id) => (
        <div key={id} role="cell" className="min-w-0 truncate px-3">
          {COLUMNS[id].show({ row, dates, names })}
        </div>
      ))}
    </div>
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
});
