import {
  algorithm,
  base64,
  characterString,
  hex,
  ipv4,
  ipv6,
  longString,
  name,
  toCodec,
  u8,
  u16,
  u32,
} from './rdata/fields.ts';
import { formatGeneric, isGeneric, parseGeneric } from './rdata/generic.ts';
import type { RdataCodec, RdataContext, RdataInput } from './rdata/input.ts';
import { loc } from './rdata/loc.ts';
import { compareOctets, toUtf8 } from './rdata/octets.ts';
import { toPresentation } from './rdata/presentation.ts';
import { svcb } from './rdata/svcb.ts';
import { caa, joinStrings, txt } from './rdata/text.ts';
import { joinTokens, tokenize } from './rdata/tokens.ts';

export type { RdataContext, RdataInput } from './rdata/input.ts';

const oneName = toCodec(name);
const preferenceAndName = toCodec(u16, name);
const key = toCodec(u16, u8, algorithm, base64);
const digest = toCodec(u16, algorithm, u8, hex);
const association = toCodec(u8, u8, u8, hex);

/** What rdata of each type is made of, with the section that says so. */
const codecs: Readonly<Record<string, RdataCodec>> = {
  A: toCodec(ipv4), // RFC 1035 §3.4.1
  AAAA: toCodec(ipv6), // RFC 3596 §2.2
  AFSDB: preferenceAndName, // RFC 1183 §1
  CAA: caa, // RFC 8659 §4.1
  CDNSKEY: key, // RFC 7344 §3.2
  CDS: digest, // RFC 7344 §3.1
  CNAME: oneName, // RFC 1035 §3.3.1
  DNAME: oneName, // RFC 6672 §2.1
  DNSKEY: key, // RFC 4034 §2.2
  DS: digest, // RFC 4034 §5.3
  HINFO: toCodec(characterString, characterString), // RFC 1035 §3.3.2
  HTTPS: svcb, // RFC 9460 §9
  KEY: key, // RFC 2535 §7.1
  KX: preferenceAndName, // RFC 2230 §3.1
  LOC: loc, // RFC 1876 §3
  MX: preferenceAndName, // RFC 1035 §3.3.9, RFC 7505
  NAPTR: toCodec(u16, u16, characterString, characterString, characterString, name), // RFC 3403 §4.1
  NS: oneName, // RFC 1035 §3.3.11
  OPENPGPKEY: toCodec(base64), // RFC 7929 §2.3
  PTR: oneName, // RFC 1035 §3.3.12
  RP: toCodec(name, name), // RFC 1183 §2.2
  SMIMEA: association, // RFC 8162 §2
  SOA: toCodec(name, name, u32, u32, u32, u32, u32), // RFC 1035 §3.3.13
  SPF: txt, // RFC 7208 §3.1, RFC 4408 §3.1.1
  SRV: toCodec(u16, u16, u16, name), // RFC 2782
  SSHFP: toCodec(u8, u8, hex), // RFC 4255 §3.2
  SVCB: svcb, // RFC 9460 §2
  TLSA: association, // RFC 6698 §2.2
  TXT: txt, // RFC 1035 §3.3.14
  URI: toCodec(u16, u16, longString), // RFC 7553 §4
};
const root: RdataContext = { zone: '.', targets: 'never' };
/** The most that RDLENGTH can say (RFC 1035 §3.2.1), and the most characters that it takes to write that with `\DDD`. */
const maxOctets = 65_535;
const maxCharacters = 4 * maxOctets + 1024;

/**
 * The canonical presentation form of rdata, so that equal data has equal text. Names are absolute, lower-case and
 * end with a dot; addresses are dotted-quad or in the form of RFC 5952; character-strings are in quotes, TXT split at
 * 255 octets; hexadecimal is lower-case. A known type is given in its own form even where it came as `\# …`; a type
 * without a codec keeps its ASCII text with blanks folded, or `\# length hex` (RFC 3597 §5), and `TYPEn` only the latter.
 * Null when the rdata isn't understood: the caller then keeps it as a pseudo record or reports it.
 */
export function toRdata(type: string, value: RdataInput, context: RdataContext): string | null {
  if (value.text.length > maxCharacters) return null;
  const upperType = type.toUpperCase();
  const codec = codecs[upperType];
  const text = toPresentation(upperType, value);
  if (text === null) return null;
  if (codec === undefined && !isGeneric(text)) return foldText(upperType, text);
  const wire = toWire(codec, text, context);
  return wire && (codec ?? { format: formatGeneric }).format(wire);
}

/**
 * The wire form of canonical rdata, names uncompressed and lower-case (RFC 4034 §6.2). Null for types without a codec,
 * unless their rdata is in the form of RFC 3597, and for what isn't canonical rdata.
 */
export function toWireRdata(type: string, canonical: string): Uint8Array | null {
  return toWire(codecs[type.toUpperCase()], canonical, root);
}

/**
 * The octets by which canonical rdata is put in order within its set (RFC 4034 §6.3): the wire form, or the text where
 * there is none.
 */
export function toSortOctets(type: string, canonical: string): Uint8Array {
  return toWireRdata(type, canonical) ?? toUtf8(canonical);
}

/** The canonical order of rdata within its set (RFC 4034 §6.3): below 0 when `a` comes first, 0 only when equal. */
export function compareRdata(type: string, a: string, b: string): number {
  return compareOctets(toSortOctets(type, a), toSortOctets(type, b)) || compareOctets(toUtf8(a), toUtf8(b));
}

/**
 * What a TXT record says: the octets of all its strings in a row, without anything between them.
 * @throws TypeError when the rdata isn't that of a TXT record.
 */
export function fromTxt(rdata: string): Uint8Array {
  const wire = txt.parse(rdata, root);
  const octets = wire && joinStrings(wire);
  if (octets === null) throw new TypeError('not the rdata of a TXT record');
  return octets;
}

function toWire(codec: RdataCodec | undefined, text: string, context: RdataContext): Uint8Array | null {
  if (text.length > maxCharacters) return null;
  const wire = isGeneric(text) ? parseGeneric(text) : (codec?.parse(text, context) ?? null);
  return wire === null || wire.length > maxOctets ? null : wire;
}

/** Text of a type that nobody here knows: blanks folded, where it is text that a zone file could hold (RFC 1035 §5.1). */
function foldText(type: string, text: string): string | null {
  const isKnownForm = !/^TYPE\d+$/.test(type) && /^[\t\r\n\x20-\x7e]*$/.test(text);
  const tokens = isKnownForm ? tokenize(text) : null;
  return tokens === null || tokens.length === 0 ? null : joinTokens(tokens);
}
