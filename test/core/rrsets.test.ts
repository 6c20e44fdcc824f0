import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CanonicalRecord, collectRrsets } from '#core/rrsets.ts';

const a = (rdata: string, ttl: number | null = 300, name = 'example.com.'): CanonicalRecord => ({
  name,
  type: 'A',
  ttl,
  rdata,
});

test('collects records by owner and type, in ASCII order of both', () => {
  const { rrsets } = collectRrsets([
    { name: 'www.example.com.', type: 'A', ttl: 60, rdata: '192.0.2.1' },
    { name: 'example.com.', type: 'mx', ttl: 60, rdata: '10 mail.example.net.' },
    { name: '*.example.com.', type: 'A', ttl: 60, rdata: '192.0.2.1' },
    { name: 'example.com.', type: 'AAAA', ttl: 60, rdata: '::1' },
  ]);

  expect(rrsets.map(({ name, type }) => `${name} ${type}`)).toEqual([
    '*.example.com. A',
    'example.com. AAAA',
    'example.com. MX',
    'www.example.com. A',
  ]);
});

test('sorts records by their octets on the wire, not by their text', () => {
  const addresses = collectRrsets([a('192.0.2.10'), a('10.0.0.1'), a('192.0.2.9'), a('9.0.0.1')]).rrsets;
  const mail = collectRrsets(
    ['10 b.', '9 long.example.', '10 aa.', '10 .'].map((rdata) => ({
      name: 'example.com.',
      type: 'MX',
      ttl: 1,
      rdata,
    })),
  ).rrsets;

  expect(addresses[0]?.records).toEqual(['9.0.0.1', '10.0.0.1', '192.0.2.9', '192.0.2.10']);
  // A name begins with the length of its first label.
  expect(mail[0]?.records).toEqual(['9 long.example.', '10 .', '10 b.', '10 aa.']);
});

test('keeps equal records once', () => {
  expect(collectRrsets([a('192.0.2.1'), a('192.0.2.1')])).toEqual({
    rrsets: [{ name: 'example.com.', type: 'A', ttl: 300, records: ['192.0.2.1'] }],
    mixedTtl: false,
  });
});

test.each<[ttls: (number | null)[], kept: number | null, mixed: boolean]>([
  [[600, 300], 300, true],
  [[300, 300], 300, false],
  [[null, 300], 300, false],
  [[null, null], null, false],
  [[0], 0, false],
  [[2 ** 31 - 1], 2 ** 31 - 1, false],
  [[2 ** 31], null, false],
  [[-1, 300], 300, false],
  [[1.5], null, false],
  [[Number.NaN], null, false],
])('TTLs %j become %j', (ttls, kept, mixed) => {
  const { rrsets, mixedTtl } = collectRrsets(ttls.map((ttl, index) => a(`192.0.2.${index}`, ttl)));

  expect(rrsets[0]?.ttl).toBe(kept);
  expect(mixedTtl).toBe(mixed);
});

test('every pseudo record is a set of its own without records, after the real one', () => {
  const pseudo = (value: string, kind = 'PARKED') =>
    ({ provider: 'godaddy', kind, value }) as const satisfies Extract<
      CanonicalRecord,
      { pseudo: unknown }
    >['pseudo'];
  const record = (value: string, kind?: string) => ({
    name: 'example.com.',
    type: 'a',
    ttl: 60,
    pseudo: pseudo(value, kind),
  });

  const { rrsets } = collectRrsets([
    record('b'),
    record('a', 'Z'),
    record('a'),
    record('b'),
    a('192.0.2.1', 60),
  ]);

  expect(rrsets).toEqual([
    { name: 'example.com.', type: 'A', ttl: 60, records: ['192.0.2.1'] },
    { name: 'example.com.', type: 'A', ttl: 60, records: [], pseudo: pseudo('a') },
    { name: 'example.com.', type: 'A', ttl: 60, records: [], pseudo: pseudo('a', 'Z') },
    { name: 'example.com.', type: 'A', ttl: 60, records: [], pseudo: pseudo('b') },
  ]);
});

test('a zone has one form, whatever the order of its records', () => {
  const owner = fc.constantFrom('example.com.', 'www.example.com.', '*.example.com.');
  const ttl = fc.option(fc.integer({ min: -1, max: 3 }));
  const record: fc.Arbitrary<CanonicalRecord> = fc.oneof(
    fc.record({
      name: owner,
      type: fc.constantFrom('A', 'a', 'TXT', 'WKS'),
      ttl,
      rdata: fc.constantFrom('192.0.2.1', '192.0.2.2', '"x"', '"\\200"', 'odd'),
    }),
    fc.record({
      name: owner,
      type: fc.constantFrom('A', 'URL'),
      ttl,
      pseudo: fc.record({
        provider: fc.constantFrom('namecheap' as const, 'godaddy' as const),
        kind: fc.constantFrom('URL', 'FRAME'),
        value: fc.constantFrom('', 'x', 'y'),
      }),
    }),
  );
  const shuffled = fc
    .array(record, { maxLength: 20 })
    .chain((records) =>
      fc.tuple(
        fc.constant(records),
        fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
      ),
    );

  fc.assert(
    fc.property(shuffled, ([records, others]) => {
      expect(collectRrsets(others)).toEqual(collectRrsets(records));
    }),
  );
});

test('an empty zone has no sets', () => {
  expect(collectRrsets([])).toEqual({ rrsets: [], mixedTtl: false });
});
