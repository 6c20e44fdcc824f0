import { beforeEach, describe, expect, test } from 'vitest';
import type { Integration } from '#core/integration.ts';
import type { StartRequest } from '#core/ports/stores.ts';
import { KEY } from '#store/table.ts';
import type { TestStores } from '#test/support/stores.ts';
import {
  ID,
  LEASE,
  NOW,
  REF,
  TENANT,
  toFullIntegration,
  toHeld,
  toIntegration,
  toStart,
} from '../fixtures.ts';

/** What the store of integrations must do. */
export function testIntegrations(makeStores: () => Promise<TestStores>): void {
  describe('integrations', () => {
    let stores: TestStores;
    let integrations: TestStores['integrations'];
    beforeEach(async () => {
      stores = await makeStores();
      integrations = stores.integrations;
    });
    const read = async () => (await integrations.get(REF)) as Integration;
    const start = async (changes: Partial<StartRequest> = {}) => {
      const result = await integrations.startRun(REF, toStart(changes));
      if (!result.started) throw new Error(`not started: ${result.why}`);
      return { ...REF, epoch: result.integration.epoch };
    };
    const lists = async (nowMs: number) => ({
      due: (await integrations.listDue(nowMs, 10)).items.map(({ integrationId }) => integrationId),
      lapsed: (await integrations.listLapsed(nowMs, 10)).map(({ integrationId }) => integrationId),
      clearable: (await integrations.listClearable(nowMs, 10)).map(({ integrationId }) => integrationId),
    });

    test.each([
      ['never synced', toIntegration()],
      ['with every field set', toFullIntegration()],
      ['with a held listing that nobody accepted', toIntegration({ held: toHeld() })],
    ])('an integration %s comes back as it was created', async (_name, integration) => {
      expect(await integrations.create(integration)).toBe(true);
      expect(await read()).toEqual(integration);
    });

    test('a second creation of the same id changes nothing', async () => {
      await integrations.create(toIntegration({ label: 'first' }));

      expect(await integrations.create(toIntegration({ label: 'second' }))).toBe(false);
      expect((await read()).label).toBe('first');
    });

    test('another tenant does not find it', async () => {
      await integrations.create(toIntegration());

      expect(await integrations.get({ ...REF, tenantId: 'tenantbbbb' })).toBeUndefined();
      expect(await integrations.list('tenantbbbb')).toEqual([]);
      expect(await integrations.startRun({ ...REF, tenantId: 'tenantbbbb' }, toStart())).toEqual({
        started: false,
        why: 'gone',
      });
    });

    test('a list is in the order of creation and leaves out what is being deleted', async () => {
      const ids = [
        ['c', '2026-11-01T00:00:00.000Z'],
        ['a', '2026-11-03T00:00:00.000Z'],
        ['b', '2026-11-02T00:00:00.000Z'],
        ['d', '2026-11-02T12:00:00.000Z'],
      ] as const;
      for (const [id, createdAt] of ids) await integrations.create(toIntegration({ id, createdAt }));
      await integrations.markDeleting({ tenantId: TENANT, integrationId: 'd' }, NOW);

      expect((await integrations.list(TENANT)).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    });

    describe('a person’s change', () => {
      beforeEach(async () => {
        await integrations.create(toIntegration({ refusals: 3, paused: true, dueAtMs: null }));
      });

      test('raises the revision and is refused at another one', async () => {
        expect(await integrations.patch(REF, { label: 'new' }, 1)).toMatchObject({
          label: 'new',
          revision: 2,
        });
        expect(await integrations.patch(REF, { label: 'newer' }, 1)).toBe('conflict');
        expect(await integrations.patch(REF, { label: null })).toMatchObject({ label: null, revision: 3 });
      });

      test('of two at the same revision one wins', async () => {
        const results = await Promise.all(
          ['a', 'b', 'c', 'd'].map((label) => integrations.patch(REF, { label }, 1)),
        );

        expect(results.filter((result) => result === 'conflict')).toHaveLength(3);
        expect((await read()).revision).toBe(2);
      });

      test('that resumes sets when it is due and clears the refusals', async () => {
        const resumed = await integrations.patch(REF, { paused: false, dueAtMs: NOW + 5 });

        expect(resumed).toMatchObject({ paused: false, dueAtMs: NOW + 5, refusals: 0 });
        expect((await lists(NOW + 5)).due).toEqual([ID]);
      });

      test('accepts a listing only where one is held', async () => {
        expect(await integrations.patch(REF, { heldAcceptedAt: '2026-11-23T12:00:00.000Z' })).toBe(
          'conflict',
        );
      });

      test('finds nothing where there is nothing, or it is being deleted', async () => {
        expect(await integrations.patch({ ...REF, integrationId: 'other' }, { label: 'x' })).toBe('gone');
        await integrations.markDeleting(REF, NOW);
        expect(await integrations.patch(REF, { label: 'x' })).toBe('gone');
      });
    });

    describe('proposed credentials', () => {
      const candidate = { version: 2, limitKey: 'new', fromVersion: 1 };
      beforeEach(async () => {
        await integrations.create(toIntegration());
      });

      test('raise the version and stand beside the current ones', async () => {
        expect(await integrations.proposeCredentials(REF, candidate, 1)).toMatchObject({
          revision: 2,
          limitKey: 'limitaaaaaaaaaaaaaaaaaaaaa',
          credentials: { version: 2, candidateVersion: 2, candidateLimitKey: 'new' },
        });
      });

      test('of several at the same time one wins', async () => {
        const results = await Promise.all(
          Array.from({ length: 5 }, () => integrations.proposeCredentials(REF, candidate)),
        );
        expect(results.filter((result) => result === 'conflict')).toHaveLength(4);
      });

      test('conflict at another version or revision, and are gone with the integration', async () => {
        expect(await integrations.proposeCredentials(REF, candidate, 7)).toBe('conflict');
        expect(await integrations.proposeCredentials(REF, { ...candidate, version: 4, fromVersion: 3 })).toBe(
          'conflict',
        );
        await integrations.markDeleting(REF, NOW);
        expect(await integrations.proposeCredentials(REF, candidate)).toBe('gone');
        expect(await integrations.proposeCredentials({ ...REF, integrationId: 'other' }, candidate)).toBe(
          'gone',
        );
      });

      test('never lower the version', async () => {
        await expect(
          integrations.proposeCredentials(REF, { ...candidate, version: 1, fromVersion: 1 }),
        ).rejects.toMatchObject({ code: 'INTERNAL' });
      });
    });

    describe('a deletion', () => {
      test('gives the integration as it was and leaves a tombstone without what was said in it', async () => {
        await integrations.create(toFullIntegration());

        expect(await integrations.markDeleting(REF, NOW)).toEqual(toFullIntegration());

        expect(await read()).toMatchObject({
          deleting: true,
          deletedAtMs: NOW,
          epoch: 2,
          leaseUntilMs: null,
          label: null,
          problem: null,
          held: null,
          zoneCursor: null,
        });
        const row = await stores.rows.portfolio.get(KEY.integration(TENANT, ID));
        expect(row?.ttl).toBe(NOW / 1000 + 90 * 86_400);
      });

      test('may be repeated and raises the epoch once', async () => {
        await integrations.create(toIntegration());
        await integrations.markDeleting(REF, NOW);

        expect(await integrations.markDeleting(REF, NOW + 1)).toMatchObject({
          deleting: true,
          deletedAtMs: NOW,
        });
        expect((await read()).epoch).toBe(2);
        expect(await integrations.markDeleting({ ...REF, integrationId: 'other' }, NOW)).toBeUndefined();
      });

      test('takes its id for good', async () => {
        await integrations.create(toIntegration());
        await integrations.markDeleting(REF, NOW);
        expect(await integrations.create(toIntegration())).toBe(false);
      });

      test('races with a start: whichever comes first, it ends deleted', async () => {
        await integrations.create(toIntegration());

        await Promise.all([
          integrations.startRun(REF, toStart()),
          integrations.markDeleting(REF, NOW),
          integrations.startRun(REF, toStart({ runId: 'run2', trigger: 'CREDENTIALS_UPDATED' })),
        ]);

        expect(await read()).toMatchObject({ deleting: true, leaseUntilMs: null });
        expect(await lists(NOW + 9 * LEASE)).toEqual({ due: [], lapsed: [], clearable: [ID] });
      });
    });

    describe('the lists of work', () => {
      beforeEach(async () => {
        await integrations.create(toIntegration());
      });

      test('move an integration from due to running and back', async () => {
        expect(await lists(NOW - 1)).toEqual({ due: [], lapsed: [], clearable: [] });
        expect(await lists(NOW)).toEqual({ due: [ID], lapsed: [], clearable: [] });

        const fence = await start();
        expect(await lists(NOW + LEASE)).toEqual({ due: [], lapsed: [], clearable: [] });
        expect(await lists(NOW + LEASE + 1)).toEqual({ due: [], lapsed: [ID], clearable: [] });

        await integrations.extendLease(fence, NOW + 2 * LEASE);
        expect((await lists(NOW + LEASE + 1)).lapsed).toEqual([]);

        await integrations.finishRun(fence, 'run1', { dueAtMs: NOW + 10 });
        expect(await lists(NOW + 9 * LEASE)).toEqual({ due: [ID], lapsed: [], clearable: [] });
      });

      test('keep the former due time where the end of a run sets none', async () => {
        await integrations.finishRun(await start(), 'run1', {});
        expect((await integrations.listDue(NOW, 1)).items).toEqual([{ ...REF, dueAtMs: NOW }]);
      });

      test('hold nothing that is paused or never due', async () => {
        await integrations.setDue(REF, null);
        expect((await lists(NOW)).due).toEqual([]);
        await integrations.setDue(REF, NOW);
        expect((await lists(NOW)).due).toEqual([ID]);
        await integrations.patch(REF, { paused: true });
        expect((await lists(NOW)).due).toEqual([]);
        await integrations.setDue(REF, NOW);
        expect((await lists(NOW)).due).toEqual([]);
      });

      test('a pause during a run takes effect when the run ends', async () => {
        const fence = await start();
        await integrations.patch(REF, { paused: true });
        expect((await lists(NOW + 2 * LEASE)).lapsed).toEqual([ID]);

        await integrations.finishRun(fence, 'run1', { dueAtMs: NOW });

        expect(await lists(NOW + 2 * LEASE)).toEqual({ due: [], lapsed: [], clearable: [] });
      });

      test('the due time is not set while a run holds a lease', async () => {
        await start();
        await integrations.setDue(REF, NOW + 99);
        expect((await read()).dueAtMs).toBe(NOW);
        expect((await lists(NOW + 2 * LEASE)).lapsed).toEqual([ID]);
      });

      test('a tombstone is clearable at once, then when it is said, then no more', async () => {
        await integrations.markDeleting(REF, NOW);
        expect((await lists(NOW)).clearable).toEqual([ID]);

        await integrations.setClearAt(REF, NOW + 180_000);
        expect((await lists(NOW + 179_999)).clearable).toEqual([]);
        expect((await lists(NOW + 180_000)).clearable).toEqual([ID]);

        await integrations.setClearAt(REF, null);
        expect(await lists(NOW + 9 * LEASE)).toEqual({ due: [], lapsed: [], clearable: [] });
      });

      test('clearing is asked for tombstones alone', async () => {
        await integrations.setClearAt(REF, NOW);
        await integrations.setClearAt({ ...REF, integrationId: 'other' }, NOW);
        expect((await lists(NOW)).clearable).toEqual([]);
        expect(await integrations.get({ ...REF, integrationId: 'other' })).toBeUndefined();
      });

      test('give the most overdue first, page by page', async () => {
        await integrations.setDue(REF, null);
        for (let n = 0; n < 7; n += 1)
          await integrations.create(
            toIntegration({ id: `due${n}`, tenantId: `tenant${n % 3}`, dueAtMs: NOW - n }),
          );

        const first = await integrations.listDue(NOW, 4);
        const second = await integrations.listDue(NOW, 4, first.next);

        const ids = [...first.items, ...second.items].map(({ integrationId }) => integrationId);
        expect(ids).toEqual(['due6', 'due5', 'due4', 'due3', 'due2', 'due1', 'due0']);
        expect(first.items[0]).toEqual({ tenantId: 'tenant0', integrationId: 'due6', dueAtMs: NOW - 6 });
        expect(second.next).toBeUndefined();
      });
    });
  });
}
