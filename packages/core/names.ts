import { domainToUnicode } from 'node:url';
import {
  DOTS,
  type Labels,
  MAX_NAME_CHARACTERS,
  readName,
  toALabel,
  toWireName,
  writeName,
} from './labels.ts';

/**
 * How a registrar writes targets that don't end with a dot. `never` relative: they are absolute all the same
 * (GoDaddy, Namecheap, Porkbun, Name.com). `withoutDot`: relative to the zone, as in a zone file (Gandi).
 */
export type TargetRule = 'never' | 'withoutDot';

const ldhLabel = /^(?!-)[a-z0-9-]{1,63}$(?<!-)/;
const hostLabel = /^(?!-)[a-z0-9_-]{1,63}$(?<!-)/;
/** What WHATWG URL takes for the end of an IPv4 address; no top-level domain looks like it (RFC 3696 §2). */
const numeric = /^(?:\d+|0x[\da-f]*)$/;

/**
 * A registered name in the one form that is stored and compared: A-labels (RFC 5890 §2.3.2.1), lower-case, without the
 * trailing dot. At least two labels of letters, digits and inner hyphens, each ≤ 63, all ≤ 253 (RFC 1035 §2.3.4).
 * U-labels are mapped by UTS-46, non-transitional. A text that begins with `xn--` is taken as it stands, whatever
 * it decodes to: the name is registered, and tables of Unicode differ. Null when the text isn't such a name.
 */
export function toDomainName(text: string): string | null {
  return toHostName(text, ldhLabel);
}

/** A host's name in the form of {@link toDomainName}; underscores are allowed. */
export function toHost(text: string): string | null {
  return toHostName(text, hostLabel);
}

/** The name as people read it: U-labels where they are valid (RFC 5891 §5), else the A-labels. Never to be compared. */
export function toUnicodeName(aLabel: string): string {
  if (!aLabel.includes('xn--')) return aLabel;
  const unicode = domainToUnicode(aLabel);
  return toDomainName(unicode) === aLabel ? unicode : aLabel;
}

/** The top-level domain of a canonical name: its last label (RFC 9499 §2). */
export function toTld(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/**
 * The absolute owner, lower-case and with its dot, of a name that a registrar gives relative to the zone. `@` and
 * nothing are the apex, a text that ends with a dot is absolute already, `*` and `_x` stand for themselves, and
 * escapes are those of RFC 1035 §5.1. Null when it isn't a name of at most 255 octets.
 */
export function toOwner(relative: string, zone: string): string | null {
  return relative === '' ? toAbsolute('@', zone, 'withoutDot') : toAbsolute(relative, zone, 'withoutDot');
}

/** The absolute owner of a name that a registrar gives in full; null when it isn't a name or isn't inside the zone. */
export function toOwnerFromFqdn(fqdnWithoutDot: string, zone: string): string | null {
  const owner = readName(fqdnWithoutDot)?.labels;
  const apex = readName(zone)?.labels;
  if (owner === undefined || apex === undefined || owner.length < apex.length) return null;
  const end = owner.slice(owner.length - apex.length);
  return writeName(end) === writeName(apex) ? toText(owner) : null;
}

/**
 * The absolute target, lower-case and with its dot, of a name in rdata. `@` is the apex, `.` the root (null MX,
 * RFC 7505 §3); U-labels become A-labels. Null when it isn't a name.
 */
export function toTarget(
  text: string,
  context: { readonly zone: string; readonly relative: TargetRule },
): string | null {
  return toAbsolute(text, context.zone, context.relative);
}

function toAbsolute(text: string, zone: string, relative: TargetRule): string | null {
  const apex = readName(zone)?.labels;
  if (apex === undefined) return null;
  if (text === '@') return toText(apex);
  const name = readName(text);
  if (name === null) return null;
  return toText(name.absolute || relative === 'never' ? name.labels : [...name.labels, ...apex]);
}

function toText(labels: Labels): string | null {
  return toWireName(labels) === null ? null : writeName(labels);
}

function toHostName(text: string, pattern: RegExp): string | null {
  if (text.length > MAX_NAME_CHARACTERS) return null;
  const labels = text.replace(/\.$/, '').split(DOTS).map(toAsciiLabel);
  if (labels.length < 2 || !labels.every((label) => label !== null && pattern.test(label))) return null;
  const name = labels.join('.');
  return name.length > 253 || numeric.test(toTld(name)) ? null : name;
}

function toAsciiLabel(label: string): string | null {
  return /^\p{ASCII}*$/u.test(label) ? label.toLowerCase() : toALabel(label);
}
