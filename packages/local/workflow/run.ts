import type { Json } from '../json.ts';
import type { State } from './definition.ts';
import { findCatcher, planRetry } from './error-handling.ts';
import { STATES_HEARTBEAT_TIMEOUT, STATES_TIMEOUT, StateError } from './errors.ts';
import { type Exit, endExecution, enterState, evaluateExit, leaveState } from './flow.ts';
import { recordEvent } from './history.ts';
import { abortIterations, collectOutputs, startIterations, startMap, toDetails } from './map-state.ts';
import { choose, toFailure, toWakeUp } from './simple-states.ts';
import { markSubmitted, recordTaskEvent, startTask } from './task-state.ts';
import type { TaskWait, Thread } from './thread.ts';
import { currentState, isRunning, stopWaiting, type Turn, toBoundedText } from './turn.ts';

/** Starts the execution's own thread in the first state. */
export function startExecution(turn: Turn): void {
  const { record, machine, input, threads } = turn.live;
  recordEvent(turn, null, 'ExecutionStarted', {
    executionStartedEventDetails: {
      input: record.input,
      inputDetails: { truncated: false },
      roleArn: record.roleArn,
    },
  });
  const thread: Thread = {
    id: 'main',
    parentId: null,
    index: null,
    scope: [],
    variables: {},
    stateName: machine.StartAt,
    input,
    enteredAt: turn.now(),
    enteredEventId: 1,
    retryCount: 0,
    retrierCounts: [],
    step: 0,
    wait: null,
    lastEventId: 1,
  };
  threads.set(thread.id, thread);
  enterState(turn, thread, machine.StartAt, input);
}

/** Runs states until every thread waits for something, or the execution is over. */
export async function runReady(turn: Turn): Promise<void> {
  for (let thread = turn.ready.shift(); thread !== undefined; thread = turn.ready.shift()) {
    const each = thread;
    if (!turn.live.threads.has(each.id)) continue;
    await attempt(turn, each, () => runState(turn, each, currentState(turn, each)));
  }
}

/** The task has given its result. */
export async function completeTask(turn: Turn, thread: Thread, wait: TaskWait, result: Json): Promise<void> {
  await attempt(turn, thread, async () => {
    const output = toBoundedText(result, `The result of the state '${thread.stateName}'`);
    markSubmitted(turn, thread, wait, null);
    recordTaskEvent(turn, thread, 'Succeeded', wait.resource, {
      output,
      outputDetails: { truncated: false },
    });
    stopWaiting(turn, thread);
    const state = currentState(turn, thread);
    await leave(turn, thread, await evaluateExit(turn, thread, toFields(state), result, { result }));
  });
}

/** The task has failed: `what` says in which way, for the history. */
export async function failTask(
  turn: Turn,
  thread: Thread,
  wait: TaskWait,
  error: StateError,
  what: 'Failed' | 'SubmitFailed' | 'TimedOut' = 'Failed',
): Promise<void> {
  await attempt(turn, thread, async () => {
    if (what === 'Failed') markSubmitted(turn, thread, wait, null);
    const cause = error.detail === '' ? undefined : error.detail;
    recordTaskEvent(turn, thread, what, wait.resource, { error: error.error, cause });
    throw error;
  });
}

/** Looks whether a thread's time has come: the end of a pause, a retry, a timeout, a missed heartbeat. */
export async function handleTime(turn: Turn, thread: Thread): Promise<void> {
  const { wait } = thread;
  const now = turn.now();
  if (wait?.kind === 'sleep' && now >= wait.until) {
    stopWaiting(turn, thread);
    if (wait.why === 'wait') {
      await attempt(turn, thread, async () => {
        const state = currentState(turn, thread);
        await leave(turn, thread, await evaluateExit(turn, thread, toFields(state), thread.input));
      });
    } else {
      thread.retryCount += 1;
      turn.live.record.transitions += 1;
      turn.ready.push(thread);
    }
  } else if (wait?.kind === 'task' && wait.deadlineAt !== null && now >= wait.deadlineAt) {
    await failTask(turn, thread, wait, new StateError(STATES_TIMEOUT, ''), 'TimedOut');
  } else if (wait?.kind === 'task' && wait.heartbeatAt !== null && now >= wait.heartbeatAt) {
    await failTask(turn, thread, wait, new StateError(STATES_HEARTBEAT_TIMEOUT, ''), 'TimedOut');
  }
}

async function runState(turn: Turn, thread: Thread, state: State): Promise<void> {
  switch (state.Type) {
    case 'Task':
      return startTask(turn, thread, state);
    case 'Map':
      await startMap(turn, thread, state);
      return goOnWithMap(turn, thread);
    case 'Wait':
      thread.wait = { kind: 'sleep', why: 'wait', until: await toWakeUp(turn, thread, state) };
      turn.changed.add(thread);
      return;
    case 'Choice':
      return leave(turn, thread, await choose(turn, thread, state));
    case 'Pass':
    case 'Succeed':
      return leave(turn, thread, await evaluateExit(turn, thread, state, thread.input));
    case 'Fail':
      throw await toFailure(turn, thread, state);
  }
}

async function goOnWithMap(turn: Turn, thread: Thread): Promise<void> {
  const state = currentState(turn, thread);
  if (state.Type !== 'Map') return;
  await startIterations(turn, thread, state);
  const result = collectOutputs(turn, thread);
  if (result === undefined) return;
  stopWaiting(turn, thread);
  toBoundedText(result, `The result of the Map '${thread.stateName}'`);
  await leave(turn, thread, await evaluateExit(turn, thread, state, result, { result }));
}

async function leave(turn: Turn, thread: Thread, exit: Exit): Promise<void> {
  if (leaveState(turn, thread, exit)) return;
  const map = parentOf(turn, thread);
  if (map === undefined) return endExecution(turn, 'SUCCEEDED', { output: exit.output });
  recordEvent(turn, thread, 'MapIterationSucceeded', toDetails('Succeeded', map, thread.index));
  thread.wait = { kind: 'done', output: exit.output };
  await attempt(turn, map, () => goOnWithMap(turn, map));
}

async function attempt(turn: Turn, thread: Thread, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    await failState(turn, thread, error);
  }
}

async function failState(turn: Turn, thread: Thread, error: StateError): Promise<void> {
  recordEvaluation(turn, thread, error);
  abortIterations(turn, thread);
  stopWaiting(turn, thread);
  const state = currentState(turn, thread);
  const retry = planRetry(state, error.error, thread.retrierCounts, turn.random);
  if (retry !== undefined) {
    thread.retrierCounts[retry.retrier] = (thread.retrierCounts[retry.retrier] ?? 0) + 1;
    thread.wait = { kind: 'sleep', why: 'retry', until: turn.now() + retry.delayMs };
    return;
  }
  const found = findCatcher(state, error.error);
  if (found === undefined) return failScope(turn, thread, error);
  const errorOutput = { Error: error.error, Cause: error.detail };
  try {
    const place = `Catch[${found.index}]/`;
    const exit = await evaluateExit(turn, thread, found.catcher, errorOutput, { errorOutput }, place);
    leaveState(turn, thread, exit);
  } catch (second) {
    if (!(second instanceof StateError)) throw second;
    recordEvaluation(turn, thread, second);
    await failScope(turn, thread, second);
  }
}

/** Nobody in the thread's scope took the error: it goes to the Map around it, or ends the execution. */
async function failScope(turn: Turn, thread: Thread, error: StateError): Promise<void> {
  const map = parentOf(turn, thread);
  if (map === undefined) {
    const cause = error.detail === '' ? {} : { cause: error.detail };
    return endExecution(turn, 'FAILED', { error: error.error, ...cause });
  }
  recordEvent(turn, thread, 'MapIterationFailed', toDetails('Failed', map, thread.index));
  thread.wait = { kind: 'done', output: null };
  await failState(turn, map, new StateError(error.error, error.detail));
}

function recordEvaluation(turn: Turn, thread: Thread, error: StateError): void {
  if (error.location === undefined || !isRunning(turn)) return;
  recordEvent(turn, thread, 'EvaluationFailed', {
    evaluationFailedEventDetails: {
      state: thread.stateName,
      error: error.error,
      cause: error.detail,
      location: error.location,
    },
  });
}

function parentOf(turn: Turn, thread: Thread): Thread | undefined {
  return thread.parentId === null ? undefined : turn.live.threads.get(thread.parentId);
}

/** Output, Assign and Next of a state that has them. */
function toFields(state: State): Parameters<typeof evaluateExit>[2] {
  return state.Type === 'Fail' || state.Type === 'Choice' || state.Type === 'Succeed' ? {} : state;
}
