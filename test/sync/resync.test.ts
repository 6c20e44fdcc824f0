import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

const DAY_MS = 86_400_000;

describe('a second sync', () => {
  test.each(REGISTRAR_IDS)('at %s with nothing changed writes no domain and no zone', async (registrar) => {
    const { ref, run } = await world.connect(registrar, 'demo-50');
    await world.finish(ref, run.runId);
    const before = world.stores.rows.portfolio.stats();

    const { run: second } = await world.syncAgain(ref);

    const after = world.stores.rows.portfolio.stats();
    expect(after.domain).toEqual(before.domain);
    expect(after.zone).toEqual(before.zone);
    expect(second.counts).toMatchObject({ listed: 50, new: 0, changed: 0, unchanged: 50 });
  });

  test('is refused while one runs, and within a minute of the last one that a person asked for', async () => {
    const { ref, run } = await world.connect('godaddy', 'demo-10');
    const during = await world.commands.requestSync(ref);
    await world.finish(ref, run.runId);
    const first = await world.commands.requestSync(ref);
    if (first.outcome !== 'started') throw new Error(first.outcome);
    await world.finish(ref, first.run.runId);
    const tooSoon = await world.commands.requestSync(ref);

    expect(during).toEqual({ outcome: 'running', runId: run.runId });
    expect(tooSoon).toMatchObject({ outcome: 'tooSoon' });
    expect((await world.syncAgain(ref)).run.status).toBe('SUCCEEDED');
  });

  test('that 100 people ask for at once starts exactly one run', async () => {
    const { ref, run } = await world.connect('godaddy', 'demo-10');
    await world.finish(ref, run.runId);

    const answers = await Promise.all(Array.from({ length: 100 }, () => world.commands.requestSync(ref)));

    const started = answers.filter(({ outcome }) => outcome === 'started');
    expect(started).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'running')).toHaveLength(99);
    const [only] = started;
    if (only?.outcome !== 'started') throw new Error('none');
    await world.finish(ref, only.run.runId);
  });
});

describe('a name that the registrar no longer lists', () => {
  test('is missing first, and removed by a complete listing 20 hours later', async () => {
    const { accounts } = world.simulator('gandi');
    const [gone] = accounts.get('demo-50').portfolio.names;
    if (!gone) throw new Error('no name');
    const { ref, run } = await world.connect('gandi', 'demo-50');
    await world.finish(ref, run.runId);
    accounts.put('demo-50', { remove: [gone] });

    const second = await world.syncAgain(ref);
    const missing = await world.stores.domains.get(ref.integrationId, gone);
    const third = await world.syncAgain(ref);
    const fourth = await world.syncAgain(ref, DAY_MS);

    expect(second.run.counts).toMatchObject({ listed: 49, missing: 1, removed: 0 });
    expect(missing).toMatchObject({ seen: 'MISSING' });
    expect(third.run.counts).toMatchObject({ missing: 1, removed: 0 });
    expect(fourth.run.counts).toMatchObject({ missing: 0, removed: 1 });
    expect(await world.stores.domains.get(ref.integrationId, gone)).toBeUndefined();
    expect(await world.stores.zones.get(ref.integrationId, gone)).toBeUndefined();
  });

  test('comes back as it was when it is listed again', async () => {
    const { accounts } = world.simulator('gandi');
    const [gone] = accounts.get('demo-50').portfolio.names;
    if (!gone) throw new Error('no name');
    const { ref, run } = await world.connect('gandi', 'demo-50');
    await world.finish(ref, run.runId);
    const first = await world.stores.domains.get(ref.integrationId, gone);
    const { size, seed } = accounts.get('demo-50').portfolio;
    accounts.put('demo-50', { remove: [gone] });
    await world.syncAgain(ref);
    accounts.put('demo-50', { size, seed });

    await world.syncAgain(ref);

    const back = await world.stores.domains.get(ref.integrationId, gone);
    expect(back).toMatchObject({ seen: 'PRESENT', missingSince: null, firstSeenAt: first?.firstSeenAt });
    expect(back?.dns).toEqual(first?.dns);
  });
});

describe('a listing that shrank', () => {
  test.each([
    [10, 'demo-10', 4],
    [50, 'demo-50', 16],
    [50, 'demo-50', 50],
  ])('from %i by account %s without %i names is held: nothing is lost', async (size, accountId, without) => {
    const { accounts } = world.simulator('namecom');
    const { ref, run } = await world.connect('namecom', accountId);
    await world.finish(ref, run.runId);
    accounts.put(accountId, { remove: accounts.get(accountId).portfolio.names.slice(0, without) });

    const { run: held, integration } = await world.syncAgain(ref);

    expect(held.counts).toMatchObject({ missing: 0, removed: 0 });
    expect(integration.notices).toContainEqual({ code: 'LISTING_SHRANK', domains: without });
    expect(integration.held).toMatchObject({ known: size, listed: size - without, acceptedAt: null });
    const names = await world.stores.domains.listByName(ref.integrationId, 100);
    expect(names.every(({ seen }) => seen === 'PRESENT')).toBe(true);
  });

  test('is applied by the next sync once a person accepted it', async () => {
    const { accounts } = world.simulator('namecom');
    const { ref, run } = await world.connect('namecom', 'demo-10');
    await world.finish(ref, run.runId);
    accounts.put('demo-10', { remove: accounts.get('demo-10').portfolio.names.slice(0, 5) });
    await world.syncAgain(ref);

    await world.commands.acceptListing(ref);
    const { run: applied, integration } = await world.syncAgain(ref);

    expect(applied.counts).toMatchObject({ missing: 5 });
    expect(integration.held).toBeNull();
  });

  test('by three names of ten is believed', async () => {
    const { accounts } = world.simulator('namecom');
    const { ref, run } = await world.connect('namecom', 'demo-10');
    await world.finish(ref, run.runId);
    accounts.put('demo-10', { remove: accounts.get('demo-10').portfolio.names.slice(0, 3) });

    expect((await world.syncAgain(ref)).run.counts).toMatchObject({ missing: 3 });
  });
});

describe('a name that a run did not list', () => {
  test('does not count as read by it', async () => {
    const { accounts } = world.simulator('namecom');
    const { ref, run } = await world.connect('namecom', 'demo-10');
    const { integration: first } = await world.finish(ref, run.runId);
    accounts.put('demo-10', { remove: accounts.get('demo-10').portfolio.names.slice(0, 5) });

    const { integration: held } = await world.syncAgain(ref);

    expect(held.held).not.toBeNull();
    expect(held.zonesReadAt).toBe(first.zonesReadAt);
  });
});
