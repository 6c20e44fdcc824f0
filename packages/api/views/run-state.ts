import { type Integration, LEASE_GRACE_MS, type Problem } from '#core/integration.ts';
import { toIso } from '#core/ports/clock.ts';
import { isTerminal, type SyncRun } from '#core/sync-run.ts';

type Holder = Pick<Integration, 'runId' | 'leaseUntilMs'>;

/**
 * A run as people are to see it, so that run, card and domains never contradict each other:
 * one that is over, but whose consequences are still being drawn, is running its last step; one that nobody has heard
 * of for too long has failed; one whose place another took is superseded.
 */
export function toShownRun(run: SyncRun, integration: Holder, nowMs: number): SyncRun {
  const { leaseUntilMs } = integration;
  if (integration.runId !== run.runId) {
    return isTerminal(run.status) ? run : { ...run, status: 'SUPERSEDED' };
  }
  if (leaseUntilMs === null) return run;
  if (nowMs > leaseUntilMs + LEASE_GRACE_MS) {
    if (isTerminal(run.status)) return run;
    return {
      ...run,
      status: 'FAILED',
      endedAt: toIso(leaseUntilMs),
      problem: toLapsedProblem(run.runId, leaseUntilMs),
    };
  }
  if (!isTerminal(run.status)) return run;
  const updatedAt = run.stepStartedAt.UPDATE_DASHBOARD ?? run.endedAt ?? run.startedAt;
  const stepStartedAt = { ...run.stepStartedAt, UPDATE_DASHBOARD: updatedAt };
  return { ...run, status: 'RUNNING', endedAt: null, problem: null, stepStartedAt };
}

/** Why a run failed that never said so itself. */
export function toLapsedProblem(runId: string, leaseUntilMs: number): Problem {
  return { code: 'INTERNAL', reason: 'unspecified', at: toIso(leaseUntilMs), requestId: runId };
}
