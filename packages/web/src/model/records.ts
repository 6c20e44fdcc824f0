import type { RRset } from '../api/types.gen.ts';
import { toRelativeName } from './zone-names.ts';

/** A DNS record, or what a registrar keeps among them, as a line of the table. */
export interface RecordRow {
  /** Unique in its table, and the same after the next reading. */
  readonly id: string;
  /** The kind, of what isn't DNS: URL301, ALIAS. */
  readonly type: string;
  /** Relative to the domain: `@` is the domain itself. */
  readonly name: string;
  /** The whole name, with its dot. */
  readonly owner: string;
  /** Rdata in presentation form, the priority left out where it has a field of its own. */
  readonly value: string;
  /** Seconds; null where the provider chooses. */
  readonly ttl: number | null;
  readonly priority: number | null;
  /** Not DNS: it works at this registrar only. */
  readonly isPseudo: boolean;
  /** What the value alone doesn't say. */
  readonly note: string | null;
}

/** Types whose rdata begins with a priority or preference (RFC 1035 §3.3.9, 2782, 7553, 9460, 2230). */
const WITH_PRIORITY = new Set(['MX', 'SRV', 'URI', 'HTTPS', 'SVCB', 'KX']);

/** All records of a domain, one a row, in the order of the API. `apex` is the domain's name in A-labels. */
export function toRecordRows(rrsets: readonly RRset[], apex: string): readonly RecordRow[] {
  const seen = new Map<string, number>();
  return rrsets.flatMap(({ name: owner, type, ttl, records, pseudo }) => {
    const name = toRelativeName(owner, apex) ?? owner;
    const toRow = (row: Omit<RecordRow, 'id' | 'name' | 'owner' | 'ttl'>, text: string): RecordRow => {
      const key = `${owner} ${row.type} ${text}`;
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      return { id: count === 0 ? key : `${key} #${count + 1}`, name, owner, ttl, ...row };
    };
    const rows = records.map((rdata) => {
      const split = splitPriority(type, rdata);
      return toRow({ type, ...split, isPseudo: false, note: toNote(type, split) }, rdata);
    });
    if (pseudo === undefined) return rows;
    const { kind, value } = pseudo;
    const note = 'Not a DNS record: it works at this registrar only';
    return [...rows, toRow({ type: kind, value, priority: null, isPseudo: true, note }, value)];
  });
}

/** What a table of records is narrowed down to. */
export interface RecordFilter {
  /** None lets all through. */
  readonly types: readonly string[];
  /** Words that all have to be in name, type or value. */
  readonly text: string;
}

/** The rows that a filter lets through, in their order. */
export function filterRecords(
  rows: readonly RecordRow[],
  { types, text }: RecordFilter,
): readonly RecordRow[] {
  const words = text.toLowerCase().split(/\s+/);
  return rows.filter(({ type, owner, value, priority }) => {
    if (types.length > 0 && !types.includes(type)) return false;
    const all = `${owner} ${type} ${priority ?? ''} ${value}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** In the order in which people look for them; other types come after these, by name. */
const USUAL = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV', 'CAA'];

/** How many rows there are of each type. */
export function countByType(
  rows: readonly RecordRow[],
): readonly { readonly type: string; readonly count: number }[] {
  const toRank = (type: string) => (USUAL.includes(type) ? USUAL.indexOf(type) : USUAL.length);
  return [...Map.groupBy(rows, ({ type }) => type)]
    .map(([type, group]) => ({ type, count: group.length }))
    .sort((a, b) => toRank(a.type) - toRank(b.type) || (a.type < b.type ? -1 : 1));
}

function splitPriority(type: string, rdata: string): { value: string; priority: number | null } {
  const [, priority, value] = /^(\d{1,5}) (.+)$/s.exec(rdata) ?? [];
  if (!WITH_PRIORITY.has(type) || priority === undefined || value === undefined) {
    return { value: rdata, priority: null };
  }
  return { value, priority: Number(priority) };
}

function toNote(type: string, { value, priority }: ReturnType<typeof splitPriority>): string | null {
  if (type === 'MX' && value === '.') return 'This name takes no mail';
  if (type === 'SRV' && /^\d+ \d+ \.$/.test(value)) return 'This service is not offered';
  if ((type === 'HTTPS' || type === 'SVCB') && priority === 0) return 'An alias of another name';
  return null;
}
