import { describe, expect, test } from 'vitest';
import { readPage } from './markdown.ts';
import { checkNamedTest, readNamedTests, readRows } from './named-tests.ts';

const ANSWERS = ['tested', 'documented', 'provider', 'does not apply', 'not met'];
/** Requirements of each chapter at levels 1 and 2, as ASVS 5.0.0 has them. Verified 2026-11-29. */
const REQUIREMENTS = {
  V1: 27,
  V2: 11,
  V3: 19,
  V4: 10,
  V5: 9,
  V6: 35,
  V7: 18,
  V8: 7,
  V9: 7,
  V10: 29,
  V11: 14,
  V12: 9,
  V13: 13,
  V14: 9,
  V15: 13,
  V16: 16,
  V17: 7,
};

describe('docs/asvs.md', () => {
  const rows = readRows(readPage('docs/asvs.md'), /^V\d/);
  const ids = rows.map(([id = '']) => id);

  test('has every requirement of levels 1 and 2 once', () => {
    const counts = Object.fromEntries(
      Object.keys(REQUIREMENTS).map((chapter) => [
        chapter,
        ids.filter((id) => id.startsWith(`${chapter}.`)).length,
      ]),
    );

    expect(counts).toEqual(REQUIREMENTS);
    expect(ids).toHaveLength(253);
    expect(new Set(ids).size).toBe(253);
  });

  test.each(rows)(
    '%s is answered, and what is tested names tests that exist',
    (_id, level, asks, answer = '', by = '') => {
      expect(['1', '2']).toContain(level);
      expect(asks).not.toBe('');
      expect(ANSWERS).toContain(answer);
      expect(by).not.toBe('');
      expect(readNamedTests(by).length > 0).toBe(answer === 'tested');
      expect(readNamedTests(by).flatMap((named) => checkNamedTest(named) ?? [])).toEqual([]);
    },
  );
});
