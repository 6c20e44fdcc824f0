import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { RUN_STEPS } from '#core/sync-run.ts';
import { startRun } from '#sync/runs/start-run.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

describe.each(REGISTRAR_IDS)('a sync at %s', (registrar) => {
  test.each(['demo-10', 'demo-50'])(
    'of account %s stores every domain and record as the registrar has them',
    async (accountId) => {
      const { protocol, accounts } = world.simulator(registrar);
      const { portfolio } = accounts.get(accountId);

      const { ref, run: started } = await world.connect(registrar, accountId);
      const { run, integration } = await world.finish(ref, started.runId);

      expect(world.counters.failures).toEqual([]);
      expect(integration.problem).toBeNull();
      expect(run.status).toBe('SUCCEEDED');
      expect(Object.keys(run.stepStartedAt).sort()).toEqual([...RUN_STEPS].sort());
      expect(run.counts.listed).toBe(portfolio.size);
      expect(world.counters).toMatchObject({ violations: 0, writes: 0 });
      for (const name of portfolio.names) {
        const domain = portfolio.get(name);
        if (!domain) throw new Error(name);
        const truth = protocol.truthDomain(domain);
        const stored = await world.stores.domains.get(ref.integrationId, name);
        const { dns, unicodeName: _, ...facts } = truth;
        expect(stored).toMatchObject(facts);
        expect(stored?.dns.status).toBe(dns.status);
        const zone = dns.status === 'FETCHED' ? await world.stores.zones.get(ref.integrationId, name) : [];
        expect(zone).toEqual(protocol.truthRecords(domain));
      }
    },
  );
});

describe('the figures of a first sync', () => {
  test('are there as soon as the domains are listed, while the zones are still being read', async () => {
    const { ref, run } = await world.connect('porkbun', 'demo-50');
    await world.clock.advance(10_000);

    const stats = await world.stores.stats.list(ref.tenantId);

    expect((await world.stores.runs.get(ref.integrationId, run.runId))?.status).toBe('RUNNING');
    expect(stats.get(ref.integrationId)?.total).toBe(50);
  });
});

describe('the time of a first sync, at 350 ms a call', () => {
  test.each([
    ...REGISTRAR_IDS.map((registrar) => [registrar, 'demo-10', 30_000] as const),
    // Namecheap's 20 calls a minute make fifty take two minutes and a bit: there an estimate is shown.
    ...REGISTRAR_IDS.filter((registrar) => registrar !== 'namecheap').map(
      (registrar) => [registrar, 'demo-50', 120_000] as const,
    ),
  ])('at %s of account %s is at most %i ms', async (registrar, accountId, mostMs) => {
    const startedMs = world.clock.now();
    const { ref, run } = await world.connect(registrar, accountId);

    await world.finish(ref, run.runId);

    expect(world.clock.now() - startedMs).toBeLessThanOrEqual(mostMs);
  });
});

describe('the progress of a long range', () => {
  test('is told every few seconds, and adds up', async () => {
    const { ref, run } = await world.connect('porkbun', 'demo-50');
    const told = new Set<number>();
    for (let second = 0; second < 40; second += 1) {
      await world.clock.advance(1_000);
      told.add((await world.stores.runs.get(ref.integrationId, run.runId))?.progress.domainsDone ?? 0);
    }
    const { run: ended } = await world.finish(ref, run.runId);

    expect(told.size).toBeGreaterThan(5);
    expect(ended.progress).toEqual({ domainsListed: 50, domainsDone: 50, domainsTotal: 50 });
  });

  test('is told once in a while in a sync of the schedule, and adds up', async () => {
    const { ref, run: first } = await world.connect('porkbun', 'demo-50');
    await world.finish(ref, first.runId);
    await world.clock.advance(8 * 86_400_000);
    const start = await startRun(world.runDeps, ref, 'SCHEDULED');
    if (!start.started) throw new Error(start.why);
    const told = new Set<number>();
    for (let second = 0; second < 180; second += 1) {
      await world.clock.advance(1_000);
      told.add((await world.stores.runs.get(ref.integrationId, start.run.runId))?.progress.domainsDone ?? 0);
    }
    const { run: ended } = await world.finish(ref, start.run.runId);

    // Nothing yet, those that are elsewhere, and the end of each of two ranges.
    expect(told.size).toBeLessThanOrEqual(4);
    expect(ended.progress).toEqual({ domainsListed: 50, domainsDone: 50, domainsTotal: 50 });
  });
});
