import type { RRset } from '../api/types.gen.ts';
import { isHost, isWithin, parseName, toRelativeName } from './zone-names.ts';
import { findRdataFault } from './zone-rdata.ts';

/** A record as it is to be written. */
export interface ZoneRecord {
  /** Relative to the zone where it can be, `@` for the zone itself. */
  readonly owner: string;
  readonly ttl: number | null;
  readonly type: string;
  readonly rdata: string;
}

/** What goes into a zone file as records, and what as comments, each in the order in which it came. */
export interface ZonePlan {
  readonly kept: readonly ZoneRecord[];
  readonly refused: readonly (ZoneRecord & { readonly reason: string })[];
}

interface Candidate extends ZoneRecord {
  /** Null when it isn't a name. */
  readonly labels: readonly string[] | null;
}

const MAX_TTL = 2 ** 31 - 1;
/** Of a record set, in octets (RFC 1035 §4.2.2); reckoned by its text, which is longer. */
const MAX_SET = 60_000;
const HOST_OWNERS = new Set(['A', 'AAAA', 'MX']);

/**
 * Sorts records by whether BIND would load them: one line that it refuses would cost the whole zone. `apex` is the
 * zone's name without its dot.
 */
export function planZone(rrsets: readonly RRset[], apex: string): ZonePlan {
  const apexLabels = parseName(`${apex}.`) ?? ['invalid'];
  const refused: (ZoneRecord & { reason: string })[] = [];
  let kept = rrsets.flatMap((rrset): readonly Candidate[] => {
    const owner = toRelativeName(rrset.name, apex) ?? rrset.name;
    const head = { owner, ttl: rrset.ttl, labels: parseName(rrset.name) };
    if (rrset.pseudo) {
      const { kind, value, provider } = rrset.pseudo;
      refused.push({ ...head, type: kind, rdata: value, reason: `not DNS, works at ${provider} only` });
    }
    return rrset.records.map((rdata) => ({ ...head, type: rrset.type, rdata }));
  });
  // each rule sees what the ones before it have kept
  const keepWhere = (findFault: (record: Candidate) => string | null) => {
    kept = kept.filter((record) => {
      const reason = findFault(record);
      if (reason !== null) refused.push({ ...record, reason });
      return reason === null;
    });
  };
  keepWhere((record) => findFault(record, apexLabels));
  keepWhere(createSetRules(apexLabels));
  keepWhere(createCnameRule(kept, apexLabels));
  keepWhere(createNameserverRule(kept, apexLabels));
  return { kept, refused };
}

/** What is wrong with a record, whatever the others are. */
function findFault({ labels, ttl, type, rdata }: Candidate, apex: readonly string[]): string | null {
  if (labels === null) return 'not a name that a zone file can hold';
  if (!isWithin(labels, apex)) return 'outside this zone';
  const isApex = labels.length === apex.length;
  if (ttl !== null && ttl > MAX_TTL) return 'TTL out of range';
  if (type === 'SOA' && !isApex) return 'SOA below the top of the zone';
  if (type === 'DS' && isApex) return 'DS belongs into the zone above';
  if (type === 'NS' && labels[0] === '*') return 'NS of a wildcard';
  const hostLabels = labels[0] === '*' ? labels.slice(1) : labels;
  if (HOST_OWNERS.has(type) && !isHost(hostLabels))
    return `not a host's name, as ${type} needs it (check-names)`;
  return findRdataFault(type, rdata);
}

/** One of a kind where there may be only one, and no more than fits. */
function createSetRules(apex: readonly string[]): (record: Candidate) => string | null {
  const singles = new Map<string, string>();
  const sizes = new Map<string, number>();
  return ({ labels, type, rdata }) => {
    const set = `${toKey(labels ?? apex)} ${type}`;
    const size = (sizes.get(set) ?? 0) + rdata.length + 4;
    if (size > MAX_SET) return 'more than fits into one record set';
    sizes.set(set, size);
    if (!['SOA', 'CNAME', 'DNAME'].includes(type)) return null;
    const other = singles.get(set);
    singles.set(set, other ?? rdata);
    return other === undefined ? null : `a second ${type} of the same name`;
  };
}

/** RFC 1034 §3.6.2: beside an alias nothing else may stand; the zone itself always has SOA and NS. */
function createCnameRule(
  records: readonly Candidate[],
  apex: readonly string[],
): (record: Candidate) => string | null {
  const others = new Set(
    records.filter(({ type }) => type !== 'CNAME').map(({ labels }) => toKey(labels ?? [])),
  );
  others.add(toKey(apex));
  return ({ type, labels }) =>
    type === 'CNAME' && others.has(toKey(labels ?? []))
      ? 'CNAME beside other records of the same name'
      : null;
}

/** A nameserver of the zone itself must be findable: one inside the zone needs its address here, and no alias above. */
function createNameserverRule(
  records: readonly Candidate[],
  apex: readonly string[],
): (record: Candidate) => string | null {
  const toOwners = (...types: readonly string[]) =>
    new Set(records.filter(({ type }) => types.includes(type)).map(({ labels }) => toKey(labels ?? [])));
  const addressed = toOwners('A', 'AAAA');
  const aliased = toOwners('DNAME');
  return ({ type, labels, rdata }) => {
    const target = parseName(rdata);
    if (type !== 'NS' || labels?.length !== apex.length || target === null || !isWithin(target, apex))
      return null;
    const above = target.map((_, index) => target.slice(index + 1)).filter((name) => isWithin(name, apex));
    if (above.some((name) => aliased.has(toKey(name)))) return 'a nameserver below a DNAME';
    return addressed.has(toKey(target)) ? null : 'a nameserver in this zone without an address in it';
  };
}

/** Equal for equal names, however they are escaped. */
function toKey(labels: readonly string[]): string {
  return JSON.stringify(labels);
}
