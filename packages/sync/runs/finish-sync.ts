import { SupersededError } from '#core/errors.ts';
import type { Notice, Problem } from '#core/integration.ts';
import type { FinishInput } from '#core/payloads.ts';
import { toIso } from '#core/ports/clock.ts';
import type { Fence } from '#core/ports/stores.ts';
import { isTerminal, RUN_STEPS, type RunStatus, type SyncRun } from '#core/sync-run.ts';
import { holdsFence } from '../fence.ts';
import { RUN_LEASE_MS } from '../timings.ts';
import type { FinishDeps } from './finish-deps.ts';
import { toNotices, toProblem, toStatus } from './run-outcome.ts';
import { type RunReceipt, readReceipt } from './run-receipt.ts';
import { settle } from './settle-run.ts';
import { stopEarlierRuns } from './start-run.ts';

/**
 * Last step: makes the run terminal, then draws its consequences (what is missing, the figures, the integration's
 * state) and gives the lease back. Every part is repeatable: after a crash the same call does the rest.
 */
export async function finishSync(
  deps: FinishDeps,
  input: Omit<FinishInput, 'stateMachineArn'>,
): Promise<void> {
  const { tenantId, integrationId, runId, epoch } = input;
  const fence: Fence = { tenantId, integrationId, epoch };
  const [integration, run] = await Promise.all([
    deps.integrations.get(fence),
    deps.runs.get(integrationId, runId),
  ]);
  if (!run) return;
  if (!integration || !holdsFence(integration, input)) {
    const receipt = await readReceipt(deps.work, input);
    await endRun(
      deps,
      run,
      integration && !integration.deleting ? 'SUPERSEDED' : 'CANCELLED',
      null,
      [],
      receipt,
    );
    return;
  }
  if (input.error === undefined && input.continueAt !== undefined) {
    await goOn(deps, input, fence, input.continueAt);
    return;
  }
  // Told twice, after all was done: the integration is free, and counts nothing a second time.
  if (isTerminal(run.status) && integration.leaseUntilMs === null) return;
  // It took the place of others, one of which may have been written down only after it.
  if (input.trigger === 'CREDENTIALS_UPDATED') await stopEarlierRuns(deps, run);
  const receipt = await readReceipt(deps.work, input);
  const ended = await endOnce(deps, input, run, receipt);
  const { status, problem, notices } = ended;
  if (status === 'SUPERSEDED' || status === 'CANCELLED') {
    // Its successor never began (a crash between the two): give the lease back and be due at once.
    await deps.integrations.finishRun(fence, runId, {
      dueAtMs: deps.clock.now(),
    });
    return;
  }
  try {
    await settle(deps, { fence, integration, run, status, problem, notices, receipt });
  } catch (error) {
    if (!(error instanceof SupersededError)) throw error;
    deps.log.info('superseded while finishing', { integrationId, runId });
  }
}

/**
 * Ends the run as its steps and the error say; one that is over already, or that another call ends at the same time,
 * keeps the outcome that it has.
 */
async function endOnce(
  deps: FinishDeps,
  input: Omit<FinishInput, 'stateMachineArn'>,
  run: SyncRun,
  receipt: RunReceipt,
): Promise<Pick<SyncRun, 'status' | 'problem' | 'notices'>> {
  if (isTerminal(run.status)) return run;
  const problem = toProblem(input, run, receipt, toIso(deps.clock.now()));
  const outcome = { status: toStatus(input.error, problem, receipt), problem, notices: toNotices(receipt) };
  const isOurs = await endRun(deps, run, outcome.status, problem, outcome.notices, receipt);
  return isOurs ? outcome : ((await deps.runs.get(run.integrationId, run.runId)) ?? outcome);
}

/** Goes on with the ranges that one execution can't hold in a further one, named for its first range. */
async function goOn(
  deps: FinishDeps,
  input: Omit<FinishInput, 'stateMachineArn'>,
  fence: Fence,
  firstRange: number,
) {
  const { tenantId, integrationId, registrar, runId, epoch, trigger } = input;
  const executionName = `${runId}-${firstRange}`;
  await deps.integrations.extendLease(fence, deps.clock.now() + RUN_LEASE_MS);
  await deps.runs.note(integrationId, runId, { executionName });
  await deps.workflow.start(executionName, {
    tenantId,
    integrationId,
    registrar,
    runId,
    epoch,
    trigger,
    firstRange,
  });
}

/** Makes the run terminal; steps that a good run skipped, for want of zones, began and ended at once. */
async function endRun(
  deps: FinishDeps,
  run: SyncRun,
  status: RunStatus,
  problem: Problem | null,
  notices: readonly Notice[],
  receipt: RunReceipt,
): Promise<boolean> {
  const endedAt = toIso(deps.clock.now());
  const isGood = status === 'SUCCEEDED' || status === 'PARTIAL';
  const skipped = isGood ? RUN_STEPS.filter((step) => !run.stepStartedAt[step]) : [];
  return deps.runs.end({
    integrationId: run.integrationId,
    runId: run.runId,
    status,
    endedAt,
    problem,
    notices,
    counts: { ...receipt.counts, missing: 0, removed: 0 },
    registrarCalls: receipt.registrarCalls,
    waitedForLimitMs: receipt.waitedForLimitMs,
    stepStartedAt: { ...run.stepStartedAt, ...Object.fromEntries(skipped.map((step) => [step, endedAt])) },
  });
}
