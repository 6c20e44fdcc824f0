import { describe, expect, test } from 'vitest';
import type { HeldListing } from '#core/integration.ts';
import { toIso } from '#core/ports/clock.ts';
import { holdListing, isConfirmed, isSuspicious, toListingFingerprint } from '#sync/runs/departures.ts';

const DAY_MS = 86_400_000;
const firstMs = Date.UTC(2026, 10, 23);

const held: HeldListing = {
  runId: 'run00001',
  at: toIso(firstMs),
  known: 20,
  listed: 10,
  gone: 10,
  fingerprint: 'same',
  sightings: 2,
  firstAt: toIso(firstMs),
  acceptedAt: null,
};

describe('a listing is suspicious', () => {
  test.each([
    ['nobody knew a name before', 0, 0, 0, false],
    ['all are there', 10, 0, 10, false],
    ['none is there, though one was', 1, 1, 0, true],
    ['none of hundred is there', 100, 100, 0, true],
    ['another name is there in place of the only one', 1, 1, 1, false],
    ['three of ten are gone', 10, 3, 7, false],
    ['four of ten are gone', 10, 4, 6, true],
    ['30 of 100 are gone', 100, 30, 70, false],
    ['31 of 100 are gone', 100, 31, 69, true],
    ['two of nine are gone', 9, 2, 7, false],
    ['three of nine are gone', 9, 3, 6, true],
    ['two of three are gone', 3, 2, 1, false],
  ])('or not where %s', (_title, known, gone, listed, suspicious) => {
    expect(isSuspicious(known, gone, listed)).toBe(suspicious);
  });
});

describe('the fingerprint of a listing', () => {
  test('is the same in every order, of 22 characters', () => {
    const names = ['b.example', 'a.example', 'c.example'];

    expect(toListingFingerprint(names)).toBe(toListingFingerprint([...names].reverse()));
    expect(toListingFingerprint(names)).toMatch(/^[\w-]{22}$/);
  });

  test('is another where names are others, or run into each other', () => {
    const prints = [[], ['a.example'], ['a.example', 'b.example'], ['a.exampleb.example']].map(
      toListingFingerprint,
    );

    expect(new Set(prints).size).toBe(4);
  });
});

describe('a suspicious listing is applied all the same', () => {
  const other = { fingerprint: 'other', gone: 10 };
  const same = { fingerprint: 'same', gone: 10 };
  const soonMs = firstMs + DAY_MS;
  const lateMs = firstMs + 3 * DAY_MS;
  const accepted = { ...held, acceptedAt: toIso(soonMs) };

  test.each<[string, HeldListing | null, typeof same, number, boolean]>([
    ['not the first time', null, same, lateMs, false],
    ['once a person accepted it', accepted, same, soonMs, true],
    ['where it lacks as many as a person accepted', accepted, other, soonMs, true],
    ['where it lacks fewer', accepted, { ...other, gone: 9 }, soonMs, true],
    ['not where it lacks more', accepted, { ...other, gone: 11 }, soonMs, false],
    ['where it lacks more, and is the very one', accepted, { ...same, gone: 11 }, soonMs, true],
    ['the third time after three days', held, same, lateMs, true],
    ['not a moment before', held, same, lateMs - 1, false],
    ['not the second time', { ...held, sightings: 1 }, same, lateMs, false],
    ['not where it is another one', held, other, lateMs, false],
  ])('%s', (_title, before, seen, nowMs, confirmed) => {
    expect(isConfirmed(before, seen, nowMs)).toBe(confirmed);
  });
});

describe('what is noted of a held listing', () => {
  const seen = { runId: 'run00002', at: toIso(firstMs + DAY_MS), known: 20, listed: 9, gone: 11 };

  test('begins with the first sighting', () => {
    expect(holdListing(null, { ...seen, fingerprint: 'same' })).toEqual({
      ...seen,
      fingerprint: 'same',
      sightings: 1,
      firstAt: seen.at,
      acceptedAt: null,
    });
  });

  test('counts on where it is the same one', () => {
    expect(holdListing(held, { ...seen, fingerprint: 'same' })).toMatchObject({
      sightings: 3,
      firstAt: held.firstAt,
    });
  });

  test('begins anew where it is another one, and what a person accepted is over', () => {
    const accepted = { ...held, acceptedAt: held.at };

    expect(holdListing(accepted, { ...seen, fingerprint: 'other' })).toMatchObject({
      sightings: 1,
      firstAt: seen.at,
      acceptedAt: null,
    });
  });
});
