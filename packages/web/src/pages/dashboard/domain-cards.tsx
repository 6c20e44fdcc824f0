import { useRef } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import type { DomainView } from '../../model/domain-view.ts';
import type { Names } from '../../model/words.ts';
import { DomainStatus } from '../../ui/status-badge.tsx';
import { Expiry } from '../../ui/time.tsx';
import { useRowWindow } from '../../ui/use-row-window.ts';
import { DomainName } from './columns.tsx';

/** Of a card and the gap below it, in rem. */
const CARD_REM = 7.5;

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
  const placed = useRowWindow({ list, count: rows.length, rem: CARD_REM });
  return (
    <ul ref={list} aria-label="List of domains" className="relative" style={{ height: placed.height }}>
      {placed.rows.map(({ index, top }) => {
        const row = rows[index];
        if (!row) return null;
        const { domain } = row;
        return (
          <li
            key={row.id}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0 pb-2"
            style={{ height: `${CARD_REM}rem`, transform: `translateY(${top})` }}
          >
            <article className="flex h-full flex-col justify-center overflow-hidden rounded-card border border-line bg-card px-4">
              <div className="flex items-start justify-between gap-3">
                <DomainName row={row} />
                <DomainStatus status={domain.status} />
              </div>
              <p className="mt-1 truncate text-sm text-quiet">{names.registrar(domain.registrar)}</p>
              <p className="truncate text-sm text-quiet">
                Expires{' '}
                <Expiry
                  iso={domain.expiresAt}
                  precision={domain.expiryPrecision}
                  isExact={view.dates === 'exact'}
                />
              </p>
            </article>
          </li>
        );
      })}
    </ul>
  );
}
