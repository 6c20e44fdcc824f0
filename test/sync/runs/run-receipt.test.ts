import { describe, expect, test } from 'vitest';
import type { StepState } from '#core/ports/stores.ts';
import { readReceipt } from '#sync/runs/run-receipt.ts';
import { LIST_STEP, toRangeKey, VALIDATE_STEP } from '#sync/steps/step-keys.ts';
import { createMemoryStores } from '#test/support/stores.ts';

const run = { integrationId: 'integrationaaaaaaaaaaakj1l', runId: 'run00001', epoch: 1 };

type Saved = Partial<Omit<StepState, 'position'>> & { readonly position?: object };

/** The receipt of a run whose steps left this behind. */
async function receiptOf(steps: Readonly<Record<string, Saved>>, pages: readonly (readonly number[])[] = []) {
  const { work } = createMemoryStores();
  for (const [step, saved] of Object.entries(steps)) {
    const claim = { attempt: 1, hop: 0, messageId: step, atMs: 0 };
    await work.claim(run, step, claim);
    await work.save(run, step, claim, {
      done: true,
      result: {},
      position: {},
      calls: 0,
      waitedMs: 0,
      ...saved,
    });
  }
  for (const [index, [created = 0, changed = 0, unchanged = 0]] of pages.entries()) {
    await work.putPage(run, {
      page: index + 1,
      zoneNames: [],
      otherNames: [],
      zoneOffset: 0,
      nextCursor: null,
      declaredTotal: null,
      skipped: 0,
      counts: { new: created, changed, unchanged },
    });
  }
  return readReceipt(work, run);
}

const listing = (position: object): Saved => ({
  position: { complete: true, listed: 9, zones: 6, planned: 6, ...position },
});
const range = (marks: string, reachedName = '') => ({ position: { marks, reachedName } });

describe('the receipt of a run', () => {
  test('that did nothing is empty', async () => {
    expect(await receiptOf({})).toEqual({
      counts: { listed: 0, new: 0, changed: 0, unchanged: 0, dnsFetched: 0, dnsElsewhere: 0, failed: 0 },
      registrarCalls: 0,
      waitedForLimitMs: 0,
      listing: undefined,
      validation: undefined,
      notPermitted: 0,
      unread: 0,
      isOverBudget: false,
      stoppedAfter: undefined,
      isReadToEnd: true,
    });
  });

  test('adds up calls, waits and rows', async () => {
    const receipt = await receiptOf(
      {
        [VALIDATE_STEP]: { calls: 1, waitedMs: 10 },
        [LIST_STEP]: { calls: 2, waitedMs: 20 },
        [toRangeKey(1)]: { calls: 4, waitedMs: 40 },
      },
      [
        [1, 2, 3],
        [10, 20, 30],
      ],
    );

    expect(receipt).toMatchObject({ registrarCalls: 7, waitedForLimitMs: 70 });
    expect(receipt.counts).toMatchObject({ new: 11, changed: 22, unchanged: 33 });
    expect(receipt.validation).toMatchObject({ calls: 1 });
  });

  test('knows no listing before it is complete', async () => {
    const receipt = await receiptOf({ [LIST_STEP]: { position: { listed: 4, zones: 4 } } });

    expect(receipt).toMatchObject({ listing: undefined, unread: 0, counts: { listed: 4 } });
  });

  test('counts what became of each zone, and of those that the listing tells of', async () => {
    const receipt = await receiptOf({
      [LIST_STEP]: listing({ zones: 8, planned: 8, elsewhere: 2, notPermitted: 1 }),
      [toRangeKey(1)]: range('ffeen'),
      [toRangeKey(2)]: range('nfx'),
    });

    expect(receipt).toMatchObject({
      counts: { listed: 9, dnsFetched: 3, dnsElsewhere: 4, failed: 1 },
      notPermitted: 3,
      unread: 1,
      isReadToEnd: true,
      isOverBudget: false,
      stoppedAfter: undefined,
    });
  });

  test.each<[string, object, readonly ReturnType<typeof range>[], boolean]>([
    ['all of them', {}, [range('fff'), range('fff')], false],
    ['all but one, whose time was over', {}, [range('fff'), range('ffb')], true],
    ['all that were planned, but not all there are', { planned: 5 }, [range('fff'), range('ff')], true],
  ])('is over budget where it has time for %s', async (_title, planned, ranges, isOver) => {
    const steps = Object.fromEntries(ranges.map((each, index) => [toRangeKey(index + 1), each]));

    expect((await receiptOf({ [LIST_STEP]: listing(planned), ...steps })).isOverBudget).toBe(isOver);
  });

  test.each<[string, Readonly<Record<number, ReturnType<typeof range>>>, string | undefined]>([
    ['within a range', { 1: range('fff', 'c'), 2: range('f..', 'd') }, 'd'],
    ['where its time was over', { 1: range('fff', 'c'), 2: range('fbb', 'd') }, 'd'],
    ['before a range that reached none', { 1: range('fxf', 'c'), 2: range('...') }, 'c'],
    ['before a range that never began', { 1: range('fff', 'c') }, 'c'],
    ['before a range that began with nothing', { 1: range('fff', 'c'), 2: range('') }, 'c'],
    ['before a gap', { 1: range('ff.', 'b'), 2: range('fff', 'f') }, 'b'],
    ['before a range that is not there', { 2: range('fff', 'f') }, undefined],
    ['nowhere', {}, undefined],
  ])('says where it stopped: %s', async (_title, ranges, stoppedAfter) => {
    const steps = Object.fromEntries(
      Object.entries(ranges).map(([number, each]) => [toRangeKey(Number(number)), each]),
    );

    const receipt = await receiptOf({ [LIST_STEP]: listing({}), ...steps });

    expect(receipt).toMatchObject({ isReadToEnd: false, stoppedAfter });
  });

  test('takes ranges in their order, however they were written', async () => {
    const receipt = await receiptOf({
      [LIST_STEP]: listing({ zones: 7, planned: 7 }),
      [toRangeKey(2)]: range('fff', 'f'),
      [toRangeKey(1)]: range('fff', 'c'),
    });

    expect(receipt.stoppedAfter).toBe('f');
  });
});
