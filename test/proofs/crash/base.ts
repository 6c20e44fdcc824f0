import type { IntegrationRef } from '#core/ports/stores.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { makeAccountBook } from '#simulators/accounts.ts';
import { makePortfolio } from '#simulators/portfolio.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { createMemoryVault } from '#test/support/vault.ts';
import { shrinkZones } from '../support/shrink-zones.ts';
import { toText } from '../support/truth.ts';
import { type CrashWorld, createCrashWorld, type Snapshot } from './world.ts';

export const OURS: IntegrationRef = {
  tenantId: 'tenantoursoursoursoursours',
  integrationId: 'integrationoursoursoursour',
};
export const NEIGHBOUR: IntegrationRef = {
  tenantId: 'tenantnexttenantnexttenant',
  integrationId: 'integrationnextintegration',
};
const START_MS = Date.UTC(2026, 10, 23);
const EMPTY: Snapshot = { nowMs: START_MS, portfolio: [], credentials: [] };
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Where every case begins: a neighbour who sleeps, and our account synced before its registrar changed it. */
export async function createBase(registrar: RegistrarId, isChanged = true) {
  const protocol = PROTOCOLS.find(({ id }) => id === registrar);
  if (!protocol) throw new Error(`no simulator of ${registrar}`);
  const vault = createMemoryVault();
  const accounts = makeAccountBook(protocol, (size, seed, zoneSize) =>
    makePortfolio(registrar, size, seed, '2026-11-23', zoneSize),
  );
  for (const id of ['ours', 'other']) accounts.put(id, { size: 3, seed: 3 });
  accounts.put('neighbour', { size: 1, seed: 5 });
  for (const id of ['ours', 'other', 'neighbour']) shrinkZones(accounts, id, 2);
  const common = { protocol, accounts, vault, plan: () => undefined };

  const alone = await createCrashWorld({ ...common, snapshot: EMPTY });
  await alone.add(NEIGHBOUR, 'neighbour');
  await rest(alone, NEIGHBOUR);
  await alone.pause(NEIGHBOUR);
  const fresh = alone.snapshot();
  await alone.add(OURS, 'ours');
  await rest(alone, OURS);
  await alone.clock.advance(2 * MINUTE_MS);
  const synced = alone.snapshot();
  const dueAtMs = (await alone.glance.integrations.get(OURS))?.dueAtMs ?? 0;
  await alone.clock.advance(dueAtMs - alone.clock.now() - SECOND_MS);
  const due = alone.snapshot();
  await alone.close();

  const { names, get } = accounts.get('ours').portfolio;
  const renewed = names.slice(1).find((name) => get(name)?.registeredHere && get(name)?.expiresAt) ?? '';
  for (const id of isChanged ? ['ours', 'other'] : [])
    accounts.put(id, {
      remove: names.slice(0, 1),
      add: ['just-added.com'],
      domains: { [renewed]: { expiresAt: '2031-01-02T00:00:00.000Z' } },
    });
  for (const id of isChanged ? ['ours', 'other'] : []) shrinkZones(accounts, id, 1);
  return {
    registrar,
    isChanged,
    protocol,
    accounts,
    vault,
    /** With the neighbour alone. */
    fresh,
    /** With our account, as it was before its registrar changed one of three, added one and lost one. */
    synced,
    /** The same a week later, a second before its next sync is due. */
    due,
    neighbour: readRows(synced, NEIGHBOUR),
    get portfolio() {
      return accounts.get('ours').portfolio;
    },
  };
}

export type Base = Awaited<ReturnType<typeof createBase>>;

/** Lets time run until an integration is at rest; false where it isn't within an hour. */
export async function rest(
  world: CrashWorld,
  ref: IntegrationRef,
  mostMs = 60 * MINUTE_MS,
): Promise<boolean> {
  for (let waitedMs = 0, stepMs = 500; waitedMs < mostMs; waitedMs += stepMs) {
    if (waitedMs > 10_000) stepMs = 30_000;
    const integration = await world.glance.integrations.get(ref);
    if (integration && integration.leaseUntilMs === null && integration.runId !== null) {
      const run = await world.glance.runs.get(ref.integrationId, integration.runId);
      if (run && run.status !== 'RUNNING') return true;
    }
    await world.clock.advance(stepMs);
  }
  return false;
}

/** The rows of one tenant, as one text. */
export function readRows(
  { portfolio, credentials }: Snapshot,
  { tenantId, integrationId }: IntegrationRef,
): string {
  const rows = [...portfolio, ...credentials].filter(
    ({ PK }) => PK.includes(tenantId) || PK.includes(integrationId),
  );
  return rows.map(toText).sort().join('\n');
}
