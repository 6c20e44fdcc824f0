import { expect, test } from 'vitest';
import {
  formatAgo,
  formatDay,
  formatDuration,
  formatExact,
  formatMonth,
  formatRelativeExpiry,
  formatTtl,
  toDay,
  toDayMs,
  toDaysLeft,
} from '../../../packages/web/src/model/dates.ts';
import { NOW } from './rows.ts';

test.each([
  ['2026-11-23T23:59:59.999Z', 0],
  ['2026-11-23T00:00:00.000Z', 0],
  ['2026-11-24T00:00:00.000Z', 1],
  ['2026-11-22T23:59:59.999Z', -1],
  ['2027-11-23T00:00:00.000Z', 365],
])('%s is %i days away, whatever the hour', (iso, expected) => {
  expect(toDaysLeft(iso, NOW)).toBe(expected);
});

test.each([
  [null, 'Unknown'],
  ['never', 'Unknown'],
  ['2026-11-23T00:00:00.000Z', 'today'],
  ['2026-11-24T23:00:00.000Z', 'tomorrow'],
  ['2026-11-22T23:00:00.000Z', 'yesterday'],
  ['2026-12-05T00:00:00.000Z', 'in 12 days'],
  ['2027-01-22T00:00:00.000Z', 'in 60 days'],
  ['2027-01-23T00:00:00.000Z', 'in 2 months'],
  ['2027-04-22T00:00:00.000Z', 'in 4 months'],
  ['2027-04-23T00:00:00.000Z', 'in 5 months'],
  ['2027-11-23T00:00:00.000Z', 'in 12 months'],
  ['2028-11-23T00:00:00.000Z', 'in 24 months'],
  ['2028-12-22T00:00:00.000Z', 'in 24 months'],
  ['2028-12-23T00:00:00.000Z', 'in 2 years'],
  ['2029-11-22T00:00:00.000Z', 'in 2 years'],
  ['2029-11-23T00:00:00.000Z', 'in 3 years'],
  ['2026-11-11T00:00:00.000Z', '12 days ago'],
  ['2026-06-23T00:00:00.000Z', '5 months ago'],
  ['2023-01-01T00:00:00.000Z', '3 years ago'],
])('an expiry at %s reads "%s"', (iso, expected) => {
  expect(formatRelativeExpiry(iso, NOW)).toBe(expected);
});

test('61 days that hold but one whole month are not fewer than 60 days', () => {
  expect(formatRelativeExpiry('2026-08-31T00:00:00Z', Date.parse('2026-07-01T00:00:00Z'))).toBe(
    'in 2 months',
  );
});

test.each([
  [-60, 'just now'],
  [44, 'just now'],
  [45, '1 minute ago'],
  [150, '2 minutes ago'],
  [3599, '59 minutes ago'],
  [3600, '1 hour ago'],
  [3 * 3600, '3 hours ago'],
  [86_400, '1 day ago'],
  [5 * 86_400, '5 days ago'],
  [30 * 86_400, '30 days ago'],
  [31 * 86_400, '23 Oct 2026'],
])('%i seconds ago reads "%s"', (seconds, expected) => {
  expect(formatAgo(new Date(NOW - seconds * 1000).toISOString(), NOW)).toBe(expected);
});

test('what is no time is unknown, never a strange date', () => {
  expect([formatAgo('x', NOW), formatDay('x'), formatExact('x', 'INSTANT'), formatExact('x', 'DAY')]).toEqual(
    Array(4).fill('Unknown'),
  );
});

test('exact times are in UTC, and a day has no time', () => {
  expect(formatExact('2026-12-05T00:00:00.000Z', 'INSTANT')).toBe('5 Dec 2026, 00:00 UTC');
  expect(formatExact('2026-12-05T00:30:00+02:00', 'INSTANT')).toBe('4 Dec 2026, 22:30 UTC');
  expect(formatExact('2026-12-05T00:00:00.000Z', 'DAY')).toBe('5 Dec 2026');
  expect(formatDay('2026-12-05')).toBe('5 Dec 2026');
  expect(formatMonth('2026-12')).toBe('Dec 2026');
});

test.each([
  ['2026-11-23', Date.UTC(2026, 10, 23)],
  ['1970-01-01', 0],
  ['2028-02-29', Date.UTC(2028, 1, 29)],
  ['2026-02-29', null],
  ['2026-13-01', null],
  ['2026-1-1', null],
  ['', null],
])('the day %s is read or refused', (day, expected) => {
  expect(toDayMs(day)).toBe(expected);
  if (expected !== null) expect(toDay(expected)).toBe(day);
});

test.each([
  [0, '0 s'],
  [-1, '0 s'],
  [42.9, '42 s'],
  [95, '1 min 35 s'],
  [180, '3 min'],
  [3600, '1 h'],
  [3630, '1 h'],
  [3900, '1 h 5 min'],
  [90_000, '1 d 1 h'],
])('%d seconds last "%s"', (seconds, expected) => {
  expect(formatDuration(seconds)).toBe(expected);
});

test.each([
  [null, 'Automatic'],
  [0, '0 s'],
  [61, '61 s'],
  [300, '5 min'],
  [3600, '1 h'],
  [5400, '90 min'],
  [86_400, '1 d'],
  [604_800, '7 d'],
])('a TTL of %s reads "%s"', (seconds, expected) => {
  expect(formatTtl(seconds)).toBe(expected);
});
