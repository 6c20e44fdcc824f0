import { beforeEach, describe, expect, test } from 'vitest';
import { SyncError } from '#core/errors.ts';
import { absent, allOf, anyOf, atMost, below, equal, exists } from '#store/conditions.ts';
import {
  allOfQuery,
  ConditionFailedError,
  deleteAllOfQuery,
  isWritten,
  pagesOf,
  type Row,
  type RowStore,
} from '#store/rows.ts';

const key = { PK: 'INT#a', SK: 'DOM#example.com' };

/** What every RowStore must do; `makeRows` gives an empty Portfolio table. */
export function testRows(makeRows: () => Promise<RowStore>): void {
  describe('rows', () => {
    let rows: RowStore;
    beforeEach(async () => {
      rows = await makeRows();
    });

    test('a row comes back as it was put, whatever its attributes hold', async () => {
      const row = {
        ...key,
        text: 'ünïcode 🦊 "quoted"',
        empty: '',
        number: -12.5,
        big: Number.MAX_SAFE_INTEGER,
        yes: true,
        none: null,
        bytes: Uint8Array.from([0, 255, 128]),
        list: ['a', 1, null, { deep: [] }],
        map: { inner: { x: 1 }, '': 'empty name' },
      };

      await rows.put(row);

      expect(await rows.get(key, { consistent: true })).toEqual(row);
    });

    test('a row that was never put is not found', async () => {
      expect(await rows.get(key)).toBeUndefined();
    });

    test('a row given out or taken in is a copy', async () => {
      const row = { ...key, list: ['a'], bytes: Uint8Array.from([1]) };
      await rows.put(row);
      row.list.push('b');
      row.bytes[0] = 2;
      const first = (await rows.get(key)) as typeof row;
      first.list.push('c');
      first.bytes[0] = 3;

      expect(await rows.get(key)).toEqual({ ...key, list: ['a'], bytes: Uint8Array.from([1]) });
    });

    test.each([
      ['absent', absent('PK'), false],
      ['exists', exists('n'), true],
      ['equal', equal('n', 5), true],
      ['equal to a text where a number is', equal('n', '5'), false],
      ['below', below('n', 5), false],
      ['at most', atMost('n', 5), true],
      ['below of an absent attribute', below('none', 5), false],
      ['below of another type', below('text', 5), false],
      ['one of two', anyOf(absent('n'), atMost('n', 9)), true],
      ['both of two', allOf(exists('n'), below('n', 5)), false],
      ['nested', allOf(exists('n'), anyOf(equal('text', 'x'), equal('text', 'word'))), true],
    ])(
      'a write under the condition %s of a stored row is decided by it',
      async (_name, condition, expected) => {
        await rows.put({ ...key, n: 5, text: 'word' });

        expect(await isWritten(rows.put({ ...key, n: 6 }, condition))).toBe(expected);
        expect((await rows.get(key))?.n).toBe(expected ? 6 : 5);
      },
    );

    test('a refused write says so by its own error and carries nothing of the row', async () => {
      await rows.put({ ...key, text: 'private' });

      const refused = await rows.delete(key, absent('PK')).catch((error: unknown) => error);

      expect(refused).toBeInstanceOf(ConditionFailedError);
      expect(JSON.stringify(Object.entries(refused as Error)) + String(refused)).not.toContain('private');
      expect(await rows.get(key)).toBeDefined();
    });

    test('an update sets, keeps, copies, adds and removes, and gives the row after', async () => {
      await rows.put({ ...key, old: 'gone', kept: 'first', count: 2, from: 'before' });

      const after = await rows.updateAndRead(key, {
        set: { from: 'after', status: 'reserved word' },
        setIfAbsent: { kept: 'second', fresh: 'set' },
        copy: { copied: { from: 'from', otherwise: 'x' }, missing: { from: 'nothing', otherwise: 0 } },
        add: { count: 3, other: 1 },
        remove: ['old', 'never'],
      });

      const expected = {
        ...key,
        from: 'after',
        status: 'reserved word',
        kept: 'first',
        fresh: 'set',
        copied: 'before',
        missing: 0,
        count: 5,
        other: 1,
      };
      expect(after).toEqual(expected);
      expect(await rows.get(key, { consistent: true })).toEqual(expected);
    });

    test('an update makes a row where there is none, unless its condition says no', async () => {
      await expect(rows.update(key, { set: { a: 1 } }, exists('PK'))).rejects.toThrow(ConditionFailedError);

      await rows.update(key, { set: { a: 1 }, remove: ['b'] });

      expect(await rows.get(key)).toEqual({ ...key, a: 1 });
    });

    test('of 48 parallel writes under one condition exactly one is made', async () => {
      const writes = await Promise.all(
        Array.from({ length: 48 }, (_, n) => isWritten(rows.put({ ...key, n }, absent('PK')))),
      );

      expect(writes.filter(Boolean)).toHaveLength(1);
      expect((await rows.get(key, { consistent: true }))?.n).toBe(writes.indexOf(true));
    });

    test('48 parallel additions lose none', async () => {
      await Promise.all(Array.from({ length: 48 }, () => rows.update(key, { add: { count: 1 } })));

      expect((await rows.get(key, { consistent: true }))?.count).toBe(48);
    });

    test.each(['PK', 'SK'] as const)('an empty %s is refused', async (name) => {
      await expect(rows.put({ ...key, [name]: '' })).rejects.toThrow(SyncError);
      await expect(rows.get({ ...key, [name]: '' })).rejects.toThrow(SyncError);
    });

    test('a row above 400 KB is refused without a word of what it holds', async () => {
      const big = { ...key, text: 'private'.repeat(60_000) };

      for (const write of [rows.put(big), rows.update(key, { set: { text: big.text } })]) {
        const error = await write.catch((caught: unknown) => caught);
        expect(error).toMatchObject({ code: 'INTERNAL' });
        expect(String(error)).not.toContain('private');
        expect((error as Error).cause).toBeUndefined();
      }
      expect(await rows.get(key)).toBeUndefined();
    });

    test.each([
      ['undefined', undefined],
      ['not a number', Number.NaN],
      ['an unsafe number', 2 ** 60],
    ])('a value that is %s is refused', async (_name, value) => {
      await expect(rows.put({ ...key, value: value as number })).rejects.toMatchObject({ code: 'INTERNAL' });
      await expect(rows.update(key, { set: { value: value as number } })).rejects.toThrow(SyncError);
    });

    describe('queries', () => {
      const put = (SK: string, more = {}) => rows.put({ PK: 'P', SK, ...more });
      const names = (found: readonly Row[]) => found.map(({ SK }) => SK);

      beforeEach(async () => {
        for (const SK of ['b#1', 'a#2', 'b#3', 'a#1', 'c', 'b#2']) await put(SK, { data: SK });
        await rows.put({ PK: 'Q', SK: 'b#1' });
      });

      test.each([
        ['everything', {}, ['a#1', 'a#2', 'b#1', 'b#2', 'b#3', 'c']],
        ['a prefix', { sk: { beginsWith: 'b#' } }, ['b#1', 'b#2', 'b#3']],
        ['a prefix backwards', { sk: { beginsWith: 'b#' }, descending: true }, ['b#3', 'b#2', 'b#1']],
        ['between, inclusive', { sk: { between: ['a#2', 'b#2'] as const } }, ['a#2', 'b#1', 'b#2']],
        [
          'between, backwards',
          { sk: { between: ['a#2', 'b#2'] as const }, descending: true },
          ['b#2', 'b#1', 'a#2'],
        ],
        ['before, exclusive', { sk: { before: 'b#2' } }, ['a#1', 'a#2', 'b#1']],
        ['before, backwards', { sk: { before: 'b#2' }, descending: true }, ['b#1', 'a#2', 'a#1']],
        ['a limit', { limit: 2 }, ['a#1', 'a#2']],
        ['nothing there', { sk: { beginsWith: 'x' } }, []],
      ])('give %s in order', async (_name, query, expected) => {
        expect(names((await rows.query({ pk: 'P', consistent: true, ...query })).rows)).toEqual(expected);
      });

      test('give only the attributes asked for', async () => {
        const page = await rows.query({ pk: 'P', sk: { beginsWith: 'c' }, attributes: ['SK'] });
        expect(page.rows).toEqual([{ SK: 'c' }]);
      });

      test.each([false, true])('page on without loss or repeat (descending: %s)', async (descending) => {
        const found: string[] = [];
        for await (const page of pagesOf(rows, { pk: 'P', limit: 4, descending })) found.push(...names(page));

        const all = ['a#1', 'a#2', 'b#1', 'b#2', 'b#3', 'c'];
        expect(found).toEqual(descending ? all.reverse() : all);
      });

      test('go on behind a row that is gone by now', async () => {
        const first = await rows.query({ pk: 'P', limit: 3 });
        await rows.delete({ PK: 'P', SK: 'b#1' });

        const second = await rows.query({ pk: 'P', startAfter: first.next as Record<string, string> });

        expect(names(second.rows)).toEqual(['b#2', 'b#3', 'c']);
      });

      test('go on behind a key that never was', async () => {
        const page = await rows.query({ pk: 'P', startAfter: { PK: 'P', SK: 'b#15' } });
        expect(names(page.rows)).toEqual(['b#2', 'b#3', 'c']);
      });

      test('read an index by its own keys, follow its changes, and show only the keys where that is its projection', async () => {
        await put('x', { gsi1pk: 'T', gsi1sk: '2', gsi2pk: 'DUE', gsi2sk: '5', data: 'd' });
        await put('y', { gsi1pk: 'T', gsi1sk: '1', gsi2pk: 'DUE', gsi2sk: '4' });
        await put('z', { gsi1pk: 'T' });
        await rows.update({ PK: 'P', SK: 'y' }, { set: { gsi1sk: '3' }, remove: ['gsi2pk', 'gsi2sk'] });

        const byExpiry = await rows.query({ pk: 'T', index: 'byExpiry' });
        const due = await rows.query({ pk: 'DUE', index: 'ops', sk: { before: '9' } });

        expect(names(byExpiry.rows)).toEqual(['x', 'y']);
        expect(byExpiry.rows[0]?.data).toBe('d');
        expect(due.rows).toEqual([{ PK: 'P', SK: 'x', gsi2pk: 'DUE', gsi2sk: '5' }]);
      });

      test('page on through an index whose sort keys are equal', async () => {
        for (const SK of ['i1', 'i2', 'i3', 'i4', 'i5']) await put(SK, { gsi1pk: 'T', gsi1sk: 'same' });

        const found: string[] = [];
        for await (const page of pagesOf(rows, { pk: 'T', index: 'byExpiry', limit: 2 }))
          found.push(...names(page));

        expect(found.sort()).toEqual(['i1', 'i2', 'i3', 'i4', 'i5']);
      });
    });

    test('a query page holds about a megabyte, and the pages all', async () => {
      const text = 'x'.repeat(300_000);
      for (let n = 0; n < 6; n += 1) await rows.put({ PK: 'big', SK: `n${n}`, text });

      const pages: number[] = [];
      for await (const page of pagesOf(rows, { pk: 'big' })) pages.push(page.length);

      expect(pages.reduce((sum, count) => sum + count)).toBe(6);
      expect(Math.max(...pages)).toBeLessThanOrEqual(4);
    });

    test('a thousand rows are deleted in batches, and nothing else', async () => {
      await Promise.all(
        Array.from({ length: 1000 }, (_, n) =>
          rows.put({ PK: 'many', SK: `x#${String(n).padStart(4, '0')}` }),
        ),
      );
      await rows.put({ PK: 'many', SK: 'y#1' });

      await deleteAllOfQuery(rows, { pk: 'many', sk: { beginsWith: 'x#' } });
      await deleteAllOfQuery(rows, { pk: 'many', sk: { beginsWith: 'x#' } });

      expect((await allOfQuery(rows, { pk: 'many' })).map(({ SK }) => SK)).toEqual(['y#1']);
    });
  });
}
