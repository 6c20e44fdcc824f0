import { bind } from './bindings.ts';
import type { ChoiceState, FailState, WaitState } from './definition.ts';
import { STATES_NO_CHOICE_MATCHED, StateError } from './errors.ts';
import { evaluateField, toTypeError } from './expressions.ts';
import { type Exit, evaluateExit } from './flow.ts';
import type { Thread } from './thread.ts';
import type { Turn } from './turn.ts';

/** RFC 3339 with a zone, as Wait's Timestamp must be. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const LONGEST_SECONDS = 99_999_999;

/**
 * The exit of the first rule that holds, else of Default.
 * @throws StateError where a condition gives no boolean, or nothing matches and there is no Default.
 */
export async function choose(turn: Turn, thread: Thread, state: ChoiceState): Promise<Exit> {
  const bindings = bind(turn, thread);
  for (const [index, rule] of state.Choices.entries()) {
    const place = `Choices[${index}]/`;
    const holds = await evaluateField(rule.Condition, `${place}Condition`, bindings);
    if (typeof holds !== 'boolean') throw toTypeError(rule.Condition, `${place}Condition`, 'BOOLEAN', holds);
    if (holds) return evaluateExit(turn, thread, rule, thread.input, {}, place);
  }
  if (state.Default === undefined) {
    throw new StateError(STATES_NO_CHOICE_MATCHED, `no rule of the state '${thread.stateName}' matched`);
  }
  const { Default: Next, Output, Assign } = state;
  return evaluateExit(
    turn,
    thread,
    { Next, ...(Output === undefined ? {} : { Output }), ...(Assign === undefined ? {} : { Assign }) },
    thread.input,
  );
}

/** When the Wait ends, in epoch milliseconds. @throws StateError for a value that is no time. */
export async function toWakeUp(turn: Turn, thread: Thread, state: WaitState): Promise<number> {
  const bindings = bind(turn, thread);
  if (state.Seconds !== undefined) {
    const seconds = await evaluateField(state.Seconds, 'Seconds', bindings);
    const isRight = typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0;
    if (!isRight || seconds > LONGEST_SECONDS) {
      throw toTypeError(state.Seconds, 'Seconds', 'NON_NEGATIVE_INTEGER', seconds);
    }
    return turn.now() + seconds * 1000;
  }
  const given = state.Timestamp ?? '';
  const timestamp = await evaluateField(given, 'Timestamp', bindings);
  if (typeof timestamp !== 'string' || !TIMESTAMP.test(timestamp) || Number.isNaN(Date.parse(timestamp))) {
    throw toTypeError(given, 'Timestamp', 'TIMESTAMP', timestamp);
  }
  return Date.parse(timestamp);
}

/** The error that a Fail state ends its scope with. */
export async function toFailure(turn: Turn, thread: Thread, state: FailState): Promise<StateError> {
  const bindings = bind(turn, thread);
  const error = await evaluateField(state.Error ?? '', 'Error', bindings);
  const cause = await evaluateField(state.Cause ?? '', 'Cause', bindings);
  if (typeof error !== 'string') throw toTypeError(state.Error ?? '', 'Error', 'STRING', error);
  if (typeof cause !== 'string') throw toTypeError(state.Cause ?? '', 'Cause', 'STRING', cause);
  return new StateError(error, cause);
}
