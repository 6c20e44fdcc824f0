import type { StartMessage } from '#core/payloads.ts';
import { REFUSED_START_MS } from '../timings.ts';
import { type StartDeps, startRun } from './start-run.ts';

/**
 * Starts the scheduled sync that a start message asks for. Every outcome moves the integration's turn, so that nothing
 * blocks the head of the line: a run that starts takes it off the list until it ends, a refused one comes back in an
 * hour, a paused or deleted one never by itself. A message that is stale (its turn moved on) does nothing.
 */
export async function startDueSync(deps: StartDeps, message: StartMessage): Promise<void> {
  const { tenantId, integrationId, dueAt } = message;
  const ref = { tenantId, integrationId };
  const integration = await deps.integrations.get(ref);
  if (!integration || integration.deleting || integration.dueAtMs !== dueAt) return;
  const start = await startRun(deps, ref, 'SCHEDULED');
  if (start.started || start.why === 'gone') return;
  const dueAtMs = start.why === 'paused' ? null : deps.clock.now() + REFUSED_START_MS;
  await deps.integrations.setDue(ref, dueAtMs);
}
