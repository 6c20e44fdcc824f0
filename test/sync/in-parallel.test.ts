import { expect, test } from 'vitest';
import { inParallel } from '#sync/in-parallel.ts';

test('begins the items in their order, so many at once and no more', async () => {
  const begun: number[] = [];
  let atOnce = 0;
  let most = 0;

  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    begun.push(item);
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise(setImmediate);
    atOnce -= 1;
  });

  expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test('of nothing is nothing', async () => {
  await expect(inParallel([], 3, () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
});

test('after a failure begins nothing new, lets what is under way settle, and throws the first', async () => {
  const begun: number[] = [];
  const settled: number[] = [];

  const all = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('first');
    await new Promise(setImmediate);
    settled.push(item);
    if (item === 2) throw new Error('second');
  });

  await expect(all).rejects.toThrow('first');
  expect([begun, settled]).toEqual([[1, 2], [2]]);
});
