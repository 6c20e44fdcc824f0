import type { Catcher, Retrier, State } from './definition.ts';
import {
  STATES_ALL,
  STATES_DATA_LIMIT_EXCEEDED,
  STATES_HEARTBEAT_TIMEOUT,
  STATES_RUNTIME,
  STATES_TASK_FAILED,
  STATES_TIMEOUT,
} from './errors.ts';

/**
 * Whether a name in ErrorEquals matches an error. States.ALL matches all but States.DataLimitExceeded (which its
 * own name matches) and States.Runtime (which nothing matches); States.TaskFailed all of those but timeouts;
 * States.Timeout a missed heartbeat too.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html verified 2026-11-23
 */
export function matchesError(name: string, error: string): boolean {
  if (error === STATES_RUNTIME) return false;
  if (name === error) return true;
  if (error === STATES_DATA_LIMIT_EXCEEDED) return false;
  const isTimeout = error === STATES_TIMEOUT || error === STATES_HEARTBEAT_TIMEOUT;
  return (
    name === STATES_ALL ||
    (name === STATES_TASK_FAILED && !isTimeout) ||
    (name === STATES_TIMEOUT && isTimeout)
  );
}

/** The catcher that takes the error, if one does. */
export function findCatcher(state: State, error: string): { catcher: Catcher; index: number } | undefined {
  if (state.Type !== 'Task' && state.Type !== 'Map') return undefined;
  const index = (state.Catch ?? []).findIndex((each) =>
    each.ErrorEquals.some((name) => matchesError(name, error)),
  );
  const catcher = state.Catch?.[index];
  return catcher === undefined ? undefined : { catcher, index };
}

/**
 * The pause before the next try in milliseconds, and the number of the retrier; undefined where there is no retrier
 * for the error, or the first that matches has no attempt left. `counts` are the retries made so far, by retrier.
 */
export function planRetry(
  state: State,
  error: string,
  counts: readonly number[],
  random: () => number,
): { readonly retrier: number; readonly delayMs: number } | undefined {
  if (state.Type !== 'Task' && state.Type !== 'Map') return undefined;
  const index = (state.Retry ?? []).findIndex((each) =>
    each.ErrorEquals.some((name) => matchesError(name, error)),
  );
  const retrier = state.Retry?.[index];
  const made = counts[index] ?? 0;
  if (retrier === undefined || made >= (retrier.MaxAttempts ?? 3)) return undefined;
  return { retrier: index, delayMs: delayOf(retrier, made, random) };
}

/** The interval grows from try to try up to its limit; FULL jitter takes any part of it. */
function delayOf(retrier: Retrier, made: number, random: () => number): number {
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** made;
  const seconds = Math.min(grown, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  const share = retrier.JitterStrategy === 'FULL' ? random() : 1;
  return Math.round(seconds * 1000 * share);
}
