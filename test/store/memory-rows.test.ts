import { describe, expect, test } from 'vitest';
import { absent } from '#store/conditions.ts';
import { createMemoryRows } from '#store/memory-rows.ts';
import { isWritten, pagesOf } from '#store/rows.ts';
import { createSortedKeys } from '#store/sorted-keys.ts';
import { PORTFOLIO_TABLE, toKind } from '#store/table.ts';

const key = { PK: 'INT#a', SK: 'DOM#example.com' };

describe('rows in memory', () => {
  test('count writes and their units by kind of entity, refused ones too', async () => {
    const rows = createMemoryRows(PORTFOLIO_TABLE);
    await rows.put({ ...key, text: 'x'.repeat(2000) });
    await rows.update(key, { set: { text: 'short' } });
    await isWritten(rows.put(key, absent('PK')));
    await rows.batchDelete([{ PK: 'INT#a', SK: 'RUN#1' }]);

    expect(rows.stats()).toEqual({ DOM: { writes: 3, units: 5 }, RUN: { writes: 1, units: 1 } });
    rows.resetStats();
    expect(rows.stats()).toEqual({});
  });

  test('refuse what DynamoDB refuses: empty index keys and keys that are too long', async () => {
    const rows = createMemoryRows(PORTFOLIO_TABLE);
    for (const row of [
      { ...key, gsi1pk: '', gsi1sk: 'x' },
      { ...key, gsi2pk: 'DUE', gsi2sk: '' },
      { PK: 'x'.repeat(2049), SK: 'x' },
      { PK: 'x', SK: 'ü'.repeat(513) },
    ])
      await expect(rows.put(row)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(rows.dump()).toEqual([]);
  });

  test('refuse a consistent read of an index', async () => {
    const rows = createMemoryRows(PORTFOLIO_TABLE);
    await expect(rows.query({ pk: 'x', index: 'ops', consistent: true })).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });

  test('hold 100,000 rows that are written, read in order and rewritten', async () => {
    const rows = createMemoryRows(PORTFOLIO_TABLE);
    const size = 100_000;
    for (let n = 0; n < size; n += 1) {
      const SK = `DOM#${String((n * 7919) % size).padStart(6, '0')}`;
      await rows.put({ PK: 'INT#a', SK, gsi1pk: 'T#a', gsi1sk: `2027#${SK}` });
    }
    let read = 0;
    let last = '';
    for await (const page of pagesOf(rows, { pk: 'T#a', index: 'byExpiry' }))
      for (const { SK } of page) {
        expect(SK > last).toBe(true);
        last = SK;
        read += 1;
      }
    expect(read).toBe(size);
  });

  test.each([
    [{ PK: 'INT#a', SK: 'DNS#example.com#x#2' }, 'DNS'],
    [{ PK: 'T#a', SK: 'PROFILE' }, 'PROFILE'],
    [{ PK: 'T#a', SK: 'INT#b' }, 'INT'],
    [{ PK: 'AUD#a#2026-11', SK: '2026#x' }, 'AUD'],
    [{ PK: 'RL#gandi#lane1', SK: 'B' }, 'RL'],
    [{ PK: 'IDEM#a', SK: 'DOM#like' }, 'IDEM'],
    [{ PK: 'INT#a', SK: 'CRED' }, 'CRED'],
  ])('%j is of kind %s', (row, kind) => {
    expect(toKind(row)).toBe(kind);
  });
});

describe('sorted keys', () => {
  test('walk like a sorted array whatever was added and removed between the walks', () => {
    const keys = createSortedKeys();
    const expected = new Set<string>();
    for (let round = 0; round < 60; round += 1) {
      for (let n = 0; n < (round % 3 === 0 ? 40 : 5); n += 1) {
        const key = `k${(round * 31 + n * 17) % 199}`;
        if ((round + n) % 3 === 0) {
          keys.delete(key);
          expected.delete(key);
        } else {
          keys.add(key);
          expected.add(key);
        }
      }
      const sorted = [...expected].sort();
      const from = `k${(round * 13) % 199}`;
      expect([...keys.walk(undefined, false)]).toEqual(sorted);
      expect([...keys.walk(undefined, true)]).toEqual(sorted.toReversed());
      expect([...keys.walk(from, false)]).toEqual(sorted.filter((key) => key >= from));
      expect([...keys.walk(from, true)]).toEqual(sorted.filter((key) => key <= from).reverse());
    }
  });
});
