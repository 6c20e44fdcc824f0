import { describe, expect, test } from 'vitest';
import { requireOrigin, toTarget } from '#registrars/http-target.ts';

const ORIGIN = 'https://api.example.com';
const ALLOWED = new Set([ORIGIN]);
const toPath =
  (path: string, more: object = {}) =>
  () =>
    toTarget({ method: 'GET', origin: ORIGIN, path, ...more }, ALLOWED);

describe('an origin that may be called', () => {
  test.each([
    ['https://api.example.com', false],
    ['https://api.example.com:8443', false],
    ['http://127.0.0.1:1234', true],
    ['http://[::1]:1234', true],
    ['http://localhost', true],
  ])('is %s (plain http to loopback: %s)', (origin, allowLoopbackHttp) => {
    expect(requireOrigin(origin, allowLoopbackHttp)).toBe(origin);
  });

  test.each([
    ['http://api.example.com', false],
    ['http://api.example.com', true],
    ['http://127.0.0.1:1234', false],
    ['https://api.example.com/', true],
    ['https://api.example.com/v1', true],
    ['https://user@api.example.com', true],
    ['ftp://127.0.0.1', true],
    ['api.example.com', true],
    ['not an address', true],
    ['', true],
  ])('is not %s (plain http to loopback: %s)', (origin, allowLoopbackHttp) => {
    expect(() => requireOrigin(origin, allowLoopbackHttp)).toThrow(
      new TypeError('an allowed origin must be https, without a path (http only to loopback)'),
    );
  });
});

describe('the target of a call', () => {
  test('is its path, and its query encoded', () => {
    expect(toPath('/v1/domains')()).toBe('/v1/domains');
    expect(toPath('/v1/domains', { query: { 'a b': 'c&d' } })()).toBe('/v1/domains?a+b=c%26d');
    expect(toPath('/v1/domains', { query: {} })()).toBe('/v1/domains');
  });

  test.each(['v1', '', '//other.example', '/a/../b', '/a\\b', '/a b', '/ä', 'https://api.example.com/v1'])(
    'is not %j',
    (path) => {
      expect(toPath(path)).toThrow(new TypeError('the path of this call is not a plain absolute path'));
    },
  );

  test.each(['/a?b=c', '/a#b'])('holds no query of its own: %s', (path) => {
    expect(toPath(path)).toThrow(new TypeError('a query belongs into `query`'));
  });

  test('is of an allowed origin', () => {
    const call = { method: 'GET', origin: 'https://other.example.com', path: '/' } as const;

    expect(() => toTarget(call, ALLOWED)).toThrow(new TypeError('the origin of this call is not allowed'));
  });

  test('has no body in a GET', () => {
    expect(toPath('/', { body: '' })).toThrow(new TypeError('a GET has no body'));
    expect(toPath('/', { method: 'POST', body: 'x' })()).toBe('/');
  });
});
