import { isBase64, isIpv4, isIpv6, isNumber } from './zone-fields.ts';
import { toOctets, type ZoneToken } from './zone-tokens.ts';

const KEYS = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath'];

const isList = (text: string, test: (part: string) => boolean): boolean => text.split(',').every(test);

/** What values BIND takes for the keys that it knows (RFC 9460 §7, 9461 §5); a narrow reading. */
const VALUES: Readonly<Record<string, (value: string) => boolean>> = {
  mandatory: (value) => isList(value, (key) => key !== 'mandatory' && isKey(key)),
  alpn: (value) => isList(value, (id) => /^[!#-+\--[\]-~]{1,255}$/.test(id)),
  'no-default-alpn': (value) => value === '',
  port: (value) => isNumber(value, 65_535),
  ipv4hint: (value) => isList(value, isIpv4),
  ech: isBase64,
  ipv6hint: (value) => isList(value, isIpv6),
  dohpath: (value) => /^\/[\w/.-]*\{\?dns\}$/.test(value),
};

/** A key that has a name of its own must be written with it; those after them aren't known to every BIND yet. */
const isKey = (key: string): boolean => KEYS.includes(key) || /^key(?:9|[1-9]\d{1,4})$/.test(key);

/** Whether BIND takes these parameters of SVCB and HTTPS: each once, all mandatory ones there, values of their kind. */
export function areSvcParams(tokens: readonly ZoneToken[]): boolean {
  const params = new Map<string, string>();
  for (const { raw, quoted } of tokens) {
    const at = raw.indexOf('=');
    const key = at === -1 ? raw : raw.slice(0, at);
    const value = at === -1 ? '' : toOctets(raw.slice(at + 1).replace(/^"(.*)"$/, '$1'));
    if (quoted || value === null || !isKey(key) || params.has(key)) return false;
    if (key.startsWith('key') && Number(key.slice(3)) > 65_534) return false;
    if (!(VALUES[key]?.(value) ?? true)) return false;
    params.set(key, value);
  }
  const mandatory = params.get('mandatory')?.split(',') ?? [];
  const isWhole = new Set(mandatory).size === mandatory.length && mandatory.every((key) => params.has(key));
  return isWhole && (!params.has('no-default-alpn') || params.has('alpn'));
}

/** One character, or the few things of a POSIX expression that telephone numbers and addresses need. */
const plainExpression =
  /^\^?(?:(?:[\w :@/%&~,#-]|\\[.+*?()|^$])[*+?]?|\.[*+?]?|\((?:[\w :@/%&~,#-]|\\[.+*?()|^$]|\.)[*+?]?\))+\$?$/;

/**
 * Whether BIND takes this as the regular expression of a NAPTR record (RFC 3402 §3.2): nothing, or expression and
 * replacement between three delimiters. Only simple expressions are let through: BIND asks the C library about them.
 */
export function isNaptrExpression(octets: string): boolean {
  if (octets === '') return true;
  const delimiter = octets.charAt(0);
  const [, expression = '', replacement = '', flags, ...more] = octets.split(delimiter);
  if (!/^[!/|~#%&,:;=@]$/.test(delimiter) || more.length > 0 || (flags !== '' && flags !== 'i')) return false;
  const groups = expression.match(/(?<!\\)\(/g)?.length ?? 0;
  const references = [...replacement.matchAll(/\\(.?)/g)].map(([, digit]) => Number(digit || Number.NaN));
  const isPlain = plainExpression.test(expression) && /^[ -~]*$/.test(replacement);
  return isPlain && references.every((number) => number >= 1 && number <= groups);
}
