import { Search as SearchIcon } from 'lucide-react';
import { countByType, type RecordRow } from '../../model/records.ts';
import { INPUT } from '../../ui/field.tsx';

interface Props {
  readonly rows: readonly RecordRow[];
  /** How many of the rows are shown. */
  readonly found: number;
  /** Empty for all types. */
  readonly type: string;
  readonly q: string;
  readonly onType: (type: string) => void;
  readonly onSearch: (q: string) => void;
}

/** A search, and a chip for each type with how many records there are of it. */
export function RecordFilters({ rows, found, type, q, onType, onSearch }: Props) {
  return (
    <div className="flex flex-col gap-3">
      <div className="relative max-w-md">
        <SearchIcon aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-quiet" />
        <input
          type="search"
          data-shortcut="/"
          aria-label="Search records"
          placeholder="Search records"
          autoComplete="off"
          spellCheck={false}
          className={`${INPUT} pl-9`}
          value={q}
          onChange={(event) => onSearch(event.target.value)}
        />
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <Chip label="All" count={rows.length} isPressed={type === ''} onPress={() => onType('')} />
        {countByType(rows).map(({ type: each, count }) => (
          <Chip
            key={each}
            label={each}
            count={count}
            isPressed={type === each}
            onPress={() => onType(type === each ? '' : each)}
          />
        ))}
        <p role="status" className="ml-auto text-sm text-quiet">
          {found.toLocaleString('en-US')} of {rows.length.toLocaleString('en-US')}{' '}
          {rows.length === 1 ? 'record' : 'records'}
        </p>
      </div>
    </div>
  );
}

interface ChipProps {
  readonly label: string;
  readonly count: number;
  readonly isPressed: boolean;
  readonly onPress: () => void;
}

function Chip({ label, count, isPressed, onPress }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      onClick={onPress}
      className="inline-flex min-h-8 items-center gap-1.5 rounded-full border border-line bg-card px-3 text-sm hover:bg-hover aria-pressed:border-accent-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-ink forced-colors:aria-pressed:outline pointer-coarse:min-h-11"
    >
      {label} <span className="opacity-80">{count.toLocaleString('en-US')}</span>
    </button>
  );
}
