import type { RRset } from '../../../packages/web/src/api/types.gen.ts';
import type { ZoneSource } from '../../../packages/web/src/model/zone-file.ts';

/** A zone in short: `<owner> <ttl or -> <type> <rdata>` a record, the owner relative to example.com. */
export interface Sample {
  readonly title: string;
  readonly records: readonly string[];
  readonly source?: Partial<ZoneSource>;
}

const SHA256 = '0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3';
const KEY = 'mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==';
const SOA = '@ 3600 SOA ns1.example.net. admin.example.com. 7 7200 3600 1209600 3600';
const NS = '@ 3600 NS ns1.example.net.';

/** Each has to load whole: no record of it becomes a comment. */
export const GOOD_ZONES: readonly Sample[] = [
  { title: 'nothing at all', records: [] },
  { title: 'SOA and NS of its own', records: [SOA, NS, '@ 600 A 192.0.2.1'] },
  {
    title: 'nameservers of the delegation',
    records: ['@ 600 A 192.0.2.1'],
    source: { nameServers: ['a.example.net', 'b.example.net'] },
  },
  { title: 'a nameserver within', records: ['@ 60 NS ns1.example.com.', 'ns1 60 A 192.0.2.53'] },
  { title: 'the zone as its own nameserver', records: ['@ 60 NS example.com.', '@ 60 AAAA 2001:db8::1'] },
  {
    title: 'A and AAAA',
    records: [
      '@ 1 A 192.0.2.1',
      '@ 1 A 192.0.2.2',
      '@ 1 AAAA ::1',
      '@ 1 AAAA ::ffff:192.0.2.1',
      'a 1 AAAA 2001:db8:0:1:1:1:1:1',
    ],
  },
  { title: 'CNAME', records: ['www 1 CNAME example.com.', '_dmarc 1 CNAME a_b.example.net.', 'x 1 CNAME .'] },
  { title: 'MX', records: ['@ 1 MX 10 mail.example.net.', '@ 1 MX 65535 mail.example.com.', 'no 1 MX 0 .'] },
  {
    title: 'TXT',
    records: [
      '@ 1 TXT "v=spf1 -all"',
      'a 1 TXT ""',
      'b 1 TXT "a;b (c) \\"q\\" \\\\ \\255\\000"',
      `c 1 TXT "${'x'.repeat(255)}" "y"`,
      '_acme-challenge 1 TXT "x"',
    ],
  },
  {
    title: 'a TXT of many strings',
    records: [`big 1 TXT ${Array.from({ length: 200 }, () => `"${'k'.repeat(255)}"`).join(' ')}`],
  },
  { title: 'SPF', records: ['@ 1 SPF "v=spf1 -all"', '@ 1 TXT "v=spf1 -all"'] },
  { title: 'SRV', records: ['_sip._tcp 1 SRV 1 2 5060 sip.example.net.', '_no._tcp 1 SRV 0 0 0 .'] },
  {
    title: 'CAA',
    records: [
      '@ 1 CAA 0 issue "letsencrypt.org; accounturi=https://a/1"',
      '@ 1 CAA 128 issuewild ";"',
      '@ 1 CAA 0 iodef "mailto:a@example.com"',
      `a 1 CAA 0 issue "${'v'.repeat(400)}"`,
    ],
  },
  {
    title: 'TLSA and SMIMEA',
    records: [
      `_443._tcp 1 TLSA 3 1 1 ${SHA256}`,
      `_443._tcp 1 TLSA 0 0 0 00`,
      `x._smimecert 1 SMIMEA 3 0 1 ${SHA256}`,
    ],
  },
  {
    title: 'SSHFP',
    records: [`a 1 SSHFP 4 2 ${SHA256}`, `a 1 SSHFP 1 1 ${SHA256.slice(0, 40)}`, 'a 1 SSHFP 9 9 00'],
  },
  {
    title: 'HTTPS and SVCB',
    records: [
      '@ 1 HTTPS 1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.1,192.0.2.2 ech=AEX+DQBBAAA= ipv6hint=2001:db8::1 dohpath=/dns-query{?dns}',
      'a 1 HTTPS 0 b_c.example.net.',
      'b 1 HTTPS 1 . mandatory=alpn,port alpn=h2 no-default-alpn port=1',
      'c 1 SVCB 16 x.example.net. key99="\\000 a;b(\\"c"',
      'd 1 HTTPS 1 .',
    ],
  },
  {
    title: 'NAPTR',
    records: [
      '@ 1 NAPTR 100 10 "u" "E2U+sip" "!^\\\\+44(.*)$!sip:\\\\1@example.com!i" .',
      '@ 1 NAPTR 100 10 "S" "SIP+D2U" "" _sip._udp.example.com.',
      '@ 1 NAPTR 1 1 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .',
    ],
  },
  { title: 'PTR', records: ['1 1 PTR ho_st.example.net.'] },
  {
    title: 'DS and a delegation',
    records: [
      'sub 1 NS ns.sub.example.com.',
      'ns.sub 1 A 192.0.2.1',
      `sub 1 DS 12345 13 2 ${SHA256}`,
      `sub 1 DS 12345 13 1 ${SHA256.slice(0, 40)}`,
      'other 1 NS a.example.net.',
    ],
  },
  { title: 'DNSKEY and KEY', records: [`@ 1 DNSKEY 257 3 13 ${KEY}`, `a 1 KEY 256 3 13 ${KEY}`] },
  {
    title: 'unknown types',
    records: ['a 1 TYPE65280 \\# 4 0a000001', 'a 1 TYPE65281 \\# 0', 'a 1 TYPE1024 \\# 1 ff'],
  },
  {
    title: 'LOC',
    records: [
      '@ 1 LOC 52 22 23.000 N 4 53 32.000 E -2.00m 1m 10000m 10m',
      'a 1 LOC 90 0 0.000 S 180 0 0.000 W 42849672.00m 0.00m 0.00m 90000000m',
    ],
  },
  {
    title: 'HINFO, RP, AFSDB, KX, URI, OPENPGPKEY',
    records: [
      'a 1 HINFO "PC" "Linux"',
      'a 1 RP admin.example.com. .',
      'a 1 AFSDB 1 a.example.net.',
      'a 1 KX 10 a_b.example.net.',
      '_ftp._tcp 1 URI 10 1 "ftp://a/"',
      `a 1 OPENPGPKEY ${KEY}`,
    ],
  },
  { title: 'DNAME', records: ['old 1 DNAME example.net.', '* 1 TXT "x"'] },
  {
    title: 'wildcards',
    records: ['* 1 A 192.0.2.1', '*.a 1 MX 10 mail.example.net.', '*.b 1 CNAME example.net.'],
  },
  {
    title: 'underscores',
    records: ['_x 1 TXT "x"', 'a_b 1 CNAME c.example.net.', '_s._tcp.a_b 1 SRV 1 1 1 a.example.net.'],
  },
  {
    title: 'odd owners',
    records: [
      '\\@ 1 TXT "x"',
      '\\$include 1 TXT "x"',
      'a\\032b 1 TXT "x"',
      'a\\.b 1 TXT "x"',
      '\\000 1 TXT "x"',
      'in 1 TXT "x"',
      'soa 1 TXT "x"',
      '3600 1 TXT "x"',
      'a\'b,c=d 1 TXT "x"',
      `${'l'.repeat(63)} 1 TXT "x"`,
    ],
  },
  { title: 'TTLs', records: ['a - TXT "x"', 'b 0 TXT "x"', 'c 2147483647 TXT "x"'] },
  { title: 'an IDN', records: ['xn--mnchen-3ya 1 A 192.0.2.1', '@ 1 MX 1 xn--mail-0ra.example.net.'] },
  {
    title: '1,000 names',
    records: Array.from({ length: 1000 }, (_, index) => `h${index} 300 A 192.0.2.${index % 256}`),
  },
  {
    title: '1,000 records of one name',
    records: Array.from({ length: 1000 }, (_, index) => `a 300 TXT "record ${index}"`),
  },
  {
    title: 'rdata that looks like syntax',
    records: ['a 1 TXT "$INCLUDE /etc/passwd"', 'b 1 TXT "; no comment"', 'c 1 TXT "(" ")"', 'd 1 TXT plain'],
  },
];

/** Each has to load, with as many of its records in comments as `refused` says. */
export const BAD_ZONES: readonly (Sample & { readonly refused: number })[] = [
  { title: 'CNAME beside other data', records: ['a 1 CNAME b.example.net.', 'a 1 TXT "x"'], refused: 1 },
  {
    title: 'the same, its name in other letters',
    records: ['\\097 1 CNAME b.example.net.', 'A 1 TXT "x"'],
    refused: 1,
  },
  { title: 'CNAME of the zone itself', records: ['@ 1 CNAME b.example.net.', NS], refused: 1 },
  { title: 'several CNAMEs', records: ['a 1 CNAME b.example.net.', 'a 1 CNAME c.example.net.'], refused: 1 },
  {
    title: 'CNAME beside what is refused itself',
    records: ['a 1 CNAME b.example.net.', 'a 1 A 999.0.2.1'],
    refused: 1,
  },
  { title: 'several DNAMEs', records: ['a 1 DNAME b.example.net.', 'a 1 DNAME c.example.net.'], refused: 1 },
  {
    title: 'two SOAs, one below',
    records: [SOA, `${SOA} 1`, SOA.replace('7 7200', '8 7200'), SOA.replace('@', 'sub')],
    refused: 3,
  },
  {
    title: 'an SOA that is none',
    records: ['@ 1 SOA ns_1.example.net. a. 1 1 1 1 1', '@ 1 SOA a. b. 1'],
    refused: 2,
  },
  {
    title: 'nameservers within that have no address',
    records: ['@ 1 NS ns1.example.com.', '@ 1 NS ns1.example.net.'],
    refused: 1,
  },
  {
    title: 'no other nameserver',
    records: ['@ 1 NS ns1.example.com.'],
    source: { nameServers: ['ns1.example.com'] },
    refused: 1,
  },
  {
    title: 'a delegation into the zone',
    records: [],
    source: { nameServers: ['ns1.example.com', 'ns2.example.com\nx'] },
    refused: 2,
  },
  {
    title: 'a nameserver that is an alias',
    records: ['@ 1 NS a.example.com.', 'a 1 CNAME b.example.net.'],
    refused: 1,
  },
  {
    title: 'a nameserver below a DNAME',
    records: ['@ 1 NS ns.sub.example.com.', 'ns.sub 1 A 192.0.2.1', 'sub 1 DNAME example.net.'],
    refused: 1,
  },
  { title: 'a wildcard delegation', records: ['* 1 NS a.example.net.'], refused: 1 },
  {
    title: 'check-names: owners',
    records: [
      'a_b 1 A 192.0.2.1',
      '_x 1 AAAA ::1',
      '-a 1 A 192.0.2.1',
      'a.*.b 1 A 192.0.2.1',
      'a\\@b 1 MX 0 .',
    ],
    refused: 5,
  },
  {
    title: 'check-names: targets',
    records: [
      '@ 1 MX 1 a_b.example.net.',
      '@ 1 NS a_b.example.net.',
      '_s._tcp 1 SRV 1 1 1 a_b.',
      'h 1 HTTPS 1 a_b.',
      'f 1 AFSDB 1 -a.',
      'm 1 MX 1 *.example.net.',
    ],
    refused: 6,
  },
  { title: 'DS at the top', records: [`@ 1 DS 1 8 2 ${SHA256}`], refused: 1 },
  {
    title: "a signer's records",
    records: [
      `@ 1 CDS 1 8 2 ${SHA256}`,
      `@ 1 CDNSKEY 257 3 13 ${KEY}`,
      'a 1 NSEC b.example.com. A',
      'a 1 RRSIG A 13 3 60 20300101000000 20200101000000 1 example.com. AAAA',
    ],
    refused: 4,
  },
  {
    title: 'digests of the wrong size',
    records: ['a 1 DS 1 8 2 00', 'a 1 SSHFP 1 1 00', 'a 1 DS 1 8 4 0000'],
    refused: 3,
  },
  {
    title: 'addresses that are none',
    records: [
      'a 1 A 192.0.2',
      'a 1 A 192.0.2.256',
      'a 1 A 192.0.02.1',
      'a 1 AAAA 1::2::3',
      'a 1 AAAA fe80::1%eth0',
      'a 1 AAAA 192.0.2.1',
    ],
    refused: 6,
  },
  {
    title: 'numbers out of range',
    records: ['a 1 MX 65536 a.', 'a 1 SRV 1 1 -1 a.', 'a 1 CAA 256 issue "x"', 'a 1 TLSA 256 1 1 00'],
    refused: 4,
  },
  {
    title: 'types that are none',
    records: [
      'a 1 ALIAS b.example.net.',
      'a 1 __proto__ x',
      'a 1 constructor x',
      'a 1 TYPE0 \\# 0',
      'a 1 TYPE255 \\# 0',
      'a 1 TYPE32769 \\# 0',
      'a 1 TYPE65535 \\# 0',
      'a 1 TYPE65280 \\# 2 00',
    ],
    refused: 8,
  },
  {
    title: 'parameters of SVCB',
    records: [
      'alpn=',
      'alpn=a,,b',
      'port=70000',
      'no-default-alpn',
      'mandatory=alpn',
      'mandatory=alpn,alpn alpn=h2',
      'key99=a key99=b',
      'foo=bar',
      'ohttp',
      'key1=a',
      'key65535=a',
      'dohpath=abc',
      'ipv4hint=::1',
      'ech=?',
    ].map((param) => `h 1 HTTPS 1 . ${param}`),
    refused: 14,
  },
  {
    title: 'expressions of NAPTR',
    records: ['garbage', '!!x!', '!.*!x!g', '1.*1x1', '!**!x!', '!(!x!', '!.*!\\\\1!', '![[:foo:]]!x!'].map(
      (text) => `n 1 NAPTR 1 1 "u" "x" "${text}" .`,
    ),
    refused: 8,
  },
  {
    title: 'a place outside the world',
    records: [
      'a 1 LOC 91 0 0.000 N 0 0 0.000 E 0.00m 1m 1m 1m',
      'a 1 LOC 90 1 0.000 N 0 0 0.000 E 0.00m 1m 1m 1m',
      'a 1 LOC 0 0 0.000 N 0 0 0.000 E -100001.00m 1m 1m 1m',
      'a 1 LOC 0 0 0.000 N 0 0 0.000 E 0.00m 99999999m 1m 1m',
    ],
    refused: 4,
  },
  { title: 'a string over 255 octets', records: [`a 1 TXT "${'x'.repeat(256)}"`], refused: 1 },
  {
    title: 'more than fits',
    records: ['0', '1', '2'].map(
      (digit) => `a 1 TXT ${Array.from({ length: 100 }, () => `"${digit.repeat(255)}"`).join(' ')}`,
    ),
    refused: 1,
  },
  { title: 'TTL out of range', records: ['a 2147483648 TXT "x"'], refused: 1 },
  {
    title: 'a new line in rdata',
    records: [
      'a 1 TXT "x\n@ 1 A 192.0.2.66"',
      'b 1 TXT x\n@ 1 A 192.0.2.66',
      'c 1 A 192.0.2.1\r@ 1 A 192.0.2.66',
      'd 1 TXT "\u2028"',
    ],
    refused: 4,
  },
  {
    title: 'quotes and brackets that go on',
    records: [
      'a 1 TXT "x',
      'b 1 TXT x"',
      'c 1 TXT ( x',
      'd 1 TXT x )',
      'e 1 TXT ( "x" )',
      'f 1 TXT x ; y',
      'g 1 TXT x\\',
      'h 1 TXT "x\\"',
      'i 1 TXT "a""b"',
      'j 1 TXT \\256',
      'k 1 TXT "\\999"',
      'l 1 TXT "\0"',
      'm 1 TXT "é"',
      'n 1 TXT "\ud800"',
    ],
    refused: 14,
  },
  {
    title: 'owners that would be something else',
    records: [
      '$INCLUDE 1 TXT "x"',
      '@@ 1 TXT "x"',
      'a;b 1 TXT "x"',
      'a"b 1 TXT "x"',
      'a(b 1 TXT "x"',
      'a..b 1 TXT "x"',
      'a\\256 1 TXT "x"',
      `${'l'.repeat(64)} 1 TXT "x"`,
      `${`${'l'.repeat(63)}.`.repeat(4)}x 1 TXT "x"`,
      'a\nb 1 TXT "x"',
      'ü 1 TXT "x"',
    ],
    refused: 11,
  },
  {
    title: 'owners outside',
    records: [
      'www.example.net. 1 A 192.0.2.1',
      'a\\.example.com. 1 A 192.0.2.1',
      'notexample.com. 1 A 192.0.2.1',
      'com. 1 A 192.0.2.1',
      '. 1 A 192.0.2.1',
    ],
    refused: 5,
  },
  {
    title: 'a registrar with a name of its own',
    records: ['a 1 TXT "x"'],
    source: { registrar: 'Evil\n@ 1 A 192.0.2.66\r\nx\u2028y\0', fetchedAt: 'x\n@ 1 A 192.0.2.66' },
    refused: 0,
  },
];

/** The record sets of a sample, as the API would give them. */
export function toRrsets({ records }: Sample): readonly RRset[] {
  const sets = new Map<string, { name: string; type: string; ttl: number | null; records: string[] }>();
  for (const line of records) {
    const [, owner = '', ttl, type = '', rdata = ''] = /^(.*?) (-|\d+) (\S+) (.*)$/s.exec(line) ?? [];
    const name = owner === '@' ? 'example.com.' : owner.endsWith('.') ? owner : `${owner}.example.com.`;
    const key = `${name} ${type}`;
    const set = sets.get(key) ?? { name, type, ttl: ttl === '-' ? null : Number(ttl), records: [] };
    set.records.push(rdata);
    sets.set(key, set);
  }
  return [...sets.values()];
}
