import { domainToASCII } from 'node:url';

/** The labels of a name as octets, lower-case, the root's empty label left out: none at all is the root itself. */
export type Labels = readonly Uint8Array[];

/** The dots that UTS-46 §2.3 takes for a full stop. */
export const DOTS = /[.\u3002\uff0e\uff61]/u;

/** No name takes more characters: 255 octets as `\DDD`. Longer texts aren't even looked at. */
export const MAX_NAME_CHARACTERS = 1024;

const piece =
  /\\(?<octet>\d{3})|\\(?<escaped>[ -/:-~])|(?<dot>[.\u3002\uff0e\uff61])|(?<plain>[^\\\p{Cc} "();@])/gsu;
/** What BIND escapes too, so that the text can stand anywhere in a zone file (RFC 1035 §5.1). */
const special = new Set('."\\();@$');

/**
 * The A-label of one label that holds a character outside ASCII (UTS-46 non-transitional, as in WHATWG URL), or null
 * when it is none. Its ASCII part must be letters, digits and inner hyphens (RFC 5891 §4.2.3.1), so that nothing of
 * a URL's syntax is ever interpreted.
 */
export function toALabel(label: string): string | null {
  if (!/^(?!-)(?:[a-z0-9-]|[^\0-\x7f])+$(?<!-)/iu.test(label)) return null;
  // The second label keeps a label of digits from being read as an IPv4 address.
  const ascii = domainToASCII(`${label}.invalid`).slice(0, -'.invalid'.length);
  return /^[a-z0-9-]{1,63}$/.test(ascii) ? ascii : null;
}

/**
 * Reads a name in presentation form (RFC 1035 §5.1, escapes included): its labels and whether it ended with a dot.
 * Letters become lower-case (RFC 4343), U-labels become A-labels. Null when the text isn't a name: an empty label, a
 * label over 63 octets, an unescaped blank, quote, bracket, semicolon or at-sign, a broken escape.
 */
export function readName(text: string): { readonly labels: Labels; readonly absolute: boolean } | null {
  if (text === '.') return { labels: [], absolute: true };
  if (text.length > MAX_NAME_CHARACTERS) return null;
  const labels: Uint8Array[] = [];
  let octets: number[] = [];
  let plain = '';
  let length = 0;
  let absolute = false;
  const endLabel = (): boolean => {
    const label = toLabel(plain, octets);
    if (label === null) return false;
    labels.push(label);
    octets = [];
    plain = '';
    return true;
  };
  for (const { 0: match, groups = {} } of text.matchAll(piece)) {
    length += match.length;
    absolute = groups.dot !== undefined;
    if (absolute) {
      if (!endLabel()) return null;
      continue;
    }
    const octet = groups.octet === undefined ? match.charCodeAt(match.length - 1) : Number(groups.octet);
    if (groups.plain !== undefined) plain += match;
    else if (octet > 255) return null;
    octets.push(octet);
  }
  if (length !== text.length || (!absolute && !endLabel())) return null;
  return { labels, absolute };
}

/** Writes an absolute name: `\.` and the like escaped, `\DDD` outside 0x21–0x7e, a dot at its end. */
export function writeName(labels: Labels): string {
  return labels.length === 0 ? '.' : labels.map((label) => `${writeLabel(label)}.`).join('');
}

/** A name's wire form, uncompressed (RFC 1035 §3.1), or null when it is over 255 octets. */
export function toWireName(labels: Labels): Uint8Array | null {
  const wire = Uint8Array.from(labels.flatMap((label) => [label.length, ...label]).concat(0));
  return wire.length <= 255 ? wire : null;
}

/** An octet's lower-case form where it is an ASCII capital (RFC 4343 §3). */
export function toLowerOctet(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
}

/** `plain` is what came without escapes, `octets` one number for each character or escape. */
function toLabel(plain: string, octets: readonly number[]): Uint8Array | null {
  if (octets.length === 0) return null;
  if (/^\p{ASCII}*$/u.test(plain)) {
    return octets.length > 63 ? null : Uint8Array.from(octets, toLowerOctet);
  }
  const hasEscapes = [...plain].length !== octets.length;
  const ascii = hasEscapes ? null : toALabel(plain);
  return ascii === null ? null : new TextEncoder().encode(ascii);
}

function writeLabel(label: Uint8Array): string {
  let text = '';
  for (const octet of label) {
    const character = String.fromCharCode(octet);
    if (octet < 0x21 || octet > 0x7e) text += `\\${String(octet).padStart(3, '0')}`;
    else text += special.has(character) ? `\\${character}` : character;
  }
  return text;
}
