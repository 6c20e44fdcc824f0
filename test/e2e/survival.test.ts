import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, type RunningSystem, startSystem } from '#test/support/running-system.ts';

let system: RunningSystem;
let alice: Person;

beforeAll(async () => {
  system = await startSystem();
  alice = await system.person('alice');
}, 120_000);
afterAll(() => system.stop());

describe('Sync Now', () => {
  test('pressed a hundred times at once starts one run; the others are told which', {
    timeout: 60_000,
  }, async () => {
    const added = await alice.connect('gandi', 'demo-10');
    await alice.settled(added.body.id);

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => alice.post(`/v1/integrations/${added.body.id}/sync`)),
    );

    const [accepted, ...more] = answers.filter(({ status }) => status === 202);
    const refused = answers.filter(({ status }) => status === 409);
    expect(more).toEqual([]);
    expect(refused).toHaveLength(99);
    expect(accepted?.headers.get('location')).toBe(
      `/v1/integrations/${added.body.id}/runs/${accepted?.body.runId}`,
    );
    for (const { body } of refused)
      expect(body).toMatchObject({ code: 'SYNC_RUNNING', runId: accepted?.body.runId });

    await alice.settled(added.body.id);
    const tooSoon = await alice.post(`/v1/integrations/${added.body.id}/sync`);
    expect(tooSoon).toMatchObject({ status: 429, body: { code: 'SYNC_TOO_SOON' } });
    expect(Number(tooSoon.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(tooSoon.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });
});

describe('deleting during a sync', () => {
  test('takes everything away, and nothing comes back', { timeout: 60_000 }, async () => {
    const added = await alice.connect('porkbun', 'demo-50');
    await sleep(4_000);
    const during = await alice.all(`/v1/domains?integration=${added.body.id}`);

    const deleted = await alice.call('DELETE', `/v1/integrations/${added.body.id}`);

    expect(during.length).toBeGreaterThan(0);
    expect(deleted.status).toBe(204);
    for (let look = 0; look < 5; look += 1) {
      expect((await alice.get(`/v1/integrations/${added.body.id}`)).status).toBe(404);
      const names = (await alice.all('/v1/domains')).filter(
        ({ integrationId }) => integrationId === added.body.id,
      );
      expect(names).toEqual([]);
      await sleep(1_000);
    }
  });
});

describe('kill -9 during a sync, and a new start', () => {
  // The worker that was killed holds the limit's lease for up to 125 s: nobody else may send before it ends.
  test('the run ends by itself, complete, and nothing says Syncing', { timeout: 260_000 }, async () => {
    const added = await alice.connect('porkbun', 'demo-10');
    await sleep(6_000);
    const before = await alice.get(`/v1/integrations/${added.body.id}`);

    await system.kill();
    system = await startSystem(system.dataDir);
    alice = await system.person('alice');

    expect(before.body.status).toBe('SYNCING');
    const integration = await alice.settled(added.body.id, 240_000);
    expect(integration).toMatchObject({ status: 'SYNCED', counts: { total: 10 } });
    const truth = await system.truth('porkbun', 'demo-10');
    const domains = await alice.all(`/v1/domains?integration=${added.body.id}`);
    for (const expected of truth.domains) {
      expect(domains.find(({ name }) => name === expected.name)).toMatchObject(expected);
      const records = await alice.get(`/v1/domains/${expected.name}/records?integration=${added.body.id}`);
      expect(records.body.rrsets).toEqual(truth.records[expected.name]);
    }
  });
});
