import type { Json } from '../json.ts';
import { bind, type Extras } from './bindings.ts';
import type { ChoiceRule } from './definition.ts';
import { STATES_DATA_LIMIT_EXCEEDED, StateError } from './errors.ts';
import { evaluateField } from './expressions.ts';
import { recordEvent } from './history.ts';
import type { ExecutionStatus, Thread } from './thread.ts';
import { currentState, removeThread, type Turn, toBoundedText } from './turn.ts';

/** Data of one execution's variables together, 10 MiB. */
const MAX_VARIABLES_BYTES = 10 * 1_048_576;

/** Where a state leads, and what it gives on the way. */
export interface Exit {
  readonly output: Json;
  readonly assign: Readonly<Record<string, Json>>;
  /** The next state; undefined at the end of the scope. */
  readonly next: string | undefined;
}

/** Lets a thread enter a state of its scope; it runs later in the turn. */
export function enterState(turn: Turn, thread: Thread, name: string, input: Json): void {
  const text = toBoundedText(input, `The input of the state '${name}'`);
  thread.stateName = name;
  thread.input = input;
  thread.enteredAt = turn.now();
  thread.retryCount = 0;
  thread.retrierCounts = [];
  const { Type } = currentState(turn, thread);
  const event = recordEvent(turn, thread, `${Type}StateEntered`, {
    stateEnteredEventDetails: { name, input: text, inputDetails: { truncated: false } },
  });
  thread.enteredEventId = event.id;
  turn.live.record.transitions += 1;
  turn.ready.push(thread);
}

/**
 * Evaluates Output and Assign, which both see the variables as they were. `fallback` is the output where the
 * field is missing.
 * @throws StateError for a failed expression or too much data.
 */
export async function evaluateExit(
  turn: Turn,
  thread: Thread,
  fields: Pick<ChoiceRule, 'Output' | 'Assign'> & { readonly Next?: string },
  fallback: Json,
  extras: Extras = {},
  place = '',
): Promise<Exit> {
  const bindings = bind(turn, thread, extras);
  const output =
    fields.Output === undefined ? fallback : await evaluateField(fields.Output, `${place}Output`, bindings);
  toBoundedText(output, `The output of the state '${thread.stateName}'`);
  const assign = (await evaluateField(fields.Assign ?? {}, `${place}Assign`, bindings)) as Record<
    string,
    Json
  >;
  toBoundedText(assign, `Assign of the state '${thread.stateName}'`);
  return { output, assign, next: fields.Next };
}

/** Lets a thread leave its state. Gives whether it goes on; else it has reached the end of its scope. */
export function leaveState(turn: Turn, thread: Thread, exit: Exit): boolean {
  assignVariables(turn, thread, exit.assign);
  const { Type } = currentState(turn, thread);
  const assigned = Object.entries(exit.assign).map(([name, value]) => [name, JSON.stringify(value)]);
  recordEvent(turn, thread, `${Type}StateExited`, {
    stateExitedEventDetails: {
      name: thread.stateName,
      output: JSON.stringify(exit.output),
      outputDetails: { truncated: false },
      ...(assigned.length === 0
        ? {}
        : {
            assignedVariables: Object.fromEntries(assigned),
            assignedVariablesDetails: { truncated: false },
          }),
    },
  });
  if (exit.next === undefined) return false;
  enterState(turn, thread, exit.next, exit.output);
  return true;
}

/** Ends the execution with all its threads. Times, texts and the last event are set; nothing may follow. */
export function endExecution(
  turn: Turn,
  status: Exclude<ExecutionStatus, 'RUNNING'>,
  end: { readonly output?: Json; readonly error?: string; readonly cause?: string },
): void {
  const { record, threads } = turn.live;
  record.status = status;
  record.stoppedAt = turn.now();
  record.output = end.output === undefined ? null : JSON.stringify(end.output);
  record.error = end.error ?? null;
  record.cause = end.cause ?? null;
  const details = { error: record.error ?? undefined, cause: record.cause ?? undefined };
  const main = threads.get('main') ?? null;
  if (status === 'SUCCEEDED') {
    recordEvent(turn, main, 'ExecutionSucceeded', {
      executionSucceededEventDetails: { output: record.output, outputDetails: { truncated: false } },
    });
  } else if (status === 'FAILED') {
    recordEvent(turn, main, 'ExecutionFailed', { executionFailedEventDetails: details });
  } else if (status === 'TIMED_OUT') {
    recordEvent(turn, main, 'ExecutionTimedOut', { executionTimedOutEventDetails: details });
  } else {
    recordEvent(turn, main, 'ExecutionAborted', { executionAbortedEventDetails: details });
  }
  for (const thread of [...threads.values()]) removeThread(turn, thread);
  turn.ready.length = 0;
}

function assignVariables(turn: Turn, thread: Thread, assign: Readonly<Record<string, Json>>): void {
  if (Object.keys(assign).length === 0) return;
  const variables = { ...thread.variables, ...assign };
  if (Buffer.byteLength(JSON.stringify(variables)) > MAX_VARIABLES_BYTES) {
    throw new StateError(
      STATES_DATA_LIMIT_EXCEEDED,
      `The variables at the state '${thread.stateName}' exceed 10 MiB.`,
    );
  }
  thread.variables = variables;
  turn.changed.add(thread);
}
