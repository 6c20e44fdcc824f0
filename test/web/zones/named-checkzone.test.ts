import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RRset } from '../../../packages/web/src/api/types.gen.ts';
import { toZoneFile, type ZoneSource } from '../../../packages/web/src/model/zone-file.ts';
import { planZone } from '../../../packages/web/src/model/zone-plan.ts';
import { loadZone } from './check-zone.ts';
import { BAD_ZONES, GOOD_ZONES, toRrsets } from './corpus.ts';
import { toKey } from './record-key.ts';

/** Needs `named-checkzone` (Debian: bind9-utils), so it isn't among the tests of every change. */

const SOURCE: ZoneSource = {
  name: 'example.com',
  nameServers: null,
  registrar: 'GoDaddy',
  fetchedAt: '2026-11-23T12:00:00.000Z',
};

const toOwner = (owner: string, zone: string): string => {
  if (owner === '@') return `${zone}.`;
  return /(?<!\\)\.$/.test(owner) ? owner : `${owner}.${zone}.`;
};

/** Loads the zone, and holds that BIND has every record that isn't a comment and nothing else. */
function expectWhole(source: ZoneSource, rrsets: readonly RRset[]): string {
  const text = toZoneFile(source, rrsets);
  const { status, log, records } = loadZone(source.name, text);
  expect(status, `${log}\n${text}`).toBe(0);
  const loaded = new Set(records.map(({ owner, type, rdata }) => toKey(owner, type, rdata)));
  const { kept } = planZone(rrsets, source.name);
  const wanted = new Set(
    kept.map(({ owner, type, rdata }) => toKey(toOwner(owner, source.name), type, rdata)),
  );
  expect([...wanted].filter((key) => !loaded.has(key))).toEqual([]);
  const added = [...loaded].filter((key) => !wanted.has(key));
  expect(added.filter((key) => !/^\S+ (?:SOA|NS) /.test(key))).toEqual([]);
  return text;
}

const countComments = (text: string) =>
  text.split('; Not loaded, each with the reason:\n')[1]?.split('\n; ').length ?? 0;

describe('BIND loads', () => {
  test.each(GOOD_ZONES)('all of a zone with $title', (sample) => {
    const text = expectWhole({ ...SOURCE, ...sample.source }, toRrsets(sample));
    expect(countComments(text), text).toBe(0);
  });

  test.each(BAD_ZONES)('what it can of a zone with $title', (sample) => {
    const text = expectWhole({ ...SOURCE, ...sample.source }, toRrsets(sample));
    expect(countComments(text), text).toBe(sample.refused);
  });

  test('the TTLs as they were given', () => {
    const sample = { title: '', records: ['a 5 TXT "x"', 'b - TXT "x"', 'c 0 TXT "x"', 'd - TXT "x"'] };
    const { records } = loadZone('example.com', toZoneFile(SOURCE, toRrsets(sample)));
    expect(records.filter(({ type }) => type === 'TXT').map(({ ttl }) => ttl)).toEqual([5, 3600, 0, 3600]);
  });

  test('an internationalised zone and one with a very long name', () => {
    for (const name of ['xn--mnchen-3ya.de', `${`${'l'.repeat(61)}.`.repeat(4)}de`]) {
      expectWhole({ ...SOURCE, name }, [
        { name: `${name}.`, type: 'MX', ttl: 60, records: ['1 a.example.net.'] },
      ]);
    }
  });
});

const label = fc.stringMatching(/^[a-z0-9_*@$\\;"(). é-]{1,8}$/);
const owner = fc.oneof(
  fc.constantFrom('@', 'a', 'b', 'a.b', '*', '_x', '\\097'),
  fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
);
const target = fc.oneof(
  fc.constantFrom('a.example.com.', 'x.example.net.', '.', 'a_b.', '*.x.', 'a'),
  fc.string(),
);
const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.stringMatching(/^[a-z"\\;() \n\t0-9]{0,20}$/),
);
const quoted = fc.oneof(
  text,
  text.map((inside) => `"${inside}"`),
);
const number = fc
  .oneof(fc.nat(70_000), fc.constantFrom('', '-1', '01', '4294967295', '4294967296'))
  .map(String);
const digits = fc.oneof(
  fc.constantFrom(20, 32, 48, 1).map((size) => 'a0'.repeat(size)),
  fc.stringMatching(/^[0-9a-fA-F ]{0,20}$/),
);
const param = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'alpn',
        'port',
        'mandatory',
        'ipv4hint',
        'ipv6hint',
        'ech',
        'dohpath',
        'key9',
        'key99',
        'no-default-alpn',
      ),
      fc.oneof(number, quoted, fc.constantFrom('h2', '192.0.2.1', '::1', 'AAAA', '/q{?dns}', 'alpn,port')),
    )
    .map(([key, value]) => `${key}=${value}`),
  fc.constantFrom('alpn=h2', 'no-default-alpn', 'port=443', 'mandatory=alpn', 'key7'),
);
const words = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(' '));
const naptr = fc
  .tuple(fc.stringMatching(/^[\^a-z.*+?()|\\[\]{}0-9$]{1,8}$/), fc.stringMatching(/^[a-z\\0-9]{0,6}$/))
  .map(([expression, replacement]) => `"!${expression}!${replacement}!"`);
const RDATA: Readonly<Record<string, fc.Arbitrary<string>>> = {
  A: fc.oneof(fc.ipV4(), text),
  AAAA: fc.oneof(fc.ipV6(), text),
  CNAME: target,
  DNAME: target,
  NS: target,
  PTR: target,
  MX: words(number, target),
  SRV: words(number, number, number, target),
  TXT: fc.array(quoted, { maxLength: 3 }).map((strings) => strings.join(' ')),
  CAA: words(number, fc.oneof(fc.constantFrom('issue', 'iodef'), text), quoted),
  TLSA: words(number, number, number, digits),
  SSHFP: words(number, number, digits),
  DS: words(number, number, number, digits),
  DNSKEY: words(number, number, number, fc.oneof(fc.base64String(), text)),
  KEY: words(number, number, number, fc.base64String()),
  HTTPS: words(
    number,
    target,
    fc.array(param, { maxLength: 3 }).map((params) => params.join(' ')),
  ),
  NAPTR: words(number, number, quoted, quoted, fc.oneof(naptr, quoted), target),
  URI: words(number, number, quoted),
  SOA: words(target, target, number, number, number, number, number),
  LOC: words(
    number,
    number,
    number,
    fc.constantFrom('N', 'S'),
    number,
    number,
    number,
    fc.constantFrom('E', 'W'),
    number.map((n) => `${n}m`),
    fc.constant('1m 1m 1m'),
  ),
  HINFO: words(quoted, quoted),
  RP: words(target, target),
  OPENPGPKEY: fc.oneof(fc.base64String(), text),
  TYPE65280: words(fc.constantFrom('\\#', 'x'), number, digits),
  TYPE1: words(fc.constantFrom('\\#', 'x'), number, digits),
};
const rrset: fc.Arbitrary<RRset> = fc.constantFrom(...Object.keys(RDATA)).chain((type) =>
  fc.record({
    name: owner.map((each) => (each === '@' ? 'example.com.' : `${each}.example.com.`)),
    type: fc.constant(type),
    ttl: fc.option(fc.nat(2 ** 31)),
    records: fc.array(RDATA[type] ?? text, { minLength: 1, maxLength: 4 }),
  }),
);

/** As long as a few hundred starts of a process take. */
const TIMEOUT_MS = 300_000;

test(
  'BIND loads whatever a registrar may say, and every record stands in the file once',
  () => {
    const source = fc.record({
      name: fc.constant('example.com'),
      nameServers: fc.option(
        fc.array(fc.oneof(fc.constantFrom('a.example.net', 'a.example.com'), text), { maxLength: 3 }),
      ),
      registrar: text,
      fetchedAt: fc.option(text),
    });
    fc.assert(
      fc.property(source, fc.array(rrset, { maxLength: 40 }), (from, rrsets) => {
        expectWhole(from, rrsets);
        const { kept, refused } = planZone(rrsets, 'example.com');
        const given = rrsets.flatMap(({ type, records }) => records.map((rdata) => `${type} ${rdata}`));
        const planned = [...kept, ...refused].map(({ type, rdata }) => `${type} ${rdata}`);
        expect(planned.toSorted()).toEqual(given.toSorted());
      }),
      { numRuns: 400 },
    );
  },
  TIMEOUT_MS,
);
