import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Registrar } from '../../api/types.gen.ts';
import type { DomainRow } from '../../model/domain-row.ts';
import { type RegistrarLine, toRegistrarComparison } from '../../model/figures.ts';
import { formatCount } from '../../model/words.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { Expiry } from '../../ui/time.tsx';

type Key = Exclude<keyof RegistrarLine, 'registrar' | 'name' | 'notProvided'>;
const SHARES = ['autoRenewOn', 'locked', 'privacyOn'] as const;

const COLUMNS: readonly (readonly [key: Key, label: string])[] = [
  ['domains', 'Domains'],
  ['active', 'Active'],
  ['expiringSoon', 'Expiring soon'],
  ['expired', 'Expired'],
  ['autoRenewOn', 'Auto-renew on'],
  ['locked', 'Locked'],
  ['privacyOn', 'Privacy on'],
  ['nextExpiresAt', 'Next expiry'],
];

/** Registrars side by side (R47). A share is over the domains of which it is known. */
export function RegistrarComparison({
  rows,
  registrars,
}: {
  readonly rows: readonly DomainRow[];
  readonly registrars: readonly Registrar[];
}) {
  const [sort, setSort] = useState<{ readonly key: Key; readonly desc: boolean }>({
    key: 'domains',
    desc: true,
  });
  const lines = useMemo(() => toRegistrarComparison(rows, registrars), [rows, registrars]);
  const sorted = useMemo(() => [...lines].sort((a, b) => compare(a, b, sort)), [lines, sort]);
  return (
    <ScrollRegion label="Registrars compared" className="rounded-card border border-line bg-card">
      <table className="w-full text-sm">
        <thead className="bg-sunken text-quiet">
          <tr>
            <th scope="col" className="px-4 py-2 text-left font-medium">
              Registrar
            </th>
            {COLUMNS.map(([key, label]) => (
              <th
                key={key}
                scope="col"
                aria-sort={sort.key === key ? (sort.desc ? 'descending' : 'ascending') : 'none'}
                className="px-2 py-1 text-right font-medium"
              >
                <button
                  type="button"
                  className="inline-flex min-h-8 items-center gap-1 px-2 whitespace-nowrap hover:text-ink"
                  onClick={() => setSort({ key, desc: sort.key === key ? !sort.desc : true })}
                >
                  {label}
                  {sort.key === key &&
                    (sort.desc ? (
                      <ArrowDown aria-hidden className="size-3.5" />
                    ) : (
                      <ArrowUp aria-hidden className="size-3.5" />
                    ))}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((line) => (
            <tr key={line.registrar} className="border-line border-t">
              <th scope="row" className="px-4 py-3 text-left font-medium">
                {line.name}
              </th>
              {COLUMNS.map(([key]) => (
                <td key={key} className="px-4 py-3 text-right whitespace-nowrap">
                  <Figure line={line} column={key} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Figure({ line, column }: { readonly line: RegistrarLine; readonly column: Key }) {
  const value = line[column];
  if (value === null) return <Unknown line={line} column={column} />;
  if (typeof value === 'string') return <Expiry iso={value} precision="INSTANT" />;
  return SHARES.some((share) => share === column) ? `${Math.round(value * 100)} %` : formatCount(value);
}

function Unknown({ line, column }: { readonly line: RegistrarLine; readonly column: Key }) {
  const isNever = line.notProvided.some((share) => share === column);
  const why = isNever ? `not provided by ${line.name}` : 'unknown';
  return (
    <span title={why}>
      <span aria-hidden>–</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}

/** Null is last in both directions. */
function compare(a: RegistrarLine, b: RegistrarLine, { key, desc }: { key: Key; desc: boolean }): number {
  const [left, right] = [a[key], b[key]];
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return (left < right ? -1 : 1) * (desc ? -1 : 1);
}
