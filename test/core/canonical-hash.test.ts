import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCanonicalHash } from '#core/canonical-hash.ts';

test('is 22 characters of base64url of SHA-256 over the JSON', () => {
  // echo -n '{"a":1,"b":[2,3]}' | openssl dgst -sha256 -binary | basenc --base64url | cut -c1-22
  expect(toCanonicalHash({ b: [2, 3], a: 1 })).toBe('770AQBkPsIcYMeYGxYH4pm');
});

test('does not depend on the order of keys, at any depth', () => {
  const one = { a: 1, b: { c: [{ d: 1, e: 2 }], f: null } };
  const other = { b: { f: null, c: [{ e: 2, d: 1 }] }, a: 1 };

  expect(toCanonicalHash(one)).toBe(toCanonicalHash(other));
});

test('does not see keys that are undefined, but sees null', () => {
  expect(toCanonicalHash({ a: 1, b: undefined })).toBe(toCanonicalHash({ a: 1 }));
  expect(toCanonicalHash({ a: 1, b: null })).not.toBe(toCanonicalHash({ a: 1 }));
});

test.each([
  [
    [1, 2],
    [2, 1],
  ],
  ['1', 1],
  [{}, []],
  [{ ab: 'c' }, { a: 'bc' }],
  [{ a: '1,"b":2' }, { a: '1', b: 2 }],
])('tells %j from %j', (one, other) => {
  expect(toCanonicalHash(one)).not.toBe(toCanonicalHash(other));
});

test.each([undefined, () => 1, new Map([[1, 2]]), new Set([1]), { a: new Map() }, 1n])(
  'refuses what JSON would lose (%#)',
  (value) => {
    expect(() => toCanonicalHash(value)).toThrow(TypeError);
  },
);

test('is the same for a value that went through JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(toCanonicalHash(JSON.parse(JSON.stringify(value)))).toBe(toCanonicalHash(value));
    }),
  );
});
