import type { Integration } from '#core/integration.ts';
import type { PortfolioStats } from '#core/portfolio-stats.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import type { TextSubject } from '#core/problem-texts.ts';
import type { SyncRun } from '#core/sync-run.ts';
import type { CommonDeps } from './deps.ts';
import { notFound } from './problem.ts';
import type { IntegrationJson } from './schemas/integration.ts';
import type { RunJson } from './schemas/run.ts';
import { toIntegrationJson } from './views/integration.ts';
import { toSubject } from './views/problem.ts';
import { toRunJson } from './views/run.ts';
import { toShownRun } from './views/run-state.ts';

type LoadDeps = Pick<CommonDeps, 'stores' | 'registrars' | 'clock' | 'egressAddresses'>;

/**
 * An integration of the tenant that isn't being deleted.
 * @throws ApiError NOT_FOUND, the same for one that is missing, another's or deleted
 */
export async function findIntegration(
  deps: Pick<CommonDeps, 'stores'>,
  ref: IntegrationRef,
): Promise<Integration> {
  const integration = await deps.stores.integrations.get(ref);
  if (!integration || integration.deleting) throw notFound();
  return integration;
}

/** Whom an integration's texts are about. */
export function subjectOf(
  { registrars, egressAddresses }: Pick<CommonDeps, 'registrars' | 'egressAddresses'>,
  integration: Pick<Integration, 'registrar' | 'environment'>,
): TextSubject {
  return toSubject(integration, registrars[integration.registrar], egressAddresses);
}

/** What GET answers for an integration now. */
export async function loadIntegration(deps: LoadDeps, integration: Integration): Promise<IntegrationJson> {
  const { tenantId } = integration;
  const [stats, settings] = await Promise.all([
    deps.stores.stats.list(tenantId),
    deps.stores.tenants.settings(tenantId),
  ]);
  return showIntegration(deps, integration, stats, settings.expiringSoonDays);
}

/** What GET answers for all integrations now, in the order of their creation. */
export async function loadIntegrations(deps: LoadDeps, tenantId: string): Promise<IntegrationJson[]> {
  const [integrations, stats, settings] = await Promise.all([
    deps.stores.integrations.list(tenantId),
    deps.stores.stats.list(tenantId),
    deps.stores.tenants.settings(tenantId),
  ]);
  const show = (each: Integration) => showIntegration(deps, each, stats, settings.expiringSoonDays);
  return Promise.all(integrations.map(show));
}

async function showIntegration(
  deps: LoadDeps,
  integration: Integration,
  stats: ReadonlyMap<string, PortfolioStats>,
  soonDays: number,
): Promise<IntegrationJson> {
  const { id, runId, leaseUntilMs } = integration;
  const run = runId !== null && leaseUntilMs !== null ? await deps.stores.runs.get(id, runId) : undefined;
  return toIntegrationJson({
    integration,
    stats: stats.get(id),
    run,
    subject: subjectOf(deps, integration),
    limits: deps.registrars[integration.registrar].limits,
    nowMs: deps.clock.now(),
    soonDays,
  });
}

/** A run as it is to be shown now. */
export function showRun(deps: Omit<LoadDeps, 'stores'>, integration: Integration, run: SyncRun): RunJson {
  const shown = toShownRun(run, integration, deps.clock.now());
  const { limits } = deps.registrars[integration.registrar];
  return toRunJson(shown, subjectOf(deps, integration), limits);
}
