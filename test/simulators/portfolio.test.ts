import { domainToASCII, domainToUnicode } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { ipv6Text, sortRdata, sortRrsets, txtRdata, txtStrings } from '#simulators/canonical.ts';
import { makePortfolio } from '#simulators/portfolio.ts';
import type { SimRegistrarId } from '#simulators/types.ts';
import { ANCHOR_DAY, domainsOf } from './protocol-support.ts';

const REGISTRARS: readonly SimRegistrarId[] = ['godaddy', 'namecheap', 'gandi', 'porkbun', 'namecom'];
const DAY_MS = 86_400_000;

describe.each(REGISTRARS)('a portfolio of %s', (registrar) => {
  it('is the same for the same size, seed and day, and another for another seed', () => {
    const first = domainsOf(makePortfolio(registrar, 60, 7, ANCHOR_DAY));
    const again = domainsOf(makePortfolio(registrar, 60, 7, ANCHOR_DAY));
    const other = domainsOf(makePortfolio(registrar, 60, 8, ANCHOR_DAY));

    expect(again).toEqual(first);
    expect(other.map(({ name }) => name)).not.toEqual(first.map(({ name }) => name));
  });

  it('gives a domain the same facts whichever is asked for first', () => {
    const forwards = makePortfolio(registrar, 40, 3, ANCHOR_DAY);
    const backwards = makePortfolio(registrar, 40, 3, ANCHOR_DAY);

    const expected = domainsOf(forwards);
    const actual = backwards.names.toReversed().map((name) => backwards.get(name));

    expect(actual.toReversed()).toEqual(expected);
  });

  it('has unique ascending lower-case names of several TLDs, some internationalised', () => {
    const { names } = makePortfolio(registrar, 500, 1, ANCHOR_DAY);
    const international = names.filter((name) => name.includes('xn--'));

    expect(names).toEqual([...new Set(names)].sort());
    expect(names.every((name) => /^[a-z0-9-]+(\.[a-z]+)+$/.test(name))).toBe(true);
    for (const tld of ['com', 'net', 'org', 'io', 'co.uk', 'dev', 'de']) {
      expect(names.some((name) => name.endsWith(`.${tld}`))).toBe(true);
    }
    expect(international.length).toBeGreaterThan(5);
    expect(international.map((name) => domainToASCII(domainToUnicode(name)))).toEqual(international);
  });

  it('has in ten domains one that has expired, one that soon will, and one with nameservers elsewhere', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const domains = domainsOf(makePortfolio(registrar, 10, seed, ANCHOR_DAY));
      const left = domains.map(({ expiresAt }) =>
        expiresAt === null ? null : (Date.parse(expiresAt) - Date.parse(ANCHOR_DAY)) / DAY_MS,
      );

      expect(left.some((days) => days !== null && days < 0)).toBe(true);
      expect(left.some((days) => days !== null && days > 0 && days < 30)).toBe(true);
      expect(left.filter((days) => days !== null && days > 31).length).toBeGreaterThan(4);
      expect(domains.some(({ dnsHere }) => !dnsHere)).toBe(true);
    }
  });

  it('follows the anchor day with its dates and nothing else', () => {
    const early = domainsOf(makePortfolio(registrar, 20, 1, '2024-01-01'));
    const late = domainsOf(makePortfolio(registrar, 20, 1, '2024-01-02'));

    for (const [i, domain] of early.entries()) {
      const { expiresAt, registeredAt, ...facts } = late[i] ?? domain;
      expect({ ...domain, expiresAt, registeredAt }).toEqual({ ...facts, expiresAt, registeredAt });
      if (domain.expiresAt !== null)
        expect(Date.parse(expiresAt ?? '')).toBe(Date.parse(domain.expiresAt) + DAY_MS);
    }
  });

  it('has DNS-only names and switches per domain only where the registrar has them', () => {
    const domains = domainsOf(makePortfolio(registrar, 300, 1, ANCHOR_DAY));
    const dnsOnly = domains.filter(({ registeredHere }) => !registeredHere);

    expect(dnsOnly.length > 0).toBe(registrar === 'godaddy' || registrar === 'porkbun');
    expect(dnsOnly.every(({ expiresAt, registeredAt }) => expiresAt === null && registeredAt === null)).toBe(
      true,
    );
    expect(domains.some(({ apiAccess }) => !apiAccess)).toBe(registrar === 'porkbun');
  });

  it('has zones of 4 to 12 sets, in order, with one set of each owner, type and pseudo value', () => {
    for (const { name, rrsets } of domainsOf(makePortfolio(registrar, 200, 2, ANCHOR_DAY))) {
      const keys = rrsets.map((set) => `${set.name} ${set.type} ${set.pseudo?.value ?? ''}`);

      expect(rrsets.length).toBeGreaterThanOrEqual(4);
      expect(rrsets.length).toBeLessThanOrEqual(12);
      expect(keys).toEqual([...keys].sort());
      expect(new Set(keys).size).toBe(keys.length);
      for (const set of rrsets) {
        expect(set.name === `${name}.` || set.name.endsWith(`.${name}.`)).toBe(true);
        expect(set.records.length > 0).toBe(set.pseudo === undefined);
        expect(new Set(set.records).size).toBe(set.records.length);
      }
    }
  });

  it('never puts a CNAME beside another set', () => {
    for (const { rrsets } of domainsOf(makePortfolio(registrar, 200, 2, ANCHOR_DAY))) {
      for (const { name } of rrsets.filter(({ type }) => type === 'CNAME')) {
        expect(rrsets.filter((set) => set.name === name)).toHaveLength(1);
      }
    }
  });

  it('has wildcards, underscores, long keys, escapes and octets beyond ASCII among its records', () => {
    const sets = domainsOf(makePortfolio(registrar, 100, 1, ANCHOR_DAY)).flatMap(({ rrsets }) => rrsets);
    const texts = sets.filter(({ type }) => type === 'TXT').flatMap(({ records }) => records);

    expect(sets.some(({ name }) => name.startsWith('*.'))).toBe(true);
    expect(sets.some(({ name, type }) => type === 'SRV' && name.startsWith('_sip._tcp.'))).toBe(true);
    expect(texts.some((text) => /^"[^"]{255}" "/.test(text))).toBe(true);
    expect(texts.some((text) => text.includes('\\"') && text.includes('\\\\') && text.includes(';'))).toBe(
      true,
    );
    expect(texts.some((text) => text.includes('\\195\\188'))).toBe(true);
    expect(sets.some(({ type, records }) => type === 'MX' && records.length > 2)).toBe(true);
  });

  it('fills each zone up to the size that is asked for', () => {
    const [domain] = domainsOf(makePortfolio(registrar, 1, 1, ANCHOR_DAY, 1_201));
    const records = domain?.rrsets.reduce((sum, set) => sum + Math.max(1, set.records.length), 0);

    expect(records).toBe(1_201);
  });

  it('names 100,000 different domains, and knows none but those', () => {
    const { names, get } = makePortfolio(registrar, 100_000, 5, ANCHOR_DAY);

    expect(new Set(names).size).toBe(100_000);
    expect(get(names[99_999] ?? '')?.name).toBe(names[99_999]);
    expect(get(names[0] ?? '')?.name).toBe(names[0]);
    expect(get('not-held.example')).toBeUndefined();
  });
});

const PSEUDO_KINDS: readonly [SimRegistrarId, string[]][] = [
  ['godaddy', ['PARKED']],
  ['namecheap', ['ALIAS', 'FRAME', 'MXE', 'URL', 'URL301']],
  ['gandi', ['ALIAS']],
  ['porkbun', ['ALIAS']],
  ['namecom', ['ANAME']],
];

test.each(PSEUDO_KINDS)('%s has its own kinds of pseudo record', (registrar, kinds) => {
  const pseudos = domainsOf(makePortfolio(registrar, 200, 1, ANCHOR_DAY))
    .flatMap(({ rrsets }) => rrsets)
    .flatMap(({ pseudo }) => pseudo ?? []);

  expect([...new Set(pseudos.map(({ kind }) => kind))].sort()).toEqual(kinds);
  expect(new Set(pseudos.map(({ provider }) => provider))).toEqual(new Set([registrar]));
});

test('a parked address of GoDaddy stands beside real ones as a set of its own', () => {
  const zones = domainsOf(makePortfolio('godaddy', 100, 1, ANCHOR_DAY)).map(({ name, rrsets }) =>
    rrsets.filter((set) => set.name === `${name}.` && set.type === 'A'),
  );

  expect(zones.some((sets) => sets.length === 2 && sets[0]?.pseudo === undefined)).toBe(true);
  expect(zones.some((sets) => sets.length === 1 && sets[0]?.pseudo?.value === 'Parked')).toBe(true);
});

test('Gandi has its further record types', () => {
  const sets = domainsOf(makePortfolio('gandi', 200, 1, ANCHOR_DAY)).flatMap(({ rrsets }) => rrsets);
  const types = new Set(sets.map(({ type }) => type));

  for (const type of ['CAA', 'CDS', 'DNAME', 'DS', 'LOC', 'NAPTR', 'SSHFP', 'TLSA'])
    expect(types).toContain(type);
});

test.each([
  [-1, ANCHOR_DAY, /0 to 100000/],
  [100_001, ANCHOR_DAY, /0 to 100000/],
  [1.5, ANCHOR_DAY, /0 to 100000/],
  [1, '23.11.2026', /YYYY-MM-DD/],
  [1, '2026-13-01', /YYYY-MM-DD/],
])('a portfolio of %s domains at %s is refused', (size, day, message) => {
  expect(() => makePortfolio('gandi', size, 1, day)).toThrow(message);
});

describe('canonical form', () => {
  it.each([
    ['plain text', '"plain text"'],
    ['', '""'],
    ['a"b\\c;d', '"a\\"b\\\\c;d"'],
    ['ü\t~', '"\\195\\188\\009~"'],
    ['x'.repeat(256), `"${'x'.repeat(255)}" "x"`],
    [`${'x'.repeat(254)}ü`, `"${'x'.repeat(254)}\\195" "\\188"`],
  ])('writes the text %j in quoted strings that read back the same', (text, expected) => {
    const rdata = txtRdata(Buffer.from(text));

    expect(rdata).toBe(expected);
    expect(Buffer.concat(txtStrings(rdata)).toString()).toBe(text);
  });

  it.each([
    [[0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], '2001:db8::1'],
    [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
    [[0x2001, 0, 0, 1, 0, 0, 0, 1], '2001:0:0:1::1'],
    [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], '2001:db8::1:0:0:1'],
    [[0, 0, 0, 0, 0, 0, 0, 0], '::'],
    [[1, 0, 0, 0, 0, 0, 0, 0], '1::'],
    [[1, 2, 3, 4, 5, 6, 7, 8], '1:2:3:4:5:6:7:8'],
  ])('writes IPv6 %j as RFC 5952 does', (groups, expected) => {
    expect(ipv6Text(groups)).toBe(expected);
  });

  it.each([
    ['A', ['192.0.2.10', '192.0.2.9', '9.0.0.1'], ['9.0.0.1', '192.0.2.9', '192.0.2.10']],
    ['AAAA', ['2001:db8::a', '2001:db8::1:0:0'], ['2001:db8::a', '2001:db8::1:0:0']],
    [
      'MX',
      ['10 a.example.', '5 zz.example.', '256 a.example.'],
      ['5 zz.example.', '10 a.example.', '256 a.example.'],
    ],
    // The length of the first label comes before its letters.
    ['NS', ['aaa.example.', 'zz.example.'], ['zz.example.', 'aaa.example.']],
    ['TXT', ['"bb"', '"ccc"', '"b" "c"', '"a"'], ['"a"', '"b" "c"', '"bb"', '"ccc"']],
    ['SRV', ['1 2 3 b.example.', '1 1 9 b.example.'], ['1 1 9 b.example.', '1 2 3 b.example.']],
    [
      'CAA',
      ['0 issuewild "a"', '128 issue "a"', '0 issue "z"'],
      ['0 issue "z"', '0 issuewild "a"', '128 issue "a"'],
    ],
    ['DS', ['2 13 2 00ff', '2 8 2 ff', '1 13 2 ff'], ['1 13 2 ff', '2 8 2 ff', '2 13 2 00ff']],
    ['SSHFP', ['4 2 00', '1 1 ff'], ['1 1 ff', '4 2 00']],
    ['TLSA', ['3 1 1 00', '2 0 1 ff'], ['2 0 1 ff', '3 1 1 00']],
  ])('orders the values of %s by their octets', (type, given, expected) => {
    expect(sortRdata(type, given)).toEqual(expected);
  });

  it('refuses to order values whose octets it does not know', () => {
    expect(() => sortRdata('LOC', ['a', 'b'])).toThrow(/LOC/);
    expect(() => sortRdata('A', ['192.0.2.1', 'Parked'])).toThrow(/IPv4/);
    expect(() => sortRdata('AAAA', ['::1', 'x'])).toThrow(/IPv6/);
  });

  it('orders sets by owner, then type, the real set before pseudo values', () => {
    const set = (name: string, type: string, value?: string) => ({
      name,
      type,
      ttl: 60,
      records: value === undefined ? ['192.0.2.1'] : [],
      ...(value === undefined ? {} : { pseudo: { provider: 'godaddy' as const, kind: 'PARKED', value } }),
    });
    const sorted = [
      set('a.', 'A'),
      set('a.', 'A', 'x'),
      set('a.', 'A', 'y'),
      set('a.', 'AAAA'),
      set('b.', 'A'),
    ];

    expect(sortRrsets(sorted.toReversed())).toEqual(sorted);
  });
});
