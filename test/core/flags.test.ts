import { expect, test } from 'vitest';
import { toFlag } from '#core/flags.ts';

test.each([true, 1, '1', 'true', 'TRUE', 'True', 'yes', 'on', 'ON', ' 1 '])('%j says yes', (value) => {
  expect(toFlag(value)).toBe(true);
});

test.each([false, 0, -0, '0', 'false', 'FALSE', 'no', 'off', 'Off'])('%j says no', (value) => {
  expect(toFlag(value)).toBe(false);
});

test.each([
  null,
  undefined,
  '',
  ' ',
  2,
  -1,
  Number.NaN,
  'y',
  'enabled',
  '01',
  [],
  {},
  [1],
  new Boolean(true),
])('%j says nothing that is known', (value) => {
  expect(toFlag(value)).toBeNull();
});
