import { describe, expect, test } from 'vitest';
import { readPage } from './markdown.ts';
import { checkNamedTest, readNamedTests, readRows } from './named-tests.ts';

const STATES = ['done', 'done, partly proven', 'out of scope'];
/** States that a test must stand behind. */
const PROVEN = ['done', 'done, partly proven'];

const toIds = (letter: string, last: number, width = 1) =>
  Array.from({ length: last }, (_, index) => `${letter}${String(index + 1).padStart(width, '0')}`);

describe('docs/requirements.md', () => {
  const rows = readRows(readPage('docs/requirements.md'), /^R\d/);

  test('has every row from R1 to R83 once, in order', () => {
    const expected = toIds('R', 83).flatMap((id) => (id === 'R28' ? [id, 'R28a'] : [id]));

    expect(rows.map(([id]) => id)).toEqual(expected);
  });

  test.each(rows)(
    '%s says its state, and names tests where it is proven',
    (_id, text = '', state = '', cell = '') => {
      expect(text).not.toBe('');
      expect(STATES).toContain(state);
      expect(readNamedTests(cell).length > 0).toBe(PROVEN.includes(state));
    },
  );

  test.each(rows)('%s names tests that exist', (_id, _text, _state, cell = '') => {
    expect(readNamedTests(cell).flatMap((named) => checkNamedTest(named) ?? [])).toEqual([]);
  });
});

describe('docs/security.md', () => {
  const rows = readRows(readPage('docs/security.md'), /^T\d/);

  test('has every threat from T01 to T45 once', () => {
    expect(rows.map(([id]) => id).sort()).toEqual(toIds('T', 45, 2));
  });

  test.each(rows)(
    '%s names its proof, or says that there is none yet',
    (_id, threat = '', control = '', proof = '') => {
      expect([threat, control]).not.toContain('');
      expect(readNamedTests(proof).length > 0 || /^(not yet proven|does not apply)/.test(proof)).toBe(true);
    },
  );

  test.each(rows)('%s names tests that exist', (_id, _threat, _control, proof = '') => {
    expect(readNamedTests(proof).flatMap((named) => checkNamedTest(named) ?? [])).toEqual([]);
  });
});

describe('the check of named tests', () => {
  test.each([
    ['[test/nowhere.test.ts](../test/nowhere.test.ts) "x"', 'test/nowhere.test.ts is missing'],
    [
      '[test/core/ids.test.ts](../test/core/ids.test.ts) "no such title"',
      'test/core/ids.test.ts has no "no such title"',
    ],
    [
      '[test/proofs/tenants/tenants.ts](../test/proofs/tenants/tenants.ts) "tenants.let"',
      'test/proofs/tenants/tenants.ts has no "tenants.let"',
    ],
    ['[test/core/ids.test.ts](../test/core/ids.test.ts)', 'test/core/ids.test.ts is named without a title'],
  ])('finds what is wrong with %s', (cell, problem) => {
    expect(readNamedTests(cell).map(checkNamedTest)).toEqual([problem]);
  });

  test('reads several titles of several files', () => {
    const cell =
      '[test/a.test.ts](../test/a.test.ts) "one", "two"; [test/b.test.ts](../test/b.test.ts) "three"';

    expect(readNamedTests(cell)).toEqual([
      { file: 'test/a.test.ts', title: 'one' },
      { file: 'test/a.test.ts', title: 'two' },
      { file: 'test/b.test.ts', title: 'three' },
    ]);
  });
});
