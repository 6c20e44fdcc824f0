import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readJson, requireServing, tryReadJson } from '#registrars/answers.ts';
import { parseJson } from '#registrars/json.ts';

const nowMs = Date.parse('2026-11-23T12:00:00.000Z');
const form = z.object({ items: z.array(z.object({ size: z.number() })) });

function answer(body: string, status = 200, headers = {}) {
  return { status, headers: { 'content-type': 'text/html', ...headers }, body };
}

describe('a JSON text', () => {
  test.each([
    ['64 levels', `${'['.repeat(64)}${']'.repeat(64)}`],
    ['brackets in a text', `"${'['.repeat(100)}"`],
    ['an escaped quote before brackets', `["\\"${'['.repeat(100)}"]`],
    ['blanks around', ' \n[]\n'],
  ])('of %s is read', (_, text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test.each([
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['a million levels', '['.repeat(1_000_000)],
    ['65 levels of objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`],
    ['nothing', ''],
    ['half a list', '[1,'],
    ['HTML', '<!doctype html><html></html>'],
    ['a NUL', '{"a":1}\0'],
    ['two values', '{}{}'],
  ])('of %s is none', (_, text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  test('keeps __proto__ an ordinary member', () => {
    const value = parseJson('{"__proto__":{"size":1}}') as object;

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('size' in value).toBe(false);
  });
});

describe('an answer of a form', () => {
  test('is read whatever its content type and status', () => {
    expect(readJson('namecom', answer('{"items":[{"size":1}],"more":1}', 418), form)).toEqual({
      items: [{ size: 1 }],
    });
  });

  test.each([
    ['fake-secret-1', undefined],
    ['{"items":"fake-secret-1"}', 'items'],
    ['{"items":[{"size":1},{"size":"fake-secret-1"}]}', 'items/1/size'],
    ['{"items":[{"size":1e999}]}', 'items/0/size'],
    ['[]', undefined],
    ['null', undefined],
  ])('that it has not (%s) is a bad response; its error tells the place %s and no value', (body, path) => {
    expect(() => readJson('namecom', answer(body), form)).toThrow(
      expect.objectContaining({
        code: 'REGISTRAR_BAD_RESPONSE',
        facts: { registrar: 'namecom', status: 200, ...(path === undefined ? {} : { path }) },
        message: expect.not.stringContaining('fake-secret-1'),
      }),
    );
    expect(tryReadJson(answer(body), form)).toBeUndefined();
  });

  test('tells a place eight steps deep, and no further', () => {
    const deep = Array.from({ length: 9 }).reduce<z.ZodType>((inner) => z.object({ a: inner }), z.number());
    const body = `${'{"a":'.repeat(9)}"x"${'}'.repeat(9)}`;

    expect(() => readJson('namecom', answer(body), deep)).toThrow(
      expect.objectContaining({ facts: { registrar: 'namecom', status: 200, path: 'a/a/a/a/a/a/a/a' } }),
    );
  });

  test('tells no key that the registrar chose itself', () => {
    const byName = z.record(z.string(), z.number());

    expect(() => readJson('namecom', answer('{"fake secret 1":"x"}'), byName)).toThrow(
      expect.objectContaining({ facts: { registrar: 'namecom', status: 200, path: '?' } }),
    );
  });
});

describe('an answer that serves', () => {
  test.each([200, 202, 301, 400, 401, 403, 404, 422])('has status %i', (status) => {
    expect(() => requireServing('gandi', answer('', status), nowMs)).not.toThrow();
  });

  test.each([
    [429, {}, '', 'RATE_LIMITED', undefined],
    [429, { 'retry-after': '7' }, '', 'RATE_LIMITED', 7_000],
    [429, {}, '{"retryAfterSec":24}', 'RATE_LIMITED', 24_000],
    [429, { 'retry-after': 'soon' }, '<html>', 'RATE_LIMITED', 60_000],
    [500, {}, '<html>', 'REGISTRAR_UNAVAILABLE', undefined],
    [503, { 'retry-after': '7' }, '', 'REGISTRAR_UNAVAILABLE', 7_000],
    [599, {}, '', 'REGISTRAR_UNAVAILABLE', undefined],
  ])('has not status %i', (status, headers, body, code, retryAfterMs) => {
    expect(() => requireServing('gandi', answer(body, status, headers), nowMs)).toThrow(
      expect.objectContaining({
        code,
        facts: { registrar: 'gandi', status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
      }),
    );
  });
});
