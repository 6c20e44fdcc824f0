import { describe, expect, test } from 'vitest';
import { isUnchanged, requireMatch, toEtag } from '#api/etag.ts';

const body = { expiringSoonDays: 30 };
const etag = toEtag(JSON.stringify(body));

test('an entity tag is strong, and the same for the same bytes only', () => {
  expect(etag).toMatch(/^"[\w-]{27}"$/);
  expect(toEtag(JSON.stringify({ expiringSoonDays: 31 }))).not.toBe(etag);
});

describe('If-None-Match', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['*', true],
    [etag, true],
    [`W/${etag}`, true],
    [`"other", ${etag}`, true],
    ['"other"', false],
    [etag.slice(1, -1), false],
  ])('%s: unchanged is %s', (header, expected) => {
    expect(isUnchanged(header, etag)).toBe(expected);
  });
});

describe('If-Match', () => {
  test.each([undefined, '*', etag, `"other",${etag}`])('passes: %s', (header) => {
    expect(() => requireMatch(header, body)).not.toThrow();
  });

  test.each(['', '"other"', `W/${etag}`, etag.slice(1, -1)])('fails: %s', (header) => {
    expect(() => requireMatch(header, body)).toThrow(
      expect.objectContaining({ code: 'PRECONDITION_FAILED' }),
    );
  });
});
