import { beforeEach, describe, expect, test } from 'vitest';
import type { MemoryRows } from '#store/memory-rows.ts';
import { createMemoryStores, type TestStores } from '#test/support/stores.ts';
import { ID, LEASE, NOW, REF, TENANT, toDomain, toIntegration, toRun, toStats, toZone } from './fixtures.ts';

const fence = { ...REF, epoch: 2 };

describe('what a step of a sync costs in writes', () => {
  let stores: TestStores<MemoryRows>;
  const spent = async (work: () => Promise<unknown>) => {
    stores.rows.portfolio.resetStats();
    await work();
    return stores.rows.portfolio.stats();
  };

  beforeEach(async () => {
    stores = createMemoryStores();
    await stores.integrations.create(toIntegration());
  });

  test('the start of a run is one write, and so is a refused one', async () => {
    const request = { runId: 'run1', trigger: 'MANUAL', nowMs: NOW, leaseUntilMs: NOW + LEASE } as const;
    expect(await spent(() => stores.integrations.startRun(REF, request))).toEqual({
      INT: { writes: 1, units: 1 },
    });
    expect(await spent(() => stores.integrations.startRun(REF, { ...request, runId: 'run2' }))).toEqual({
      INT: { writes: 1, units: 1 },
    });
  });

  test('reading what is unchanged writes nothing', async () => {
    await stores.domains.put(toDomain('example.com'));
    await stores.zones.put(fence, 'example.com', toZone(3));

    const stats = await spent(async () => {
      await stores.domains.briefs(ID, 'a', 'z');
      await stores.domains.listByExpiry(TENANT, { limit: 100 });
      await stores.zones.get(ID, 'example.com');
      for await (const _page of stores.domains.all(ID));
    });

    expect(stats).toEqual({});
  });

  test('a domain is one unit, a zone as many as its kilobytes', async () => {
    expect(await spent(() => stores.domains.put(toDomain('example.com')))).toEqual({
      DOM: { writes: 1, units: 1 },
    });
    expect(await spent(() => stores.zones.put(fence, 'example.com', toZone(3)))).toEqual({
      DNS: { writes: 1, units: 3 },
    });
    expect(await spent(() => stores.domains.setDns(fence, 'example.com', toDomain('x').dns))).toEqual({
      DOM: { writes: 1, units: 1 },
    });
  });

  test('equal figures are not written, changed ones once', async () => {
    await stores.stats.put(fence, toStats([1, 2]));
    expect(await spent(() => stores.stats.put({ ...fence, epoch: 3 }, toStats([1, 2])))).toEqual({});
    expect(await spent(() => stores.stats.put(fence, toStats([1, 3])))).toEqual({
      STATS: { writes: 1, units: 1 },
    });
  });

  test('an empty note is not written', async () => {
    await stores.runs.create(toRun('run1'));
    expect(await spent(() => stores.runs.note(ID, 'run1', { progress: {}, steps: {}, addDone: 0 }))).toEqual(
      {},
    );
    expect(await spent(() => stores.runs.note(ID, 'run1', { addDone: 1 }))).toEqual({
      RUN: { writes: 1, units: 1 },
    });
  });

  test('a step costs one write to claim and one to save', async () => {
    const claim = { attempt: 0, hop: 0, messageId: 'm', atMs: NOW };
    const ref = { integrationId: ID, runId: 'run1', epoch: 2 };
    const state = { done: true, result: {}, position: undefined, calls: 1, waitedMs: 0 };
    const stats = await spent(async () => {
      await stores.work.claim(ref, 'list', claim);
      await stores.work.save(ref, 'list', claim, state);
    });
    expect(stats).toEqual({ WORK: { writes: 2, units: 2 } });
  });

  test('a rate limit costs one write to take and one to give back', async () => {
    const stats = await spent(async () => {
      await stores.rateBuckets.acquire('godaddy#x', 'one', NOW, NOW + 1);
      await stores.rateBuckets.release('godaddy#x', 'one', 'state');
    });
    expect(stats).toEqual({ RL: { writes: 2, units: 2 } });
  });
});
