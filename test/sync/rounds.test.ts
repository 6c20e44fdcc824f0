import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEY } from '#store/table.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

/** Connects an account and lets its integration look as if a run's budget had ended after a name. */
async function connectStoppedAfter(index: number) {
  const { portfolio } = world.simulator('namecom').accounts.get('demo-50');
  const { ref, run } = await world.connect('namecom', 'demo-50');
  await world.finish(ref, run.runId);
  const zoneCursor = portfolio.names[index] as string;
  const key = KEY.integration(ref.tenantId, ref.integrationId);
  await world.stores.rows.portfolio.update(key, { set: { zoneCursor } });
  const isHere = (name: string) => portfolio.get(name)?.dnsHere;
  return { ref, left: portfolio.names.filter((name) => name > zoneCursor && isHere(name)).length };
}

describe('a run that goes on where the budget ended the one before', () => {
  test('reads the zones that are left, and ends the round well', async () => {
    const { ref, left } = await connectStoppedAfter(30);

    const { run, integration } = await world.syncAgain(ref);

    expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 50, dnsFetched: left } });
    expect(run.progress.domainsDone).toBe(50);
    expect(integration.zoneCursor).toBeNull();
  });

  test('begins a round where nothing is left behind the place', async () => {
    const { ref } = await connectStoppedAfter(49);

    const { run } = await world.syncAgain(ref);

    expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { dnsFetched: 40 } });
  });

  test('begins within a range, with the zone at which the time ended, and asks for none a second time', async () => {
    const read: string[] = [];
    let nextMs = 0;
    // From the sixth zone on one in fifty minutes: a day passes over a range, and the run's time with it.
    world.setInterference((call) => {
      if (!call.path.endsWith('/records')) return undefined;
      if (world.clock.now() < nextMs) return { status: 429, headers: { 'retry-after': '900' }, body: '{}' };
      if (read.push(call.path) > 5) nextMs = world.clock.now() + 50 * 60_000;
      return undefined;
    });
    const { ref, run: started } = await world.connect('namecom', 'demo-50');
    const { run: first, integration } = await world.finish(ref, started.runId);
    const readByFirst = read.length;
    world.setInterference((call) => {
      if (call.path.endsWith('/records')) read.push(call.path);
      return undefined;
    });

    const { run: second } = await world.syncAgain(ref, 24 * 3_600_000);

    expect(first).toMatchObject({ status: 'PARTIAL', counts: { dnsFetched: readByFirst } });
    expect(integration.zoneCursor).not.toBeNull();
    expect(second).toMatchObject({ status: 'SUCCEEDED', counts: { dnsFetched: 40 - readByFirst } });
    expect(new Set(read).size).toBe(40);
  });
});
