import { newId } from '#core/ids.ts';
import type { IntegrationCommands } from '#core/ports/commands.ts';
import { startRun } from '../runs/start-run.ts';
import { addIntegration } from './add-integration.ts';
import { audit, type IntakeDeps } from './command-deps.ts';
import { toLimitKey } from './limit-key.ts';
import { proposeCredentials } from './propose-credentials.ts';
import { removeIntegration } from './remove-integration.ts';

/** Refused validations that a tenant may cause in an hour before entering credentials is closed to it. */
const MAX_REFUSALS_PER_HOUR = 20;
const HOUR_MS = 3_600_000;

type IntakeCommands = Pick<IntegrationCommands, 'add' | 'replaceCredentials' | 'remove' | 'removeAccount'>;

/** The commands that take credentials in or away. */
export function createIntakeCommands(deps: IntakeDeps): IntakeCommands {
  return {
    async add(request) {
      const refused = await checkRefusals(deps, request.tenantId);
      if (refused) return refused;
      const limitKey = await toLimitKey(deps, request.registrar, request.credentials);
      const existing = await deps.integrations.list(request.tenantId);
      const twin = existing.find(
        (other) =>
          other.registrar === request.registrar &&
          other.environment === request.environment &&
          other.limitKey === limitKey &&
          other.id !== request.id,
      );
      if (twin && !request.allowDuplicate) return { outcome: 'connected', integrationId: twin.id };
      return addIntegration(deps, request, limitKey);
    },
    async replaceCredentials(ref, credentials, revision) {
      const integration = await deps.integrations.get(ref);
      if (!integration || integration.deleting) return { outcome: 'gone' };
      const refused = await checkRefusals(deps, ref.tenantId);
      if (refused) return refused;
      const proposed = await proposeCredentials(deps, integration, credentials, revision);
      if (proposed !== 'proposed') return { outcome: proposed };
      await audit(deps, ref, 'CREDENTIALS_REPLACED');
      const start = await startRun(deps, ref, 'CREDENTIALS_UPDATED');
      return start.started ? { outcome: 'accepted', ...start } : { outcome: 'gone' };
    },
    async remove(ref) {
      const outcome = await removeIntegration(deps, ref);
      if (outcome === 'removed') await audit(deps, ref, 'INTEGRATION_DELETED');
      return outcome;
    },
    async removeAccount(tenantId) {
      for (const { id } of await deps.integrations.list(tenantId)) {
        await removeIntegration(deps, { tenantId, integrationId: id });
      }
      await deps.tenants.deleteTenant(tenantId);
      await deps.audit.append({ tenantId, action: 'ACCOUNT_DELETED', atMs: deps.clock.now(), id: newId() });
    },
  };
}

/** Entering credentials is closed for a while to a tenant whose credentials were refused 20 times within an hour. */
async function checkRefusals(deps: IntakeDeps, tenantId: string) {
  const nowMs = deps.clock.now();
  const refusals = await deps.tenants.refusalsSince(tenantId, nowMs - HOUR_MS);
  const oldest = refusals.at(-MAX_REFUSALS_PER_HOUR);
  if (oldest === undefined) return undefined;
  await deps.audit.append({ tenantId, action: 'TOO_MANY_ATTEMPTS', atMs: nowMs, id: newId() });
  return { outcome: 'tooManyRefusals' as const, retryAfterMs: oldest + HOUR_MS - nowMs };
}
