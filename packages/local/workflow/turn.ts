import type { Json } from '../json.ts';
import { type Machine, type State, stateOf } from './definition.ts';
import { STATES_DATA_LIMIT_EXCEEDED, StateError } from './errors.ts';
import type { ExecutionRecord, HistoryEvent, Thread } from './thread.ts';

/** A running execution in memory. */
export interface Live {
  readonly record: ExecutionRecord;
  readonly machine: Machine;
  /** The execution's input, parsed. */
  readonly input: Json;
  readonly threads: Map<string, Thread>;
}

/**
 * One turn of an execution: everything that follows from one happening, until all its threads wait again. It is
 * written to the store in one transaction, and only then does anything leave (messages, invocations, events).
 */
export interface Turn {
  readonly live: Live;
  now(): number;
  /** In [0, 1), for jitter. */
  random(): number;
  /** Threads whose state is to be run. */
  readonly ready: Thread[];
  readonly changed: Set<Thread>;
  readonly removed: Set<string>;
  readonly events: HistoryEvent[];
  /** Tokens given out in this turn, with the thread that waits. */
  readonly tokens: { readonly token: string; readonly threadId: string }[];
}

/** 256 KiB: input, output, arguments, results and variables. @see limits of Step Functions, verified 2026-11-23 */
export const MAX_DATA_BYTES = 262_144;

export function createTurn(live: Live, now: () => number, random: () => number): Turn {
  return { live, now, random, ready: [], changed: new Set(), removed: new Set(), events: [], tokens: [] };
}

/** Whether the execution still runs: nothing may happen to it afterwards. */
export function isRunning(turn: Turn): boolean {
  return turn.live.record.status === 'RUNNING';
}

/** The state that a thread is in. */
export function currentState(turn: Turn, thread: Thread): State {
  return stateOf(turn.live.machine, thread.scope, thread.stateName);
}

/** Gives the text of a value. @throws StateError States.DataLimitExceeded above 256 KiB of UTF-8. */
export function toBoundedText(value: Json, what: string): string {
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) > MAX_DATA_BYTES) {
    throw new StateError(
      STATES_DATA_LIMIT_EXCEEDED,
      `${what} has a size exceeding the maximum number of bytes service limit.`,
    );
  }
  return text;
}

/** Takes a thread out of the execution; answers to what it waited for find nobody. */
export function removeThread(turn: Turn, thread: Thread): void {
  turn.live.threads.delete(thread.id);
  turn.changed.delete(thread);
  turn.removed.add(thread.id);
}

/** Iterations of the Map that a thread is in, in the order of the items. */
export function iterationsOf(turn: Turn, thread: Thread): Thread[] {
  return [...turn.live.threads.values()]
    .filter((other) => other.parentId === thread.id)
    .sort((one, other) => (one.index ?? 0) - (other.index ?? 0));
}

/** Ends whatever the thread waits for: later answers to it are too late. */
export function stopWaiting(turn: Turn, thread: Thread): void {
  thread.wait = null;
  thread.step += 1;
  turn.changed.add(thread);
}
