import { createHash } from 'node:crypto';

/**
 * A fingerprint of a JSON value that doesn't depend on the order of object keys: the first 22 characters (132 bits)
 * of base64url of SHA-256 over its JSON with keys sorted by UTF-16 code units. Keys that are undefined don't count;
 * the order of arrays does.
 * @throws TypeError for what JSON can't tell apart: undefined as a whole, bigint, Map, Set and other classes.
 */
export function toCanonicalHash(value: unknown): string {
  const json = JSON.stringify(value, sortKeys);
  if (json === undefined) throw new TypeError('only a JSON value has a canonical hash');
  return createHash('sha256').update(json).digest('base64url').slice(0, 22);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('only plain objects have a canonical hash');
  }
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
