import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

const unavailable = { status: 500, body: 'fake outage' };

describe('a zone that can not be read', () => {
  test('fails alone: the others are stored, the run is partial, and its domain says why', async () => {
    const { protocol, accounts } = world.simulator('gandi');
    const { portfolio } = accounts.get('demo-10');
    const broken = portfolio.names.find((name) => portfolio.get(name)?.dnsHere);
    world.setInterference((call) =>
      call.path.includes(`/domains/${broken}/records`) ? unavailable : undefined,
    );

    const { ref, run: started } = await world.connect('gandi', 'demo-10');
    const { run, integration } = await world.finish(ref, started.runId);

    expect(run).toMatchObject({ status: 'PARTIAL', counts: { failed: 1, listed: 10 } });
    expect(integration.problem).toBeNull();
    expect(integration.notices).toContainEqual({ code: 'PARTIAL_DNS', domains: 1 });
    for (const name of portfolio.names) {
      const stored = await world.stores.domains.get(ref.integrationId, name);
      const domain = portfolio.get(name);
      if (!domain) throw new Error(name);
      const expected = name === broken ? 'FAILED' : protocol.truthDomain(domain).dns.status;
      expect(stored?.dns.status).toBe(expected);
    }
    expect((await world.stores.domains.get(ref.integrationId, broken ?? ''))?.dns.problem).toMatchObject({
      code: 'REGISTRAR_UNAVAILABLE',
    });
  });

  test('keeps its old records, and is well again after the next sync', async () => {
    const { portfolio } = world.simulator('gandi').accounts.get('demo-10');
    const broken = portfolio.names.find((name) => portfolio.get(name)?.dnsHere) ?? '';
    const { ref, run: started } = await world.connect('gandi', 'demo-10');
    await world.finish(ref, started.runId);
    const records = await world.stores.zones.get(ref.integrationId, broken);
    world.setInterference((call) =>
      call.path.includes(`/domains/${broken}/records`) ? unavailable : undefined,
    );

    await world.syncAgain(ref);
    const during = await world.stores.zones.get(ref.integrationId, broken);
    world.setInterference(() => undefined);
    const { run } = await world.syncAgain(ref);

    expect(during).toEqual(records);
    expect(run.status).toBe('SUCCEEDED');
    expect((await world.stores.domains.get(ref.integrationId, broken))?.dns).toMatchObject({
      status: 'FETCHED',
      problem: null,
    });
  });
});

describe('a listing that fails', () => {
  test('is tried three times in all, and then the run says so', async () => {
    world.setInterference((call) => (call.path.endsWith('/core/v1/domains') ? unavailable : undefined));
    const { ref, run: started } = await world.connect('namecom', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(run).toMatchObject({ status: 'FAILED', problem: { code: 'REGISTRAR_UNAVAILABLE' } });
    expect(world.counters.calls).toBe(4);
  });

  test('goes on at the page that failed', async () => {
    const { accounts } = world.simulator('namecom');
    accounts.put('demo-10', { size: 2_500, seed: 3 });
    let failures = 1;
    world.setInterference((call) => (call.query?.page === '2' && failures-- > 0 ? unavailable : undefined));
    const { ref, run: started } = await world.connect('namecom', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 2_500 } });
    const pages = world.counters.calls - run.counts.dnsFetched;
    expect(pages).toBeGreaterThanOrEqual(1 + 3 + 1);
  });

  test('at one page after the other is read whole all the same', async () => {
    world.simulator('namecom').accounts.put('demo-10', { size: 5_500, seed: 3 });
    const failed = new Set<string>();
    world.setInterference((call) => {
      const { page = '1' } = call.query ?? {};
      if (!call.path.endsWith('/core/v1/domains') || failed.has(page)) return undefined;
      failed.add(page);
      return unavailable;
    });
    const { ref, run: started } = await world.connect('namecom', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(failed.size).toBe(6);
    expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 5_500 } });
  });

  test('at a page for good is a failure of the whole, after four calls for that page', async () => {
    world.simulator('namecom').accounts.put('demo-10', { size: 2_500, seed: 3 });
    world.setInterference((call) => (call.query?.page === '2' ? unavailable : undefined));
    const { ref, run: started } = await world.connect('namecom', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(run).toMatchObject({ status: 'FAILED', problem: { code: 'REGISTRAR_UNAVAILABLE' } });
    expect(world.counters.calls).toBe(1 + 1 + 4);
  });

  test('whose total changes between two pages is read again from its beginning', async () => {
    const { accounts } = world.simulator('namecom');
    accounts.put('demo-10', { size: 1_500, seed: 3 });
    let changed = false;
    world.setInterference((call) => {
      if (call.path.endsWith('/core/v1/domains') && call.query?.page === '1' && !changed) {
        changed = true;
        accounts.put('demo-10', { remove: accounts.get('demo-10').portfolio.names.slice(0, 1) });
      }
      return undefined;
    });
    const { ref, run: started } = await world.connect('namecom', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 1_499 } });
  });
});

describe('a registrar that says "too many"', () => {
  test('is left alone as long as it asked, and the sync then ends well', async () => {
    let answers = 2;
    world.setInterference((call) =>
      call.path.endsWith('/core/v1/domains') && answers-- > 0
        ? { status: 429, headers: { 'retry-after': '120' }, body: '{"message":"Rate Limit Exceeded"}' }
        : undefined,
    );
    const { ref, run: started } = await world.connect('namecom', 'demo-10');
    const startedMs = world.clock.now();

    const { run } = await world.finish(ref, started.runId);

    expect(run.status).toBe('SUCCEEDED');
    expect(world.clock.now() - startedMs).toBeGreaterThan(240_000);
  });

  test('again and again is asked ever more rarely, whatever it says', async () => {
    world.setInterference(() => ({ status: 429, headers: { 'retry-after': '0' }, body: '{}' }));
    const { ref, run: started } = await world.connect('namecom', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(run).toMatchObject({ status: 'FAILED', problem: { code: 'RATE_LIMITED' } });
    expect(world.counters.calls).toBeLessThan(60);
  });

  test('for more than an hour ends the run as RATE_LIMITED', async () => {
    world.setInterference(() => ({ status: 429, body: '{"message":"Rate Limit Exceeded"}' }));
    const { ref, run: started } = await world.connect('namecom', 'demo-10');

    const { run } = await world.finish(ref, started.runId);

    expect(run).toMatchObject({ status: 'FAILED', problem: { code: 'RATE_LIMITED' } });
  });
});

describe('deleting', () => {
  test('during a sync leaves nothing behind, and nothing comes back', async () => {
    const { ref } = await world.connect('porkbun', 'demo-50');
    await world.clock.advance(15_000);

    expect(await world.commands.remove(ref)).toBe('removed');
    expect(await world.stores.credentials.read(ref.integrationId)).toBe('deleted');
    await world.clock.advance(300_000);
    await world.sweep();
    await world.clock.advance(300_000);
    await world.sweep();

    const left = world.stores.rows.portfolio.dump().filter(({ PK }) => PK === `INT#${ref.integrationId}`);
    expect(left).toEqual([]);
    expect(await world.stores.integrations.list(ref.tenantId)).toEqual([]);
    expect(world.stores.rows.credentials.dump()).not.toContainEqual(
      expect.objectContaining({ current: expect.anything() }),
    );
    expect(await world.commands.remove(ref)).toBe('gone');
  });
});

describe('a message that comes twice', () => {
  test('is worked on once, and its step answers once', async () => {
    const { ref, run: started } = await world.connect('namecom', 'demo-10');
    const { run } = await world.finish(ref, started.runId);

    expect(run.registrarCalls).toBe(world.counters.calls);
    expect(world.counters.deliveries).toBe(3);
  });
});
