import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankMatches } from '../../../packages/web/src/model/fuzzy.ts';

const rank = (items: readonly string[], query: string, max?: number) =>
  rankMatches(items, query, (item) => item, max);

test('a beginning comes before the beginning of a word, that before a part, that before scattered letters', () => {
  const items = ['s-h-o-p.com', 'myshop.com', 'the-shop.com', 'shop.com', 'other.com'];
  expect(rank(items, 'shop')).toEqual(['shop.com', 'the-shop.com', 'myshop.com', 's-h-o-p.com']);
});

test('a later beginning of a word counts, though the first match is inside one', () => {
  expect(rank(['xshopxx.com', 'xshop-shop.com'], 'shop')).toEqual(['xshop-shop.com', 'xshopxx.com']);
});

test('short texts come before long ones, equals in their order', () => {
  expect(rank(['shop-of-mine.com', 'shop-b.com', 'shop-a.com'], 'sho')).toEqual([
    'shop-b.com',
    'shop-a.com',
    'shop-of-mine.com',
  ]);
});

test.each([
  ['add int', ['Add integration']],
  ['INTEGRATION', ['Add integration']],
  ['münchen', ['xn--mnchen-3ya.de münchen.de']],
  ['mu\u0308n', ['xn--mnchen-3ya.de münchen.de']],
  ['<b>', []],
  ['.*', []],
])('"%s" finds %j', (query, expected) => {
  expect(rank(['Add integration', 'Sync all', 'xn--mnchen-3ya.de münchen.de'], query)).toEqual(expected);
});

test('without a query the first ones are given', () => {
  expect(rank(['b', 'a', 'c'], ' ', 2)).toEqual(['b', 'a']);
});

test('what is found holds all letters of the query in their order, and no more than asked for', () => {
  const texts = fc.stringMatching(/^[a-c.-]{0,12}$/);
  fc.assert(
    fc.property(fc.array(texts), fc.stringMatching(/^[a-c]{1,4}$/), fc.nat(5), (items, query, max) => {
      const wanted = new RegExp(query.split('').join('.*'));
      const found = rank(items, query, max);
      expect(found).toHaveLength(Math.min(max, items.filter((item) => wanted.test(item)).length));
      for (const item of found) expect(item).toMatch(wanted);
    }),
  );
});
