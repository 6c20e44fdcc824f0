import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { toSecret } from '#core/secret.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

const refusals = PROTOCOLS.flatMap(({ id, demoAccounts }) =>
  demoAccounts((size, seed) => ({ size, seed, names: [], get: () => undefined }))
    .filter(({ expect: code }) => code !== 'SYNCED')
    .map((account) => [id, account.id, account.expect] as const),
);

describe('credentials that a registrar refuses', () => {
  test.each(refusals)(
    '%s: account %s ends with %s, without a second try',
    async (registrar, accountId, code) => {
      const { ref, run: started } = await world.connect(registrar, accountId);

      const { run, integration } = await world.finish(ref, started.runId);

      expect(run).toMatchObject({ status: 'FAILED', problem: { code } });
      expect(integration).toMatchObject({ problem: { code }, refusals: 1, lastSyncedAt: null });
      expect(world.counters.calls).toBeLessThanOrEqual(2);
    },
  );

  test('pause the schedule after three in a row', async () => {
    const { ref, run } = await world.connect('porkbun', 'wrong-key');
    await world.finish(ref, run.runId);
    for (let again = 0; again < 2; again += 1) {
      await world.clock.advance(61_000);
      const sync = await world.commands.requestSync(ref);
      if (sync.outcome !== 'started') throw new Error(sync.outcome);
      await world.finish(ref, sync.run.runId);
    }

    expect(await world.stores.integrations.get(ref)).toMatchObject({ refusals: 3, dueAtMs: null });
  });

  test('entering credentials is closed for an hour after twenty refusals', async () => {
    for (let count = 0; count < 20; count += 1) {
      const { ref, run } = await world.connect('namecom', 'wrong-key');
      await world.finish(ref, run.runId);
    }

    await expect(world.connect('namecom', 'demo-10')).rejects.toThrow('tooManyRefusals');
    await world.clock.advance(3_600_000);
    await expect(world.connect('namecom', 'demo-10')).resolves.toBeDefined();
  });
});

describe('an empty account', () => {
  test.each(REGISTRAR_IDS)('%s: is asked twice, and is Synced with a notice', async (registrar) => {
    const { ref, run: started } = await world.connect(registrar, 'demo-0');

    const { run, integration } = await world.finish(ref, started.runId);

    expect(run.status).toBe('SUCCEEDED');
    expect(integration.notices.map(({ code }) => code)).toContain('NO_DOMAINS_FOUND');
    expect(world.counters.calls).toBe(
      { godaddy: 2, gandi: 2, namecheap: 1, porkbun: 1, namecom: 1 }[registrar] + 2,
    );
  });
});

describe('new credentials', () => {
  test('take the place of the former ones once the registrar accepted them', async () => {
    const { ref, run } = await world.connect('porkbun', 'demo-10');
    await world.finish(ref, run.runId);

    const { credentials } = world.simulator('porkbun').accounts.get('demo-50');
    const replaced = await world.commands.replaceCredentials(ref, toSecret(credentials));
    if (replaced.outcome !== 'accepted') throw new Error(replaced.outcome);
    const after = await world.finish(ref, replaced.run.runId);

    expect(after.run).toMatchObject({
      status: 'SUCCEEDED',
      trigger: 'CREDENTIALS_UPDATED',
      counts: { listed: 50 },
    });
    expect(after.integration.credentials).toMatchObject({ version: 2, candidateVersion: null });
  });

  test('that are refused leave the former ones in force, and the next sync uses those', async () => {
    const { ref, run } = await world.connect('porkbun', 'demo-10');
    await world.finish(ref, run.runId);

    const { credentials } = world.simulator('porkbun').accounts.get('wrong-key');
    const replaced = await world.commands.replaceCredentials(ref, toSecret(credentials));
    if (replaced.outcome !== 'accepted') throw new Error(replaced.outcome);
    const refused = await world.finish(ref, replaced.run.runId);
    const sync = await world.commands.requestSync(ref);
    if (sync.outcome !== 'started') throw new Error(sync.outcome);
    const next = await world.finish(ref, sync.run.runId);

    expect(refused.run.status).toBe('FAILED');
    expect(refused.integration.problem).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      formerCredentialsKept: true,
    });
    expect(next.run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 10 } });
    expect(next.integration.problem).toBeNull();
  });

  test('take over from a run under way, which ends as superseded and writes no more', async () => {
    const { ref, run } = await world.connect('porkbun', 'demo-50');
    await world.clock.advance(10_000);

    const { credentials } = world.simulator('porkbun').accounts.get('demo-10');
    const replaced = await world.commands.replaceCredentials(ref, toSecret(credentials));
    if (replaced.outcome !== 'accepted') throw new Error(replaced.outcome);
    await world.finish(ref, replaced.run.runId);

    expect(await world.stores.runs.get(ref.integrationId, run.runId)).toMatchObject({ status: 'SUPERSEDED' });
  });
});
