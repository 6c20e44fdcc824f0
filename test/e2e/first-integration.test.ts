import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, type RunningSystem, startSystem } from '#test/support/running-system.ts';

const REGISTRARS = ['godaddy', 'namecheap', 'gandi', 'porkbun', 'namecom'];
const STEPS = [
  'VALIDATE_API_ACCESS',
  'FETCH_DOMAINS',
  'PROCESS_DOMAINS',
  'FETCH_DNS_RECORDS',
  'SAVE',
  'UPDATE_DASHBOARD',
];

let system: RunningSystem;
let alice: Person;

beforeAll(async () => {
  system = await startSystem();
  alice = await system.person('alice');
}, 120_000);
afterAll(() => system.stop());

// Accounts of ten at all five; of fifty where no limit makes it long (those take minutes, and have a suite of their own).
const accounts = [
  ...REGISTRARS.map((registrar) => [registrar, 'demo-10', 10] as const),
  ...['godaddy', 'gandi', 'namecom'].map((registrar) => [registrar, 'demo-50', 50] as const),
];

describe.concurrent('a first integration', () => {
  test.for(accounts)(
    'at %s with account %s: every domain and record is as the registrar has it',
    { timeout: 120_000 },
    async ([registrar, accountId, size], { expect }) => {
      const added = await alice.connect(registrar, accountId);
      const began = performance.now();

      expect(added.status).toBe(201);
      expect(added.body.status).toBe('SYNCING');
      expect(added.headers.get('location')).toBe(`/v1/integrations/${added.body.id}`);
      const integration = await alice.settled(added.body.id, 100_000);
      const tookMs = performance.now() - began;
      const { body: runs } = await alice.get(`/v1/integrations/${added.body.id}/runs`);

      expect(integration).toMatchObject({
        status: 'SYNCED',
        counts: { total: size },
        maskedId: `...${added.body.id.slice(-5)}`,
      });
      expect(runs.items).toHaveLength(1);
      expect(runs.items[0].steps.map(({ step }: { step: string }) => step)).toEqual(STEPS);
      expect(runs.items[0]).toMatchObject({
        status: 'SUCCEEDED',
        trigger: 'ADDED',
        counts: { listed: size, new: size },
      });

      const truth = await system.truth(registrar, accountId);
      const domains = await alice.all(`/v1/domains?integration=${added.body.id}&limit=20`);
      expect(domains.map(({ name }) => name).sort()).toEqual(
        truth.domains.map(({ name }: { name: string }) => name).sort(),
      );
      for (const expected of truth.domains) {
        const domain = domains.find(({ name }) => name === expected.name);
        expect(domain).toMatchObject(expected);
        const records = await alice.get(`/v1/domains/${expected.name}/records?integration=${added.body.id}`);
        expect(records.body.rrsets).toEqual(truth.records[expected.name]);
      }
      console.info(
        `${registrar} ${accountId}: POST ${Math.round(added.ms)} ms, synced in ${Math.round(tookMs)} ms, ${runs.items[0].registrarCalls} calls`,
      );
    },
  );
});

describe('after the syncs', () => {
  test('no registrar saw a call too many, or one that writes', async () => {
    for (const registrar of REGISTRARS) {
      expect(await system.tell('GET', `${registrar}/counters`)).toMatchObject({
        violations: 0,
        writes: 0,
        failures: 0,
      });
    }
  });

  test('the dashboard counts what the cards count', async () => {
    const { body: summary } = await alice.get('/v1/summary');
    const { body: integrations } = await alice.get('/v1/integrations');
    const sum = (key: string) =>
      integrations.items.reduce(
        (total: number, { counts }: { counts: Record<string, number> }) => total + (counts[key] ?? 0),
        0,
      );

    expect(summary).toMatchObject({
      total: sum('total'),
      active: sum('active'),
      expiringSoon: sum('expiringSoon'),
      expired: sum('expired'),
    });
    const domains = await alice.all('/v1/domains?limit=1000');
    expect(domains).toHaveLength(summary.total);
    for (const [key, status] of [
      ['active', 'ACTIVE'],
      ['expiringSoon', 'EXPIRING_SOON'],
      ['expired', 'EXPIRED'],
    ] as const) {
      expect(domains.filter((domain) => domain.status === status)).toHaveLength(summary[key]);
    }
  });

  test('another person sees none of it', async () => {
    const bob = await system.person('bob');
    const { body } = await alice.get('/v1/integrations');

    const foreign = await bob.get(`/v1/integrations/${body.items[0].id}`);
    const missing = await bob.get('/v1/integrations/aaaaaaaaaaaaaaaaaaaaaaaaaa');

    expect((await bob.get('/v1/integrations')).body.items).toEqual([]);
    expect(await bob.all('/v1/domains')).toEqual([]);
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
  });
});
