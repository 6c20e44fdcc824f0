import { describe, expect, test } from 'vitest';
import { WireRecordType } from '#registrars/wire.ts';

describe('a type of records', () => {
  test.each([
    ['a', 'A'],
    ['TYPE65534', 'TYPE65534'],
    ['URL301', 'URL301'],
    ['Alias', 'ALIAS'],
  ])('%s is %s', (text, type) => {
    expect(WireRecordType.parse(text)).toBe(type);
  });

  test.each(['', ' ', '1', '.', 'A B', 'É', '\u202eTXT', 'TX\ud800T', 'A'.repeat(33), '2026-11-29'])(
    'is no %j, which is a miss',
    (text) => {
      expect(WireRecordType.safeParse(text).success).toBe(false);
    },
  );
});
