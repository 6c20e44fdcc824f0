import type { Json } from '../json.ts';
import { type Bindings, evaluateField, toTypeError } from './expressions.ts';
import { createFunctions } from './jsonata-functions.ts';
import type { Thread } from './thread.ts';
import type { Live, Turn } from './turn.ts';

/** What `$states` holds in some places only. */
export interface Extras {
  readonly result?: Json;
  readonly errorOutput?: Json;
  /** The task token: in the Arguments of a task that waits for one. */
  readonly token?: string;
  /** The item of an iteration: in ItemSelector, as documented, not in the states inside the Map. */
  readonly item?: { readonly Index: number; readonly Value: Json };
}

/**
 * What an expression of the thread's state sees: `$states`, its variables, those of the outer scopes, the functions.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html verified 2026-11-23
 */
export function bind(turn: Turn, thread: Thread, extras: Extras = {}): Bindings {
  const { record, input } = turn.live;
  const context = {
    Execution: {
      Id: record.arn,
      Input: input,
      Name: record.name,
      RoleArn: record.roleArn,
      StartTime: new Date(record.startedAt).toISOString(),
    },
    State: {
      Name: thread.stateName,
      EnteredTime: new Date(thread.enteredAt).toISOString(),
      RetryCount: thread.retryCount,
    },
    StateMachine: { Id: record.machineArn, Name: record.machineArn.split(':').at(-1) },
    ...(extras.token === undefined ? {} : { Task: { Token: extras.token } }),
    ...(extras.item === undefined ? {} : { Map: { Item: extras.item } }),
  };
  const states = {
    input: thread.input,
    ...(extras.result === undefined ? {} : { result: extras.result }),
    ...(extras.errorOutput === undefined ? {} : { errorOutput: extras.errorOutput }),
    context,
  };
  return { ...createFunctions(turn.now()), ...variablesOf(turn.live, thread), states };
}

/** Evaluates a field that must give a whole number from `least` up; undefined where the field is missing. */
export async function evaluateWhole(
  value: Json | undefined,
  place: string,
  least: number,
  bindings: Bindings,
): Promise<number | undefined> {
  if (value === undefined) return undefined;
  const result = await evaluateField(value, place, bindings);
  if (typeof result === 'number' && Number.isInteger(result) && result >= least) return result;
  throw toTypeError(value, place, least === 0 ? 'NON_NEGATIVE_INTEGER' : 'POSITIVE_INTEGER', result);
}

function variablesOf(live: Live, thread: Thread): Record<string, Json> {
  const parent = thread.parentId === null ? undefined : live.threads.get(thread.parentId);
  return { ...(parent === undefined ? {} : variablesOf(live, parent)), ...thread.variables };
}
