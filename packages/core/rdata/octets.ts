const encoder = new TextEncoder();
const escapes = /\\(\d{3})|\\([^\d])|\\/gsu;

/** The octets of a text in UTF-8. */
export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** All octets in one row. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The order of octets as numbers without sign, from the left; where one is the beginning of the other, the shorter
 * comes first (RFC 4034 §6.3: no octet sorts before a zero octet).
 */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

/** The octets of what stands in a character-string (RFC 1035 §5.1): `\X` and `\DDD` undone, the rest in UTF-8; or null. */
export function toOctets(text: string): Uint8Array | null {
  if (!text.isWellFormed()) return null;
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const match of text.matchAll(escapes)) {
    const [whole, octet, character] = match;
    parts.push(encoder.encode(text.slice(at, match.index)));
    if (octet !== undefined && Number(octet) < 256) parts.push(Uint8Array.of(Number(octet)));
    else if (character !== undefined) parts.push(encoder.encode(character));
    else return null;
    at = match.index + whole.length;
  }
  parts.push(encoder.encode(text.slice(at)));
  return concat(parts);
}

/** Octets as a quoted character-string of any length: `\"`, `\\`, and `\DDD` outside 0x20–0x7e. */
export function quote(octets: Uint8Array): string {
  let text = '"';
  for (const octet of octets) {
    if (octet < 0x20 || octet > 0x7e) text += `\\${String(octet).padStart(3, '0')}`;
    else if (octet === 0x22 || octet === 0x5c) text += `\\${String.fromCharCode(octet)}`;
    else text += String.fromCharCode(octet);
  }
  return `${text}"`;
}

/** Reads octets from the left; `take` gives null when there are not enough. */
export interface OctetReader {
  take(count: number): Uint8Array | null;
  rest(): Uint8Array;
  isDone(): boolean;
}

/** A reader that begins at the first octet. */
export function readOctets(octets: Uint8Array): OctetReader {
  let at = 0;
  const take = (count: number) => {
    if (at + count > octets.length) return null;
    at += count;
    return octets.subarray(at - count, at);
  };
  return {
    take,
    rest: () => take(octets.length - at) ?? new Uint8Array(),
    isDone: () => at === octets.length,
  };
}

/** An unsigned number in `size` octets, most significant first; null when it doesn't fit or isn't whole. */
export function toUint(value: number, size: number): Uint8Array | null {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** size) return null;
  return Uint8Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) % 256);
}

/** The unsigned number that octets say. */
export function fromUint(octets: Uint8Array): number {
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}
