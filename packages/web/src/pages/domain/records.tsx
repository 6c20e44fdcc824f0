import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Domain } from '../../api/types.gen.ts';
import type { useRecords } from '../../data/domains.ts';
import { filterRecords, type RecordRow, toRecordRows } from '../../model/records.ts';
import type { Names } from '../../model/words.ts';
import type { Search } from '../../router.tsx';
import { Button } from '../../ui/button.tsx';
import { Loading, RegionError, Skeleton } from '../../ui/states.tsx';
import { RecordFilters } from './record-filters.tsx';
import { RecordTable } from './record-table.tsx';
import { RecordTools } from './record-tools.tsx';
import { RecordsState } from './records-state.tsx';

interface Props {
  readonly domain: Domain;
  readonly records: ReturnType<typeof useRecords>;
  readonly names: Names;
}

/** The DNS records at one integration, or why there are none. */
export function Records({ domain, records, names }: Props) {
  const { data, error, refetch } = records;
  if (!data && error) return <RegionError error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading what="DNS records">
        <div className="flex flex-col gap-2">
          {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
            <Skeleton key={key} className="h-11" />
          ))}
        </div>
      </Loading>
    );
  }
  const rows = toRecordRows(data.rrsets, domain.name);
  const registrar = names.registrar(domain.registrar);
  return (
    <div className="flex flex-col gap-4">
      <RecordsState dns={data.dns} isEmpty={rows.length === 0} registrar={registrar} />
      {rows.length > 0 && (
        <>
          <RecordTools domain={domain} records={data} registrar={registrar} />
          <FilteredRecords rows={rows} />
        </>
      )}
    </div>
  );
}

/** More rows than this take long to draw; the rest comes on demand. */
const FIRST_ROWS = 300;

function FilteredRecords({ rows }: { readonly rows: readonly RecordRow[] }) {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  // typing must not wait for the address
  const [q, setQ] = useState(search.q ?? '');
  const [isWhole, setWhole] = useState(false);
  const type = search.type ?? '';
  const keep = (changes: Readonly<Record<'q' | 'type', string>>): void => {
    const { q: _q, type: _type, ...rest } = search;
    const kept = Object.entries(changes).filter(([, value]) => value !== '');
    void navigate({
      to: '.',
      search: { ...rest, ...Object.fromEntries(kept) },
      replace: true,
      resetScroll: false,
    });
  };
  const found = filterRecords(rows, { types: type === '' ? [] : [type], text: q });
  const shown = isWhole ? found : found.slice(0, FIRST_ROWS);
  return (
    <>
      <RecordFilters
        rows={rows}
        found={found.length}
        type={type}
        q={q}
        onType={(next) => keep({ q, type: next })}
        onSearch={(next) => {
          setQ(next);
          keep({ q: next, type });
        }}
      />
      {found.length > 0 ? (
        <RecordTable rows={shown} />
      ) : (
        <p className="rounded-card border border-line border-dashed bg-card px-6 py-10 text-center text-quiet">
          No records match.
        </p>
      )}
      {shown.length < found.length && (
        <Button className="self-center" onClick={() => setWhole(true)}>
          Show all {found.length.toLocaleString('en-US')} records
        </Button>
      )}
    </>
  );
}
