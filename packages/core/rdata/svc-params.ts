import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from './addresses.ts';
import { parseBase64 } from './fields.ts';
import { concat, fromUint, quote, readOctets, toOctets, toUint } from './octets.ts';

/** A parameter of SVCB: the key's number and the value in wire form. */
export interface SvcParam {
  readonly key: number;
  readonly value: Uint8Array;
}

/** How the value of one key is written; octets are those of the presentation value with its escapes undone. */
interface ValueCodec {
  parse(octets: Uint8Array): Uint8Array | null;
  format(value: Uint8Array): Uint8Array | null;
}

const names = new Map([
  ['mandatory', 0],
  ['alpn', 1],
  ['no-default-alpn', 2],
  ['port', 3],
  ['ipv4hint', 4],
  ['ech', 5],
  ['ipv6hint', 6],
  ['dohpath', 7],
  ['ohttp', 8],
]);
const nameByKey = new Map([...names].map(([name, key]) => [key, name]));

/** 65535 is reserved as invalid (RFC 9460 §14.3.2). */
const maxKey = 65_534;

const asIs: ValueCodec = { parse: (octets) => octets, format: (value) => value };
const nothing: ValueCodec = { parse: toNothing, format: toNothing };
const codecs = new Map<number, ValueCodec>([
  [0, { parse: parseMandatory, format: formatMandatory }],
  [1, { parse: parseAlpn, format: formatAlpn }],
  [2, nothing],
  [3, { parse: parsePort, format: (value) => (value.length === 2 ? ascii(fromUint(value)) : null) }],
  [4, toHints(4, parseIpv4, formatIpv4)],
  [5, { parse: (octets) => parseBase64(latin(octets)), format: formatBase64 }],
  [6, toHints(16, parseIpv6, formatIpv6)],
  [8, nothing],
]);

/**
 * Reads one parameter (RFC 9460 §2.1, Appendix A; the keys of its §14.3, and dohpath and ohttp of RFC 9461 and 9540):
 * `key`, `key=value` or `key="value"`. A key `keyN` takes any value; for a known N too the value is in wire form then.
 */
export function parseParam(text: string): SvcParam | null {
  const at = text.indexOf('=');
  const word = (at === -1 ? text : text.slice(0, at)).toLowerCase();
  const raw = at === -1 ? '' : stripQuotes(text.slice(at + 1));
  const octets = raw === null ? null : toOctets(raw);
  const key = names.get(word) ?? toKeyNumber(word);
  if (octets === null || key === null) return null;
  const codec = names.has(word) ? (codecs.get(key) ?? asIs) : asIs;
  const value = codec.parse(octets);
  return value === null || value.length > 65_535 ? null : { key, value };
}

/** Writes one parameter, in quotes only where the value needs them; null when the value isn't one of its key. */
export function formatParam({ key, value }: SvcParam): string | null {
  const octets = (codecs.get(key) ?? asIs).format(value);
  if (octets === null || key > maxKey) return null;
  const word = nameByKey.get(key) ?? `key${key}`;
  if (octets.length === 0) return word;
  const text = latin(octets);
  return /^[!#-'*-:<-[\]-~]+$/.test(text) ? `${word}=${text}` : `${word}=${quote(octets)}`;
}

/** What stands in a value's quotes, if it has them; null when a quote stands anywhere else. */
function stripQuotes(text: string): string | null {
  const inside = /^"(.*)"$/s.exec(text)?.[1] ?? text;
  return /^(?:[^"\\]|\\.)*$/s.test(inside) ? inside : null;
}

function toKeyNumber(word: string): number | null {
  const [, digits] = /^key(0|[1-9]\d{0,4})$/.exec(word) ?? [];
  return digits === undefined || Number(digits) > maxKey ? null : Number(digits);
}

function toNothing(octets: Uint8Array): Uint8Array | null {
  return octets.length === 0 ? octets : null;
}

/** The keys that a client must know (§8): numbers in wire form, rising, without `mandatory` itself. */
function parseMandatory(octets: Uint8Array): Uint8Array | null {
  const keys = latin(octets)
    .split(',')
    .map((word) => names.get(word.toLowerCase()) ?? toKeyNumber(word.toLowerCase()));
  if (!keys.every((key) => key !== null) || new Set(keys).size < keys.length || keys.includes(0)) return null;
  return concat(keys.toSorted((a, b) => a - b).map((key) => Uint8Array.of(key >> 8, key & 255)));
}

function formatMandatory(value: Uint8Array): Uint8Array | null {
  const keys = toParts(value, 2)?.map(fromUint);
  const isRising = keys?.every((key, index) => key > (keys[index - 1] ?? 0) && key <= maxKey);
  return keys && isRising ? ascii(keys.map((key) => nameByKey.get(key) ?? `key${key}`).join(',')) : null;
}

/** Protocol ids of 1 to 255 octets; a comma or backslash inside one is escaped (Appendix A.1). */
function parseAlpn(octets: Uint8Array): Uint8Array | null {
  const ids: number[][] = [[]];
  for (let at = 0; at < octets.length; at += 1) {
    const isEscape = octets[at] === 0x5c;
    const octet = octets[isEscape ? ++at : at];
    if (octet === undefined || (isEscape && octet !== 0x5c && octet !== 0x2c)) return null;
    if (octet === 0x2c && !isEscape) ids.push([]);
    else ids.at(-1)?.push(octet);
  }
  const isList = ids.every((id) => id.length > 0 && id.length < 256);
  return isList ? Uint8Array.from(ids.flatMap((id) => [id.length, ...id])) : null;
}

function formatAlpn(value: Uint8Array): Uint8Array | null {
  const octets = readOctets(value);
  const written: number[] = [];
  do {
    const [length = 0] = octets.take(1) ?? [];
    const id = octets.take(length);
    if (id === null || length === 0) return null;
    if (written.length > 0) written.push(0x2c);
    written.push(...[...id].flatMap((octet) => (octet === 0x2c || octet === 0x5c ? [0x5c, octet] : [octet])));
  } while (!octets.isDone());
  return Uint8Array.from(written);
}

function parsePort(octets: Uint8Array): Uint8Array | null {
  return /^\d{1,5}$/.test(latin(octets)) ? toUint(Number(latin(octets)), 2) : null;
}

function formatBase64(value: Uint8Array): Uint8Array | null {
  return value.length === 0 ? null : ascii(Buffer.from(value).toString('base64'));
}

function toHints(
  size: number,
  parse: (text: string) => Uint8Array | null,
  format: (octets: Uint8Array) => string,
): ValueCodec {
  return {
    parse(octets) {
      const addresses = latin(octets).split(',').map(parse);
      return addresses.every((address) => address !== null) ? concat(addresses) : null;
    },
    format(value) {
      const addresses = toParts(value, size);
      return addresses && ascii(addresses.map(format).join(','));
    },
  };
}

/** Octets in parts of one size, at least one; null when they don't come out even. */
function toParts(octets: Uint8Array, size: number): Uint8Array[] | null {
  if (octets.length === 0 || octets.length % size !== 0) return null;
  return Array.from({ length: octets.length / size }, (_, index) =>
    octets.subarray(index * size, (index + 1) * size),
  );
}

function latin(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1');
}

function ascii(value: string | number): Uint8Array {
  return Buffer.from(String(value), 'latin1');
}
