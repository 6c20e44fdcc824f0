import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Person, type RunningSystem, startSystem } from '#test/support/running-system.ts';

let system: RunningSystem;
let alice: Person;

beforeAll(async () => {
  system = await startSystem();
  alice = await system.person('alice');
});
afterAll(() => system.stop());

describe.concurrent('where minutes have to pass', () => {
  test.for(['namecheap', 'porkbun'])(
    'fifty domains at %s, whose limit makes it long, are all there in the end',
    async (registrar, { expect }) => {
      const added = await alice.connect(registrar, 'demo-50');

      const integration = await alice.settled(added.body.id, 290_000);

      expect(integration).toMatchObject({ status: 'SYNCED', counts: { total: 50 } });
      const truth = await system.truth(registrar, 'demo-50');
      const domains = await alice.all(`/v1/domains?integration=${added.body.id}`);
      for (const expected of truth.domains) {
        expect(domains.find(({ name }) => name === expected.name)).toMatchObject(expected);
        const records = await alice.get(`/v1/domains/${expected.name}/records?integration=${added.body.id}`);
        expect(records.body.rrsets).toEqual(truth.records[expected.name]);
      }
      expect(await system.tell('GET', `${registrar}/counters`)).toMatchObject({ violations: 0, writes: 0 });
    },
  );

  test('the sixty-first second after a manual sync allows the next', async ({ expect }) => {
    const added = await alice.connect('gandi', 'demo-10');
    const path = `/v1/integrations/${added.body.id}/sync`;
    await alice.settled(added.body.id);
    const first = await alice.post(path);
    await alice.settled(added.body.id);

    const tooSoon = await alice.post(path);
    await sleep(Number(tooSoon.headers.get('retry-after')) * 1_000);
    const next = await alice.post(path);

    expect(first.status).toBe(202);
    expect(tooSoon.status).toBe(429);
    expect(next.status).toBe(202);
  });
});
