import { expect, test } from 'vitest';
import { toDomainRow } from '../../../packages/web/src/model/domain-row.ts';
import { createDomain, createRow } from './rows.ts';

const IDN = { name: 'xn--mnchen-3ya.de', unicodeName: 'München.de' };

test('a row keeps the domain itself', () => {
  const domain = createDomain();
  expect(toDomainRow(domain).domain).toBe(domain);
});

test('the same name at two integrations makes two ids', () => {
  const ids = ['aaaaaaaa', 'bbbbbbbb'].map((integrationId) => createRow({ integrationId }).id);
  expect(ids).toEqual(['aaaaaaaa/example.com', 'bbbbbbbb/example.com']);
});

test('an internationalised name is found by either form', () => {
  const row = createRow(IDN);
  expect(row).toMatchObject({ displayName: 'München.de', isIdn: true });
  expect(row.searchText).toBe('xn--mnchen-3ya.de münchen.de');
});

test('a name in decomposed form is searched in composed form', () => {
  expect(createRow({ ...IDN, unicodeName: 'mu\u0308nchen.de' }).searchText).toContain('m\u00fcnchen');
});

test('names stand in the order that people expect', () => {
  const names: readonly [string, string?][] = [
    ['1.com'],
    ['a.com'],
    ['a-b.com'],
    ['ab.com'],
    ['munchen.de'],
    ['xn--mnchen-3ya.de', 'münchen.de'],
    ['munchener.de'],
    ['z.com'],
    ['xn--80ak6aa92e.com', 'аррӏе.com'],
  ];
  const keys = names.map(([name, unicodeName = name]) => createRow({ name, unicodeName }).nameKey);
  expect(keys.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(keys);
});

test.each([
  ['an instant', '2026-12-05T10:00:00.000Z', Date.UTC(2026, 11, 5, 10)],
  ['nothing', null, null],
  ['what is no date', 'soon', null],
])('the expiry of %s is in ms or unknown', (_, expiresAt, expected) => {
  expect(createRow({ expiresAt }).expiresMs).toBe(expected);
});

test('unknown nameservers give no text', () => {
  expect(createRow({ nameServers: null }).nameServersText).toBe('');
  expect(createRow().nameServersText).toBe('ns1.example.net, ns2.example.net');
});
