import { describe, expect, test } from 'vitest';
import { compareRdata, fromTxt, type RdataInput, toRdata, toWireRdata } from '#core/rdata.ts';

const gandi = { zone: 'example.com', targets: 'withoutDot' } as const;
const others = { zone: 'example.com', targets: 'never' } as const;
type Fields = Omit<Extract<RdataInput, { form: 'fields' }>, 'form'>;

const fromZoneFile = (type: string, text: string) => toRdata(type, { form: 'presentation', text }, gandi);
const fromFields = (type: string, fields: Fields) => toRdata(type, { form: 'fields', ...fields }, others);
const toHex = (octets: Uint8Array | null) => octets && Buffer.from(octets).toString('hex');

describe('complete rdata', () => {
  test.each([
    ['A', '192.0.2.1', '192.0.2.1'],
    ['a', ' 192.0.2.1 ', '192.0.2.1'],
    ['A', '\\# 4 C0 000201', '192.0.2.1'],
    ['AAAA', '2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['AAAA', '2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['AAAA', '2001:0db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['AAAA', '1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['AAAA', '0:0:0:0:0:0:0:0', '::'],
    ['AAAA', '1:0:0:0:0:0:0:0', '1::'],
    ['AAAA', '1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['AAAA', '::FFFF:192.0.2.1', '::ffff:192.0.2.1'],
    ['AAAA', '::ffff:c000:201', '::ffff:192.0.2.1'],
    ['AAAA', '64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['CNAME', 'WWW', 'www.example.com.'],
    ['CNAME', 'docs.example.com', 'docs.example.com.example.com.'],
    ['CNAME', 'Other.Example.', 'other.example.'],
    ['CNAME', '@', 'example.com.'],
    ['CNAME', 'bücher.example.', 'xn--bcher-kva.example.'],
    ['NS', 'ns-1-a.gandi.net.', 'ns-1-a.gandi.net.'],
    ['PTR', 'a\\.b.', 'a\\.b.'],
    ['DNAME', '\\# 5 01 41 01 42 00', 'a.b.'],
    ['MX', '10  Spool.Mail.gandi.net.', '10 spool.mail.gandi.net.'],
    ['MX', '010 mail', '10 mail.example.com.'],
    ['MX', '0 .', '0 .'],
    ['TXT', '"v=spf1 -all"', '"v=spf1 -all"'],
    ['TXT', '"part one " "part two"', '"part one part two"'],
    ['TXT', '"a""b"', '"ab"'],
    ['TXT', 'one two', '"onetwo"'],
    ['TXT', '""', '""'],
    ['TXT', '"" ""', '""'],
    ['TXT', '"say \\"hi\\" \\\\ \\033 \\;"', '"say \\"hi\\" \\\\ ! ;"'],
    ['TXT', '"é"', '"\\195\\169"'],
    ['TXT', '"a\tb"', '"a\\009b"'],
    ['TXT', '"v=DKIM1; k=rsa"', '"v=DKIM1; k=rsa"'],
    ['TXT', '\\# 5 02 61 62 01 63', '"abc"'],
    ['SPF', '"v=spf1 " "-all"', '"v=spf1 -all"'],
    ['SRV', '0 5 5060 sip', '0 5 5060 sip.example.com.'],
    ['SRV', '0 0 0 .', '0 0 0 .'],
    ['CAA', '0 issue "letsencrypt.org"', '0 issue "letsencrypt.org"'],
    ['CAA', '0 ISSUE letsencrypt.org', '0 issue "letsencrypt.org"'],
    ['CAA', '128 issue "ca.example; account=1"', '128 issue "ca.example; account=1"'],
    ['CAA', '0 issue ;', '0 issue ";"'],
    ['CAA', '0 issue ""', '0 issue ""'],
    ['CAA', '\\# 8 00 05 6973737565 3b', '0 issue ";"'],
    [
      'SOA',
      'ns1 host\\.master ( 2026112301 10800\n 3600 604800 300 )',
      'ns1.example.com. host\\.master.example.com. 2026112301 10800 3600 604800 300',
    ],
    [
      'DS',
      '60485 RSASHA1 1 ( 2BB183AF5F22588179A53B0A 98631FAD1A292118 )',
      '60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118',
    ],
    ['CDS', '0 0 0 00', '0 0 0 00'],
    ['DNSKEY', '257 3 ECDSAP256SHA256 AQID BA==', '257 3 13 AQIDBA=='],
    ['CDNSKEY', '0 3 0 AA==', '0 3 0 AA=='],
    ['KEY', '256 3 15 AQID', '256 3 15 AQID'],
    ['SSHFP', '4 2 ABCD', '4 2 abcd'],
    ['TLSA', '3 1 1 D2AB DE24', '3 1 1 d2abde24'],
    ['OPENPGPKEY', 'AQID\nBA==', 'AQIDBA=='],
    [
      'NAPTR',
      '100 10 S SIP+D2U "!^.*$!sip:\\\\1!" _sip._udp',
      '100 10 "S" "SIP+D2U" "!^.*$!sip:\\\\1!" _sip._udp.example.com.',
    ],
    ['URI', '10 1 "ftp://ftp.example.com/public"', '10 1 "ftp://ftp.example.com/public"'],
    ['RP', 'Admin .', 'admin.example.com. .'],
    ['HINFO', 'RFC8482 ""', '"RFC8482" ""'],
    ['LOC', '42 21 54 N 71 06 18 W -24m 30m', '42 21 54.000 N 71 6 18.000 W -24.00m 30.00m 10000.00m 10.00m'],
    ['LOC', '52 14 05.5 n 0 e 10', '52 14 5.500 N 0 0 0.000 E 10.00m 1.00m 10000.00m 10.00m'],
    ['HTTPS', '0 svc', '0 svc.example.com.'],
    ['HTTPS', '1 . ipv4hint=192.0.2.1,192.0.2.2 alpn="h2,h3"', '1 . alpn=h2,h3 ipv4hint=192.0.2.1,192.0.2.2'],
    ['SVCB', '1 . ipv6hint=2001:DB8::0001 port=08443', '1 . port=8443 ipv6hint=2001:db8::1'],
    ['SVCB', '1 . alpn=h2 no-default-alpn mandatory=alpn', '1 . mandatory=alpn alpn=h2 no-default-alpn'],
    ['SVCB', '1 . key1="\\002h2" key3="\\001\\187"', '1 . alpn=h2 port=443'],
    ['SVCB', '1 . ech=AQID dohpath=/q{?dns} ohttp=""', '1 . ech=AQID dohpath=/q{?dns} ohttp'],
    ['SVCB', '1 . key65280', '1 . key65280'],
    ['TYPE65280', '\\# 3 AB CDef', '\\# 3 abcdef'],
    ['TYPE65280', '\\# 0', '\\# 0'],
    ['WKS', '192.0.2.1\t TCP ( 25  80 )', '192.0.2.1 TCP 25 80'],
    ['WKS', '\\# 5 C000020106', '\\# 5 c000020106'],
    ['EUI48', '"a  b"   c', '"a  b" c'],
  ])('%s %j is %j', (type, text, expected) => {
    expect(fromZoneFile(type, text)).toBe(expected);
    // The canonical form of the canonical form is itself, also where no dot is needed.
    expect(fromZoneFile(type, expected)).toBe(expected);
    expect(toRdata(type, { form: 'presentation', text: expected }, others)).toBe(expected);
  });

  test.each([
    ['A', ''],
    ['A', 'Parked'],
    ['A', '192.0.2'],
    ['A', '192.0.2.256'],
    ['A', '192.0.2.01'],
    ['A', '192.0.2.1 192.0.2.2'],
    ['A', '"192.0.2.1"'],
    ['A', '\\# 3 C00002'],
    ['A', '\\# 5 C0000201'],
    ['A', '\\# 4 C 0000201'],
    ['A', '\\#'],
    ['AAAA', '192.0.2.1'],
    ['AAAA', '1:2:3:4:5:6:7'],
    ['AAAA', '1:2:3:4:5:6:7:8:9'],
    ['AAAA', '1::2::3'],
    ['AAAA', '1:2:3:4::5:6:7:8'],
    ['AAAA', '12345::'],
    ['AAAA', ':1:2:3:4:5:6:7'],
    ['AAAA', ':::'],
    ['AAAA', 'fe80::1%eth0'],
    ['AAAA', '192.0.2.1::'],
    ['CNAME', ''],
    ['CNAME', 'a b'],
    ['CNAME', '"a."'],
    ['CNAME', 'a..b'],
    ['CNAME', `${'x'.repeat(64)}.`],
    ['CNAME', '\\# 2 c00c'],
    ['CNAME', '\\# 3 02 61 00'],
    ['CNAME', '\\# 4 01 61 00 00'],
    ['MX', 'mail.'],
    ['MX', '65536 mail.'],
    ['MX', '-1 mail.'],
    ['MX', '10 mail. ; comment'],
    ['TXT', ''],
    ['TXT', '"open'],
    ['TXT', 'v=DKIM1; k=rsa'],
    ['TXT', 'a"b"'],
    ['TXT', '"a"b'],
    ['TXT', 'a="b"'],
    ['TXT', '"\\300"'],
    ['TXT', '"\\1"'],
    ['TXT', '"\ud800"'],
    ['TXT', '\\# 2 02 61'],
    ['TXT', '\\# 0'],
    ['TXT', `"${'x'.repeat(65_300)}"`],
    ['SRV', '5 5060 sip.'],
    ['CAA', '0 issue'],
    ['CAA', '256 issue "a"'],
    ['CAA', '0 is-sue "a"'],
    ['CAA', '0 issue "a" "b"'],
    ['CAA', '0 issue "a'],
    ['CAA', '\\# 3 00 00 61'],
    ['SOA', 'ns1 admin 1 2 3 4'],
    ['SOA', 'ns1 admin ( 1 2 3 4 5'],
    ['SOA', 'ns1 admin 1 2 3 4 5 )'],
    ['SOA', 'ns1 admin 4294967296 2 3 4 5'],
    ['DS', '1 13 2 abc'],
    ['DS', '1 13 2'],
    ['DNSKEY', '257 3 13 AQI'],
    ['DNSKEY', '257 3 NOSUCH AQID'],
    ['OPENPGPKEY', '"AQID"'],
    ['OPENPGPKEY', '\\# 0'],
    ['NAPTR', `1 1 "" "" "${'x'.repeat(256)}" .`],
    ['URI', '1 1 ""'],
    ['LOC', '91 N 0 E 0'],
    ['LOC', '90 0 0.001 N 0 E 0'],
    ['LOC', '0 60 N 0 E 0'],
    ['LOC', '0 0 60 N 0 E 0'],
    ['LOC', '0 N 181 E 0'],
    ['LOC', '0 N 0 E -100001'],
    ['LOC', '\\# 16 01121613 80000000 80000000 00989680'],
    ['LOC', '\\# 16 00a21613 80000000 80000000 00989680'],
    ['LOC', '\\# 16 00121613 ffffffff 80000000 00989680'],
    ['HTTPS', '1'],
    ['HTTPS', 'x .'],
    ['HTTPS', '1 "."'],
    ['SVCB', '1 . alpn=h2 alpn=h3'],
    ['SVCB', '1 . alpn=h2 key1=h3'],
    ['SVCB', '1 . alpn'],
    ['SVCB', '1 . alpn=h2,,h3'],
    ['SVCB', '1 . alpn="a\\\\b"'],
    ['SVCB', '1 . key1=abc'],
    ['SVCB', '1 . port'],
    ['SVCB', '1 . port=65536'],
    ['SVCB', '1 . ipv4hint=::1'],
    ['SVCB', '1 . ipv6hint='],
    ['SVCB', '1 . ech=x'],
    ['SVCB', '1 . no-default-alpn=1'],
    ['SVCB', '1 . mandatory=mandatory'],
    ['SVCB', '1 . mandatory=alpn,alpn'],
    ['SVCB', '1 . mandatory=what'],
    ['SVCB', '1 . what=1'],
    ['SVCB', '1 . key65535=1'],
    ['SVCB', '1 . key01=1'],
    ['SVCB', '1 . "alpn=h2"'],
    ['SVCB', '1 . dohpath="a"b"c"'],
    ['SVCB', '\\# 12 0001 00 0003 0002 01bb 0001 00'],
    ['SVCB', '\\# 5 0001 00 0003'],
    ['TYPE65280', 'abcd'],
    ['TYPE65280', '\\# 1'],
    ['TYPE65280', '\\# 1 xy'],
    ['WKS', ''],
    ['WKS', '"open'],
    ['WKS', '192.0.2.1 TCP é'],
    ['WKS', '192.0.2.1 \u0007'],
  ])('%s %j is not understood', (type, text) => {
    expect(fromZoneFile(type, text)).toBeNull();
  });
});

describe('rdata with its numbers apart', () => {
  test.each<[type: string, fields: Fields, expected: string]>([
    ['A', { text: '192.0.2.1', priority: '0' }, '192.0.2.1'],
    ['CNAME', { text: 'Target.example.net' }, 'target.example.net.'],
    ['CNAME', { text: '@' }, 'example.com.'],
    ['MX', { text: 'mail.example.net', priority: 10 }, '10 mail.example.net.'],
    ['MX', { text: 'mail.example.net.', priority: '10' }, '10 mail.example.net.'],
    ['MX', { text: 'mail.example.net', priority: 0 }, '0 mail.example.net.'],
    ['MX', { text: '.', priority: 0 }, '0 .'],
    ['MX', { text: '10 mail.example.net' }, '10 mail.example.net.'],
    ['SRV', { text: '5 5060 sip.example.net', priority: 10 }, '10 5 5060 sip.example.net.'],
    ['SRV', { text: 'sip.example.net', priority: 10, weight: 5, port: 5060 }, '10 5 5060 sip.example.net.'],
    ['SRV', { text: '10 5 5060 sip.example.net', priority: null }, '10 5 5060 sip.example.net.'],
    ['CAA', { text: '0 issue letsencrypt.org' }, '0 issue "letsencrypt.org"'],
    ['CAA', { text: '0 issue "letsencrypt.org"', priority: '0' }, '0 issue "letsencrypt.org"'],
    ['CAA', { text: '0 issue ca.example; policy=ev' }, '0 issue "ca.example; policy=ev"'],
    ['CAA', { text: 'letsencrypt.org', flags: 0, tag: 'Issue' }, '0 issue "letsencrypt.org"'],
    ['CAA', { text: '"letsencrypt.org"', flags: '128', tag: 'issue' }, '128 issue "letsencrypt.org"'],
    ['CAA', { text: 'a "b" \\', flags: 0, tag: 'issue' }, '0 issue "a \\"b\\" \\\\"'],
    ['CAA', { text: '', flags: 0, tag: 'issue' }, '0 issue ""'],
    ['TXT', { text: 'v=spf1 -all' }, '"v=spf1 -all"'],
    ['TXT', { text: '' }, '""'],
    ['TXT', { text: ' a ' }, '" a "'],
    ['TXT', { text: '"quoted"' }, '"\\"quoted\\""'],
    ['TXT', { text: '"quoted"', stripQuotes: true }, '"quoted"'],
    ['TXT', { text: '"one " "two"', stripQuotes: true }, '"one two"'],
    ['TXT', { text: '"a "b" c"', stripQuotes: true }, '"a \\"b\\" c"'],
    ['TXT', { text: 'a"', stripQuotes: true }, '"a\\""'],
    ['TXT', { text: '"', stripQuotes: true }, '"\\""'],
    ['TXT', { text: '""', stripQuotes: true }, '""'],
    ['TXT', { text: 'back\\slash; \\# 1' }, '"back\\\\slash; \\\\# 1"'],
    ['TXT', { text: '\\# 1 00' }, '"\\\\# 1 00"'],
    ['TXT', { text: 'smile ☺' }, '"smile \\226\\152\\186"'],
    ['HTTPS', { text: '1 . alpn=h2', priority: '0' }, '1 . alpn=h2'],
    ['HTTPS', { text: '. alpn=h2', priority: 1 }, '1 . alpn=h2'],
    ['URI', { text: 'https://example.com/', priority: 1, weight: 2 }, '1 2 "https://example.com/"'],
    ['SSHFP', { text: '4 2 AB' }, '4 2 ab'],
    ['TLSA', { text: '3 1 1 AB', priority: '' }, '3 1 1 ab'],
  ])('%s %o is %j', (type, fields, expected) => {
    expect(fromFields(type, fields)).toBe(expected);
  });

  test.each<[type: string, fields: Fields]>([
    ['A', { text: '' }],
    ['A', { text: 'Parked' }],
    ['MX', { text: 'mail.example.net' }],
    ['MX', { text: '10 mail.example.net', priority: 10 }],
    ['MX', { text: 'mail.example.net', priority: 1.5 }],
    ['MX', { text: 'mail.example.net', priority: -1 }],
    ['MX', { text: 'mail.example.net', priority: Number.NaN }],
    ['MX', { text: '', priority: 10 }],
    ['SRV', { text: '5060 sip.example.net', priority: 1 }],
    ['CAA', { text: 'letsencrypt.org', tag: 'issue' }],
    ['CAA', { text: 'letsencrypt.org', flags: 0 }],
    ['CAA', { text: '\ud800', flags: 0, tag: 'issue' }],
    ['TXT', { text: '\ud800' }],
    ['TXT', { text: 'x'.repeat(10_000_000) }],
  ])('%s %o is not understood', (type, fields) => {
    expect(fromFields(type, fields)).toBeNull();
  });
});

describe('TXT', () => {
  test('is split at 255 octets, however it came', () => {
    const text = 'é'.repeat(200);
    const canonical = fromFields('TXT', { text });

    expect(canonical?.split(' ').map((string) => string.length)).toEqual([255 * 4 + 2, 145 * 4 + 2]);
    expect(fromZoneFile('TXT', `"${text.slice(0, 7)}" "${text.slice(7)}"`)).toBe(canonical);
    expect(Buffer.from(fromTxt(canonical ?? '')).toString()).toBe(text);
  });

  test('of 255 octets is one string, and of 256 two', () => {
    expect(fromFields('TXT', { text: 'x'.repeat(255) })).toBe(`"${'x'.repeat(255)}"`);
    expect(fromFields('TXT', { text: 'x'.repeat(256) })).toBe(`"${'x'.repeat(255)}" "x"`);
  });

  test('that says nothing has no octets', () => {
    expect(fromTxt('""')).toHaveLength(0);
  });

  test('cannot be read from something else', () => {
    expect(() => fromTxt('"open')).toThrow(TypeError);
  });
});

describe('the wire form', () => {
  test.each([
    ['A', '192.0.2.1', 'c0000201'],
    ['AAAA', '2001:db8::1', '20010db8000000000000000000000001'],
    ['CNAME', 'www.example.com.', '03777777076578616d706c6503636f6d00'],
    ['MX', '0 .', '000000'],
    ['TXT', '"ab"', '026162'],
    ['TXT', '""', '00'],
    ['SRV', '1 2 3 a.', '000100020003016100'],
    ['CAA', '0 issue ";"', '000569737375653b'],
    ['TLSA', '3 1 1 d2ab', '030101d2ab'],
    ['URI', '10 1 "x:y"', '000a0001783a79'],
    ['NAPTR', '1 2 "S" "" "" .', '00010002015300' + '00' + '00'],
    // RFC 1876 §3 and its Appendix A: 30 m is 0x33, 10,000 m is 0x16, 10 m is 0x13.
    [
      'LOC',
      '42 21 54.000 N 71 6 18.000 W -24.00m 30.00m 10000.00m 10.00m',
      '00331613' + '89172dd0' + '70be15f0' + '00988d20',
    ],
    ['TYPE65280', '\\# 2 abcd', 'abcd'],
    ['WKS', '\\# 2 abcd', 'abcd'],
    // The vectors of RFC 9460 Appendix D.2.
    ['SVCB', '16 foo.example.com. port=53', '001003666f6f076578616d706c6503636f6d00000300020035'],
    ['SVCB', '1 foo.example.com. key667=hello', '000103666f6f076578616d706c6503636f6d00029b000568656c6c6f'],
    [
      'SVCB',
      '1 foo.example.com. key667="hello\\210qoo"',
      '000103666f6f076578616d706c6503636f6d00029b000968656c6c6fd2716f6f',
    ],
    [
      'SVCB',
      '1 foo.example.com. ipv6hint=2001:db8::1,2001:db8::53:1',
      '000103666f6f076578616d706c6503636f6d0000060020' +
        '20010db8000000000000000000000001' +
        '20010db8000000000000000000530001',
    ],
    [
      'SVCB',
      '16 foo.example.org. mandatory=alpn,ipv4hint alpn=h2,h3-19 ipv4hint=192.0.2.1',
      '001003666f6f076578616d706c65036f7267000000000400010004000100090268320568332d313900040004c0000201',
    ],
    [
      'SVCB',
      '16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"',
      '001003666f6f076578616d706c65036f7267000001000c08665c6f6f2c626172026832',
    ],
  ])('of %s %j', (type, canonical, hex) => {
    expect(toHex(toWireRdata(type, canonical))).toBe(hex);
    // It leads back: the generic form of RFC 3597 says the same.
    const generic = `\\# ${hex.length / 2} ${hex}`;
    const isKnown = !canonical.startsWith('\\#');
    expect(fromZoneFile(type, generic)).toBe(isKnown ? canonical : generic);
  });

  test.each([
    ['WKS', '192.0.2.1 TCP 25'],
    ['TYPE65280', 'abcd'],
    ['A', 'Parked'],
    ['TXT', '"'.repeat(1_000_000)],
  ])('is unknown of %s %s', (type, text) => {
    expect(toWireRdata(type, text)).toBeNull();
  });
});

describe('the order of RFC 4034 §6.3', () => {
  test.each([
    ['A', '9.0.0.1', '10.0.0.1'],
    ['MX', '9 z.', '10 a.'],
    ['MX', '10 zz.', '10 aaa.'],
    ['TXT', '"b"', '"aa"'],
    ['TXT', '"a\\000"', '"a "'],
    ['TYPE65280', '\\# 1 ab', '\\# 2 ab00'],
    ['TYPE65280', '\\# 0', '\\# 1 00'],
    ['WKS', '192.0.2.1 TCP 25', '192.0.2.1 UDP 25'],
  ])('of %s puts %s before %s', (type, first, second) => {
    expect(compareRdata(type, first, second)).toBeLessThan(0);
    expect(compareRdata(type, second, first)).toBeGreaterThan(0);
    expect(compareRdata(type, first, first)).toBe(0);
  });
});
