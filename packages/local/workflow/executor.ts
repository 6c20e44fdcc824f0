import type { Json } from '../json.ts';
import { checkDefinition } from './check-definition.ts';
import type { Clock } from './clock.ts';
import { HistoryIsFull, STATES_RUNTIME, STATES_TIMEOUT, StateError } from './errors.ts';
import { endExecution } from './flow.ts';
import { completeTask, failTask, handleTime, runReady, startExecution } from './run.ts';
import { type StatusEvent, toStatusEvent } from './status-event.ts';
import type { WorkflowStore } from './store.ts';
import { markSubmitted } from './task-state.ts';
import { performTask, type TaskPorts } from './tasks.ts';
import type { ExecutionRecord, TaskWait, Thread } from './thread.ts';
import { createTurn, type Live, type Turn } from './turn.ts';

/** Where the service reports what it can't tell a caller. */
export interface WorkflowLog {
  error(message: string, details: Readonly<Record<string, unknown>>): void;
}

export interface ExecutorDeps {
  readonly clock: Clock;
  readonly store: WorkflowStore;
  readonly ports: TaskPorts;
  readonly emit: (event: StatusEvent) => void | Promise<void>;
  readonly log: WorkflowLog;
  readonly random: () => number;
}

/** Runs executions: one turn at a time each, stored before anything leaves. */
export interface Executor {
  /** Whether the execution is in memory, that is, under way. */
  has(arn: string): boolean;
  /** Starts an execution; resolves when its first turn is stored. */
  begin(record: ExecutionRecord, definitionJson: string): Promise<void>;
  /** Runs a turn; undefined for an execution that doesn't run (any more). */
  inTurn<T>(arn: string, act: (turn: Turn) => Promise<T>): Promise<T | undefined>;
  /** Takes an execution up again from the store, where it isn't in memory yet. */
  load(arn: string): void;
  /** Finishes the turns under way; nothing happens afterwards. */
  close(): Promise<void>;
}

interface Actor {
  readonly live: Live;
  /** Settles when the last turn asked for is over; never rejects. */
  queue: Promise<void>;
  readonly timers: Map<string, () => void>;
  /** Requests under way, by thread and step. */
  readonly launched: Set<string>;
}

const END_TIMER = '(execution)';

/** Makes an executor with nothing in memory. */
export function createExecutor({ clock, store, ports, emit, log, random }: ExecutorDeps): Executor {
  const actors = new Map<string, Actor>();
  let isClosed = false;

  function enqueue<T>(actor: Actor, act: (turn: Turn) => Promise<T>): Promise<T | undefined> {
    const result = actor.queue.then(() => runTurn(actor, act));
    actor.queue = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** For turns that nobody waits for. */
  function enqueueAlone(actor: Actor, act: (turn: Turn) => Promise<void>): void {
    enqueue(actor, act).catch((error: unknown) => {
      log.error('a turn of an execution is lost', { arn: actor.live.record.arn, error });
    });
  }

  async function runTurn<T>(actor: Actor, act: (turn: Turn) => Promise<T>): Promise<T | undefined> {
    const { record } = actor.live;
    if (isClosed || record.status !== 'RUNNING') return undefined;
    const isNew = record.eventCount === 0;
    const turn = createTurn(actor.live, clock.now, random);
    let result: T | undefined;
    try {
      result = await act(turn);
      await runReady(turn);
    } catch (error) {
      endByError(turn, error);
    }
    try {
      store.commit({ record, ...turn });
    } catch (error) {
      drop(actor);
      throw error;
    }
    if (isNew) tell(record, 'RUNNING');
    if (record.status === 'RUNNING') for (const thread of turn.changed) follow(actor, thread);
    for (const id of turn.removed) cancelTimer(actor, id);
    if (record.status !== 'RUNNING') {
      drop(actor);
      tell(record, record.status);
    }
    return result;
  }

  function endByError(turn: Turn, error: unknown): void {
    const isFull = error instanceof HistoryIsFull;
    const { arn } = turn.live.record;
    if (!isFull) log.error('the interpreter failed on an execution', { arn, error });
    const cause = isFull
      ? 'The execution reached the maximum number of history events (25000).'
      : String(error);
    endExecution(turn, 'FAILED', { error: STATES_RUNTIME, cause });
  }

  /** Arms the thread's timer and sends its request, after its turn is stored. */
  function follow(actor: Actor, thread: Thread): void {
    cancelTimer(actor, thread.id);
    const { id, step, wait } = thread;
    const dueAt = dueOf(thread);
    if (dueAt !== null) {
      const fire = () =>
        enqueueAlone(actor, async (turn) => {
          const waiting = actor.live.threads.get(id);
          if (waiting?.step !== step) return;
          turn.changed.add(waiting);
          await handleTime(turn, waiting);
        });
      actor.timers.set(id, clock.setTimer(dueAt, fire));
    }
    if (wait?.kind === 'task' && !wait.isSubmitted) launch(actor, thread);
  }

  function launch(actor: Actor, { id, step, wait }: Thread): void {
    const key = `${id}:${step}`;
    if (wait?.kind !== 'task' || actor.launched.has(key)) return;
    actor.launched.add(key);
    const settle = (act: (turn: Turn, thread: Thread, task: TaskWait) => Promise<void>) => {
      enqueueAlone(actor, async (turn) => {
        actor.launched.delete(key);
        const thread = actor.live.threads.get(id);
        if (thread?.step === step && thread.wait?.kind === 'task') await act(turn, thread, thread.wait);
      });
    };
    performTask(ports, wait).then(
      (answer: Json) =>
        settle(async (turn, thread, task) =>
          task.token === null
            ? completeTask(turn, thread, task, answer)
            : markSubmitted(turn, thread, task, answer),
        ),
      (error: unknown) =>
        settle((turn, thread, task) => {
          const known = error instanceof StateError ? error : new StateError(STATES_RUNTIME, String(error));
          return failTask(turn, thread, task, known, task.token === null ? 'Failed' : 'SubmitFailed');
        }),
    );
  }

  function takeUp(record: ExecutionRecord, definitionJson: string, threads: readonly Thread[]): Actor {
    const live: Live = {
      record,
      machine: checkDefinition(definitionJson),
      input: JSON.parse(record.input),
      threads: new Map(threads.map((thread) => [thread.id, thread])),
    };
    const actor: Actor = { live, queue: Promise.resolve(), timers: new Map(), launched: new Set() };
    actors.set(record.arn, actor);
    const seconds = live.machine.TimeoutSeconds;
    if (seconds !== undefined) {
      const end = async (turn: Turn) => endExecution(turn, 'TIMED_OUT', { error: STATES_TIMEOUT });
      const fire = () => enqueueAlone(actor, end);
      actor.timers.set(END_TIMER, clock.setTimer(record.startedAt + seconds * 1000, fire));
    }
    return actor;
  }

  function load(arn: string): void {
    if (isClosed || actors.has(arn)) return;
    const record = store.loadExecution(arn);
    if (record?.status !== 'RUNNING') return;
    const definitionJson = store.loadDefinition(record.definitionHash) ?? '';
    const actor = takeUp(record, definitionJson, store.loadThreads(arn));
    for (const thread of actor.live.threads.values()) follow(actor, thread);
  }

  function cancelTimer(actor: Actor, id: string): void {
    actor.timers.get(id)?.();
    actor.timers.delete(id);
  }

  function drop(actor: Actor): void {
    actors.delete(actor.live.record.arn);
    for (const id of [...actor.timers.keys()]) cancelTimer(actor, id);
  }

  /** Status events are best effort, as in AWS: a receiver that fails doesn't stop the execution. */
  function tell(record: ExecutionRecord, status: ExecutionRecord['status']): void {
    const seen: ExecutionRecord =
      status === 'RUNNING'
        ? { ...record, status, stoppedAt: null, output: null, error: null, cause: null }
        : record;
    Promise.resolve(toStatusEvent(seen, clock.now()))
      .then(emit)
      .catch((error: unknown) => log.error('a status event is lost', { arn: record.arn, status, error }));
  }

  return {
    has: (arn) => actors.has(arn),
    begin: async (record, definitionJson) => {
      const actor = takeUp(record, definitionJson, []);
      await enqueue(actor, async (turn) => startExecution(turn));
    },
    inTurn: async (arn, act) => {
      load(arn);
      const actor = actors.get(arn);
      return actor === undefined ? undefined : enqueue(actor, act);
    },
    load,
    close: async () => {
      isClosed = true;
      const underWay = [...actors.values()];
      for (const actor of underWay) drop(actor);
      await Promise.all(underWay.map((actor) => actor.queue));
    },
  };
}

/** When something is due for a thread by itself, in epoch milliseconds; null for never. */
function dueOf({ wait }: Thread): number | null {
  if (wait?.kind === 'sleep') return wait.until;
  if (wait?.kind !== 'task') return null;
  const times = [wait.deadlineAt, wait.heartbeatAt].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}
