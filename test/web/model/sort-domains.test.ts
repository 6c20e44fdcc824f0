import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainRow } from '../../../packages/web/src/model/domain-row.ts';
import { sortDomains, toAriaSort, toNextSort } from '../../../packages/web/src/model/sort-domains.ts';
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

test('texts of any kind are in the order of their code units, equal ones as they came, nothing last', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('a', 'b', '\u007f', '\u0080', 'é', '\u0000'), maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(text), fc.string({ maxLength: 4 }), fc.boolean(), (texts, shared, desc) => {
      const rows = texts.map((each) => ({ nameServersText: each && shared + each }) as DomainRow);
      const sign = desc ? -1 : 1;
      const expected = [...rows].sort(({ nameServersText: a }, { nameServersText: b }) => {
        if (a === b) return 0;
        if (a === '' || b === '') return a === '' ? 1 : -1;
        return a < b ? -sign : sign;
      });
      const sorted = sortDomains(rows, [{ column: 'nameServers', desc }]);

      expect(sorted.every((row, index) => row === expected[index])).toBe(true);
    }),
    { numRuns: 500 },
  );
});
