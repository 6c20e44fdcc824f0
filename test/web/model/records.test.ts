import { describe, expect, test } from 'vitest';
import type { RRset } from '../../../packages/web/src/api/types.gen.ts';
import { countByType, filterRecords, toRecordRows } from '../../../packages/web/src/model/records.ts';

const set = (name: string, type: string, ...records: readonly string[]): RRset => ({
  name,
  type,
  ttl: 300,
  records,
});
const rows = (...sets: readonly RRset[]) => toRecordRows(sets, 'example.com');

test.each([
  ['example.com.', '@'],
  ['EXAMPLE.com.', '@'],
  ['www.example.com.', 'www'],
  ['*.a.example.com.', '*.a'],
  ['notexample.com.', 'notexample.com.'],
  ['a\\.example.com.', 'a\\.example.com.'],
  ['a\\\\.example.com.', 'a\\\\'],
  ['.example.com.', '.example.com.'],
])('the owner %s is shown as %s', (owner, name) => {
  expect(rows(set(owner, 'A', '192.0.2.1'))[0]).toMatchObject({ owner, name });
});

test.each([
  ['MX', '10 mail.example.com.', 10, 'mail.example.com.', null],
  ['MX', '0 .', 0, '.', 'This name takes no mail'],
  ['SRV', '1 2 5060 sip.example.com.', 1, '2 5060 sip.example.com.', null],
  ['SRV', '0 0 0 .', 0, '0 0 .', 'This service is not offered'],
  ['HTTPS', '1 . alpn=h2', 1, '. alpn=h2', null],
  ['SVCB', '0 b.example.net.', 0, 'b.example.net.', 'An alias of another name'],
  ['URI', '10 1 "https://a/"', 10, '1 "https://a/"', null],
  ['TXT', '"10 x"', null, '"10 x"', null],
  ['TXT', '10 x', null, '10 x', null],
  ['A', '192.0.2.1', null, '192.0.2.1', null],
  ['MX', 'broken', null, 'broken', null],
])('%s %s has the priority %s and the value %s', (type, rdata, priority, value, note) => {
  expect(rows(set('example.com.', type, rdata))[0]).toMatchObject({
    type,
    priority,
    value,
    note,
    isPseudo: false,
  });
});

test('what is not DNS shows its kind and value', () => {
  const pseudo = { provider: 'namecheap', kind: 'URL301', value: 'https://example.net/<b>' } as const;
  expect(rows({ name: 'example.com.', type: 'URL', ttl: null, records: [], pseudo })).toEqual([
    {
      id: 'example.com. URL301 https://example.net/<b>',
      type: 'URL301',
      name: '@',
      owner: 'example.com.',
      value: 'https://example.net/<b>',
      ttl: null,
      priority: null,
      isPseudo: true,
      note: 'Not a DNS record: it works at this registrar only',
    },
  ]);
});

test('every row has an id of its own, the same at each reading', () => {
  const sets = [set('a.example.com.', 'TXT', '"x"', '"x"', '"y"'), set('a.example.com.', 'TXT', '"x"')];
  const ids = rows(...sets).map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
  expect(rows(...sets).map(({ id }) => id)).toEqual(ids);
});

describe('the table', () => {
  const all = rows(
    set('example.com.', 'TXT', '"v=spf1 -all"', '"Google"'),
    set('example.com.', 'MX', '10 mail.example.net.'),
    set('www.example.com.', 'A', '192.0.2.1', '192.0.2.2'),
    set('www.example.com.', 'HTTPS', '1 .'),
  );

  test.each([
    [{ types: [], text: '' }, 6],
    [{ types: ['A'], text: '' }, 2],
    [{ types: ['A', 'MX'], text: '' }, 3],
    [{ types: [], text: ' google ' }, 1],
    [{ types: [], text: 'WWW 2.2' }, 1],
    [{ types: [], text: '10 mail' }, 1],
    [{ types: ['MX'], text: 'www' }, 0],
  ])('is narrowed down by %j', (filter, count) => {
    expect(filterRecords(all, filter)).toHaveLength(count);
  });

  test('is counted by type, the usual ones first', () => {
    expect(countByType(all)).toEqual([
      { type: 'A', count: 2 },
      { type: 'MX', count: 1 },
      { type: 'TXT', count: 2 },
      { type: 'HTTPS', count: 1 },
    ]);
  });
});
