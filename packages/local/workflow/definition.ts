import type { Json } from '../json.ts';

/** A number in the definition, or a JSONata expression that gives one. */
type NumberField = number | string;

/** States that belong together: a state machine's, or those of a Map's ItemProcessor. */
interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** A checked definition, in the words of the Amazon States Language. */
export interface Machine extends States {
  readonly Comment?: string;
  readonly QueryLanguage: 'JSONata';
  readonly Version?: '1.0';
  readonly TimeoutSeconds?: number;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output?: Json;
  readonly Assign?: Readonly<Record<string, Json>>;
}

interface Common {
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONata';
  readonly Output?: Json;
}

interface Flowing extends Common {
  readonly Assign?: Readonly<Record<string, Json>>;
  readonly Next?: string;
  readonly End?: true;
}

interface Failing extends Flowing {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface TaskState extends Failing {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly TimeoutSeconds?: NumberField;
  readonly HeartbeatSeconds?: NumberField;
}

export interface MapState extends Failing {
  readonly Type: 'Map';
  readonly Items?: Json;
  readonly ItemSelector?: Json;
  readonly MaxConcurrency?: NumberField;
  readonly ItemProcessor: States & { readonly ProcessorConfig?: { readonly Mode: 'INLINE' } };
}

interface PassState extends Flowing {
  readonly Type: 'Pass';
}

export interface WaitState extends Flowing {
  readonly Type: 'Wait';
  readonly Seconds?: NumberField;
  readonly Timestamp?: string;
}

export interface ChoiceRule {
  readonly Comment?: string;
  readonly Condition: boolean | string;
  readonly Next: string;
  readonly Output?: Json;
  readonly Assign?: Readonly<Record<string, Json>>;
}

export interface ChoiceState extends Common {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Assign?: Readonly<Record<string, Json>>;
}

interface SucceedState extends Common {
  readonly Type: 'Succeed';
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONata';
  readonly Error?: string;
  readonly Cause?: string;
}

export type State = TaskState | MapState | PassState | WaitState | ChoiceState | SucceedState | FailState;

/**
 * The states of a scope: of the machine itself, or inside the Maps named by `scope`, outermost first.
 * @throws Error for a scope that the definition doesn't have.
 */
function statesOf(machine: Machine, scope: readonly string[]): States {
  let states: States = machine;
  for (const name of scope) {
    const state = states.States[name];
    if (state?.Type !== 'Map') throw new Error(`no Map state ${name}`);
    states = state.ItemProcessor;
  }
  return states;
}

/** One state of a scope. @throws Error for a name that the scope doesn't have. */
export function stateOf(machine: Machine, scope: readonly string[], name: string): State {
  const state = statesOf(machine, scope).States[name];
  if (state === undefined) throw new Error(`no state ${[...scope, name].join('/')}`);
  return state;
}
