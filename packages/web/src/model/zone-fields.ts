import { isHost, parseName } from './zone-names.ts';
import { toOctets, type ZoneToken } from './zone-tokens.ts';

/** Takes a field of rdata off the tokens; false when what stands there isn't one that BIND takes. */
export type ZoneField = (tokens: ZoneToken[]) => boolean;

const word = (test: (raw: string) => boolean): ZoneField => {
  return (tokens) => {
    const token = tokens.shift();
    return token !== undefined && !token.quoted && test(token.raw);
  };
};
const rest = (test: (text: string) => boolean): ZoneField => {
  return (tokens) => {
    const parts = tokens.splice(0);
    return parts.every(({ quoted }) => !quoted) && test(parts.map(({ raw }) => raw).join(''));
  };
};

/** A whole number without leading zeros, up to `max`. */
export const isNumber = (text: string, max: number): boolean =>
  /^(?:0|[1-9]\d{0,9})$/.test(text) && Number(text) <= max;

export const isIpv4 = (text: string): boolean =>
  /^\d+(?:\.\d+){3}$/.test(text) && text.split('.').every(isOctet);

/** Any form of RFC 4291 §2.2 without a zone. */
export function isIpv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = [head, tail ?? ''].flatMap((part) => (part === '' ? [] : part.split(':')));
  const isQuad = isIpv4(groups.at(-1) ?? '') && (tail === undefined || tail !== '');
  const hex = isQuad ? groups.slice(0, -1) : groups;
  const size = hex.length + (isQuad ? 2 : 0);
  return hex.every((group) => /^[\da-f]{1,4}$/i.test(group)) && (tail === undefined ? size === 8 : size < 8);
}

/** Base64 with its padding, whose spare bits are zero; at least one octet. */
export const isBase64 = (text: string): boolean =>
  text !== '' &&
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/.test(text);

const isOctet = (text: string): boolean => isNumber(text, 255);
const isHex = (text: string): boolean => /^(?:[\da-f]{2})+$/i.test(text);

export const u8 = word(isOctet);
export const u16 = word((raw) => isNumber(raw, 65_535));
export const u32 = word((raw) => isNumber(raw, 4_294_967_295));
export const ipv4 = word(isIpv4);
export const ipv6 = word(isIpv6);
export const name = word((raw) => parseName(raw) !== null);
/** A name that BIND's check-names wants to be a host's. */
export const host = word((raw) => isHost(parseName(raw) ?? ['']));
/** A mailbox: its first label may hold anything (RFC 1035 §8). */
export const mailbox = word((raw) => isHost(parseName(raw)?.slice(1) ?? ['']));
export const base64 = rest(isBase64);

/** Octets in hexadecimal, so many of them if `size` says it. */
export const hex = (size?: number): ZoneField =>
  rest((text) => isHex(text) && (size === undefined || text.length === size * 2));

/** A character-string that `test` is content with; at most 255 octets (RFC 1035 §3.3) unless `max` says otherwise. */
export const string = (test: (octets: string) => boolean = () => true, max = 255): ZoneField => {
  return (tokens) => {
    const octets = toOctets(tokens.shift()?.raw ?? '\\999');
    return octets !== null && octets.length <= max && test(octets);
  };
};

/** A text in quotes to the end of the record, which may be longer than a character-string. */
export const longString: ZoneField = (tokens) =>
  tokens[0]?.quoted === true && string(undefined, 60_000)(tokens);

/** One character-string or more. */
export const strings: ZoneField = (tokens) => {
  const all = tokens.splice(0);
  return all.length > 0 && all.every((token) => string()([token]));
};
