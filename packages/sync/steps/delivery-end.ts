import { isSyncError, SUPERSEDED, SupersededError, SyncError } from '#core/errors.ts';
import { toIso } from '#core/ports/clock.ts';
import { type Delivery, park, save, toLogFields, toStart } from './delivery.ts';
import { isOverBudget, markOverBudget } from './over-budget.ts';

/** How a delivery's work ended: with the step's result, its failure, or at a limit until its next turn. */
export type Ending =
  | { readonly kind: 'done'; readonly result: unknown; readonly calls: number }
  | { readonly kind: 'failed'; readonly error: unknown; readonly calls: number }
  | {
      readonly kind: 'window';
      readonly untilMs: number;
      /** Whether our own count closed the window, and not the registrar's word. */
      readonly isSpent: boolean;
      readonly calls: number;
    };

/** Says to the workflow how the step ended, after it is written down. */
export async function answer(delivery: Delivery, ending: Exclude<Ending, { kind: 'window' }>): Promise<void> {
  const { deps, message } = delivery;
  if (ending.kind === 'done') {
    const saved = await save(delivery, { done: true, result: ending.result });
    if (saved) await deps.tokens.succeed(message.taskToken, ending.result);
    return;
  }
  if (ending.error instanceof SupersededError) {
    await deps.tokens.fail(message.taskToken, SUPERSEDED);
    return;
  }
  const error = isSyncError(ending.error) ? ending.error : new SyncError('INTERNAL');
  deps.log.error('step failed', {
    ...toLogFields(message),
    code: error.code,
    ...(error.facts.reason && { reason: error.facts.reason }),
    ...(error.facts.status && { status: error.facts.status }),
    ...(error.facts.path && { path: error.facts.path }),
    ...(!isSyncError(ending.error) && ending.error instanceof Error && { error: ending.error.name }),
  });
  if (!(await save(delivery, { done: false, result: null }))) return;
  await deps.runs.note(message.integrationId, message.runId, {
    ...toStart(delivery),
    problem: {
      code: error.code,
      reason: error.facts.reason ?? 'unspecified',
      at: toIso(deps.clock.now()),
      requestId: message.runId,
      ...(error.facts.address && { address: error.facts.address }),
      ...(delivery.memory.candidateRefused && { formerCredentialsKept: true }),
    },
  });
  await deps.tokens.fail(message.taskToken, error.code);
}

/** Parks until a turn, unless the run's time for zones is over by then: what is left of the range is for the next run. */
export async function waitUntil(delivery: Delivery, turnMs: number): Promise<void> {
  const { message, run } = delivery;
  if (message.kind === 'dns' && isOverBudget(run, turnMs)) await endOverBudget(delivery, message.range);
  else await park(delivery, turnMs);
}

/** Ends a range that the run has no time for any more: what is left of it is for the next run. */
export async function endOverBudget(delivery: Delivery, range: number): Promise<void> {
  await markOverBudget(delivery, range);
  await answer(delivery, { kind: 'done', result: {}, calls: 0 });
}
