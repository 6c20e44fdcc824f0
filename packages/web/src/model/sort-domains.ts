import type { DomainRow } from './domain-row.ts';
import type { SortColumn, SortKey } from './view-shape.ts';

/** What rows are put in order by: numbers or texts, all of one kind in a column. Null is last in both directions. */
type Key = string | number | null;
type ToKey = (row: DomainRow) => Key;

const STATUS_RANK = { EXPIRED: 0, EXPIRING_SOON: 1, ACTIVE: 2 } as const;
const DNS_RANK = { FETCHED: 0, PENDING: 1, ELSEWHERE: 2, NOT_PERMITTED: 3, FAILED: 4 } as const;

/** Expired names first, whatever their date; then the soonest expiry, unknown ones last; then by name. */
const DEFAULT_KEYS: readonly { readonly toKey: ToKey; readonly desc: boolean }[] = [
  { toKey: ({ domain }) => (domain.status === 'EXPIRED' ? 0 : 1), desc: false },
  { toKey: ({ expiresMs }) => expiresMs, desc: false },
  { toKey: ({ nameKey }) => nameKey, desc: false },
];

/** Rows in the order of the keys, or in the default order without any. Every key is taken from each row once. */
export function sortDomains(
  rows: readonly DomainRow[],
  sort: readonly SortKey[],
  toIntegrationLabel: (id: string) => string = (id) => id,
): readonly DomainRow[] {
  const toKeys = createKeys(toIntegrationLabel);
  const wanted =
    sort.length === 0 ? DEFAULT_KEYS : sort.map(({ column, desc }) => ({ toKey: toKeys[column], desc }));
  const columns = wanted.map(({ toKey, desc }) => ({ keys: rows.map(toKey), sign: desc ? -1 : 1 }));
  const order = rows.map((_, index) => index);
  order.sort((a, b) => {
    for (const { keys, sign } of columns) {
      const difference = compareKeys(keys[a] ?? null, keys[b] ?? null, sign);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return order.flatMap((index) => rows[index] ?? []);
}

/** The order after a click on a header: ascending, descending, off. With Shift the other keys stay. */
export function toNextSort(
  sort: readonly SortKey[],
  column: SortColumn,
  isAdding: boolean,
): readonly SortKey[] {
  const current = sort.find((key) => key.column === column);
  const next = current?.desc ? [] : [{ column, desc: current !== undefined }];
  if (!isAdding) return next;
  if (current === undefined) return [...sort, ...next];
  return sort.flatMap((key) => (key === current ? next : [key]));
}

/** The `aria-sort` of a header. Only the first key has one: ARIA 1.2 wants it on one header at a time. */
export function toAriaSort(
  sort: readonly SortKey[],
  column: SortColumn,
): 'ascending' | 'descending' | 'none' {
  const [first] = sort;
  if (first?.column !== column) return 'none';
  return first.desc ? 'descending' : 'ascending';
}

function createKeys(toLabel: (id: string) => string): Readonly<Record<SortColumn, ToKey>> {
  const labels = new Map<string, string>();
  const toIntegration = (id: string) => {
    const label = labels.get(id) ?? toLabel(id).toLowerCase();
    labels.set(id, label);
    return label;
  };
  return {
    name: ({ nameKey }) => nameKey,
    registrar: ({ domain }) => domain.registrar,
    status: ({ domain }) => STATUS_RANK[domain.status],
    expires: ({ expiresMs }) => expiresMs,
    autoRenew: ({ domain }) => toNumber(domain.autoRenew),
    locked: ({ domain }) => toNumber(domain.locked),
    privacy: ({ domain }) => toNumber(domain.privacy),
    nameServers: ({ nameServersText }) => nameServersText || null,
    dns: ({ domain }) => `${DNS_RANK[domain.dns.status]}${domain.dns.provider ?? ''}`,
    integration: ({ domain }) => toIntegration(domain.integrationId),
    lastSeen: ({ domain }) => domain.lastSeenAt,
  };
}

function toNumber(value: boolean | null): number | null {
  return value === null ? null : Number(value);
}

function compareKeys(a: Key, b: Key, sign: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -sign : sign;
}
