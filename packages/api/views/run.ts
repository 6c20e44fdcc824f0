import type { TextSubject } from '#core/problem-texts.ts';
import type { RegistrarLimits } from '#core/registrar.ts';
import { RUN_STEPS, type SyncRun, toCurrentStep } from '#core/sync-run.ts';
import type { RunJson } from '../schemas/run.ts';
import { toNoticeJson, toProblemJson } from './problem.ts';
import { toProgressJson } from './progress.ts';

/** A run as it is to be shown (see toShownRun). */
export function toRunJson(run: SyncRun, subject: TextSubject, limits: RegistrarLimits): RunJson {
  const progress = toProgressJson(run.progress, limits);
  const { estimatedSecondsLeft: _left, ...done } = progress;
  return {
    runId: run.runId,
    integrationId: run.integrationId,
    trigger: run.trigger,
    status: run.status,
    step: toCurrentStep(run),
    steps: toSteps(run),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    progress: run.status === 'RUNNING' ? progress : done,
    counts: { ...run.counts },
    registrarCalls: run.registrarCalls,
    waitedForLimitMs: run.waitedForLimitMs,
    ...(run.problem && { problem: toProblemJson(run.problem, subject) }),
    notices: run.notices.map((notice) => toNoticeJson(notice, subject)),
  };
}

/** The steps that began, in their order; each ends where the next begins, the last with the run. */
function toSteps({ stepStartedAt, endedAt }: SyncRun): RunJson['steps'] {
  const begun = RUN_STEPS.flatMap((step) => {
    const startedAt = stepStartedAt[step];
    return startedAt === undefined ? [] : [{ step, startedAt }];
  });
  return begun.map(({ step, startedAt }, index) => {
    const end = begun[index + 1]?.startedAt ?? endedAt;
    return { step, startedAt, ...(end !== null && { endedAt: end }) };
  });
}
