import { createHash, randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Lower-case base32 (RFC 4648 §6, no padding) of bytes. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(buffer << (5 - bits)) & 31] : text;
}

/** A random id: 26 characters of lower-case base32, 128 bits, no order. */
export function newId(): string {
  return toBase32(randomBytes(16)).slice(0, 26);
}

/**
 * A run's id: 10 characters of time and 16 of chance, all lower-case base36, so that ids sort by start time
 * and can serve as a Step Functions execution name (letters and digits, ≤ 80).
 */
export function newRunId(nowMs: number): string {
  return nowMs.toString(36).padStart(10, '0') + toBase32(randomBytes(10));
}

/**
 * The tenant of a signed-in person: the first 26 characters of lower-case base32 of SHA-256(iss, NUL, sub).
 * A subject is unique only within its issuer (OpenID Connect Core §2), and may hold any character.
 */
export function toTenantId(issuer: string, subject: string): string {
  return toBase32(createHash('sha256').update(`${issuer}\0${subject}`).digest()).slice(0, 26);
}

/** What a card shows of an id: three dots and its last five characters. */
export function toMaskedId(id: string): string {
  return `...${id.slice(-5)}`;
}
