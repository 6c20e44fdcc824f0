import { beforeEach, describe, expect, test } from 'vitest';
import { allOfQuery } from '#store/rows.ts';
import type { TestStores } from '#test/support/stores.ts';
import { ID, NOW, REF, TENANT, toStats } from '../fixtures.ts';

/** What the stores of figures, settings, refusals and the audit trail must do. */
export function testTenants(makeStores: () => Promise<TestStores>): void {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await makeStores();
  });

  describe('stats', () => {
    const fenceAt = (epoch: number) => ({ ...REF, epoch });

    test.each([
      ['none', toStats([])],
      ['some, all with renewal', toStats([100, 200, 300])],
      ['some, with equal instants, in part without renewal', toStats([5, 5, 5, 9, 9, 1e9], [5, 5, 9])],
    ])('figures of %s come back as they were put', async (_name, stats) => {
      await stores.stats.put(fenceAt(2), stats);
      expect(await stores.stats.list(TENANT)).toEqual(new Map([[ID, stats]]));
    });

    test('the figures of 100,000 names, none of them renewed, fit a row', async () => {
      const expiries = Array.from({ length: 100_000 }, (_, n) => 1_800_000_000 + n * 3_155 + (n % 7));
      const stats = toStats(expiries, expiries);
      await stores.stats.put(fenceAt(2), stats);
      expect((await stores.stats.list(TENANT)).get(ID)).toEqual(stats);
    });

    test('an older epoch does not overwrite them', async () => {
      await stores.stats.put(fenceAt(5), toStats([1]));
      await stores.stats.put(fenceAt(4), toStats([2]));
      expect((await stores.stats.list(TENANT)).get(ID)).toEqual(toStats([1]));
      await stores.stats.put(fenceAt(5), toStats([3]));
      expect((await stores.stats.list(TENANT)).get(ID)).toEqual(toStats([3]));
    });

    test('an instant without renewal that is no expiry is a fault', async () => {
      await expect(stores.stats.put(fenceAt(2), toStats([1, 3], [2]))).rejects.toThrow(RangeError);
    });

    test('figures are deleted, repeatedly, and only those', async () => {
      await stores.stats.put(fenceAt(2), toStats([1]));
      await stores.stats.put({ ...fenceAt(2), integrationId: 'other' }, toStats([2]));
      await stores.stats.delete(REF);
      await stores.stats.delete(REF);
      expect([...(await stores.stats.list(TENANT)).keys()]).toEqual(['other']);
    });
  });

  describe('tenants', () => {
    test('settings begin with 30 days at revision 0 and are changed at their revision only', async () => {
      const { tenants } = stores;
      expect(await tenants.settings(TENANT)).toEqual({ expiringSoonDays: 30, revision: 0 });
      expect(await tenants.putSettings(TENANT, { expiringSoonDays: 60 }, 1)).toBe('conflict');
      const changed = { expiringSoonDays: 60, revision: 1 };
      expect(await tenants.putSettings(TENANT, { expiringSoonDays: 60 }, 0)).toEqual(changed);
      expect(await tenants.settings(TENANT)).toEqual(changed);
      expect(await tenants.putSettings(TENANT, { expiringSoonDays: 9 }, 0)).toBe('conflict');
      expect(await tenants.putSettings(TENANT, { expiringSoonDays: 7 })).toEqual({
        expiringSoonDays: 7,
        revision: 2,
      });
    });

    test('refusals are given since an instant, oldest first, also those of one millisecond', async () => {
      for (const atMs of [NOW, NOW - 10, NOW, NOW - 3_600_000])
        await stores.tenants.noteRefusal(TENANT, atMs);
      await stores.tenants.noteRefusal('tenantbbbb', NOW);

      expect(await stores.tenants.refusalsSince(TENANT, NOW - 10)).toEqual([NOW - 10, NOW, NOW]);
    });

    test('a deleted tenant has no settings and no remembered answers, but its refusals still count', async () => {
      await stores.tenants.putSettings(TENANT, { expiringSoonDays: 9 });
      await stores.tenants.noteRefusal(TENANT, NOW);
      const request = { fingerprint: 'f', resourceId: 'r1', nowMs: NOW };
      await stores.idempotency.claim(TENANT, 'key', request);

      await stores.tenants.deleteTenant(TENANT);
      await stores.tenants.deleteTenant(TENANT);

      expect(await stores.tenants.settings(TENANT)).toEqual({ expiringSoonDays: 30, revision: 0 });
      expect(await stores.tenants.refusalsSince(TENANT, 0)).toEqual([NOW]);
      const again = { ...request, resourceId: 'r2' };
      expect(await stores.idempotency.claim(TENANT, 'key', again)).toEqual({
        outcome: 'fresh',
        resourceId: 'r2',
      });
    });
  });

  test('an audit event is appended to its tenant and month, once, and kept 400 days', async () => {
    const event = { tenantId: TENANT, action: 'EXPORTED', atMs: NOW, id: 'event1' } as const;
    await stores.audit.append(event);
    await stores.audit.append(event);
    await stores.audit.append({ ...event, id: 'event2', integrationId: ID, runId: 'run1' });

    expect(await allOfQuery(stores.rows.portfolio, { pk: `AUD#${TENANT}#2026-11` })).toEqual([
      {
        PK: `AUD#${TENANT}#2026-11`,
        SK: '2026-11-23T12:00:00.000Z#event1',
        action: 'EXPORTED',
        atMs: NOW,
        ttl: NOW / 1000 + 400 * 86_400,
      },
      expect.objectContaining({ integrationId: ID, runId: 'run1' }),
    ]);
  });
}
