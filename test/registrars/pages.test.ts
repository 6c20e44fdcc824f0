import { describe, expect, test } from 'vitest';
import { toLaterPages, toNextPage, toPageNumber } from '#registrars/pages.ts';

describe('toNextPage', () => {
  test.each([
    [{ page: 1, entries: 0, total: 0 }, null],
    [{ page: 1, entries: 1, total: 1 }, null],
    [{ page: 1, entries: 9, total: 9 }, null],
    [{ page: 1, entries: 10, total: 10 }, null],
    [{ page: 1, entries: 10, total: 11 }, 2],
    [{ page: 2, entries: 1, total: 11 }, null],
    [{ page: 2, entries: 10, total: 21 }, 3],
    [{ page: 3, entries: 0, total: 11 }, null],
    [{ page: 1, entries: 5, total: 4 }, null],
    [{ page: 1, entries: 0, total: null }, null],
    [{ page: 1, entries: 9, total: null }, null],
    [{ page: 1, entries: 10, total: null }, 2],
    [{ page: 7, entries: 10, total: null }, 8],
  ])('after %j of 10 a page comes %s', (facts, next) => {
    expect(toNextPage('gandi', { pageSize: 10, ...facts })).toBe(next);
  });

  test.each([
    { page: 1, entries: 0, total: 1 },
    { page: 1, entries: 9, total: 10 },
    { page: 1, entries: 9, total: 11 },
    { page: 2, entries: 0, total: 11 },
    { page: 3, entries: 4, total: 25 },
  ])('%j of 10 a page is incomplete', (facts) => {
    expect(() => toNextPage('gandi', { pageSize: 10, ...facts })).toThrow('LIST_INCOMPLETE (gandi)');
  });
});

describe('toLaterPages', () => {
  test.each([
    [1, 0, []],
    [1, 10, []],
    [1, 20, []],
    [1, 21, [3]],
    [1, 55, [3, 4, 5, 6]],
    [4, 55, [6]],
    [5, 55, []],
    [9, 55, []],
    [1, null, []],
  ])('behind page %i of %s entries, 10 a page, come %j besides the next', (page, total, later) => {
    expect(toLaterPages({ page, pageSize: 10, entries: 10, total })).toEqual(later);
  });
});

describe('toPageNumber', () => {
  test.each([
    [null, 1],
    ['1', 1],
    ['2', 2],
    ['10000', 10_000],
  ])('the cursor %j is page %i', (cursor, page) => {
    expect(toPageNumber('gandi', cursor)).toBe(page);
  });

  test.each(['', '0', '01', '-1', '1.5', '1e3', '100000', 'x'])('the cursor %j is a defect', (cursor) => {
    expect(() => toPageNumber('gandi', cursor)).toThrow('INTERNAL (gandi, at cursor)');
  });
});
