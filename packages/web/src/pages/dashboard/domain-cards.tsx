import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import type { DomainView } from '../../model/domain-view.ts';
import type { Names } from '../../model/words.ts';
import { DomainStatus } from '../../ui/status-badge.tsx';
import { Expiry } from '../../ui/time.tsx';
import { DomainName } from './columns.tsx';

/** The list on a phone: a card for each domain, those near the window only. */
export function DomainCards({
  rows,
  view,
  names,
}: {
  readonly rows: readonly DomainRow[];
  readonly view: DomainView;
  readonly names: Names;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 108,
    overscan: 6,
    scrollMargin: offset,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  return (
    <ul
      ref={list}
      aria-label="List of domains"
      className="relative"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const row = rows[index];
        if (!row) return null;
        const { domain } = row;
        return (
          <li
            key={row.id}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0 pb-2"
            style={{ transform: `translateY(${start - offset}px)` }}
          >
            <article className="rounded-card border border-line bg-card p-4">
              <div className="flex items-start justify-between gap-3">
                <DomainName row={row} />
                <DomainStatus status={domain.status} />
              </div>
              <p className="mt-2 flex flex-wrap gap-x-3 text-sm text-quiet">
                <span>{names.registrar(domain.registrar)}</span>
                <span>
                  Expires{' '}
                  <Expiry
                    iso={domain.expiresAt}
                    precision={domain.expiryPrecision}
                    isExact={view.dates === 'exact'}
                  />
                </span>
              </p>
            </article>
          </li>
        );
      })}
    </ul>
  );
}
