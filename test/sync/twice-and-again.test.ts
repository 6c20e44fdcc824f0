import { afterEach, describe, expect, test } from 'vitest';
import { toSecret } from '#core/secret.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
afterEach(() => world.close());

describe('a run with more ranges than one execution holds', () => {
  test('goes on in further executions, and asks the registrar nothing twice', async () => {
    world = createSyncWorld({ maxRanges: 1 });
    world.simulator('namecom').accounts.put('demo-10', { size: 1_000, seed: 4 });
    const { ref, run: started } = await world.connect('namecom', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 1_000, failed: 0 } });
    expect(run.executionName).not.toBe(run.runId);
    expect(world.counters.calls).toBe(2 + run.counts.dnsFetched);
  });
});

describe('a queue that delivers twice at once', () => {
  test('makes no call a second time, and breaks no limit', async () => {
    world = createSyncWorld();
    world.deliverTwice();
    const { ref, run: started } = await world.connect('godaddy', 'demo-50');

    const { run } = await world.finish(ref, started.runId);

    expect(run.status).toBe('SUCCEEDED');
    expect(world.counters.violations).toBe(0);
  });
});

describe('a queue that delivers every message twice, also while a worker is at work on it', () => {
  test('does not make the run begin its ranges again and again', async () => {
    world = createSyncWorld();
    world.deliverTwice();
    const { ref, run: started } = await world.connect('porkbun', 'demo-50');

    const { run } = await world.finish(ref, started.runId);

    expect(run.status).toBe('SUCCEEDED');
    expect(world.counters.calls).toBe(run.registrarCalls);
    expect(world.counters.failures).toEqual([]);
  });
});

describe('an ending that is told twice', () => {
  test('counts a refusal once', async () => {
    world = createSyncWorld();
    const { ref, run: started } = await world.connect('porkbun', 'wrong-key');
    const { run } = await world.finish(ref, started.runId);

    await world.finishAgain(ref, run, 'INVALID_CREDENTIALS');
    await world.finishAgain(ref, run, 'States.FAILED');

    expect(await world.stores.integrations.get(ref)).toMatchObject({ refusals: 1 });
    expect(await world.stores.tenants.refusalsSince(ref.tenantId, 0)).toHaveLength(1);
  });

  test('leaves a good outcome as it is, and its counts', async () => {
    world = createSyncWorld();
    const { ref, run: started } = await world.connect('namecom', 'demo-10');
    const { run } = await world.finish(ref, started.runId);

    await world.finishAgain(ref, run, 'INTERNAL');

    expect(await world.stores.integrations.get(ref)).toMatchObject({ problem: null, leaseUntilMs: null });
    expect(await world.stores.runs.get(ref.integrationId, run.runId)).toEqual(run);
  });
});

describe('a 429 while other calls are under way', () => {
  test('keeps every call away for as long as the registrar asked', async () => {
    world = createSyncWorld();
    world.simulator('godaddy').accounts.put('demo-10', { size: 200, seed: 5 });
    let seen = 0;
    let closedMs = 0;
    let during = 0;
    world.setInterference(() => {
      seen += 1;
      const now = world.clock.now();
      if (closedMs > 0 && now > closedMs + 2_000 && now < closedMs + 600_000) during += 1;
      if (seen !== 59) return undefined;
      closedMs = now;
      return { status: 429, headers: { 'retry-after': '600' }, body: '{"code":"TOO_MANY_REQUESTS"}' };
    });
    const { ref, run: started } = await world.connect('godaddy', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(closedMs).toBeGreaterThan(0);
    expect(during).toBe(0);
    expect(run.status).toBe('SUCCEEDED');
  });
});

describe('new credentials that are mistyped three times', () => {
  test('do not stop the schedule of the good ones', async () => {
    world = createSyncWorld();
    const { ref, run } = await world.connect('porkbun', 'demo-10');
    await world.finish(ref, run.runId);
    const wrong = toSecret(world.simulator('porkbun').accounts.get('wrong-key').credentials);

    for (let again = 0; again < 3; again += 1) {
      const replaced = await world.commands.replaceCredentials(ref, wrong);
      if (replaced.outcome !== 'accepted') throw new Error(replaced.outcome);
      await world.finish(ref, replaced.run.runId);
    }

    const integration = await world.stores.integrations.get(ref);
    expect(integration?.refusals).toBe(0);
    expect(integration?.dueAtMs).not.toBeNull();
  });
});

describe('a listing with wholly other names', () => {
  test('is held: the names that it brings do not outweigh those that are gone', async () => {
    world = createSyncWorld();
    const { accounts } = world.simulator('namecom');
    const { ref, run } = await world.connect('namecom', 'demo-10');
    await world.finish(ref, run.runId);
    accounts.put('demo-10', { size: 50, seed: 99 });

    const { run: second, integration } = await world.syncAgain(ref);

    expect(second.counts).toMatchObject({ missing: 0, new: 50 });
    expect(integration.held).toMatchObject({ known: 10, gone: 10 });
  });

  test('that a person accepted does not make an emptier one believed', async () => {
    world = createSyncWorld();
    const { accounts } = world.simulator('namecom');
    const { ref, run } = await world.connect('namecom', 'demo-50');
    await world.finish(ref, run.runId);
    accounts.put('demo-50', { remove: accounts.get('demo-50').portfolio.names.slice(0, 20) });
    await world.syncAgain(ref);
    await world.commands.acceptListing(ref);
    accounts.put('demo-50', { remove: [...accounts.get('demo-50').portfolio.names] });

    const { run: empty, integration } = await world.syncAgain(ref);

    expect(empty.counts).toMatchObject({ missing: 0, removed: 0 });
    expect(integration.held).toMatchObject({ gone: 50, acceptedAt: null });
  });
});

describe('a zone that was full', () => {
  test('is held when it comes back empty, also after a failed reading', async () => {
    world = createSyncWorld();
    const { accounts } = world.simulator('gandi');
    accounts.put('demo-10', { size: 10, seed: 2, zoneSize: 30 });
    const { portfolio } = accounts.get('demo-10');
    const zone = portfolio.names.find((name) => portfolio.get(name)?.dnsHere) ?? '';
    const { ref, run } = await world.connect('gandi', 'demo-10');
    await world.finish(ref, run.runId);
    const before = await world.stores.zones.get(ref.integrationId, zone);
    const answerZone = (status: number, body: string) =>
      world.setInterference((call) =>
        call.path.includes(`/domains/${zone}/records`) ? { status, body } : undefined,
      );

    answerZone(500, 'fake outage');
    await world.syncAgain(ref);
    answerZone(200, '[]');
    await world.syncAgain(ref);

    expect(before?.length).toBeGreaterThanOrEqual(10);
    expect(await world.stores.zones.get(ref.integrationId, zone)).toEqual(before);
    expect((await world.stores.domains.get(ref.integrationId, zone))?.dns.problem).toMatchObject({
      code: 'LISTING_SHRANK',
    });
  });
});
