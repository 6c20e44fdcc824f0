import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COLUMN_IDS,
  clearFilters,
  countActiveFilters,
  DEFAULT_VIEW,
  type DomainView,
  isFiltered,
  readView,
  toFilterChips,
  writeView,
} from '../../../packages/web/src/model/domain-view.ts';

const read = (query: string) => readView(new URLSearchParams(query));
const write = (changes: Partial<DomainView>) =>
  decodeURIComponent(writeView({ ...DEFAULT_VIEW, ...changes }).toString());
const names = { registrar: (id: string) => `<${id}>`, integration: (id: string) => `[${id}]` };

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,64}$/), { maxLength: 3 });
const switches = fc.subarray(['on', 'off', 'unknown'] as const);
const views: fc.Arbitrary<DomainView> = fc.record({
  q: fc.string({ unit: 'grapheme', maxLength: 60 }),
  status: fc.subarray(['EXPIRED', 'EXPIRING_SOON', 'ACTIVE'] as const),
  registrar: ids,
  integration: ids,
  tld: ids,
  expires: fc.oneof(
    fc.constantFrom(7 as const, 30 as const, 60 as const, 90 as const, null),
    fc
      .record({ from: fc.option(day), to: fc.option(day) })
      .filter(({ from, to }) => from !== null || to !== null),
  ),
  autoRenew: switches,
  locked: switches,
  privacy: switches,
  ns: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.toLowerCase()),
  sort: fc.uniqueArray(fc.record({ column: fc.constantFrom(...COLUMN_IDS), desc: fc.boolean() }), {
    selector: ({ column }) => column,
  }),
  columns: fc
    .subarray(COLUMN_IDS.slice(1), { maxLength: COLUMN_IDS.length - 2 })
    .map((columns) => ['name' as const, ...columns])
    .chain((columns) => fc.constantFrom(columns, null)),
  density: fc.constantFrom('comfortable', 'compact'),
  dates: fc.constantFrom('relative', 'exact'),
  plot: fc.constantFrom('months', 'calendar', 'table'),
  tab: fc.constantFrom('domains', 'registrars'),
});

describe('the address of a view', () => {
  test('gives the same view again', () => {
    fc.assert(
      fc.property(views, views, (view, preferences) => {
        const query = writeView(view, preferences).toString();
        expect(readView(new URLSearchParams(query), preferences)).toEqual(view);
      }),
    );
  });

  test('is never refused, whatever it says', () => {
    const keys = fc.constantFrom(...Object.keys(DEFAULT_VIEW), 'page');
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.string())), (pairs) => {
        const view = readView(new URLSearchParams(pairs));
        expect(read(writeView(view).toString())).toEqual(view);
      }),
    );
  });

  test('is empty for the default view', () => {
    expect(write({})).toBe('');
    expect(read('')).toEqual(DEFAULT_VIEW);
  });

  test.each<[Partial<DomainView>, string]>([
    [{ status: ['EXPIRED', 'EXPIRING_SOON'] }, 'status=EXPIRED,EXPIRING_SOON'],
    [{ registrar: ['godaddy'], expires: 30 }, 'registrar=godaddy&expires=30'],
    [{ expires: { from: '2026-01-01', to: '2026-02-01' } }, 'expires=2026-01-01..2026-02-01'],
    [{ expires: { from: null, to: '2026-02-01' } }, 'expires=..2026-02-01'],
    [
      {
        sort: [
          { column: 'expires', desc: true },
          { column: 'name', desc: false },
        ],
      },
      'sort=-expires,name',
    ],
    [{ autoRenew: ['off', 'unknown'], tab: 'registrars' }, 'autoRenew=off,unknown&tab=registrars'],
    [{ columns: ['name', 'expires'], density: 'compact' }, 'columns=name,expires&density=compact'],
  ])('of %j can be read by people', (changes, query) => {
    expect(write(changes)).toBe(query);
  });

  test.each<[string, Partial<DomainView>]>([
    ['status=EXPIRED,WHATEVER,expired', { status: ['EXPIRED'] }],
    ['status=ACTIVE&status=EXPIRED', { status: ['EXPIRED', 'ACTIVE'] }],
    ['registrar=<b>,godaddy,,godaddy', { registrar: ['godaddy'] }],
    ['expires=31', {}],
    ['expires=2026-02-30..', {}],
    ['expires=2026-02-30..2026-03-01', { expires: { from: null, to: '2026-03-01' } }],
    ['expires=..', {}],
    ['sort=-expires,expires,size,-', { sort: [{ column: 'expires', desc: true }] }],
    ['sort=__proto__&columns=constructor', {}],
    ['columns=expires', { columns: ['name', 'expires'] }],
    ['columns=', {}],
    [`columns=${COLUMN_IDS.join(',')}`, {}],
    ['density=huge&dates=&plot=pie&tab=0', {}],
    ['ns=NS1.Example', { ns: 'ns1.example' }],
    [`q=${'a'.repeat(1000)}`, { q: 'a'.repeat(300) }],
    [`q=${'a'.repeat(299)}😀`, { q: `${'a'.repeat(299)}\ufffd` }],
  ])('leaves out what it cannot use: %s', (query, changes) => {
    expect(read(query)).toEqual({ ...DEFAULT_VIEW, ...changes });
  });

  test('says density and dates only where they differ from what the person prefers', () => {
    const preferences = { density: 'compact', dates: 'exact' } as const;
    const view = { ...DEFAULT_VIEW, density: 'compact' } as const;
    expect(writeView(view, preferences).toString()).toBe('dates=relative');
    expect(readView(new URLSearchParams('plot=months'), preferences)).toEqual({
      ...DEFAULT_VIEW,
      ...preferences,
    });
  });
});

describe('filters', () => {
  const view = read(
    'q=shop&status=EXPIRED,ACTIVE&registrar=gandi&integration=abc&tld=de&expires=30&autoRenew=off&locked=on&privacy=unknown&ns=cloudflare&sort=name&density=compact&dates=exact&columns=expires&plot=calendar&tab=registrars',
  );

  test('have words', () => {
    expect(toFilterChips(view, names).map(({ label }) => label)).toEqual([
      'Status: Expired',
      'Status: Active',
      'Registrar: <gandi>',
      'Integration: [abc]',
      'TLD: .de',
      'Expires within 30 days',
      'Auto-renew off',
      'Lock on',
      'Privacy unknown',
      'Nameserver: cloudflare',
    ]);
  });

  test.each([
    ['2026-01-01..2026-02-01', 'Expires 1 Jan 2026 – 1 Feb 2026'],
    ['2026-01-01..2026-01-01', 'Expires on 1 Jan 2026'],
    ['2026-01-01..', 'Expires from 1 Jan 2026'],
    ['..2026-02-01', 'Expires until 1 Feb 2026'],
  ])('name the range %s', (expires, label) => {
    expect(toFilterChips(read(`expires=${expires}`), names)).toMatchObject([{ label }]);
  });

  test('go one by one, each by its chip', () => {
    fc.assert(
      fc.property(views, (any) => {
        const chips = toFilterChips(any, names);
        expect(new Set(chips.map(({ key }) => key)).size).toBe(chips.length);
        for (const { key, without } of chips) {
          const left = toFilterChips(without, names).map((chip) => chip.key);
          expect(left).toEqual(chips.map((chip) => chip.key).filter((other) => other !== key));
        }
        let current = any;
        for (let [chip] = chips; chip; [chip] = toFilterChips(current, names)) current = chip.without;
        expect(current).toEqual({ ...clearFilters(any), q: any.q });
      }),
    );
  });

  test('are cleared all at once; how the table looks stays', () => {
    expect(clearFilters(view)).toEqual(
      read('sort=name&density=compact&dates=exact&columns=expires&plot=calendar&tab=registrars'),
    );
  });

  test('are counted by kind, the search apart', () => {
    expect(countActiveFilters(view)).toBe(9);
    expect(countActiveFilters(read('q=shop'))).toBe(0);
  });

  test.each([
    ['', false],
    ['sort=name&density=compact', false],
    ['q=%20', false],
    ['q=a', true],
    ['expires=7', true],
    ['privacy=on', true],
  ])('are set or not: %s', (query, expected) => {
    expect(isFiltered(read(query))).toBe(expected);
  });
});
