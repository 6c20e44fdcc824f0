import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, type RunningSystem, startSystem } from '#test/support/running-system.ts';

let system: RunningSystem;
let alice: Person;

beforeAll(async () => {
  system = await startSystem();
  alice = await system.person('alice');
});
afterAll(() => system.stop());

describe('kill -9 during a sync, and a new start', () => {
  // The worker that was killed holds the limit's lease for up to 125 s: nobody else may send before it ends.
  test('the run ends by itself, complete, and nothing says Syncing', async () => {
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
