import { describe, expect, test } from 'vitest';
import { toRetryDelayMs, toSaidWaitMs } from '#core/retry-timing.ts';

const nowMs = Date.parse('2026-11-23T12:00:00.000Z');
const nowSeconds = nowMs / 1_000;

describe('what a registrar says', () => {
  test.each<[string, Record<string, string>, unknown, number | undefined]>([
    ['nothing', {}, undefined, undefined],
    ['nothing in a body that is none', {}, 'busy', undefined],
    ['nothing in a list', {}, [{ retryAfterSec: 5 }], undefined],
    ['5 s', { 'retry-after': '5' }, undefined, 5_000],
    ['0 s', { 'retry-after': '0' }, undefined, 1_000],
    ['a negative time', { 'retry-after': '-1' }, undefined, 1_000],
    ['15 min', { 'retry-after': '900' }, undefined, 900_000],
    ['years', { 'retry-after': '1000000000' }, undefined, 900_000],
    ['a date ahead', { 'retry-after': 'Mon, 23 Nov 2026 12:01:30 GMT' }, undefined, 90_000],
    ['a date in the old form', { 'retry-after': 'Monday, 23-Nov-26 12:01:30 GMT' }, undefined, 90_000],
    ['a date far ahead', { 'retry-after': 'Mon, 23 Nov 2099 12:00:00 GMT' }, undefined, 900_000],
    ['a date that is past', { 'retry-after': 'Sun, 22 Nov 2026 12:00:00 GMT' }, undefined, 1_000],
    ['garbage', { 'retry-after': 'abc' }, undefined, 60_000],
    ['an empty header', { 'retry-after': '' }, undefined, 60_000],
    ['no number', { 'retry-after': 'NaN' }, undefined, 60_000],
    ['an infinite number', { 'retry-after': '1e999' }, undefined, 60_000],
    ['garbage that looks like a date', { 'retry-after': 'Someday, soon' }, undefined, 60_000],
    ['a reset by the clock', { 'x-ratelimit-reset': String(nowSeconds + 42) }, undefined, 42_000],
    ['a reset that has been', { 'x-ratelimit-reset': String(nowSeconds - 42) }, undefined, 1_000],
    ['a reset in seconds from now', { 'x-ratelimit-reset': '42' }, undefined, 42_000],
    ['a reset in the newer header', { 'ratelimit-reset': '17' }, undefined, 17_000],
    ['a reset that is garbage', { 'ratelimit-reset': 'soon' }, undefined, 60_000],
    ['retryAfterSec', {}, { retryAfterSec: 24 }, 24_000],
    ['retryAfterSec as text', {}, { retryAfterSec: '24' }, 24_000],
    ['retryAfterSec in halves', {}, { retryAfterSec: 1.5 }, 1_500],
    ['retryAfterSec that is none', {}, { retryAfterSec: {} }, 60_000],
    ['retryAfterSec of null', {}, { retryAfterSec: null }, undefined],
    ['ttlRemaining', {}, { ttlRemaining: 9 }, 9_000],
    ['several waits, of which the longest counts', { 'retry-after': '5' }, { ttlRemaining: 9 }, 9_000],
    ['a wait beside garbage', { 'retry-after': 'abc' }, { retryAfterSec: 7 }, 7_000],
  ])('%s', (_, headers, body, waitMs) => {
    expect(toSaidWaitMs({ headers, body }, nowMs)).toBe(waitMs);
  });

  test('is not read from a prototype', () => {
    expect(toSaidWaitMs({ headers: {}, body: Object.create({ retryAfterSec: 5 }) }, nowMs)).toBeUndefined();
  });
});

describe('the delay before another attempt', () => {
  test('is what the registrar says, whatever the attempt', () => {
    expect(toRetryDelayMs(30_000, 5, 0.5)).toBe(30_000);
  });

  test.each([
    [1, 500],
    [2, 1_000],
    [3, 2_000],
    [6, 16_000],
    [7, 20_000],
    [50, 20_000],
    [5_000, 20_000],
  ])('after attempt %i is spread evenly over 0 to %i ms', (attempt, ceiling) => {
    const delay = (chance: number) => toRetryDelayMs(undefined, attempt, chance);

    expect([delay(0), delay(0.5), delay(0.999_999)]).toEqual([0, ceiling / 2, ceiling - 1]);
  });
});
