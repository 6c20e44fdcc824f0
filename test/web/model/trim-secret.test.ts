import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeRemoved, hasInnerBlank, trimPasted } from '../../../packages/web/src/model/trim-secret.ts';

const BLANKS = [
  ' ',
  '\t',
  '\n',
  '\r',
  '\u00a0',
  '\u2009',
  '\u3000',
  '\u200b',
  '\ufeff',
  '\u2060',
  '\u200e',
  '\u202a',
  '\0',
];

test.each(BLANKS.map((blank) => [JSON.stringify(blank), blank]))('%s is taken off both ends', (_, blank) => {
  expect(trimPasted(`${blank}key-1${blank}${blank}`)).toEqual({ value: 'key-1', removed: 3 });
});

test('what stands inside stays, and is told', () => {
  expect(trimPasted('a b')).toEqual({ value: 'a b', removed: 0 });
  expect(hasInnerBlank('a b')).toBe(true);
  expect(hasInnerBlank('a\u200bb')).toBe(true);
  expect(hasInnerBlank(' ab ')).toBe(false);
});

test('nothing but blanks leaves nothing', () => {
  expect(trimPasted(' \n\u200b')).toEqual({ value: '', removed: 3 });
});

test('any secret between any blanks comes out whole', () => {
  const blanks = fc.array(fc.constantFrom(...BLANKS)).map((list) => list.join(''));
  const secrets = fc.stringMatching(/^[!-~é-ÿ😀]([ -~😀]*[!-~😀])?$/u);
  fc.assert(
    fc.property(blanks, secrets, blanks, (before, value, after) => {
      expect(trimPasted(before + value + after)).toEqual({ value, removed: before.length + after.length });
    }),
  );
});

test.each([
  [0, ''],
  [1, 'Removed 1 space'],
  [3, 'Removed 3 spaces'],
])('%i blanks are described', (count, expected) => {
  expect(describeRemoved(count)).toBe(expected);
});
