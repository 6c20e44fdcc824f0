import { isSyncError } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import type { SealContext, SealedCredentials } from '#core/ports/vault.ts';
import { toSecret } from '#core/secret.ts';
import { KEY } from '#store/table.ts';
import { openCredentials } from '#sync/steps/open-credentials.ts';
import { toIntegration } from '#test/store/fixtures.ts';
import { TEST_NOW_MS } from '#test/support/stores.ts';
import { toFakeCredentials } from './contexts.ts';
import type { Safe } from './safe.ts';

/** What came of putting each set of credentials into the row of each integration. */
export interface SwapCount {
  readonly swaps: number;
  readonly accepted: number;
  /** Integrations whose own credentials were opened, between the swaps. */
  readonly own: number;
}

interface Sealed extends SealedCredentials {
  readonly context: SealContext;
}

/**
 * Puts every ciphertext into the table in the place of every integration's own (alone, and as a whole row with its
 * version), and lets the use case of the workers open it.
 * @param tellsVersion false: integrations that never told which version is in force, as before it was kept.
 */
export async function countTableSwaps(
  safe: Safe,
  contexts: readonly SealContext[],
  tellsVersion = true,
): Promise<SwapCount> {
  const sealed: Sealed[] = [];
  for (const context of contexts) {
    const ciphertext = await safe.sealer.seal(toSecret(toFakeCredentials(context)), context);
    sealed.push({ context, ciphertext, version: context.version });
  }
  const latest = Math.max(...contexts.map(({ version }) => version));
  const count = { swaps: 0, accepted: 0, own: 0 };
  for (const own of sealed.filter(({ version }) => version === latest)) {
    if (await isOpened(safe, own, own, tellsVersion)) count.own += 1;
    for (const other of sealed.filter((each) => each !== own)) {
      const alone = { ciphertext: other.ciphertext, version: own.version };
      // Of the same version both are one and the same row.
      const rows = other.version === own.version ? [alone] : [alone, other];
      for (const row of rows) {
        count.swaps += 1;
        if (await isOpened(safe, own, row, tellsVersion)) count.accepted += 1;
      }
    }
  }
  return count;
}

/** How many former rows of the same integration, whole, are opened in the place of the ones in force. */
export async function countPutBack(
  safe: Safe,
  contexts: readonly SealContext[],
  tellsVersion: boolean,
): Promise<SwapCount> {
  const owners = Map.groupBy(contexts, ({ tenantId, integrationId, registrar }) =>
    [tenantId, integrationId, registrar].join(),
  );
  const counts: SwapCount[] = [];
  for (const versions of owners.values()) {
    counts.push(await countTableSwaps(safe, versions, tellsVersion));
  }
  const sum = (name: keyof SwapCount) => counts.reduce((total, each) => total + each[name], 0);
  return { swaps: sum('swaps'), accepted: sum('accepted'), own: sum('own') };
}

/** Whether the workers' use case opens what stands in an integration's row. */
async function isOpened(
  safe: Safe,
  owner: Sealed,
  { ciphertext, version }: SealedCredentials,
  tellsVersion: boolean,
): Promise<boolean> {
  const { integrationId: id, tenantId, registrar } = owner.context;
  const { credentials } = toIntegration();
  const inForceVersion = tellsVersion ? owner.version : null;
  const integration = toIntegration({
    id,
    tenantId,
    registrar,
    credentials: { ...credentials, version: owner.version, inForceVersion },
  });
  await safe.rows.credentials.put({
    ...KEY.credential(id),
    current: ciphertext,
    currentVersion: version,
  });
  const deps = { ...safe.stores, opener: safe.opener, clock: CLOCK, newId };
  try {
    await openCredentials(deps, { kind: 'list', runId: 'run' }, integration);
    return true;
  } catch (error) {
    if (isSyncError(error) && error.code === 'CREDENTIALS_UNREADABLE') return false;
    throw error;
  }
}

const CLOCK = { now: () => TEST_NOW_MS, sleep: async () => undefined };
