import { expect, test } from 'vitest';
import { readMemory } from '#sync/steps/step-memory.ts';
import { isLeft, type Mark, remember, ZONE_MARKS } from '#sync/steps/zone-range.ts';

const names = ['a', 'b', 'c'];

test.each([
  ['...', ''],
  ['f..', 'a'],
  ['fe.', 'b'],
  ['nxf', 'c'],
  ['fbb', 'a'],
  ['f.f', 'a'],
  ['.ff', ''],
])('of the zones %s the last that was reached without a gap is "%s"', (marks, reachedName) => {
  const memory = readMemory({ done: false, result: null, position: undefined, calls: 0, waitedMs: 0 });

  remember(memory, names, [...marks] as Mark[]);

  expect(memory).toMatchObject({ marks, reachedName });
});

test('a zone is left where its turn did not come or the time was over, and no other', () => {
  expect(Object.values(ZONE_MARKS).filter(isLeft)).toEqual([ZONE_MARKS.waiting, ZONE_MARKS.overBudget]);
});
