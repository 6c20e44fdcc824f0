import { expect, test } from 'vitest';
import { newId, newRunId, toBase32, toMaskedId, toTenantId } from '#core/ids.ts';

// The vectors of RFC 4648 §10, lower-case and without padding.
test.each([
  ['', ''],
  ['f', 'my'],
  ['fo', 'mzxq'],
  ['foo', 'mzxw6'],
  ['foob', 'mzxw6yq'],
  ['fooba', 'mzxw6ytb'],
  ['foobar', 'mzxw6ytboi'],
])('base32 of %j is %j', (text, expected) => {
  expect(toBase32(Buffer.from(text))).toBe(expected);
});

test('base32 of long input keeps every bit', () => {
  expect(toBase32(new Uint8Array(1000).fill(255))).toBe('7'.repeat(1600));
});

test('a new id is 26 characters that the payload schemas accept, and never the same', () => {
  const ids = Array.from({ length: 1000 }, newId);

  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[a-z2-7]{26}$/);
});

test('run ids sort by time, also across a change of digits, and fit an execution name', () => {
  const times = [0, 35, 36, 1_795_000_000_000, 1_795_000_000_001, 36 ** 10 - 1];
  const ids = times.map(newRunId);

  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]{26}$/);
});

test('two runs that start at the same time have different ids', () => {
  expect(newRunId(1)).not.toBe(newRunId(1));
});

test('a tenant is the same for the same person and has 26 characters', () => {
  const tenant = toTenantId('https://issuer.example/', 'user-1');

  expect(tenant).toMatch(/^[a-z2-7]{26}$/);
  expect(toTenantId('https://issuer.example/', 'user-1')).toBe(tenant);
});

test.each([
  ['https://issuer.example/', 'user-2'],
  ['https://issuer.example', '/user-1'],
  ['https://other.example/', 'user-1'],
  ['https://issuer.example/user', '-1'],
])('issuer %s with subject %s is another tenant', (issuer, subject) => {
  expect(toTenantId(issuer, subject)).not.toBe(toTenantId('https://issuer.example/', 'user-1'));
});

test('a masked id shows its last five characters only', () => {
  expect(toMaskedId('abcdefghij23456')).toBe('...23456');
});
