import { beforeEach, describe, expect, test } from 'vitest';
import type { Claim, ListedPage, StepState } from '#core/ports/stores.ts';
import { KEY } from '#store/table.ts';
import type { TestStores } from '#test/support/stores.ts';
import { ID, NOW } from '../fixtures.ts';

const ref = { integrationId: ID, runId: 'run1', epoch: 2 };
const claimOf = (attempt: number, hop: number, messageId = 'm1', atMs = NOW): Claim => ({
  attempt,
  hop,
  messageId,
  atMs,
});
const fresh: StepState = { done: false, result: undefined, position: undefined, calls: 0, waitedMs: 0 };

const toPage = (page: number, names: readonly string[]): ListedPage => ({
  page,
  zoneNames: names,
  otherNames: [],
  zoneOffset: (page - 1) * 100,
  nextCursor: `cursor ${page} ünïcode`,
  declaredTotal: 1000,
  skipped: 1,
  counts: { new: names.length, changed: 0, unchanged: 0 },
});

/** What the store of working rows must do. */
export function testWork(makeStores: () => Promise<TestStores>): void {
  describe('work', () => {
    let stores: TestStores;
    let work: TestStores['work'];
    beforeEach(async () => {
      stores = await makeStores();
      work = stores.work;
    });

    test.each([
      ['a copy of it that comes at once', claimOf(0, 1), 'busy'],
      ['a copy of it that comes while its worker may live', claimOf(0, 1, 'm1', NOW + 124_999), 'busy'],
      ['the same delivery again, after its worker died', claimOf(0, 1, 'm1', NOW + 125_000), 'claimed'],
      ['a higher hop', claimOf(0, 2, 'm2'), 'claimed'],
      ['a higher attempt with a lower hop', claimOf(1, 0, 'm2'), 'claimed'],
      ['an equal delivery of another message', claimOf(0, 1, 'm2'), 'dropped'],
      ['a lower hop', claimOf(0, 0), 'dropped'],
    ])('a step claimed at attempt 0, hop 1 is then, for %s, %s', async (_name, claim, outcome) => {
      await work.claim(ref, 'list', claimOf(0, 1));
      expect((await work.claim(ref, 'list', claim)).outcome).toBe(outcome);
    });

    test('a lower attempt is dropped whatever its hop', async () => {
      await work.claim(ref, 'list', claimOf(1, 0));
      expect((await work.claim(ref, 'list', claimOf(0, 99))).outcome).toBe('dropped');
    });

    test('a first claim remembers nothing, and steps do not share claims', async () => {
      expect(await work.claim(ref, 'list', claimOf(0, 0))).toEqual({ outcome: 'claimed', state: fresh });
      expect((await work.claim(ref, 'dns#1', claimOf(0, 0))).outcome).toBe('claimed');
      expect((await work.claim({ ...ref, runId: 'run2' }, 'list', claimOf(0, 0))).outcome).toBe('claimed');
    });

    test('of 20 equal deliveries of different messages one claims', async () => {
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, n) => work.claim(ref, 'list', claimOf(0, 0, `m${n}`))),
      );
      expect(claims.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    });

    test('what is remembered survives the next claim, and a finished step only answers', async () => {
      const state: StepState = {
        done: false,
        result: undefined,
        position: { page: 3, marks: 'f.x', none: null },
        calls: 4,
        waitedMs: 500,
      };
      await work.claim(ref, 'list', claimOf(0, 0));
      expect(await work.save(ref, 'list', claimOf(0, 0), state)).toBe(true);
      expect(await work.claim(ref, 'list', claimOf(0, 1, 'm2'))).toEqual({ outcome: 'claimed', state });

      const done = { ...state, done: true, result: { nextPage: null, ranges: 4 }, position: undefined };
      expect(await work.save(ref, 'list', claimOf(0, 1, 'm2'), done)).toBe(true);
      expect(await work.claim(ref, 'list', claimOf(1, 0, 'm3'))).toEqual({ outcome: 'done', state: done });
      expect(await work.read(ID, 'run1', 'list')).toEqual(done);
    });

    test('a step is saved only by the claim that has it', async () => {
      await work.claim(ref, 'list', claimOf(0, 0));
      await work.claim(ref, 'list', claimOf(0, 1, 'm2'));

      for (const claim of [claimOf(0, 0), claimOf(0, 1, 'm1'), claimOf(0, 2, 'm2')])
        expect(await work.save(ref, 'list', claim, { ...fresh, calls: 9 })).toBe(false);
      expect(await work.save(ref, 'other', claimOf(0, 0), fresh)).toBe(false);
      expect(await work.read(ID, 'run1', 'list')).toEqual(fresh);
      expect(await work.read(ID, 'run1', 'other')).toBeUndefined();
    });

    test('the steps of a run are listed, and those of no other', async () => {
      for (const step of ['validate', 'list', 'dns#1']) await work.claim(ref, step, claimOf(0, 0));
      await work.claim({ ...ref, runId: 'run11' }, 'dns#7', claimOf(0, 0));
      await work.putPage(ref, toPage(1, ['a.example']));

      const steps = await work.listSteps(ID, 'run1');

      expect(steps.map(({ step }) => step).sort()).toEqual(['dns#1', 'list', 'validate']);
      expect(steps[0]).toMatchObject(fresh);
    });

    test('a page comes back as it was put', async () => {
      const page = { ...toPage(1, ['a.example', 'xn--mller-kva.example']), otherNames: ['b.example'] };
      const last = { ...toPage(2, []), nextCursor: null, declaredTotal: null };
      await work.putPage(ref, page);
      await work.putPage(ref, last);

      expect(await work.getPage(ID, 'run1', 1)).toEqual(page);
      expect(await work.getPage(ID, 'run1', 2)).toEqual(last);
      expect(await work.getPage(ID, 'run1', 3)).toBeUndefined();
    });

    test('pages come in order, and are dropped from one on', async () => {
      for (const number of [10, 2, 1, 9, 11]) await work.putPage(ref, toPage(number, [`n${number}.example`]));
      await work.putPage({ ...ref, runId: 'run2' }, toPage(1, []));
      const numbers = async () => {
        const found: number[] = [];
        for await (const { page } of work.pages(ID, 'run1')) found.push(page);
        return found;
      };

      expect(await numbers()).toEqual([1, 2, 9, 10, 11]);
      await work.dropPages(ID, 'run1', 9);
      expect(await numbers()).toEqual([1, 2]);
      expect(await work.getPage(ID, 'run2', 1)).toBeDefined();
    });

    test('a page of 1,000 names of the longest form fits, and 20 of them are read', async () => {
      const names = Array.from({ length: 1000 }, (_, n) => `${String(n).padStart(240, 'a')}.example`);
      for (let page = 1; page <= 20; page += 1) await work.putPage(ref, toPage(page, names));

      let count = 0;
      for await (const page of work.pages(ID, 'run1')) count += page.zoneNames.length;

      expect(count).toBe(20_000);
    });

    test('working rows are kept 7 days', async () => {
      await work.claim(ref, 'list', claimOf(0, 0));
      await work.putPage(ref, toPage(1, []));
      for (const key of [KEY.step(ID, 'run1', 'list'), KEY.page(ID, 'run1', 1)])
        expect((await stores.rows.portfolio.get(key))?.ttl).toBe(NOW / 1000 + 7 * 86_400);
    });

    test('a page that a newer epoch wrote is not overwritten', async () => {
      await work.putPage({ ...ref, epoch: 3 }, toPage(1, ['new.example']));
      await expect(work.putPage(ref, toPage(1, ['old.example']))).rejects.toMatchObject({
        name: 'SupersededError',
      });
      expect((await work.getPage(ID, 'run1', 1))?.zoneNames).toEqual(['new.example']);
    });

    test('all is deleted, repeatedly, and nothing else', async () => {
      await work.claim(ref, 'list', claimOf(0, 0));
      await work.putPage(ref, toPage(1, []));
      await work.putPage({ ...ref, integrationId: 'other' }, toPage(1, []));
      await work.deleteAll(ID);
      await work.deleteAll(ID);

      expect(await work.listSteps(ID, 'run1')).toEqual([]);
      expect(await work.getPage(ID, 'run1', 1)).toBeUndefined();
      expect(await work.getPage('other', 'run1', 1)).toBeDefined();
    });
  });
}
