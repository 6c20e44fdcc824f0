import { compareOctets } from './rdata/octets.ts';
import { toSortOctets } from './rdata.ts';
import type { PseudoRecord, RRset } from './rrset.ts';

/**
 * One record of a zone: its absolute owner as toOwner gives it, and its rdata as toRdata gives it, or what the provider
 * has in its place.
 */
export type CanonicalRecord =
  | { readonly name: string; readonly type: string; readonly ttl: number | null; readonly rdata: string }
  | {
      readonly name: string;
      readonly type: string;
      readonly ttl: number | null;
      readonly pseudo: PseudoRecord;
    };

/** Records of one set while they are collected; the rdata of a pseudo record's set stays empty. */
interface Group {
  readonly name: string;
  readonly type: string;
  readonly pseudo: PseudoRecord | null;
  readonly rdata: Set<string>;
  readonly ttls: Set<number>;
}

const maxTtl = 2 ** 31 - 1;

/**
 * The record sets of a zone in their one form, whatever the order of the records: types in capitals, equal rdata once,
 * rdata in the order of RFC 4034 §6.3, sets in ASCII order of name, type and pseudo record. Every pseudo record is a
 * set of its own. Where TTLs differ within a set the lowest is kept and `mixedTtl` is true (RFC 2181 §5.2); a TTL that
 * isn't a whole number from 0 to 2^31-1 (RFC 2181 §8) counts as unknown.
 */
export function collectRrsets(records: readonly CanonicalRecord[]): { rrsets: RRset[]; mixedTtl: boolean } {
  const groups = new Map<string, Group>();
  for (const record of records) {
    const type = record.type.toUpperCase();
    const pseudo = 'pseudo' in record ? record.pseudo : null;
    const key = JSON.stringify([record.name, type, pseudo?.value, pseudo?.kind, pseudo?.provider]);
    const group = groups.get(key) ?? {
      name: record.name,
      type,
      pseudo,
      rdata: new Set<string>(),
      ttls: new Set<number>(),
    };
    groups.set(key, group);
    if ('rdata' in record) group.rdata.add(record.rdata);
    if (isTtl(record.ttl)) group.ttls.add(record.ttl);
  }
  const sorted = [...groups.values()].sort(compareGroups);
  return { rrsets: sorted.map(toRrset), mixedTtl: sorted.some(({ ttls }) => ttls.size > 1) };
}

function isTtl(ttl: number | null): ttl is number {
  return ttl !== null && Number.isInteger(ttl) && ttl >= 0 && ttl <= maxTtl;
}

function toRrset({ name, type, pseudo, rdata, ttls }: Group): RRset {
  const ttl = ttls.size > 0 ? Math.min(...ttls) : null;
  return { name, type, ttl, records: sortRdata(type, rdata), ...(pseudo && { pseudo }) };
}

/** Each rdata is encoded once: large sets are sorted as well. */
function sortRdata(type: string, rdata: ReadonlySet<string>): string[] {
  return [...rdata]
    .sort()
    .map((text) => ({ text, octets: toSortOctets(type, text) }))
    .sort((a, b) => compareOctets(a.octets, b.octets))
    .map(({ text }) => text);
}

function compareGroups(a: Group, b: Group): number {
  return (
    compareText(a.name, b.name) ||
    compareText(a.type, b.type) ||
    compareText(a.pseudo?.value ?? '', b.pseudo?.value ?? '') ||
    compareText(a.pseudo?.kind ?? '', b.pseudo?.kind ?? '') ||
    compareText(a.pseudo?.provider ?? '', b.pseudo?.provider ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
