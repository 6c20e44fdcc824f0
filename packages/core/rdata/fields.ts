import { type Labels, readName, toLowerOctet, toWireName, writeName } from '../labels.ts';
import { toTarget } from '../names.ts';
import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from './addresses.ts';
import type { RdataCodec, RdataContext } from './input.ts';
import { concat, fromUint, type OctetReader, quote, readOctets, toUint } from './octets.ts';
import { fromToken, type Token, tokenize } from './tokens.ts';

/** One field of rdata: takes what it needs off the tokens or octets, and gives null when that isn't such a field. */
interface Field {
  parse(tokens: Token[], context: RdataContext): Uint8Array | null;
  format(octets: OctetReader): string | null;
}

/** A codec for rdata that is a row of fields with blanks between them. */
export function toCodec(...fields: readonly Field[]): RdataCodec {
  return {
    parse(text, context) {
      const tokens = tokenize(text);
      if (tokens === null) return null;
      const parts = fields.map((field) => field.parse(tokens, context));
      return parts.every((part) => part !== null) && tokens.length === 0 ? concat(parts) : null;
    },
    format(wire) {
      const octets = readOctets(wire);
      const parts = fields.map((field) => field.format(octets));
      return parts.every((part) => part !== null) && octets.isDone() ? parts.join(' ') : null;
    },
  };
}

/** An unsigned number of `size` octets, or a word that stands for one. */
function toNumberField(size: number, words: Readonly<Record<string, number>> = {}): Field {
  return {
    parse(tokens) {
      const word = takeWord(tokens);
      const value = word === null ? null : (words[word.toUpperCase()] ?? toDigits(word));
      return value === null ? null : toUint(value, size);
    },
    format(octets) {
      const number = octets.take(size);
      return number && String(fromUint(number));
    },
  };
}

export const u8 = toNumberField(1);
export const u16 = toNumberField(2);
export const u32 = toNumberField(4);

/** A DNSSEC algorithm, by number or by the mnemonic of RFC 4034 Appendix A.1 and its successors. */
export const algorithm = toNumberField(1, {
  RSAMD5: 1,
  DH: 2,
  DSA: 3,
  RSASHA1: 5,
  'DSA-NSEC3-SHA1': 6,
  'RSASHA1-NSEC3-SHA1': 7,
  RSASHA256: 8,
  RSASHA512: 10,
  'ECC-GOST': 12,
  ECDSAP256SHA256: 13,
  ECDSAP384SHA384: 14,
  ED25519: 15,
  ED448: 16,
  INDIRECT: 252,
  PRIVATEDNS: 253,
  PRIVATEOID: 254,
});

/** A domain name, written absolute (RFC 1035 §3.1). */
export const name: Field = {
  parse(tokens, { zone, targets }) {
    const word = takeWord(tokens);
    const target = word === null ? null : toTarget(word, { zone, relative: targets });
    const labels = target === null ? undefined : readName(target)?.labels;
    return labels === undefined ? null : toWireName(labels);
  },
  format(octets) {
    const labels = takeLabels(octets);
    return labels === null || toWireName(labels) === null ? null : writeName(labels);
  },
};

/** A character-string of at most 255 octets (RFC 1035 §3.3), written in quotes. */
export const characterString: Field = {
  parse(tokens) {
    const octets = takeOctets(tokens);
    return octets === null || octets.length > 255 ? null : concat([Uint8Array.of(octets.length), octets]);
  },
  format(octets) {
    const [length] = octets.take(1) ?? [];
    const string = length === undefined ? null : octets.take(length);
    return string && quote(string);
  },
};

/** All further octets as one text of at least one octet, written in quotes (URI, RFC 7553 §4.4). */
export const longString: Field = {
  parse: (tokens) => toFilled(takeOctets(tokens)),
  format(octets) {
    const rest = toFilled(octets.rest());
    return rest && quote(rest);
  },
};

/** All further octets in hexadecimal, lower-case; blanks in it are ignored. */
export const hex: Field = {
  parse: (tokens) => parseHex(takeWords(tokens)),
  format: (octets) => writeText(octets.rest(), 'hex'),
};

/** All further octets in base64 with padding (RFC 4648 §4); blanks in it are ignored. */
export const base64: Field = {
  parse: (tokens) => parseBase64(takeWords(tokens)),
  format: (octets) => writeText(octets.rest(), 'base64'),
};

/** An IPv4 address in dotted-quad form. */
export const ipv4 = toAddressField(4, parseIpv4, formatIpv4);
/** An IPv6 address in the form of RFC 5952. */
export const ipv6 = toAddressField(16, parseIpv6, formatIpv6);

/** Octets of hexadecimal digits, or null. */
export function parseHex(text: string): Uint8Array | null {
  return /^(?:[\da-f]{2})+$/i.test(text) ? Uint8Array.from(Buffer.from(text, 'hex')) : null;
}

/** Octets of base64 with its padding, or null. */
export function parseBase64(text: string): Uint8Array | null {
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  return isBase64 ? Uint8Array.from(Buffer.from(text, 'base64')) : null;
}

/** The labels of a name in wire form, lower-case; null when it is broken or compressed (RFC 3597 §4 forbids that). */
export function takeLabels(octets: OctetReader): Labels | null {
  const labels: Uint8Array[] = [];
  for (;;) {
    const [length] = octets.take(1) ?? [];
    if (length === undefined || length > 63) return null;
    if (length === 0) return labels;
    const label = octets.take(length);
    if (label === null) return null;
    labels.push(label.map(toLowerOctet));
  }
}

function toAddressField(
  size: number,
  parse: (text: string) => Uint8Array | null,
  format: (octets: Uint8Array) => string,
): Field {
  return {
    parse(tokens) {
      const word = takeWord(tokens);
      return word === null ? null : parse(word);
    },
    format(octets) {
      const address = octets.take(size);
      return address && format(address);
    },
  };
}

function takeWord(tokens: Token[]): string | null {
  const token = tokens.shift();
  return token === undefined || token.quoted ? null : token.raw;
}

/** All further words as one; what is in quotes makes it something that no field knows. */
function takeWords(tokens: Token[]): string {
  return tokens
    .splice(0)
    .map(({ raw, quoted }) => (quoted ? '"' : raw))
    .join('');
}

function takeOctets(tokens: Token[]): Uint8Array | null {
  const token = tokens.shift();
  return token === undefined ? null : fromToken(token);
}

function toFilled(octets: Uint8Array | null): Uint8Array | null {
  return octets === null || octets.length === 0 ? null : octets;
}

function writeText(octets: Uint8Array, encoding: 'hex' | 'base64'): string | null {
  return octets.length === 0 ? null : Buffer.from(octets).toString(encoding);
}

function toDigits(text: string): number | null {
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}
