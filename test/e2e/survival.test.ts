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
