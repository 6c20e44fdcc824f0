import type { Integration } from '#core/integration.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import { isTerminal } from '#core/sync-run.ts';
import { clearRemoved, type RemoveDeps } from './commands/remove-integration.ts';
import { holdsFence } from './fence.ts';
import { inParallel } from './in-parallel.ts';
import type { FinishDeps } from './runs/finish-deps.ts';
import { finishSync } from './runs/finish-sync.ts';
import { launch, stopEarlierRuns, toNewRun } from './runs/start-run.ts';
import { RUN_LEASE_MS } from './timings.ts';

export type SweepDeps = FinishDeps & RemoveDeps;

/** How many of each kind one sweep looks at; the next one takes the rest. */
const BATCH = 500;
/** How many at the same time. */
const AT_ONCE = 8;
/** A run that never got an execution is started again until it is this old, and ended then. */
const LAUNCH_FOR_MS = 15 * 60_000;

/**
 * Every five minutes: looks after runs whose lease lapsed (an execution that lives is given time, one that never began
 * is begun, every other run is ended) and clears what deletions left. One that fails is logged and waits for the next
 * sweep, so that it holds up no other.
 */
export async function sweep(
  deps: SweepDeps,
): Promise<{ readonly lapsed: number; readonly cleared: number; readonly failed: number }> {
  const nowMs = deps.clock.now();
  const lapsed = await deps.integrations.listLapsed(nowMs, BATCH);
  const removed = await deps.integrations.listClearable(nowMs, BATCH);
  let failed = 0;
  const guarded = (work: (ref: IntegrationRef) => Promise<void>) => async (ref: IntegrationRef) => {
    try {
      await work(ref);
    } catch (error) {
      failed += 1;
      const name = error instanceof Error ? error.name : 'unknown';
      deps.log.error('sweep left one for the next time', { integrationId: ref.integrationId, error: name });
    }
  };
  await inParallel(
    lapsed,
    AT_ONCE,
    guarded((ref) => reviveOrEnd(deps, ref)),
  );
  await inParallel(
    removed,
    AT_ONCE,
    guarded((ref) => clearRemoved(deps, ref)),
  );
  return { lapsed: lapsed.length, cleared: removed.length, failed };
}

/** Decides what becomes of an integration whose run's lease lapsed. */
async function reviveOrEnd(deps: SweepDeps, ref: IntegrationRef): Promise<void> {
  const nowMs = deps.clock.now();
  const integration = await deps.integrations.get(ref);
  if (!integration || integration.runId === null || integration.leaseUntilMs === null) return;
  if (integration.deleting || integration.leaseUntilMs > nowMs) return;
  const run = await findOrMakeRun(deps, integration, integration.runId);
  const { tenantId, integrationId } = ref;
  const { runId, registrar, epoch } = { ...integration, runId: run.runId };
  const fence = { tenantId, integrationId, epoch };
  const status = isTerminal(run.status) ? 'ended' : await deps.workflow.status(run.executionName);
  if (status === 'running') {
    await deps.integrations.extendLease(fence, nowMs + RUN_LEASE_MS);
    return;
  }
  if (
    status === 'unknown' &&
    holdsFence(integration, run) &&
    nowMs - Date.parse(run.startedAt) < LAUNCH_FOR_MS
  ) {
    deps.log.warn('run without an execution begun again', { integrationId, runId });
    await deps.integrations.extendLease(fence, nowMs + RUN_LEASE_MS / 3);
    await stopEarlierRuns(deps, run);
    await launch(deps, integration, run);
    return;
  }
  deps.log.warn('run ended by the sweep', { integrationId, runId, code: status });
  await finishSync(deps, {
    tenantId,
    integrationId,
    registrar,
    runId,
    epoch,
    trigger: run.trigger,
    error: 'INTERNAL',
  });
}

/** The row of the run, made anew where a crash fell between starting it and writing it down. */
async function findOrMakeRun(deps: SweepDeps, integration: Integration, runId: string) {
  const run = await deps.runs.get(integration.id, runId);
  if (run) return run;
  const startedMs = integration.lastAttemptAt ? Date.parse(integration.lastAttemptAt) : deps.clock.now();
  const made = toNewRun(integration, runId, integration.runTrigger ?? 'SCHEDULED', startedMs);
  await deps.runs.create(made);
  return made;
}
