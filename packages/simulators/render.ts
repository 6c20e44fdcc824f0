import { ipv6Groups, txtStrings } from './canonical.ts';
import { variantOf } from './prng.ts';
import type { SimDomain, SimResponse, SimRrset } from './types.ts';

/** One record as the registrars that know no sets list it. */
export interface FlatRecord {
  /** Absolute owner without the dot. */
  readonly owner: string;
  /** Relative owner, `@` for the apex. */
  readonly host: string;
  readonly type: string;
  readonly ttl: number | null;
  /** Of MX and SRV. */
  readonly priority: number | null;
  /** The rdata without priority, in canonical form with dots; TXT as its bare text; of a pseudo record its value. */
  readonly data: string;
  /** Text that is this record's alone, to choose a variant by. */
  readonly key: string;
}

/** Types whose rdata ends in a host name. */
const ENDS_IN_NAME = new Set(['ALIAS', 'ANAME', 'CNAME', 'DNAME', 'MX', 'NS', 'PTR', 'SRV']);

/** The records of a domain's stored zone one by one, in the order of its sets. */
export function flatRecords({ name: zone, rrsets }: SimDomain): FlatRecord[] {
  return rrsets.flatMap((rrset) => {
    const owner = withoutDot(rrset.name);
    const values = rrset.pseudo ? [rrset.pseudo.value] : rrset.records;
    return values.map((value, i) => ({
      owner,
      host: relativeHost(owner, zone),
      type: rrset.type,
      ttl: rrset.ttl,
      ...splitValue(rrset, value),
      key: `${owner}/${rrset.type}/${i}/${value}`,
    }));
  });
}

/** The owner relative to the zone, `@` for the apex; both without a dot at the end. */
export function relativeHost(owner: string, zone: string): string {
  return owner === zone ? '@' : owner.slice(0, -zone.length - 1);
}

/** The data of a record with its host name, if it ends in one, without the dot at the end. */
export function undottedData({ type, data }: FlatRecord): string {
  return ENDS_IN_NAME.has(type) ? withoutDot(data) : data;
}

/** Whether rdata of this type ends in a host name. */
export function endsInName(type: string): boolean {
  return ENDS_IN_NAME.has(type);
}

/** A name without the dot at its end; the root alone keeps it. */
export function withoutDot(name: string): string {
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
}

/** The characters of a TXT record, its strings joined, as UTF-8. */
function bareText(rdata: string): string {
  return Buffer.concat(txtStrings(rdata)).toString('utf8');
}

/** An IPv6 address now and then with all its zeros and in capitals, as people enter it; another value stays. */
export function looseAddress(type: string, value: string, key: string): string {
  if (type !== 'AAAA' || variantOf(key, 3) !== 0) return value;
  return ipv6Groups(value)
    .map((group) => group.toString(16).toUpperCase())
    .join(':');
}

/** What the groups of a path pattern caught, percent-encoding undone; an encoding that is broken stays as it is. */
export function pathParts(pattern: RegExp, path: string): (string | undefined)[] {
  return (pattern.exec(path) ?? []).slice(1).map((part: string | undefined) => {
    if (part === undefined) return undefined;
    try {
      return decodeURIComponent(part);
    } catch (error) {
      if (error instanceof URIError) return part;
      throw error;
    }
  });
}

/** A JSON answer. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): SimResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function splitValue({ type, pseudo }: SimRrset, value: string): { priority: number | null; data: string } {
  if (pseudo) return { priority: null, data: value };
  if (type === 'TXT' || type === 'SPF') return { priority: null, data: bareText(value) };
  if (type !== 'MX' && type !== 'SRV') return { priority: null, data: value };
  const end = value.indexOf(' ');
  return { priority: Number(value.slice(0, end)), data: value.slice(end + 1) };
}
