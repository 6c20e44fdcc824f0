import type { DomainStore, IntegrationRef, StatsStore, WorkStore } from '#core/ports/stores.ts';
import type { CredentialStore } from '#core/ports/vault.ts';
import { type StartDeps, stopRun } from '../runs/start-run.ts';
import { CLEAR_AGAIN_MS } from '../timings.ts';

export interface RemoveDeps extends StartDeps {
  readonly domains: DomainStore;
  readonly work: WorkStore;
  readonly stats: StatsStore;
  readonly credentials: CredentialStore;
}

/**
 * Removes an integration: the tombstone first, which takes it out of every view and ends every writer's right, then the
 * ciphertext, then its run. The rows below it are cleared at once as far as time allows, and again by the sweep when no
 * worker can be left that read the integration before. Nothing is said to the registrar. Repeatable.
 */
export async function removeIntegration(deps: RemoveDeps, ref: IntegrationRef): Promise<'removed' | 'gone'> {
  const before = await deps.integrations.markDeleting(ref, deps.clock.now());
  if (!before) return 'gone';
  await deps.credentials.erase(ref.integrationId);
  await deps.stats.delete(ref);
  if (before.runId !== null && before.leaseUntilMs !== null) {
    await stopRun(deps, ref.integrationId, before.runId, 'CANCELLED');
  }
  return before.deleting ? 'gone' : 'removed';
}

/**
 * Clears what lies below a tombstone: once soon, and once more when the last worker that could have read the
 * integration before its removal has ended.
 */
export async function clearRemoved(deps: RemoveDeps, ref: IntegrationRef): Promise<void> {
  const integration = await deps.integrations.get(ref);
  if (!integration?.deleting) return;
  await deps.credentials.erase(ref.integrationId);
  await deps.stats.delete(ref);
  await Promise.all([
    deps.domains.deleteAll(ref.integrationId),
    deps.work.deleteAll(ref.integrationId),
    deps.runs.deleteAll(ref.integrationId),
  ]);
  const lastMs = (integration.deletedAtMs ?? 0) + CLEAR_AGAIN_MS;
  await deps.integrations.setClearAt(ref, deps.clock.now() < lastMs ? lastMs : null);
}
