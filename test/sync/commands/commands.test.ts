import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toSecret } from '#core/secret.ts';
import type { IntakeDeps } from '#sync/commands/command-deps.ts';
import { createIntakeCommands } from '#sync/commands/intake-commands.ts';
import { createPlainCommands } from '#sync/commands/plain-commands.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

const NOBODY = { tenantId: 'tenantaaaaaaaaaaaaaaaaaaaaa', integrationId: 'integrationaaaaaaaaaaaaaaa' };

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

const credentialsOf = (account: string) =>
  toSecret(world.simulator('namecom').accounts.get(account).credentials);

/** The commands over stores of which some answer otherwise. */
function intakeWith(changed: Partial<IntakeDeps>) {
  const { vault, runDeps } = world;
  const vaultDeps = { sealer: vault, fingerprinter: vault, limitSubject: () => 'fake-subject' };
  return createIntakeCommands({ ...runDeps, ...vaultDeps, ...changed });
}

async function connectSynced() {
  const { ref, run } = await world.connect('namecom', 'demo-10');
  await world.finish(ref, run.runId);
  return ref;
}

const readActions = () =>
  world.stores.rows.portfolio
    .dump()
    .filter(({ PK }) => PK.startsWith('AUD#'))
    .map(({ action }) => action);

describe('what nobody has, or nobody has any more,', () => {
  const asks: [string, (ref: typeof NOBODY) => Promise<unknown>, unknown][] = [
    ['is not synced', (ref) => world.commands.requestSync(ref), { outcome: 'gone' }],
    ['has no listing to accept', (ref) => world.commands.acceptListing(ref), 'gone'],
    ['is not changed', (ref) => world.commands.change(ref, { label: 'x' }, undefined), 'gone'],
    ['is not removed', (ref) => world.commands.remove(ref), 'gone'],
    [
      'takes no credentials',
      (ref) => world.commands.replaceCredentials(ref, credentialsOf('demo-10'), undefined),
      { outcome: 'gone' },
    ],
  ];

  test.each(asks)('%s', async (_, ask, wanted) => {
    const removed = await connectSynced();
    await world.commands.remove(removed);

    expect(await ask(NOBODY)).toEqual(wanted);
    expect(await ask(removed)).toEqual(wanted);
  });
});

describe('a sync by hand', () => {
  test('starts once a minute, and is told while it runs', async () => {
    const ref = await connectSynced();

    const first = await world.commands.requestSync(ref);
    if (first.outcome !== 'started') throw new Error(first.outcome);
    expect(await world.commands.requestSync(ref)).toEqual({ outcome: 'running', runId: first.run.runId });
    await world.finish(ref, first.run.runId);

    const again = await world.commands.requestSync(ref);
    expect(again).toMatchObject({ outcome: 'tooSoon' });
    if (again.outcome === 'tooSoon') await world.clock.advance(again.retryAfterMs);
    expect(await world.commands.requestSync(ref)).toMatchObject({ outcome: 'started' });
  });
});

describe('a listing that nobody holds back', () => {
  test('is accepted without a change, and without a word in the audit', async () => {
    const ref = await connectSynced();
    const before = await world.stores.integrations.get(ref);

    expect(await world.commands.acceptListing(ref)).toEqual(before);
    expect(await world.stores.integrations.get(ref)).toEqual(before);
  });

  test('is gone where the integration goes while it is accepted', async () => {
    const ref = await connectSynced();
    const integration = await world.stores.integrations.get(ref);
    if (!integration) throw new Error('no integration');
    const at = integration.createdAt;
    const numbers = { known: 10, listed: 0, gone: 10, sightings: 1 };
    const held = { runId: 'r', at, ...numbers, fingerprint: 'f', firstAt: at, acceptedAt: null };
    const integrations = {
      ...world.stores.integrations,
      get: async () => ({ ...integration, held }),
      patch: async () => 'gone' as const,
    };

    expect(await createPlainCommands({ ...world.runDeps, integrations }).acceptListing(ref)).toBe('gone');
  });
});

describe('new credentials', () => {
  /** Stores to which other people's proposals come first, so many times. */
  function outpaced(times: number) {
    let left = times;
    const { integrations } = world.stores;
    const proposeCredentials: typeof integrations.proposeCredentials = async (...given) =>
      left-- > 0 ? 'conflict' : integrations.proposeCredentials(...given);
    return { ...integrations, proposeCredentials };
  }

  test.each([
    [0, 'accepted'],
    [4, 'accepted'],
    [5, 'conflict'],
  ])('that %i others come before are %s', async (times, outcome) => {
    const ref = await connectSynced();
    const intake = intakeWith({ integrations: outpaced(times) });

    expect(await intake.replaceCredentials(ref, credentialsOf('demo-50'), undefined)).toMatchObject({
      outcome,
    });
  });

  test('for a revision that is no more are a conflict at once', async () => {
    const ref = await connectSynced();
    const intake = intakeWith({ integrations: outpaced(1) });

    expect(await intake.replaceCredentials(ref, credentialsOf('demo-50'), 7)).toEqual({
      outcome: 'conflict',
    });
  });

  test.each([
    ['before they are reserved', { proposeCredentials: async () => 'gone' as const }, {}],
    ['before they are put away', {}, { propose: async () => 'deleted' as const }],
  ])('are gone where the integration goes %s', async (_, ofIntegrations, ofCredentials) => {
    const ref = await connectSynced();
    const intake = intakeWith({
      integrations: { ...world.stores.integrations, ...ofIntegrations },
      credentials: { ...world.stores.credentials, ...ofCredentials },
    });

    expect(await intake.replaceCredentials(ref, credentialsOf('demo-50'), undefined)).toEqual({
      outcome: 'gone',
    });
    expect(readActions()).not.toContain('CREDENTIALS_REPLACED');
  });
});

describe('adding', () => {
  const request = (id: string, allowDuplicate = false) => ({
    tenantId: NOBODY.tenantId,
    id,
    registrar: 'namecom' as const,
    environment: 'simulator' as const,
    label: null,
    allowDuplicate,
    credentials: credentialsOf('demo-10'),
  });

  test('the same again tells the run of the first time', async () => {
    const first = await world.commands.add(request(NOBODY.integrationId));
    const again = await world.commands.add(request(NOBODY.integrationId));

    if (first.outcome !== 'added' || again.outcome !== 'added') throw new Error('not added');
    expect(again.run.runId).toBe(first.run.runId);
    expect(readActions().filter((action) => action === 'INTEGRATION_CREATED')).toHaveLength(1);
  });

  test('an account that is connected already is told which, unless it is wanted twice', async () => {
    await world.commands.add(request(NOBODY.integrationId));
    const other = 'integrationbbbbbbbbbbbbbbb';

    expect(await world.commands.add(request(other))).toEqual({
      outcome: 'connected',
      integrationId: NOBODY.integrationId,
    });
    expect(await world.commands.add(request(other, true))).toMatchObject({ outcome: 'added' });
  });

  test('whose run is nowhere is a defect that is told', async () => {
    await world.commands.add(request(NOBODY.integrationId));
    const runs = { ...world.stores.runs, get: async () => undefined };

    await expect(intakeWith({ runs }).add(request(NOBODY.integrationId, true))).rejects.toThrow('has no run');
  });
});
