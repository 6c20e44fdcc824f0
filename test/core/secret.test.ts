import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { toSecret } from '#core/secret.ts';

const plaintext = 'fake-porkbun-key-1f2e3d';

test('a secret gives its plaintext only when asked', () => {
  const value = { apiKey: plaintext };

  expect(toSecret(value).reveal()).toBe(value);
});

test.each<[how: string, print: (secret: object) => string]>([
  ['String', (secret) => String(secret)],
  ['toString', (secret) => secret.toString()],
  ['a template', (secret) => `${secret}`],
  ['concatenation', (secret) => `key: ${secret as unknown as string}`],
  ['JSON', (secret) => JSON.stringify({ secret, list: [secret] })],
  ['inspect', (secret) => inspect({ secret }, { depth: null, showHidden: true, getters: true })],
  ['format', (secret) => format('%s %o %O %j', secret, secret, secret, secret)],
  ['an error', (secret) => inspect(new Error('failed', { cause: secret }))],
])('%s shows that it is redacted', (_how, print) => {
  const text = print(toSecret({ apiKey: plaintext }));

  expect(text).not.toContain(plaintext);
  expect(text).toContain('[redacted]');
});

test('no property leads to the plaintext', () => {
  const secret = toSecret(plaintext);
  const properties = [...Object.getOwnPropertyNames(secret), ...Object.getOwnPropertySymbols(secret)];

  for (const property of properties) expect(typeof Reflect.get(secret, property)).toBe('function');
  expect(JSON.stringify({ ...secret })).not.toContain(plaintext);
});

test('a secret cannot be cloned or changed', () => {
  const secret = toSecret(plaintext);

  expect(() => structuredClone(secret)).toThrow();
  expect(() => Object.assign(secret, { toJSON: () => plaintext })).toThrow(TypeError);
});
