import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCsv, toCsvFileName, toCsvText, toRecordsCsv } from '../../../packages/web/src/model/csv.ts';
import { createRow } from './rows.ts';

/** A strict reader of RFC 4180: CRLF after each record, quotes doubled inside quotes and nowhere else. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let read = 0;
  for (const { 0: match, 1: quoted, 2: plain = '', 3: end } of text.matchAll(field)) {
    read += match.length;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  expect(read).toBe(text.length);
  return rows;
}

const parseFile = (text: string) => {
  expect(text.startsWith('\ufeff')).toBe(true);
  return parseCsv(text.slice(1));
};
const START = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

describe('any text', () => {
  const cells = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r\n\0",a]*$/)),
    {
      minLength: 2,
      maxLength: 4,
    },
  );

  test('is read back as it was, but for what would be a formula', () => {
    fc.assert(
      fc.property(cells, fc.array(cells), (header, lines) => {
        const expected = [header, ...lines].map((line) =>
          line.map((cell) => (START.includes(cell.charAt(0)) ? `'${cell}` : cell)),
        );
        expect(parseFile(toCsvText(header, lines))).toEqual(expected);
      }),
    );
  });

  test('never begins a cell in a way that a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(cells, (cell) => {
        for (const read of parseFile(toCsvText(['a'], [cell])).flat())
          expect(START).not.toContain(read.charAt(0));
      }),
    );
  });
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  ['a=1', 'a=1'],
  ['', ''],
  ["'a", "'a"],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['=a,"b"', '"\'=a,""b"""'],
  [-1, '-1'],
  [null, ''],
])('%j is written %s', (cell, expected) => {
  expect(toCsvText(['x'], [[cell]])).toBe(`\ufeffx\r\n${expected}\r\n`);
});

const names = { registrar: () => 'GoDaddy', integration: () => 'GoDaddy (client A)' };

test('a domain is a line in the order of the header', () => {
  const row = createRow({
    name: 'xn--mnchen-3ya.de',
    unicodeName: 'münchen.de',
    status: 'EXPIRING_SOON',
    lifecycle: 'expiringSoon',
    statuses: ['ok', 'clientTransferProhibited'],
    autoRenew: false,
    privacy: null,
    dns: { status: 'ELSEWHERE', provider: 'cloudflare.com', fetchedAt: null },
    seen: 'MISSING',
  });
  const [header = [], line = []] = parseFile(toCsv([row], names));
  expect(Object.fromEntries(header.map((title, index) => [title, line[index]]))).toEqual({
    Name: 'xn--mnchen-3ya.de',
    'Unicode name': 'münchen.de',
    Registrar: 'GoDaddy',
    Integration: 'GoDaddy (client A)',
    Status: 'Expiring soon',
    Lifecycle: 'expiringSoon',
    'EPP statuses': 'ok clientTransferProhibited',
    Registered: '2020-01-01T00:00:00.000Z',
    Expires: '2027-06-01T00:00:00.000Z',
    'Auto-renew': 'Off',
    Lock: 'On',
    Privacy: 'Unknown',
    Nameservers: 'ns1.example.net ns2.example.net',
    'DNS records': 'Elsewhere',
    'DNS provider': 'cloudflare.com',
    'Seen at the registrar': 'No',
    'Last seen': '2026-11-23T11:00:00.000Z',
  });
});

test('an expiry known by the day has no time, an unknown one is empty', () => {
  const rows = [
    createRow({ expiryPrecision: 'DAY' }),
    createRow({ expiryPrecision: 'DAY', expiresAt: null }),
    createRow({ expiresAt: null }),
  ];
  const [header = [], ...lines] = parseFile(toCsv(rows, names));
  expect(lines.map((line) => line[header.indexOf('Expires')])).toEqual(['2027-06-01', '', '']);
});

test('records are a line each, with what is not DNS marked', () => {
  const text = toRecordsCsv([
    { name: 'example.com.', type: 'TXT', ttl: null, records: ['"a, b"', '"c"'] },
    {
      name: 'example.com.',
      type: 'URL301',
      ttl: 300,
      records: [],
      pseudo: { provider: 'namecheap', kind: 'URL301', value: '=cmd' },
    },
  ]);
  expect(parseFile(text)).toEqual([
    ['Name', 'Type', 'TTL', 'Value', 'DNS record'],
    ['example.com.', 'TXT', '', '"a, b"', 'Yes'],
    ['example.com.', 'TXT', '', '"c"', 'Yes'],
    ['example.com.', 'URL301', '300', "'=cmd", 'No'],
  ]);
});

test('the file is called by the day in UTC', () => {
  expect(toCsvFileName(Date.parse('2026-11-23T23:30:00-05:00'))).toBe('domains-2026-11-24.csv');
});
