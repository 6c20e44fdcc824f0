import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RRset } from '../../../packages/web/src/api/types.gen.ts';
import { toZoneFile, type ZoneSource } from '../../../packages/web/src/model/zone-file.ts';

const SOURCE: ZoneSource = {
  name: 'example.com',
  nameServers: ['ns1.example.net', 'ns2.example.net'],
  registrar: 'GoDaddy',
  fetchedAt: '2026-11-23T12:00:00.000Z',
};
const set = (name: string, type: string, ...records: readonly string[]): RRset => ({
  name,
  type,
  ttl: 300,
  records,
});
const toRecords = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith(';'));
const toComments = (text: string) => text.split('\n').filter((line) => line.startsWith(';'));

test('a zone file says where it comes from and begins with SOA and nameservers', () => {
  const text = toZoneFile(SOURCE, [
    set('www.example.com.', 'A', '192.0.2.1'),
    set('example.com.', 'NS', 'ns9.example.net.'),
    set('example.com.', 'SOA', 'ns9.example.net. admin.example.com. 7 1 2 3 4'),
    { name: 'example.com.', type: 'TXT', ttl: null, records: ['"v=spf1 -all"'] },
  ]);
  expect(text).toBe(`; example.com
; DNS records at GoDaddy, read 23 Nov 2026, 12:00 UTC
; A copy by Domain Collective, which only reads: what you change here changes nothing at the registrar.

$ORIGIN example.com.
$TTL 3600

@\t300\tIN\tSOA\tns9.example.net. admin.example.com. 7 1 2 3 4
@\t300\tIN\tNS\tns9.example.net.
www\t300\tIN\tA\t192.0.2.1
@\tIN\tTXT\t"v=spf1 -all"
`);
});

test('a zone without SOA and nameservers takes those of the delegation, and says so', () => {
  expect(toRecords(toZoneFile(SOURCE, []))).toEqual([
    '$ORIGIN example.com.',
    '$TTL 3600',
    '@\tIN\tSOA\tns1.example.net. hostmaster.example.com. 2026112300 7200 3600 1209600 3600 ; placeholder: the registrar gives none',
    '@\tIN\tNS\tns1.example.net. ; from the delegation, not among the records',
    '@\tIN\tNS\tns2.example.net. ; from the delegation, not among the records',
  ]);
});

test('without any nameserver there is a placeholder that can never exist', () => {
  const text = toZoneFile({ ...SOURCE, nameServers: null, fetchedAt: null }, []);
  expect(toRecords(text).slice(2)).toEqual([
    '@\tIN\tSOA\tplaceholder.invalid. hostmaster.example.com. 1 7200 3600 1209600 3600 ; placeholder: the registrar gives none',
    '@\tIN\tNS\tplaceholder.invalid. ; placeholder: BIND wants one, none is known',
  ]);
  expect(text).toContain('; DNS records at GoDaddy\n');
});

test('what is not DNS is a comment with its kind and value', () => {
  const pseudo = { provider: 'namecheap', kind: 'URL301', value: 'https://example.net/' } as const;
  const text = toZoneFile(SOURCE, [{ name: 'example.com.', type: 'URL301', ttl: 300, records: [], pseudo }]);
  expect(toComments(text).at(-1)).toBe(
    '; @\t300\tIN\tURL301\thttps://example.net/ ; not DNS, works at namecheap only',
  );
  expect(text).toContain('; At the end, as comments: what BIND would not load (1).\n');
});

describe('what BIND would refuse becomes a comment with its reason:', () => {
  test.each<[string, RRset, string]>([
    [
      'a CNAME beside other data',
      set('a.example.com.', 'CNAME', 'b.example.net.'),
      'CNAME beside other records of the same name',
    ],
    [
      'a CNAME of the zone',
      set('example.com.', 'CNAME', 'b.example.net.'),
      'CNAME beside other records of the same name',
    ],
    ['an owner outside', set('a.example.net.', 'TXT', '"x"'), 'outside this zone'],
    ['a directive', set('$INCLUDE.example.com.', 'TXT', '"x"'), 'not a name that a zone file can hold'],
    [
      'a host with an underscore',
      set('a_b.example.com.', 'A', '192.0.2.1'),
      "not a host's name, as A needs it (check-names)",
    ],
    [
      'an unknown type',
      set('a.example.com.', 'ALIAS', 'b.example.net.'),
      'not a type that this export knows',
    ],
    [
      'a type that is a property of objects',
      set('a.example.com.', 'constructor', 'x'),
      'not a type that this export knows',
    ],
    ['rdata of another kind', set('a.example.com.', 'A', '::1'), 'not what BIND expects of A'],
    ['an open quote', set('a.example.com.', 'TXT', '"x'), 'not written as a zone file needs it'],
    ['an open bracket', set('a.example.com.', 'TXT', '( x'), 'not written as a zone file needs it'],
    [
      'a nameserver that nobody finds',
      set('example.com.', 'NS', 'ns1.example.com.'),
      'a nameserver in this zone without an address in it',
    ],
    ['DS at the top', set('example.com.', 'DS', '1 8 2 00'), 'DS belongs into the zone above'],
    [
      "a signer's record",
      set('a.example.com.', 'NSEC', 'b.example.com. A'),
      'made anew by whoever signs the zone',
    ],
  ])('%s', (_, rrset, reason) => {
    const text = toZoneFile(SOURCE, [set('a.example.com.', 'TXT', '"y"'), rrset]);
    const comments = toComments(text).filter((line) => line.includes(rrset.records[0] ?? ''));
    expect(comments.at(-1)).toMatch(new RegExp(`; ${reason.replace(/[()]/g, '\\$&')}$`));
    expect(toRecords(text).at(-1)).toBe('a\t300\tIN\tTXT\t"y"');
  });
});

test('no text of a registrar begins a line of its own', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[a"\\;()\n\r\u0085\u2028\0\t $@]*$/),
  );
  const rrsets = fc.array(
    fc.record({
      name: fc.oneof(
        text,
        text.map((label) => `${label}.example.com.`),
      ),
      type: fc.oneof(fc.constantFrom('A', 'TXT', 'CNAME', 'NS', 'SOA', 'TYPE65280'), text),
      ttl: fc.option(fc.nat()),
      records: fc.array(text, { maxLength: 3 }),
      pseudo: fc.record({ provider: fc.constant('porkbun' as const), kind: text, value: text }),
    }),
  );
  const source = fc.record({
    name: fc.oneof(fc.constant('example.com'), text),
    nameServers: fc.option(fc.array(text)),
    registrar: text,
    fetchedAt: fc.option(text),
  });
  const allowed = /^$|^; |^\$ORIGIN [!-~]+\.$|^\$TTL 3600$|^[!-~]+\t(?:\d+\t)?IN\t[A-Z0-9]+\t[ -~]+$/;
  fc.assert(
    fc.property(source, rrsets, (from, sets) => {
      const lines = toZoneFile(from, sets).split(/[\n\r\u0085\u2028\u2029\0]/);
      expect(lines.filter((line) => !allowed.test(line))).toEqual([]);
      expect(lines.filter((line) => line.startsWith('$'))).toHaveLength(2);
      expect(lines.filter((line) => /^\S+\t(?:\d+\t)?IN\tSOA/.test(line))).toHaveLength(1);
    }),
  );
});
