import { parseHex } from './fields.ts';

const generic = /^\s*\\#\s+(?<length>\d{1,5})(?<digits>(?:\s+(?:[\da-f]{2})+)*)\s*$/i;

/** Whether rdata is in the form that RFC 3597 §5 has for every type. */
export function isGeneric(text: string): boolean {
  return /^\s*\\#(?:\s|$)/.test(text);
}

/** The octets of `\# length hexadecimal`, blanks allowed between pairs of digits; null unless there are `length` of them. */
export function parseGeneric(text: string): Uint8Array | null {
  const { length, digits = '' } = generic.exec(text)?.groups ?? {};
  const hex = digits.replace(/\s/g, '');
  const octets = hex === '' ? new Uint8Array() : parseHex(hex);
  return octets !== null && octets.length === Number(length) ? octets : null;
}

/** `\# length hexadecimal`, lower-case; just `\# 0` for no octets. */
export function formatGeneric(octets: Uint8Array): string {
  const hex = Buffer.from(octets).toString('hex');
  return `\\# ${octets.length} ${hex}`.trimEnd();
}
