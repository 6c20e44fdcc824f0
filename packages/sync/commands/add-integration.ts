import type { Integration } from '#core/integration.ts';
import { toIso } from '#core/ports/clock.ts';
import type { AddRequest } from '#core/ports/commands.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import { startRun } from '../runs/start-run.ts';
import { audit, type IntakeDeps } from './command-deps.ts';

/** When an integration is due by itself, should its first sync not begin. */
const FIRST_DUE_MS = 3_600_000;

/** Stores the ciphertext, then the integration, then starts its sync. A repeat with the same id goes on where it stopped. */
export async function addIntegration(deps: IntakeDeps, request: AddRequest, limitKey: string) {
  const { tenantId, id, registrar, environment, label } = request;
  const ref = { tenantId, integrationId: id };
  const at = toIso(deps.clock.now());
  const integration: Integration = {
    id,
    tenantId,
    registrar,
    environment,
    label,
    limitKey,
    createdAt: at,
    epoch: 1,
    revision: 1,
    runId: null,
    runTrigger: null,
    leaseUntilMs: null,
    lastManualAtMs: null,
    lastAttemptAt: null,
    lastSyncedAt: null,
    lastListedAt: null,
    zonesReadAt: null,
    problem: null,
    notices: [],
    paused: false,
    refusals: 0,
    dueAtMs: deps.clock.now() + FIRST_DUE_MS,
    credentials: {
      version: 1,
      inForceVersion: 1,
      updatedAt: at,
      expiresAt: null,
      candidateVersion: null,
      candidateLimitKey: null,
    },
    held: null,
    zoneCursor: null,
    deleting: false,
    deletedAtMs: null,
  };
  const ciphertext = await deps.sealer.seal(request.credentials, { ...ref, registrar, version: 1 });
  await deps.credentials.create(id, { ciphertext, version: 1 });
  if (await deps.integrations.create(integration)) await audit(deps, ref, 'INTEGRATION_CREATED');
  await deps.credentials.keep(id);
  const start = await startRun(deps, ref, 'ADDED');
  if (start.started) return { outcome: 'added' as const, integration: start.integration, run: start.run };
  return repeatedAdd(deps, ref, integration);
}

/** The answer to an addition that an earlier, equal request carried out already. */
async function repeatedAdd(deps: IntakeDeps, ref: IntegrationRef, fallback: Integration) {
  const integration = (await deps.integrations.get(ref)) ?? fallback;
  const run =
    integration.runId === null ? undefined : await deps.runs.get(ref.integrationId, integration.runId);
  if (!run) throw new Error('an integration that runs has no run');
  return { outcome: 'added' as const, integration, run };
}
