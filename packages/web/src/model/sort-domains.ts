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
  const columns = wanted.map(({ toKey, desc }) => {
    const keys = rows.map(toKey);
    return { keys, heads: toHeads(keys), sign: desc ? -1 : 1 };
  });
  const order = rows.map((_, index) => index);
  order.sort((a, b) => {
    for (const { keys, heads, sign } of columns) {
      const [head, other] = [heads[a] as number, heads[b] as number];
      const difference =
        head === other
          ? compareKeys(keys[a] ?? null, keys[b] ?? null, sign)
          : compareHeads(head, other, sign);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return order.map((index) => rows[index] as DomainRow);
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

/** As many characters of ASCII as a number holds exactly: 7 bits each of 53. */
const HEAD_LENGTH = 7;
const LAST_CODE = 127;

/**
 * Numbers in the order of the keys, for comparing texts is slow: a text's begin is packed into one, behind what all of
 * them begin with. Where two are equal the keys decide. Null is the greatest.
 */
function toHeads(keys: readonly Key[]): Float64Array {
  const start = countShared(keys);
  return Float64Array.from(keys, (key) => {
    if (key === null) return Number.POSITIVE_INFINITY;
    return typeof key === 'number' ? key : toHead(key, start);
  });
}

function toHead(text: string, start: number): number {
  let head = 0;
  let isPlain = true;
  for (let at = start; at < start + HEAD_LENGTH; at += 1) {
    // behind a character that isn't told from others nothing counts
    const code: number = isPlain && at < text.length ? Math.min(text.charCodeAt(at), LAST_CODE) : 0;
    isPlain &&= code < LAST_CODE;
    head = head * (LAST_CODE + 1) + code;
  }
  return head;
}

/** How many characters all texts have in common at their begin: of times in ISO 8601 that is most. */
function countShared(keys: readonly Key[]): number {
  let shared: string | undefined;
  for (const key of keys) {
    if (typeof key !== 'string') continue;
    shared ??= key;
    let at = 0;
    while (at < shared.length && shared.charCodeAt(at) === key.charCodeAt(at)) at += 1;
    shared = shared.slice(0, at);
    if (at === 0) return 0;
  }
  return shared?.length ?? 0;
}

function compareHeads(a: number, b: number, sign: number): number {
  if (a === Number.POSITIVE_INFINITY) return 1;
  if (b === Number.POSITIVE_INFINITY) return -1;
  return a < b ? -sign : sign;
}

function compareKeys(a: Key, b: Key, sign: number): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -sign : sign;
}
