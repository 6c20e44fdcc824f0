import { ListFilter, Search, SlidersHorizontal, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import { clearFilters, countActiveFilters, type DomainView, toFilterChips } from '../../model/domain-view.ts';
import { formatCount, type Names } from '../../model/words.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { INPUT } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { Filters } from './filters.tsx';
import type { ShowView } from './use-view.ts';
import { ViewOptions } from './view-options.tsx';

/** Time without a key after which what was typed is searched for. */
const DEBOUNCE_MS = 100;

interface Props {
  readonly view: DomainView;
  readonly show: ShowView;
  /** All rows: what can be chosen comes from them. */
  readonly rows: readonly DomainRow[];
  readonly found: number;
  readonly isComplete: boolean;
  readonly names: Names;
}

/** Search, filters and the way the list looks; what is set stands below as chips. */
export function Toolbar({ view, show, rows, found, isComplete, names }: Props) {
  const isNarrow = useMediaQuery('(width < 40rem)');
  const [isSheetOpen, setSheetOpen] = useState(false);
  const count = countActiveFilters(view);
  const chips = toFilterChips(view, names);
  const filters = <Filters view={view} show={show} rows={rows} names={names} />;
  const filterButton = (
    <Button
      data-shortcut="f"
      icon={<ListFilter aria-hidden className="size-4" />}
      {...(isNarrow && { onClick: () => setSheetOpen(true) })}
    >
      Filters{count > 0 && ` (${count})`}
    </Button>
  );
  return (
    <div className="mb-3 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox view={view} show={show} />
        {isNarrow ? (
          filterButton
        ) : (
          <Popover label="Filters" trigger={filterButton}>
            {filters}
          </Popover>
        )}
        {!isNarrow && (
          <Popover
            label="View"
            trigger={<Button icon={<SlidersHorizontal aria-hidden className="size-4" />}>View</Button>}
          >
            <ViewOptions view={view} show={show} />
          </Popover>
        )}
        <p role="status" className="ml-auto text-sm text-quiet">
          {found === rows.length
            ? `${formatCount(rows.length)} domains`
            : `${formatCount(found)} of ${formatCount(rows.length)} domains`}
          {!isComplete && ' so far'}
        </p>
      </div>
      {(chips.length > 0 || view.q !== '') && (
        <ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
          {chips.map(({ key, label, without }) => (
            <li key={key}>
              <button
                type="button"
                aria-label={`Remove filter ${label}`}
                onClick={() => show(without)}
                className="inline-flex min-h-7 items-center gap-1.5 rounded-full border border-line bg-sunken px-3 text-sm hover:border-line-strong pointer-coarse:min-h-11"
              >
                <bdi>{label}</bdi>
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
          <li>
            <Button small look="quiet" onClick={() => show(clearFilters(view))}>
              Clear all
            </Button>
          </li>
        </ul>
      )}
      <Sheet isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} title="Filters" side="bottom">
        {filters}
      </Sheet>
    </div>
  );
}

function SearchBox({ view, show }: Pick<Props, 'view' | 'show'>) {
  const [text, setText] = useState(view.q);
  // the address changed by other means: Back, a chip, "Clear all"
  useEffect(() => setText(view.q), [view.q]);
  useEffect(() => {
    if (text === view.q) return;
    const timer = setTimeout(() => show({ ...view, q: text }, { replace: true }), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, view, show]);
  return (
    <div className="relative min-w-48 grow sm:max-w-80">
      <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-quiet" />
      <input
        type="search"
        aria-label="Search domains"
        placeholder="Search domains"
        data-shortcut="/"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText('');
        }}
        className={`${INPUT} pl-9`}
      />
    </div>
  );
}
