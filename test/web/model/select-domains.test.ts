import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Domain } from '../../../packages/web/src/api/types.gen.ts';
import { readView } from '../../../packages/web/src/model/domain-view.ts';
import { selectDomains } from '../../../packages/web/src/model/select-domains.ts';
import { createRow, NOW } from './rows.ts';

const select = (domains: readonly Partial<Domain>[], query: string, label?: (id: string) => string) =>
  selectDomains(
    domains.map((changes) => createRow(changes)),
    readView(new URLSearchParams(query)),
    NOW,
    label,
  ).map(({ domain }) => domain.name);

describe('filters', () => {
  const domains: readonly Partial<Domain>[] = [
    { name: 'a.com', status: 'EXPIRED', expiresAt: '2026-11-23T08:00:00.000Z', autoRenew: false },
    { name: 'b.de', status: 'EXPIRING_SOON', expiresAt: '2026-11-30T23:59:59.000Z', autoRenew: null },
    { name: 'c.com', registrar: 'gandi', expiresAt: '2026-12-24T00:00:00.000Z', locked: false },
    { name: 'd.dev', integrationId: 'bbbbbbbb', expiresAt: '2027-01-01T00:00:00.000Z', privacy: null },
    { name: 'e.com', expiresAt: null, nameServers: null, privacy: false },
    { name: 'xn--mnchen-3ya.de', unicodeName: 'münchen.de', nameServers: ['amy.ns.cloudflare.com'] },
  ];
  const all = 'a.com b.de c.com d.dev xn--mnchen-3ya.de e.com';

  test.each([
    ['', all],
    ['status=EXPIRED', 'a.com'],
    ['status=EXPIRED,EXPIRING_SOON', 'a.com b.de'],
    ['registrar=gandi', 'c.com'],
    ['registrar=gandi,godaddy', all],
    ['registrar=nobody', ''],
    ['integration=bbbbbbbb', 'd.dev'],
    ['tld=de,dev', 'b.de d.dev xn--mnchen-3ya.de'],
    ['autoRenew=off', 'a.com'],
    ['autoRenew=off,unknown', 'a.com b.de'],
    ['locked=off', 'c.com'],
    ['privacy=unknown', 'd.dev'],
    ['privacy=off,unknown', 'd.dev e.com'],
    ['ns=Cloudflare', 'xn--mnchen-3ya.de'],
    ['expires=7', 'b.de'],
    ['expires=30', 'b.de'],
    ['expires=60', 'b.de c.com d.dev'],
    ['expires=2026-11-23..2026-11-30', 'a.com b.de'],
    ['expires=2026-11-24..2026-11-29', ''],
    ['expires=2026-12-24..2026-12-24', 'c.com'],
    ['expires=..2026-11-23', 'a.com'],
    ['expires=2027-01-01..', 'd.dev xn--mnchen-3ya.de'],
    ['expires=2027-01-01..2026-01-01', ''],
    ['q=%20COM%20', 'a.com c.com e.com'],
    ['q=de+b', 'b.de'],
    ['q=MÜNCHEN', 'xn--mnchen-3ya.de'],
    ['q=mu%CC%88n', 'xn--mnchen-3ya.de'],
    ['q=xn--', 'xn--mnchen-3ya.de'],
    ['q=com&privacy=off', 'e.com'],
  ])('%s', (query, expected) => {
    expect(select(domains, query).join(' ')).toBe(expected);
  });

  test('what is read as expiring in so many days is within them, at any hour', () => {
    const midnight = { name: 'x.com', expiresAt: '2026-12-23T23:59:59.999Z' };
    expect(select([midnight], 'expires=30')).toEqual(['x.com']);
    expect(select([{ ...midnight, expiresAt: '2026-12-24T00:00:00.000Z' }], 'expires=30')).toEqual([]);
  });
});

describe('the order', () => {
  test('is by default expired names, then the soonest expiry, then unknown ones, each by name', () => {
    const domains: readonly Partial<Domain>[] = [
      { name: 'z-unknown.com', expiresAt: null },
      { name: 'a-unknown.com', expiresAt: null },
      { name: 'later.com', expiresAt: '2028-01-01T00:00:00.000Z' },
      { name: 'b-soon.com', expiresAt: '2026-12-01T00:00:00.000Z' },
      { name: 'a-soon.com', expiresAt: '2026-12-01T00:00:00.000Z' },
      { name: 'redemption.com', status: 'EXPIRED', expiresAt: '2027-12-01T00:00:00.000Z' },
      { name: 'expired.com', status: 'EXPIRED', expiresAt: '2026-11-01T00:00:00.000Z' },
    ];
    expect(select(domains, '')).toEqual([
      'expired.com',
      'redemption.com',
      'a-soon.com',
      'b-soon.com',
      'later.com',
      'a-unknown.com',
      'z-unknown.com',
    ]);
  });

  const trio = (changes: readonly Partial<Domain>[]) =>
    changes.map((each, index) => ({ ...each, name: `${'abc'[index]}.com` }));

  test.each<[string, readonly Partial<Domain>[], string, string]>([
    [
      'expires',
      [
        { expiresAt: null },
        { expiresAt: '2027-01-02T00:00:00.000Z' },
        { expiresAt: '2027-01-01T00:00:00.000Z' },
      ],
      'cba',
      'bca',
    ],
    ['registrar', [{ registrar: 'porkbun' }, { registrar: 'gandi' }, { registrar: 'namecom' }], 'bca', 'acb'],
    ['status', [{ status: 'ACTIVE' }, { status: 'EXPIRED' }, { status: 'EXPIRING_SOON' }], 'bca', 'acb'],
    ['autoRenew', [{ autoRenew: null }, { autoRenew: true }, { autoRenew: false }], 'cba', 'bca'],
    ['locked', [{ locked: null }, { locked: true }, { locked: false }], 'cba', 'bca'],
    ['privacy', [{ privacy: null }, { privacy: true }, { privacy: false }], 'cba', 'bca'],
    [
      'nameServers',
      [{ nameServers: null }, { nameServers: ['b.net'] }, { nameServers: ['a.net'] }],
      'cba',
      'bca',
    ],
    [
      'integration',
      [{ integrationId: 'zzz' }, { integrationId: 'yyy' }, { integrationId: 'xxx' }],
      'cba',
      'abc',
    ],
    [
      'lastSeen',
      [
        { lastSeenAt: '2026-11-03T00:00:00.000Z' },
        { lastSeenAt: '2026-11-01T00:00:00.000Z' },
        { lastSeenAt: '2026-11-02T00:00:00.000Z' },
      ],
      'bca',
      'acb',
    ],
    [
      'dns',
      [
        { dns: { status: 'FAILED', provider: null, fetchedAt: null } },
        { dns: { status: 'ELSEWHERE', provider: 'b.net', fetchedAt: null } },
        { dns: { status: 'ELSEWHERE', provider: 'a.net', fetchedAt: null } },
      ],
      'cba',
      'abc',
    ],
    ['name', [{}, {}, {}], 'abc', 'cba'],
  ])('by %s puts unknown values last both ways', (column, changes, up, down) => {
    const short = (query: string) =>
      select(trio(changes), query)
        .map((name) => name[0])
        .join('');
    expect([short(`sort=${column}`), short(`sort=-${column}`)]).toEqual([up, down]);
  });

  test('of integrations is by their labels where they are known', () => {
    const domains = trio([{ integrationId: 'xxx' }, { integrationId: 'yyy' }, { integrationId: 'xxx' }]);
    const label = (id: string) => (id === 'xxx' ? 'Work' : 'agency');
    expect(select(domains, 'sort=integration', label)).toEqual(['b.com', 'a.com', 'c.com']);
  });

  test('has further keys for rows that the first leaves equal', () => {
    const domains: readonly Partial<Domain>[] = [
      { name: 'a.com', registrar: 'porkbun' },
      { name: 'b.com', registrar: 'gandi' },
      { name: 'c.com', registrar: 'porkbun' },
      { name: 'd.com', registrar: 'gandi' },
    ];
    expect(select(domains, 'sort=registrar,-name')).toEqual(['d.com', 'b.com', 'c.com', 'a.com']);
  });

  test('leaves equal rows as they came, and every row is there once', () => {
    const domain = fc.record({
      registrar: fc.constantFrom('gandi' as const, 'porkbun' as const),
      autoRenew: fc.constantFrom(true, false, null),
    });
    fc.assert(
      fc.property(fc.array(domain, { maxLength: 30 }), fc.constantFrom('', '-'), (changes, sign) => {
        const rows = changes.map((each, index) => createRow({ ...each, integrationId: String(index) }));
        const sorted = selectDomains(
          rows,
          readView(new URLSearchParams(`sort=${sign}autoRenew,registrar`)),
          NOW,
        );
        expect(new Set(sorted)).toEqual(new Set(rows));
        const groups = Map.groupBy(
          sorted,
          ({ domain: { autoRenew, registrar } }) => `${autoRenew} ${registrar}`,
        );
        for (const group of groups.values()) {
          const places = group.map((row) => rows.indexOf(row));
          expect(places).toEqual(places.toSorted((a, b) => a - b));
        }
        expect([...groups.values()].flat()).toEqual(sorted);
      }),
    );
  });

  test('is made anew: the rows that came are left alone', () => {
    const rows = Object.freeze([createRow({ name: 'b.com' }), createRow({ name: 'a.com' })]);
    expect(selectDomains(rows, readView(new URLSearchParams('sort=name')), NOW)).not.toBe(rows);
  });
});
