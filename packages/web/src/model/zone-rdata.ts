import {
  base64,
  hex,
  host,
  ipv4,
  ipv6,
  isNumber,
  longString,
  mailbox,
  name,
  string,
  strings,
  u8,
  u16,
  u32,
  type ZoneField,
} from './zone-fields.ts';
import { areSvcParams, isNaptrExpression } from './zone-params.ts';
import { splitRdata, type ZoneToken } from './zone-tokens.ts';

const key: readonly ZoneField[] = [u16, u8, u8, base64];
const association: readonly ZoneField[] = [u8, u8, u8, hex()];

/** Sizes that BIND wants of digests and fingerprints, by the number of their kind; others may have any. */
const DIGEST_SIZES: Readonly<Record<string, number>> = { 1: 20, 2: 32, 4: 48 };
const FINGERPRINT_SIZES: Readonly<Record<string, number>> = { 1: 20, 2: 32 };

/** The fields of each type, as BIND 9.18 with `check-names fail` reads them. Other types it may know, this doesn't. */
const FIELDS: Readonly<Record<string, readonly ZoneField[]>> = {
  A: [ipv4],
  AAAA: [ipv6],
  AFSDB: [u16, host],
  CAA: [u8, string((tag) => /^[a-z0-9]+$/i.test(tag)), longString],
  CNAME: [name],
  DNAME: [name],
  DNSKEY: key,
  DS: [u16, u8, (tokens) => sized(tokens, DIGEST_SIZES)],
  HINFO: [string(), string()],
  HTTPS: [svcb],
  KEY: [(tokens) => Number(tokens[0]?.raw) < 0xc000 && u16(tokens), u8, u8, base64],
  KX: [u16, name],
  LOC: [location],
  MX: [u16, host],
  NAPTR: [u16, u16, string(), string(), string(isNaptrExpression), name],
  NS: [host],
  OPENPGPKEY: [base64],
  PTR: [name],
  RP: [name, name],
  SMIMEA: association,
  SOA: [host, mailbox, u32, u32, u32, u32, u32],
  SPF: [strings],
  SRV: [u16, u16, u16, host],
  SSHFP: [u8, (tokens) => sized(tokens, FINGERPRINT_SIZES)],
  SVCB: [svcb],
  TLSA: association,
  TXT: [strings],
  URI: [u16, u16, longString],
};

/** Made by whoever signs a zone, and right for that zone only; BIND compares some of them with the zone's keys. */
const SIGNERS = new Set(['CDNSKEY', 'CDS', 'NSEC', 'NSEC3', 'NSEC3PARAM', 'RRSIG']);

/** Why BIND would refuse rdata of a type, in a few words; null when it takes it. */
export function findRdataFault(type: string, rdata: string): string | null {
  if (SIGNERS.has(type)) return 'made anew by whoever signs the zone';
  const tokens = [...(splitRdata(rdata) ?? [])];
  if (tokens.length === 0) return 'not written as a zone file needs it';
  const generic = /^TYPE(\d{1,5})$/.exec(type);
  if (generic) return isUnknown(generic, tokens) ? null : 'not a type of unknown meaning (RFC 3597)';
  const fields = Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
  if (fields === undefined) return 'not a type that this export knows';
  const isTaken = fields.every((take) => take(tokens)) && tokens.length === 0;
  return isTaken ? null : `not what BIND expects of ${type}`;
}

/** Types with numbers that BIND has no name for and won't have soon, `\# length hex`. */
function isUnknown([, number]: RegExpExecArray, tokens: ZoneToken[]): boolean {
  const [mark, length, ...digits] = tokens;
  const isFree = isNumber(number ?? '', 65_534) && Number(number) >= 1024;
  // TA and DLV
  if (!isFree || number === '32768' || number === '32769') return false;
  if (mark?.raw !== '\\#' || !isNumber(length?.raw ?? '', 60_000)) return false;
  const size = Number(length?.raw);
  return size === 0 ? digits.length === 0 : hex(size)(digits);
}

function sized(tokens: ZoneToken[], sizes: Readonly<Record<string, number>>): boolean {
  const kind = tokens[0]?.raw ?? '';
  return u8(tokens) && hex(sizes[kind])(tokens);
}

/** Priority, target and parameters (RFC 9460 §2.1); only an alias may lead to what isn't a host. */
function svcb(tokens: ZoneToken[]): boolean {
  const isAlias = tokens[0]?.raw === '0';
  return u16(tokens) && (isAlias ? name : host)(tokens) && areSvcParams(tokens.splice(0));
}

const angle = '(\\d{1,3}) ([1-5]?\\d) ([1-5]?\\d(?:\\.\\d{1,3})?)';
const metres = '(\\d{1,8}(?:\\.\\d{1,2})?)m';
const place = new RegExp(`^${angle} [NS] ${angle} [EW] -?${metres} ${metres} ${metres} ${metres}$`);

/** A place as RFC 1876 §3 writes it, all parts there. */
function location(tokens: ZoneToken[]): boolean {
  const parts = place.exec(tokens.map(({ raw }) => raw).join(' '));
  const [latitude = 999, latMinutes = 0, latSeconds = 0, longitude = 999, lonMinutes = 0, lonSeconds = 0] =
    parts?.slice(1).map(Number) ?? [];
  const [altitude = 0, ...sizes] = parts?.slice(7).map(Number) ?? [];
  const isBelow = tokens.some(({ raw }) => raw.startsWith('-'));
  tokens.length = 0;
  return (
    latitude + latMinutes / 60 + latSeconds / 3600 <= 90 &&
    longitude + lonMinutes / 60 + lonSeconds / 3600 <= 180 &&
    altitude <= (isBelow ? 100_000 : 42_849_672) &&
    sizes.every((size) => size <= 90_000_000)
  );
}
