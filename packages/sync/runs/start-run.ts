import { newRunId } from '#core/ids.ts';
import type { Integration } from '#core/integration.ts';
import type { RunTrigger } from '#core/payloads.ts';
import { type Clock, toIso } from '#core/ports/clock.ts';
import type { Log } from '#core/ports/log.ts';
import type { IntegrationRef, IntegrationStore, RunStore, StartResult } from '#core/ports/stores.ts';
import type { Workflow } from '#core/ports/workflow.ts';
import { isTerminal, NO_COUNTS, type SyncRun } from '#core/sync-run.ts';
import { FIRST_LEASE_MS } from '../timings.ts';

export interface StartDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly integrations: IntegrationStore;
  readonly runs: RunStore;
  readonly workflow: Workflow;
}

export type RunStart =
  | { readonly started: true; readonly integration: Integration; readonly run: SyncRun }
  | Exclude<StartResult, { started: true }>;

/**
 * Starts a run: one conditional write decides, then the run's row and its execution follow. What a crash leaves out
 * after the write, the sweep makes good; an execution that can't be started now is its work too, so that nobody has
 * to try again.
 */
export async function startRun(deps: StartDeps, ref: IntegrationRef, trigger: RunTrigger): Promise<RunStart> {
  const nowMs = deps.clock.now();
  const runId = newRunId(nowMs);
  const result = await deps.integrations.startRun(ref, {
    runId,
    trigger,
    nowMs,
    leaseUntilMs: nowMs + FIRST_LEASE_MS,
  });
  if (!result.started) return result;
  const run = toNewRun(result.integration, runId, trigger, nowMs);
  await deps.runs.create(run);
  if (result.supersededRunId !== null) await stopEarlierRuns(deps, run);
  await launch(deps, result.integration, run);
  return { started: true, integration: result.integration, run };
}

/** Starts the execution of a run; where that fails the sweep does it. */
export async function launch(deps: StartDeps, integration: Integration, run: SyncRun): Promise<void> {
  const { tenantId, integrationId, runId, epoch, trigger } = run;
  const { registrar } = integration;
  try {
    await deps.workflow.start(runId, { tenantId, integrationId, registrar, runId, epoch, trigger });
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    deps.log.warn('execution not started, the sweep will', { integrationId, runId, error: name });
  }
}

/** How many of the newest runs may have lost their right without a word: one for each start that broke off. */
const MOST_STARTED = 20;

/**
 * Ends the runs of an integration that a later one took the place of. Not the one before alone: where its start broke off
 * there may be no row of it, and still one of the run before.
 */
export async function stopEarlierRuns(
  deps: Pick<StartDeps, 'clock' | 'runs' | 'workflow'>,
  { integrationId, epoch }: Pick<SyncRun, 'integrationId' | 'epoch'>,
): Promise<void> {
  const { items } = await deps.runs.list(integrationId, MOST_STARTED);
  for (const run of items) {
    if (run.epoch < epoch && !isTerminal(run.status))
      await stopRun(deps, integrationId, run.runId, 'SUPERSEDED');
  }
}

/** Ends a run that lost its right: its row first, then its execution. A run that is over already stays as it is. */
export async function stopRun(
  deps: Pick<StartDeps, 'clock' | 'runs' | 'workflow'>,
  integrationId: string,
  runId: string,
  status: 'SUPERSEDED' | 'CANCELLED',
): Promise<void> {
  const run = await deps.runs.get(integrationId, runId);
  if (!run) return;
  const { counts, registrarCalls, waitedForLimitMs, stepStartedAt, notices } = run;
  const endedAt = toIso(deps.clock.now());
  const kept = { counts, registrarCalls, waitedForLimitMs, stepStartedAt, notices };
  const ended = await deps.runs.end({ ...kept, integrationId, runId, status, endedAt, problem: null });
  if (ended) await deps.workflow.stop(run.executionName);
}

/** The row of a run that begins. */
export function toNewRun(
  integration: Integration,
  runId: string,
  trigger: RunTrigger,
  nowMs: number,
): SyncRun {
  const startedAt = toIso(nowMs);
  return {
    runId,
    tenantId: integration.tenantId,
    integrationId: integration.id,
    epoch: integration.epoch,
    trigger,
    executionName: runId,
    status: 'RUNNING',
    startedAt,
    endedAt: null,
    stepStartedAt: { VALIDATE_API_ACCESS: startedAt },
    counts: NO_COUNTS,
    progress: { domainsListed: 0, domainsDone: 0, domainsTotal: null },
    registrarCalls: 0,
    waitedForLimitMs: 0,
    problem: null,
    notices: [],
  };
}
