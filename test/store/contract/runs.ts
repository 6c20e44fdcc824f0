import { beforeEach, describe, expect, test } from 'vitest';
import type { SyncRun } from '#core/sync-run.ts';
import { KEY } from '#store/table.ts';
import type { TestStores } from '#test/support/stores.ts';
import { ID, NOW, toRun } from '../fixtures.ts';

const counts = {
  listed: 10,
  new: 1,
  changed: 2,
  unchanged: 7,
  missing: 0,
  removed: 0,
  dnsFetched: 8,
  dnsElsewhere: 2,
  failed: 0,
};

const ending = {
  integrationId: ID,
  runId: 'run1',
  status: 'SUCCEEDED',
  endedAt: '2026-11-23T12:09:00.000Z',
  problem: null,
  notices: [{ code: 'DNS_ELSEWHERE', domains: 2 }],
  counts,
  registrarCalls: 12,
  waitedForLimitMs: 3400,
  stepStartedAt: { SAVE: '2026-11-23T12:08:00.000Z', VALIDATE_API_ACCESS: '2026-11-23T12:08:59.000Z' },
} as const;

/** What the store of runs must do. */
export function testRuns(makeStores: () => Promise<TestStores>): void {
  describe('runs', () => {
    let stores: TestStores;
    let runs: TestStores['runs'];
    beforeEach(async () => {
      stores = await makeStores();
      runs = stores.runs;
      await runs.create(toRun('run1'));
    });
    const read = async () => (await runs.get(ID, 'run1')) as SyncRun;

    test('a run comes back as it was created, and is not overwritten', async () => {
      await runs.create(toRun('run1', { trigger: 'ADDED' }));
      expect(await read()).toEqual(toRun('run1'));
      const ended = toRun('run2', {
        ...ending,
        runId: 'run2',
        progress: { domainsListed: 1, domainsDone: 2, domainsTotal: 3 },
        problem: { code: 'INTERNAL', reason: 'unspecified', at: 'x', requestId: 'run2' },
      });
      await runs.create(ended);
      expect(await runs.get(ID, 'run2')).toEqual(ended);
    });

    test('a run is kept 400 days from its start', async () => {
      const row = await stores.rows.portfolio.get(KEY.run(ID, 'run1'));
      expect(row?.ttl).toBe(NOW / 1000 + 400 * 86_400);
    });

    test('a run that never was is not found', async () => {
      expect(await runs.get(ID, 'run9')).toBeUndefined();
    });

    test('notes keep the first start of a step, set progress, add up what is done, and leave the rest', async () => {
      await runs.note(ID, 'run1', { steps: { FETCH_DOMAINS: 'first' }, progress: { domainsListed: 10 } });
      await runs.note(ID, 'run1', { steps: { FETCH_DOMAINS: 'second' }, addDone: 3 });
      await runs.note(ID, 'run1', { progress: { domainsTotal: 10 }, addDone: 4, executionName: 'run1-901' });
      await runs.note(ID, 'run1', {});

      expect(await read()).toMatchObject({
        stepStartedAt: { VALIDATE_API_ACCESS: '2026-11-23T12:00:00.000Z', FETCH_DOMAINS: 'first' },
        progress: { domainsListed: 10, domainsDone: 7, domainsTotal: 10 },
        executionName: 'run1-901',
        notices: [],
      });
    });

    test('what is done can be set and added to in one note', async () => {
      await runs.note(ID, 'run1', { progress: { domainsDone: 5, domainsTotal: null }, addDone: 2 });
      expect((await read()).progress).toEqual({ domainsListed: 0, domainsDone: 7, domainsTotal: null });
    });

    test('notes of a problem and of notices wait for the end', async () => {
      const problem = { code: 'RATE_LIMITED', reason: 'unspecified', at: 'x', requestId: 'run1' } as const;
      await runs.note(ID, 'run1', { problem, notices: [{ code: 'API_ACCESS_OFF' }] });
      expect(await read()).toMatchObject({
        status: 'RUNNING',
        problem,
        notices: [{ code: 'API_ACCESS_OFF' }],
      });
    });

    test('parallel notes lose nothing', async () => {
      await Promise.all(Array.from({ length: 20 }, () => runs.note(ID, 'run1', { addDone: 1 })));
      expect((await read()).progress.domainsDone).toBe(20);
    });

    test('a run ends once, keeps the starts noted before, and notes nothing after', async () => {
      expect(await runs.end(ending)).toBe(true);
      expect(await runs.end({ ...ending, status: 'FAILED' })).toBe(false);
      await runs.note(ID, 'run1', { addDone: 9, steps: { UPDATE_DASHBOARD: 'late' } });

      expect(await read()).toEqual(
        toRun('run1', {
          ...ending,
          stepStartedAt: {
            VALIDATE_API_ACCESS: '2026-11-23T12:00:00.000Z',
            SAVE: '2026-11-23T12:08:00.000Z',
          },
        }),
      );
    });

    test('of several ends at the same time one wins', async () => {
      const ends = await Promise.all(Array.from({ length: 20 }, () => runs.end(ending)));
      expect(ends.filter(Boolean)).toHaveLength(1);
    });

    test('a run that never was neither ends nor appears by a note', async () => {
      expect(await runs.end({ ...ending, runId: 'run9' })).toBe(false);
      await runs.note(ID, 'run9', { addDone: 1 });
      await runs.amend(ID, 'run9', { counts, notices: [] });
      expect(await runs.get(ID, 'run9')).toBeUndefined();
    });

    test('counts and notices are completed after the end, not before', async () => {
      const receipt = {
        counts: { ...counts, missing: 4 },
        notices: [{ code: 'LISTING_SHRANK' as const, domains: 4 }],
      };
      await runs.amend(ID, 'run1', receipt);
      expect((await read()).counts.missing).toBe(0);

      await runs.end(ending);
      await runs.amend(ID, 'run1', receipt);

      expect(await read()).toMatchObject({ ...receipt, status: 'SUCCEEDED', registrarCalls: 12 });
    });

    test('runs are listed newest first, page by page, without the working rows beside them', async () => {
      for (const runId of ['run3', 'run2', 'run4']) await runs.create(toRun(runId));
      const ref = { integrationId: ID, runId: 'run4', epoch: 2 };
      await stores.work.claim(ref, 'list', { attempt: 0, hop: 0, messageId: 'm', atMs: NOW });

      const first = await runs.list(ID, 2);
      const second = await runs.list(ID, 2, first.next);

      expect(first.items.map(({ runId }) => runId)).toEqual(['run4', 'run3']);
      expect(first.next).toBe('run3');
      expect(second.items.map(({ runId }) => runId)).toEqual(['run2', 'run1']);
      expect(second.next).toBeUndefined();
    });

    test('all runs are deleted, repeatedly, and nothing else', async () => {
      await runs.create(toRun('run1', { integrationId: 'other' }));
      await runs.deleteAll(ID);
      await runs.deleteAll(ID);

      expect((await runs.list(ID, 10)).items).toEqual([]);
      expect((await runs.list('other', 10)).items).toHaveLength(1);
    });
  });
}
