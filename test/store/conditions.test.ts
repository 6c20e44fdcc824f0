import { describe, expect, test } from 'vitest';
import {
  above,
  absent,
  allOf,
  anyOf,
  atMost,
  below,
  type Condition,
  differs,
  equal,
  exists,
  holds,
  notNewerThan,
} from '#store/conditions.ts';

const atLeast = (attribute: string, value: number | string): Condition => ({ op: '>=', attribute, value });
const row = { PK: 'p', SK: 's', number: 5, text: 'm', epoch: 3 };

describe('a condition', () => {
  test.each<[string, Condition, boolean]>([
    ['exists', exists('number'), true],
    ['exists, but is not there', exists('none'), false],
    ['absent', absent('none'), true],
    ['absent, but is there', absent('text'), false],
    ['equal', equal('number', 5), true],
    ['equal, of another type', equal('number', '5'), false],
    ['equal, of what is not there', equal('none', 5), false],
    ['differs', differs('number', 6), true],
    ['differs, but is the same', differs('number', 5), false],
    ['differs, of what is not there', differs('none', 5), true],
    ['below', below('number', 6), true],
    ['below, but equal', below('number', 5), false],
    ['below, but more', below('number', 4), false],
    ['at most', atMost('number', 5), true],
    ['at most, but more', atMost('number', 4), false],
    ['above', above('number', 4), true],
    ['above, but equal', above('number', 5), false],
    ['above, but less', above('number', 6), false],
    ['at least, and equal', atLeast('number', 5), true],
    ['at least, and more', atLeast('number', 4), true],
    ['at least, but less', atLeast('number', 6), false],
    ['texts: below', below('text', 'n'), true],
    ['texts: below, but equal', below('text', 'm'), false],
    ['texts: at most', atMost('text', 'm'), true],
    ['texts: at most, but more', atMost('text', 'l'), false],
    ['texts: above', above('text', 'l'), true],
    ['texts: above, but equal', above('text', 'm'), false],
    ['texts: at least', atLeast('text', 'm'), true],
    ['texts: at least, but less', atLeast('text', 'n'), false],
    ['a number with a text', below('number', '9'), false],
    ['a text with a number', above('text', 0), false],
    ['an order of what is not there', below('none', 9), false],
    ['another order of what is not there', atLeast('none', 0), false],
    ['all', allOf(exists('number'), equal('text', 'm')), true],
    ['all, but one', allOf(exists('number'), equal('text', 'x')), false],
    ['any', anyOf(absent('number'), equal('text', 'm')), true],
    ['any, but none', anyOf(absent('number'), equal('text', 'x')), false],
    ['all of nothing', allOf(), true],
    ['any of nothing', anyOf(), false],
    ['an epoch that is the same', notNewerThan(3), true],
    ['an epoch that is older', notNewerThan(4), true],
    ['an epoch that is newer', notNewerThan(2), false],
  ])('%s', (_what, condition, expected) => {
    expect(holds(condition, row)).toBe(expected);
  });

  test.each<[string, Condition, boolean]>([
    ['exists', exists('PK'), false],
    ['absent', absent('PK'), true],
    ['equal', equal('number', 5), false],
    ['differs', differs('number', 5), true],
    ['not newer', notNewerThan(1), true],
  ])('%s, of a row that is not there', (_what, condition, expected) => {
    expect(holds(condition, undefined)).toBe(expected);
  });

  test('is false of a value that has no order', () => {
    const bytes = { PK: 'p', SK: 's', data: new Uint8Array([1]) };

    expect(holds(below('data', 5), bytes)).toBe(false);
    expect(holds(above('data', 'a'), bytes)).toBe(false);
  });
});
