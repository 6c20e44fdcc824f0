import type { RRset } from '../api/types.gen.ts';
import { formatExact } from './dates.ts';
import { parseName } from './zone-names.ts';
import { planZone, type ZonePlan, type ZoneRecord } from './zone-plan.ts';

/** Where a zone file comes from. */
export interface ZoneSource {
  /** The domain in A-labels, without a dot at its end. */
  readonly name: string;
  readonly nameServers: readonly string[] | null;
  /** The registrar's name. */
  readonly registrar: string;
  /** When the records were read, ISO 8601. */
  readonly fetchedAt: string | null;
}

const DEFAULT_TTL = 3600;
/** A name that never exists (RFC 2606 §2). */
const NOWHERE = 'placeholder.invalid.';
const DELEGATED = 'from the delegation, not among the records';
const NOTHING: ZonePlan = { kept: [], refused: [] };

/**
 * The records as a master file (RFC 1035 §5) that BIND loads as it stands. SOA and nameservers are the zone's own; where
 * they are missing, the delegation's or placeholders that say so. What BIND would refuse, and what isn't DNS, is at the
 * end in comments with the reason: nothing is lost, and nothing keeps the rest from loading.
 */
export function toZoneFile(source: ZoneSource, rrsets: readonly RRset[]): string {
  // a text that isn't a domain's name must not stand after $ORIGIN; all records are outside of this one
  const origin = /^[a-z0-9.-]+$/.test(source.name) && parseName(`${source.name}.`) ? source.name : 'invalid';
  const plan = planZone(rrsets, origin);
  const soa = plan.kept.filter(({ type }) => type === 'SOA');
  const own = plan.kept.filter(isNameserver);
  const delegated = own.length > 0 ? NOTHING : planDelegation(source, rrsets, origin);
  const nameservers = [
    ...own.map(write),
    ...delegated.kept.map((record) => `${write(record)} ; ${DELEGATED}`),
  ];
  const [primary] = [...own, ...delegated.kept];
  const others = plan.kept.filter((record) => !soa.includes(record) && !own.includes(record));
  const refused = [...plan.refused, ...delegated.refused];
  const lines = [
    ...toHeader(source, refused.length),
    `$ORIGIN ${origin}.`,
    `$TTL ${DEFAULT_TTL}`,
    '',
    ...(soa.length > 0 ? soa.map(write) : [toPlaceholderSoa(source, primary?.rdata ?? NOWHERE, origin)]),
    ...(nameservers.length > 0
      ? nameservers
      : [`@\tIN\tNS\t${NOWHERE} ; placeholder: BIND wants one, none is known`]),
    ...others.map(write),
    ...toRefusedLines(refused),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function toHeader({ name, registrar, fetchedAt }: ZoneSource, refused: number): readonly string[] {
  const read = fetchedAt === null ? '' : `, read ${formatExact(fetchedAt, 'INSTANT')}`;
  const texts = [
    name,
    `DNS records at ${registrar}${read}`,
    'A copy by Domain Collective, which only reads: what you change here changes nothing at the registrar.',
    ...(refused > 0 ? [`At the end, as comments: what BIND would not load (${refused}).`] : []),
  ];
  return [...texts.map(toComment), ''];
}

/** The delegation's nameservers, sorted by the rules for those among the records. */
function planDelegation({ nameServers }: ZoneSource, rrsets: readonly RRset[], origin: string): ZonePlan {
  const records = (nameServers ?? []).map((host) => `${host}.`);
  const known = new Set(rrsets.flatMap((rrset) => (rrset.type === 'NS' ? rrset.records : [])));
  const { kept, refused } = planZone(
    [...rrsets, { name: `${origin}.`, type: 'NS', ttl: null, records }],
    origin,
  );
  return {
    kept: kept.filter(isNameserver),
    // those among the records are refused there already
    refused: refused.filter((record) => isNameserver(record) && !known.has(record.rdata)),
  };
}

function isNameserver({ owner, type }: ZoneRecord): boolean {
  return owner === '@' && type === 'NS';
}

function toPlaceholderSoa({ fetchedAt }: ZoneSource, primary: string, origin: string): string {
  const mailbox = `hostmaster.${origin}.`;
  const day = fetchedAt?.match(/^(\d{4})-(\d{2})-(\d{2})T/);
  const serial = day ? `${day.slice(1).join('')}00` : '1';
  const names = `${primary} ${parseName(mailbox) === null ? 'hostmaster.invalid.' : mailbox}`;
  return `@\tIN\tSOA\t${names} ${serial} 7200 3600 1209600 3600 ; placeholder: the registrar gives none`;
}

function toRefusedLines(refused: ZonePlan['refused']): readonly string[] {
  if (refused.length === 0) return [];
  const lines = refused.map((record) => toComment(`${write(record)} ; ${record.reason}`));
  return ['', toComment('Not loaded, each with the reason:'), ...lines];
}

/** Without a TTL the default at the top counts. */
function write({ owner, ttl, type, rdata }: ZoneRecord): string {
  return [owner, ...(ttl === null ? [] : [ttl]), 'IN', type, rdata].join('\t');
}

/** A comment of one line, whatever the text: what could end the line, or can't be seen, is written as an escape. */
function toComment(text: string): string {
  const shown = text.replace(/(?!\t)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return `; ${shown}`;
}
