import type { RdataCodec } from './input.ts';
import { concat, quote, readOctets, toOctets, toUint } from './octets.ts';
import { fromToken, tokenize } from './tokens.ts';

/**
 * TXT and SPF (RFC 1035 §3.3.14): character-strings of at most 255 octets. What they say is their concatenation
 * without blanks (RFC 7208 §3.3), so they are joined and split anew at 255 octets; nothing at all is one empty string.
 */
export const txt: RdataCodec = {
  parse(text) {
    const tokens = tokenize(text);
    if (tokens === null || tokens.length === 0) return null;
    const strings = tokens.map(fromToken);
    return strings.every((string) => string !== null) ? toWire(concat(strings)) : null;
  },
  format(wire) {
    const joined = joinStrings(wire);
    return joined && toStrings(joined).map(quote).join(' ');
  },
};

const caaText = /^(?<flags>\d{1,3})\s+(?<tag>[a-z\d]{1,255})\s+(?<value>\S.*)$/is;

/**
 * CAA (RFC 8659 §4.1): flags, tag in lower-case, value in quotes. A value without quotes goes to the end of the text,
 * blanks and semicolons included, as registrars write it.
 */
export const caa: RdataCodec = {
  parse(text) {
    const { flags, tag = '', value = '' } = caaText.exec(text.trim())?.groups ?? {};
    const flagsOctet = toUint(Number(flags), 1);
    const valueOctets = parseCaaValue(value);
    if (flagsOctet === null || valueOctets === null) return null;
    const tagOctets = Buffer.from(tag.toLowerCase(), 'latin1');
    return concat([flagsOctet, Uint8Array.of(tagOctets.length), tagOctets, valueOctets]);
  },
  format(wire) {
    const octets = readOctets(wire);
    const [flags, tagLength] = octets.take(2) ?? [];
    const tagOctets = tagLength === undefined ? null : octets.take(tagLength);
    const tag = tagOctets && Buffer.from(tagOctets).toString('latin1').toLowerCase();
    if (flags === undefined || tag === null || !/^[a-z\d]+$/.test(tag)) return null;
    return `${flags} ${tag} ${quote(octets.rest())}`;
  },
};

/** The octets of all character-strings in a row; null when their lengths don't fit. */
export function joinStrings(wire: Uint8Array): Uint8Array | null {
  const strings = takeStrings(wire);
  return strings && concat(strings);
}

function takeStrings(wire: Uint8Array): Uint8Array[] | null {
  const octets = readOctets(wire);
  const strings: Uint8Array[] = [];
  do {
    const [length] = octets.take(1) ?? [];
    const string = length === undefined ? null : octets.take(length);
    if (string === null) return null;
    strings.push(string);
  } while (!octets.isDone());
  return strings;
}

/** Strings of 255 octets and a shorter last one; one empty string for no octets. */
function toStrings(octets: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(octets.length / 255));
  return Array.from({ length: count }, (_, index) => octets.subarray(index * 255, (index + 1) * 255));
}

function toWire(octets: Uint8Array): Uint8Array {
  return concat(toStrings(octets).flatMap((string) => [Uint8Array.of(string.length), string]));
}

function parseCaaValue(value: string): Uint8Array | null {
  if (!value.startsWith('"')) return value === '' ? null : toOctets(value);
  const [token, ...more] = tokenize(value) ?? [];
  return token?.quoted && more.length === 0 ? toOctets(token.raw) : null;
}
