import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRdata, fromTxt, toRdata, toWireRdata } from '#core/rdata.ts';

const gandi = { zone: 'example.com', targets: 'withoutDot' } as const;
const types = [
  ...[
    'A',
    'AAAA',
    'CNAME',
    'NS',
    'PTR',
    'DNAME',
    'MX',
    'TXT',
    'SPF',
    'SRV',
    'CAA',
    'SOA',
    'DS',
    'CDS',
    'DNSKEY',
  ],
  ...[
    'SSHFP',
    'TLSA',
    'OPENPGPKEY',
    'NAPTR',
    'LOC',
    'URI',
    'HTTPS',
    'SVCB',
    'RP',
    'HINFO',
    'KEY',
    'TYPE65280',
  ],
] as const;

const octets = (maxLength: number) => fc.uint8Array({ maxLength });
const u16 = fc.integer({ min: 0, max: 65_535 }).map((value) => [value >> 8, value & 255]);
const string = octets(255).map((value) => [value.length, ...value]);
const rest = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((value) => [...value]);
const name = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 3 })
  .map((labels) => [...labels.flatMap((label) => [label.length, ...label]), 0]);
const row = (...parts: fc.Arbitrary<number[]>[]) => fc.tuple(...parts).map((values) => values.flat());
const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((value) => [...value]);
const param = fc.tuple(u16, octets(20)).map(([key, value]) => ({ key, value }));
const params = fc
  .uniqueArray(param, { selector: ({ key }) => key.join(), maxLength: 4 })
  .map((list) =>
    list
      .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
      .flatMap(({ key, value }) => [...key, 0, value.length, ...value]),
  );

/** Wire forms of each type; a few of them are refused, because their type knows narrower bounds. */
const wires: Record<(typeof types)[number], fc.Arbitrary<number[]>> = {
  A: exactly(4),
  AAAA: exactly(16),
  CNAME: name,
  NS: name,
  PTR: name,
  DNAME: name,
  MX: row(u16, name),
  TXT: fc.array(string, { minLength: 1, maxLength: 4 }).map((list) => list.flat()),
  SPF: string,
  SRV: row(u16, u16, u16, name),
  CAA: fc
    .tuple(fc.nat(255), fc.stringMatching(/^[a-zA-Z0-9]{1,15}$/), octets(300))
    .map(([flags, tag, value]) => [flags, tag.length, ...Buffer.from(tag), ...value]),
  SOA: row(name, name, exactly(20)),
  DS: row(exactly(4), rest),
  CDS: row(exactly(4), rest),
  DNSKEY: row(exactly(4), rest),
  SSHFP: row(exactly(2), rest),
  TLSA: row(exactly(3), rest),
  OPENPGPKEY: rest,
  NAPTR: row(u16, u16, string, string, string, name),
  LOC: row(
    fc.constant([0]),
    fc.array(
      fc.tuple(fc.nat(9), fc.nat(9)).map(([digit, power]) => digit * 16 + power),
      { minLength: 3, maxLength: 3 },
    ),
    fc
      .nat(324_000_000)
      .map((value) => [...Buffer.from((2 ** 31 - value).toString(16).padStart(8, '0'), 'hex')]),
    fc
      .nat(648_000_000)
      .map((value) => [...Buffer.from((2 ** 31 + value).toString(16).padStart(8, '0'), 'hex')]),
    exactly(4),
  ),
  URI: row(u16, u16, rest),
  HTTPS: row(u16, name, params),
  SVCB: row(u16, name, params),
  RP: row(name, name),
  HINFO: row(string, string),
  KEY: row(exactly(4), rest),
  TYPE65280: rest,
};

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('"', '\\', ' ', '1', '0', 'a', '.', ';', '(', ')', '=', ',', '@', ':', '#'),
  }),
);

describe.each(types)('%s', (type) => {
  test('is one text for one wire form, and the canonical form of that text is itself', () => {
    fc.assert(
      fc.property(wires[type], (wire) => {
        const generic = `\\# ${wire.length} ${Buffer.from(wire).toString('hex')}`;

        const canonical = toRdata(type, { form: 'presentation', text: generic }, gandi);

        if (canonical === null) {
          expect(['SVCB', 'HTTPS']).toContain(type);
          return;
        }
        expect(toRdata(type, { form: 'presentation', text: canonical }, gandi)).toBe(canonical);
        const again = toWireRdata(type, canonical);
        expect(again).not.toBeNull();
        // Letters of names become lower-case and TXT is split anew; everything else stays octet by octet.
        if (!/^(?:TXT|LOC)$/.test(type)) {
          expect(
            Buffer.from(again ?? [])
              .toString('latin1')
              .toLowerCase(),
          ).toBe(Buffer.from(wire).toString('latin1').toLowerCase());
        }
      }),
      { numRuns: 60 },
    );
  });

  test('gives null or canonical rdata for whatever a registrar says', () => {
    const form = fc.constantFrom('presentation' as const, 'fields' as const);
    const zoneRule = fc.constantFrom('never' as const, 'withoutDot' as const);

    fc.assert(
      fc.property(form, anyText, zoneRule, fc.boolean(), (form, text, targets, stripQuotes) => {
        const value = form === 'fields' ? { form, text, stripQuotes, priority: 1 } : { form, text };
        const canonical = toRdata(type, value, { zone: 'example.com', targets });
        if (canonical === null) return;
        expect(toRdata(type, { form: 'presentation', text: canonical }, gandi)).toBe(canonical);
      }),
      { numRuns: 60 },
    );
  });

  test('has a total order', () => {
    const rdata = fc.oneof(
      anyText,
      wires[type].map((wire) => `\\# ${wire.length} ${Buffer.from(wire).toString('hex')}`),
    );

    fc.assert(
      fc.property(rdata, rdata, rdata, (a, b, c) => {
        expect(Math.sign(compareRdata(type, a, b))).toBe(-Math.sign(compareRdata(type, b, a)) || 0);
        expect(compareRdata(type, a, b) === 0).toBe(a === b);
        const [x = '', y = '', z = ''] = [a, b, c].sort((one, other) => compareRdata(type, one, other));
        expect(compareRdata(type, x, y)).toBeLessThanOrEqual(0);
        expect(compareRdata(type, y, z)).toBeLessThanOrEqual(0);
        expect(compareRdata(type, x, z)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });
});

test('any text comes back out of a TXT record as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
      const canonical = toRdata('TXT', { form: 'fields', text }, gandi) ?? '';

      expect(Buffer.from(fromTxt(canonical)).toString()).toBe(text);
      expect(canonical).toMatch(/^[ -~]+$/);
    }),
  );
});

test('TXT says the same however its octets are split', () => {
  fc.assert(
    fc.property(octets(700), fc.array(fc.nat(700), { maxLength: 5 }), (value, cuts) => {
      const quoteOctets = (part: Uint8Array) =>
        `"${[...part].map((octet) => `\\${String(octet).padStart(3, '0')}`).join('')}"`;
      const ends = [0, ...cuts.toSorted((a, b) => a - b), value.length];
      const chunks = ends
        .slice(1)
        .map((end, index) => value.subarray(ends[index], Math.max(end, ends[index] ?? 0)));
      const text = chunks.map(quoteOctets).join(' ');

      const canonical = toRdata('TXT', { form: 'presentation', text }, gandi);

      expect(canonical).toBe(toRdata('TXT', { form: 'presentation', text: quoteOctets(value) }, gandi));
      expect(fromTxt(canonical ?? '')).toEqual(value);
    }),
  );
});
