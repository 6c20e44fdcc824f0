import { expect, test } from 'vitest';
import { toAriaSort, toNextSort } from '../../../packages/web/src/model/sort-domains.ts';
import type { SortKey } from '../../../packages/web/src/model/view-shape.ts';

const parse = (text: string): readonly SortKey[] =>
  text
    .split(',')
    .filter((word) => word !== '')
    .map((word) => ({ column: word.replace('-', '') as SortKey['column'], desc: word.startsWith('-') }));

test.each([
  ['', 'name', false, 'name'],
  ['name', 'name', false, '-name'],
  ['-name', 'name', false, ''],
  ['status', 'name', false, 'name'],
  ['status,name', 'name', false, '-name'],
  ['status,-name', 'name', false, ''],
  ['', 'name', true, 'name'],
  ['status', 'name', true, 'status,name'],
  ['status,name', 'name', true, 'status,-name'],
  ['status,-name', 'name', true, 'status'],
  ['-status,name', 'status', true, 'name'],
] as const)('from "%s" a click on %s (with Shift: %s) leads to "%s"', (sort, column, isAdding, expected) => {
  expect(toNextSort(parse(sort), column, isAdding)).toEqual(parse(expected));
});

test.each([
  ['', 'name', 'none'],
  ['name,-status', 'name', 'ascending'],
  ['-name', 'name', 'descending'],
  ['name,-status', 'status', 'none'],
] as const)('with "%s" the header of %s says %s', (sort, column, expected) => {
  expect(toAriaSort(parse(sort), column)).toBe(expected);
});
