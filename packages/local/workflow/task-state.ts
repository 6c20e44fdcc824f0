import { randomUUID } from 'node:crypto';
import { isJsonObject, type Json } from '../json.ts';
import { bind, evaluateWhole } from './bindings.ts';
import type { TaskState } from './definition.ts';
import { evaluateField } from './expressions.ts';
import { recordEvent } from './history.ts';
import { readArguments, resourceOf, START_EXECUTION } from './resources.ts';
import type { TaskWait, Thread } from './thread.ts';
import { createToken } from './token.ts';
import { type Turn, toBoundedText } from './turn.ts';

/**
 * Schedules the task and lets the thread wait for it. The request itself leaves after the turn is stored, so that
 * a token that someone holds is always known.
 * @throws StateError for arguments, timeouts or heartbeats that can't be evaluated.
 */
export async function startTask(turn: Turn, thread: Thread, state: TaskState): Promise<void> {
  const { type, action, waitsForToken } = resourceOf(state.Resource);
  const token = waitsForToken ? createToken() : null;
  const bindings = bind(turn, thread);
  const given = await evaluateField(
    state.Arguments ?? {},
    'Arguments',
    token === null ? bindings : bind(turn, thread, { token }),
  );
  const args = nameExecution(state.Resource, readArguments(state.Resource, given));
  const parameters = toBoundedText(args, `The arguments of the state '${thread.stateName}'`);
  const timeout = await evaluateWhole(state.TimeoutSeconds, 'TimeoutSeconds', 1, bindings);
  const heartbeat = await evaluateWhole(state.HeartbeatSeconds, 'HeartbeatSeconds', 1, bindings);
  recordEvent(turn, thread, 'TaskScheduled', {
    taskScheduledEventDetails: {
      resourceType: type,
      resource: action,
      region: turn.live.record.arn.split(':')[3],
      parameters,
      timeoutInSeconds: timeout,
      heartbeatInSeconds: heartbeat,
    },
  });
  recordTaskEvent(turn, thread, 'Started', state.Resource);
  const now = turn.now();
  thread.wait = {
    kind: 'task',
    resource: state.Resource,
    args,
    token,
    deadlineAt: timeout === undefined ? null : now + timeout * 1000,
    heartbeatMs: heartbeat === undefined ? null : heartbeat * 1000,
    heartbeatAt: heartbeat === undefined ? null : now + heartbeat * 1000,
    isSubmitted: false,
  };
  if (token !== null) turn.tokens.push({ token, threadId: thread.id });
  turn.changed.add(thread);
}

/** Adds a task's event with what it needs besides. */
export function recordTaskEvent(
  turn: Turn,
  thread: Thread,
  what: 'Started' | 'Submitted' | 'SubmitFailed' | 'Succeeded' | 'Failed' | 'TimedOut',
  resourceArn: string,
  details: Readonly<Record<string, unknown>> = {},
): void {
  const { type, action } = resourceOf(resourceArn);
  recordEvent(turn, thread, `Task${what}`, {
    [`task${what}EventDetails`]: { resourceType: type, resource: action, ...details },
  });
}

/** Notes that the request has left. A token that is answered before that counts as submitted then. */
export function markSubmitted(turn: Turn, thread: Thread, wait: TaskWait, output: Json): void {
  if (wait.isSubmitted || wait.token === null) return;
  wait.isSubmitted = true;
  recordTaskEvent(turn, thread, 'Submitted', wait.resource, {
    output: JSON.stringify(output),
    outputDetails: { truncated: false },
  });
}

/** An execution without a name gets one now, so that the request can be repeated after a restart. */
function nameExecution(resourceArn: string, args: Readonly<Record<string, Json>>): Json {
  if (resourceArn !== START_EXECUTION || !isJsonObject(args) || args.Name !== undefined) return args;
  return { ...args, Name: randomUUID() };
}
