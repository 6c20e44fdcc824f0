import { fromUint, toUint } from './octets.ts';

/** The four octets of an IPv4 address in dotted-quad form (RFC 1035 §3.4.1), without leading zeros; or null. */
export function parseIpv4(text: string): Uint8Array | null {
  const parts = text.split('.');
  const isQuad = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part));
  return isQuad && parts.every((part) => Number(part) < 256) ? Uint8Array.from(parts, Number) : null;
}

/** The dotted-quad form of four octets. */
export function formatIpv4(octets: Uint8Array): string {
  return octets.join('.');
}

/** The sixteen octets of an IPv6 address in any form of RFC 4291 §2.2, without a zone; or null. */
export function parseIpv6(text: string): Uint8Array | null {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return null;
  const left = parseGroups(head, tail === undefined);
  const right = tail === undefined ? [] : parseGroups(tail, true);
  if (left === null || right === null) return null;
  const missing = 16 - left.length - right.length;
  // "::" stands for at least one group of zeros.
  if (tail === undefined ? missing !== 0 : missing < 2) return null;
  return Uint8Array.from([...left, ...new Array<number>(missing).fill(0), ...right]);
}

/**
 * The canonical text of sixteen octets (RFC 5952 §4): lower-case, no leading zeros, `::` for the longest row of two or
 * more zero groups, the first among equals. IPv4-mapped addresses end in dotted-quad form (§5).
 */
export function formatIpv6(octets: Uint8Array): string {
  const isMapped =
    octets.subarray(0, 10).every((octet) => octet === 0) && octets[10] === 255 && octets[11] === 255;
  if (isMapped) return `::ffff:${formatIpv4(octets.subarray(12))}`;
  const groups = Array.from({ length: 8 }, (_, index) =>
    fromUint(octets.subarray(index * 2, index * 2 + 2)).toString(16),
  );
  let [from, length] = [0, 1];
  for (let start = 0; start < 8; start += 1) {
    const end = groups.findIndex((group, index) => index >= start && group !== '0');
    const run = (end === -1 ? 8 : end) - start;
    if (run > length) [from, length] = [start, run];
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`;
}

/** The octets of groups between colons; the last may be a dotted quad where the address ends there. */
function parseGroups(text: string, isEnd: boolean): number[] | null {
  if (text === '') return [];
  const octets: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    const isHex = /^[\da-f]{1,4}$/i.test(group);
    const isLast = isEnd && index === groups.length - 1;
    const part = isHex ? toUint(Number.parseInt(group, 16), 2) : isLast ? parseIpv4(group) : null;
    if (part === null) return null;
    octets.push(...part);
  }
  return octets;
}
