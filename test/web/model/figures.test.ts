import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readView } from '../../../packages/web/src/model/domain-view.ts';
import {
  toExpiringUnrenewed,
  toExpiryBuckets,
  toExpiryDays,
  toRegistrarComparison,
  toUnrenewedText,
} from '../../../packages/web/src/model/figures.ts';
import { selectDomains } from '../../../packages/web/src/model/select-domains.ts';
import { createRow, NOW } from './rows.ts';

const expiring = (...days: readonly (string | null)[]) =>
  days.map((day) => createRow({ expiresAt: day === null ? null : `${day}T12:00:00.000Z` }));
const select = (rows: ReturnType<typeof expiring>, query: string) =>
  selectDomains(rows, readView(new URLSearchParams(query)), NOW);

describe('the months', () => {
  test('are this one and the eleven after it, in UTC', () => {
    const rows = expiring(
      '2026-10-31',
      '2026-11-01',
      '2026-11-30',
      '2027-02-28',
      '2027-10-31',
      '2027-11-01',
      null,
    );
    const buckets = toExpiryBuckets(rows, NOW);
    expect(buckets).toHaveLength(12);
    expect(buckets[0]).toEqual({ month: '2026-11', label: 'Nov 2026', count: 2 });
    expect(buckets[11]).toEqual({ month: '2027-10', label: 'Oct 2027', count: 1 });
    expect(buckets.filter(({ count }) => count > 0).map(({ month }) => month)).toEqual([
      '2026-11',
      '2027-02',
      '2027-10',
    ]);
  });

  test('begin with the first and end with the last instant of a month', () => {
    const rows = ['2026-11-01T00:00:00.000Z', '2026-11-30T23:59:59.999Z', '2026-12-01T00:00:00.000Z'].map(
      (expiresAt) => createRow({ expiresAt }),
    );
    expect(
      toExpiryBuckets(rows, Date.parse('2026-11-30T23:59:59Z'))
        .map(({ count }) => count)
        .slice(0, 2),
    ).toEqual([2, 1]);
  });
});

describe('the days', () => {
  test.each([
    ['a Monday', '2026-11-23T00:00:00Z', '2026-11-23'],
    ['a Sunday', '2026-11-29T23:59:59Z', '2026-11-23'],
    ['the turn of a year', '2027-01-01T12:00:00Z', '2026-12-28'],
  ])('of %s begin with the Monday before it and go over 53 weeks', (_, now, first) => {
    const days = [...toExpiryDays([], Date.parse(now)).keys()];
    expect(days).toHaveLength(371);
    expect(days[0]).toBe(first);
    expect(Date.parse(days[370] ?? '') - Date.parse(first)).toBe(370 * 86_400_000);
  });

  test('count what expires on each', () => {
    const days = toExpiryDays(
      expiring('2026-11-22', '2026-11-23', '2026-12-05', '2026-12-05', '2028-01-01', null),
      NOW,
    );
    expect([...days].filter(([, count]) => count > 0)).toEqual([
      ['2026-11-23', 1],
      ['2026-12-05', 2],
    ]);
  });

  test('and months filter to as many rows as they say', () => {
    const dates = fc.date({ min: new Date('2026-10-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(dates, { minLength: 1 }), (list) => {
        const rows = list.map((date) => createRow({ expiresAt: date.toISOString() }));
        for (const [day, count] of toExpiryDays(rows, NOW)) {
          if (count > 0) expect(select(rows, `expires=${day}..${day}`)).toHaveLength(count);
        }
        for (const { month, count } of toExpiryBuckets(rows, NOW)) {
          const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
          expect(select(rows, `expires=${month}-01..${month}-${last}`)).toHaveLength(count);
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('a week without renewal holds names in force that are registered here and won’t surely renew', () => {
  const soon = '2026-11-29T12:00:00.000Z';
  const rows = [
    createRow({ name: 'off.com', expiresAt: soon, autoRenew: false }),
    createRow({ name: 'unknown.com', expiresAt: soon, autoRenew: null }),
    createRow({ name: 'on.com', expiresAt: soon, autoRenew: true }),
    createRow({ name: 'later.com', expiresAt: '2026-12-01T00:00:00.000Z', autoRenew: false }),
    createRow({ name: 'last.com', expiresAt: '2026-11-30T23:59:59.000Z', autoRenew: false }),
    createRow({
      name: 'expired.com',
      expiresAt: '2026-11-23T01:00:00.000Z',
      autoRenew: false,
      status: 'EXPIRED',
    }),
    createRow({ name: 'dns-only.com', expiresAt: null, autoRenew: null, registeredHere: false }),
  ];
  const found = toExpiringUnrenewed(rows, NOW);
  expect(found.map(({ displayName }) => displayName)).toEqual(['off.com', 'unknown.com', 'last.com']);
  // the button beside it leads to the same rows
  expect(new Set(select(rows, 'expires=7&autoRenew=off,unknown'))).toEqual(new Set(found));
});

test('what expires unrenewed will not renew where that is known, and else may not', () => {
  const off = createRow({ autoRenew: false });
  const unknown = createRow({ autoRenew: null });

  expect(toUnrenewedText([off])).toBe('1 domain expires this week and will not renew by itself.');
  expect(toUnrenewedText([off, off])).toBe('2 domains expire this week and will not renew by themselves.');
  expect(toUnrenewedText([off, unknown])).toBe('2 domains expire this week and may not renew by themselves.');
});

describe('registrars compared', () => {
  const all = { autoRenew: true, transferLock: true, privacy: true };
  const registrars = [
    { id: 'namecheap', name: 'Namecheap', capabilities: { ...all, transferLock: false } },
    { id: 'godaddy', name: 'GoDaddy', capabilities: all },
    { id: 'porkbun', name: 'Porkbun', capabilities: all },
  ] as const;

  test('have a line each, by name, if they hold anything', () => {
    const rows = [createRow({ registrar: 'namecheap' }), createRow(), createRow({ registrar: 'gandi' })];
    expect(toRegistrarComparison(rows, registrars).map(({ name }) => name)).toEqual([
      'gandi',
      'GoDaddy',
      'Namecheap',
    ]);
  });

  test('show counts, and shares of what is known', () => {
    const rows = [
      createRow({
        autoRenew: true,
        locked: null,
        privacy: false,
        status: 'EXPIRED',
        expiresAt: '2026-11-24T00:00:00.000Z',
      }),
      createRow({
        autoRenew: false,
        locked: null,
        status: 'EXPIRING_SOON',
        expiresAt: '2026-12-02T00:00:00.000Z',
      }),
      createRow({ autoRenew: null, locked: null, expiresAt: null }),
      createRow({ autoRenew: true, locked: null, expiresAt: '2026-12-01T00:00:00.000Z' }),
    ];
    expect(toRegistrarComparison(rows, registrars)).toEqual([
      {
        registrar: 'godaddy',
        name: 'GoDaddy',
        domains: 4,
        active: 2,
        expiringSoon: 1,
        expired: 1,
        autoRenewOn: 2 / 3,
        locked: null,
        privacyOn: 3 / 4,
        nextExpiresAt: '2026-12-01T00:00:00.000Z',
        notProvided: [],
      },
    ]);
  });

  test('say what a registrar never tells', () => {
    const [line] = toRegistrarComparison([createRow({ registrar: 'namecheap', locked: null })], registrars);
    expect(line?.notProvided).toEqual(['locked']);
  });
});
