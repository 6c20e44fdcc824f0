import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IntegrationRef } from '#core/ports/stores.ts';
import { toSecret } from '#core/secret.ts';
import type { Row } from '#store/rows.ts';
import { KEY } from '#store/table.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

/** Connects the account of 10 domains, then replaces its credentials by those of 50; gives the row that went before. */
async function replaceCredentials(): Promise<{ ref: IntegrationRef; former: Row }> {
  const { ref, run } = await world.connect('porkbun', 'demo-10');
  await world.finish(ref, run.runId);
  const former = await readCredentials(ref);
  await propose(ref, 'demo-50');
  return { ref, former };
}

async function propose(ref: IntegrationRef, accountId: string) {
  const { credentials } = world.simulator('porkbun').accounts.get(accountId);
  const replaced = await world.commands.replaceCredentials(ref, toSecret(credentials));
  if (replaced.outcome !== 'accepted') throw new Error(replaced.outcome);
  return world.finish(ref, replaced.run.runId);
}

async function readCredentials({ integrationId }: IntegrationRef): Promise<Row> {
  return (await world.stores.rows.credentials.get(KEY.credential(integrationId))) as Row;
}

const auditOf = (ref: IntegrationRef) =>
  world.stores.rows.portfolio
    .dump()
    .filter(({ PK, integrationId }) => PK.startsWith('AUD#') && integrationId === ref.integrationId)
    .map(({ action }) => action);

/** What a row had before its integration remembered which credentials are in force. */
async function forgetVersionInForce(ref: IntegrationRef): Promise<void> {
  const key = KEY.integration(ref.tenantId, ref.integrationId);
  await world.stores.rows.portfolio.update(key, { remove: ['inForceVersion'] });
}

describe('T04: former credentials that somebody puts back into the table', () => {
  test('are refused as unreadable, without a call to the registrar, and the audit tells', async () => {
    const { ref, former } = await replaceCredentials();
    await world.stores.rows.credentials.put(former);
    const calls = world.counters.calls;

    const { run, integration } = await world.syncAgain(ref);

    expect(run).toMatchObject({ status: 'FAILED', problem: { code: 'CREDENTIALS_UNREADABLE' } });
    expect(integration.problem).toMatchObject({ code: 'CREDENTIALS_UNREADABLE' });
    expect(world.counters.calls).toBe(calls);
    expect(auditOf(ref)).toContain('CREDENTIALS_UNREADABLE');
    expect(world.lines.map(({ fields }) => fields.code)).toContain('CREDENTIALS_UNREADABLE');
  });

  test('are refused also while new ones wait to be proven, if those are gone from the table', async () => {
    const { ref, former } = await replaceCredentials();
    const { credentials } = world.simulator('porkbun').accounts.get('demo-0');
    const replaced = await world.commands.replaceCredentials(ref, toSecret(credentials));
    if (replaced.outcome !== 'accepted') throw new Error(replaced.outcome);
    await world.stores.rows.credentials.put(former);

    const { run } = await world.finish(ref, replaced.run.runId);

    expect(run).toMatchObject({ status: 'FAILED', problem: { code: 'CREDENTIALS_UNREADABLE' } });
  });

  test('leave the way open to credentials that are entered anew', async () => {
    const { ref, former } = await replaceCredentials();
    await world.stores.rows.credentials.put(former);
    await world.syncAgain(ref);

    const { run } = await propose(ref, 'demo-10');

    expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 10 } });
  });

  test('are refused where a run learned which are in force, on a row that did not tell', async () => {
    const { ref, former } = await replaceCredentials();
    await forgetVersionInForce(ref);
    await world.syncAgain(ref);
    await world.stores.rows.credentials.put(former);

    const { run } = await world.syncAgain(ref);

    expect(run).toMatchObject({ status: 'FAILED', problem: { code: 'CREDENTIALS_UNREADABLE' } });
  });
});

describe('the version in force', () => {
  test('is the first until others are proven, and rises with them alone', async () => {
    const { ref, run } = await world.connect('porkbun', 'demo-10');
    const connected = await world.finish(ref, run.runId);
    const refused = await propose(ref, 'wrong-key');
    const proven = await propose(ref, 'demo-50');

    const versions = [connected, refused, proven].map(({ integration }) => integration.credentials);
    expect(versions.map(({ version, inForceVersion }) => [version, inForceVersion])).toEqual([
      [1, 1],
      [2, 1],
      [3, 3],
    ]);
  });

  test('is learned by the next run on a row that did not tell, and the run is good', async () => {
    const { ref } = await replaceCredentials();
    await forgetVersionInForce(ref);

    const { run, integration } = await world.syncAgain(ref);

    expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 50 } });
    expect(integration.credentials).toMatchObject({ version: 2, inForceVersion: 2 });
  });

  test('is not learned from credentials that the registrar refused', async () => {
    const { ref, run } = await world.connect('porkbun', 'wrong-key');
    await world.finish(ref, run.runId);
    await forgetVersionInForce(ref);

    const { integration } = await world.syncAgain(ref);

    expect(integration.credentials.inForceVersion).toBeNull();
  });
});
