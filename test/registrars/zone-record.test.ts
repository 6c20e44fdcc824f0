import { expect, test } from 'vitest';
import { toZoneRecord } from '#registrars/zone-record.ts';

const context = { zone: 'example.com', targets: 'never' } as const;
const head = (type: string) => ({ name: 'www.example.com.', type, ttl: 300 });

test('a record that DNS knows gets its canonical rdata', () => {
  const record = toZoneRecord('porkbun', head('CNAME'), { form: 'fields', text: 'Example.NET' }, context);

  expect(record).toEqual({ ...head('CNAME'), rdata: 'example.net.' });
});

test.each(['ALIAS', 'ANAME'])('%s becomes a pseudo record with its absolute target', (type) => {
  const input = { form: 'fields', text: 'Target' } as const;
  const absolute = toZoneRecord('porkbun', head(type), input, context);
  const relative = toZoneRecord('gandi', head(type), input, { ...context, targets: 'withoutDot' });

  expect(absolute).toMatchObject({ pseudo: { provider: 'porkbun', kind: type, value: 'target.' } });
  expect(relative).toMatchObject({ pseudo: { provider: 'gandi', kind: type, value: 'target.example.com.' } });
});

test.each([
  ['A', 'no address'],
  ['MX', 'two words'],
  ['ALIAS', 'a..b'],
])('what is no %s is kept as it came, and not as rdata', (type, text) => {
  const record = toZoneRecord('porkbun', head(type), { form: 'fields', text }, context);

  expect(record).toEqual({ ...head(type), pseudo: { provider: 'porkbun', kind: type, value: text } });
});
