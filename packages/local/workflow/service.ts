import { createHash, randomUUID } from 'node:crypto';
import { checkExecutionArn, checkJson, checkLength, checkMachineArn, checkName } from './api-checks.ts';
import { checkDefinition } from './check-definition.ts';
import type { Clock } from './clock.ts';
import { ApiError, STATES_TASK_FAILED, StateError } from './errors.ts';
import { createExecutor, type WorkflowLog } from './executor.ts';
import { endExecution } from './flow.ts';
import { completeTask, failTask, handleTime } from './run.ts';
import type { StatusEvent } from './status-event.ts';
import type { MachineRecord, WorkflowStore } from './store.ts';
import type { WorkflowTasks } from './tasks.ts';
import type { ExecutionRecord, ExecutionStatus, HistoryEvent, TaskWait, Thread } from './thread.ts';
import { isToken } from './token.ts';
import type { Turn } from './turn.ts';

export interface WorkflowDeps {
  readonly clock: Clock;
  readonly store: WorkflowStore;
  readonly tasks: WorkflowTasks;
  /** Gets "Step Functions Execution Status Change" events; best effort, as in AWS. */
  readonly emit: (event: StatusEvent) => void | Promise<void>;
  readonly log: WorkflowLog;
  /** For jitter, in [0, 1); default Math.random. */
  readonly random?: () => number;
}

/** Step Functions on this machine. Times are epoch milliseconds; every method but the lists throws ApiError. */
export interface WorkflowService {
  /** Registers a state machine. @throws InvalidDefinition naming everything that this interpreter doesn't run. */
  registerStateMachine(arn: string, definitionJson: string, options?: { readonly roleArn?: string }): void;
  /** Takes up the executions that ran when the store was last closed, or the process killed. */
  resume(): void;
  startExecution(request: {
    readonly stateMachineArn: string;
    readonly name?: string;
    readonly input?: string;
  }): Promise<{ readonly executionArn: string; readonly startedAt: number }>;
  describeExecution(arn: string): ExecutionRecord;
  stopExecution(arn: string, reason: { readonly error?: string; readonly cause?: string }): Promise<number>;
  listExecutions(
    machineArn: string,
    status: ExecutionStatus | null,
    limit: number,
    offset: number,
  ): ExecutionRecord[];
  getHistory(arn: string, limit: number, offset: number, isReverse: boolean): HistoryEvent[];
  sendTaskSuccess(token: string, outputJson: string): Promise<void>;
  sendTaskFailure(token: string, reason: { readonly error?: string; readonly cause?: string }): Promise<void>;
  sendTaskHeartbeat(token: string): Promise<void>;
  describeStateMachine(arn: string): MachineRecord & { readonly definitionJson: string };
  listStateMachines(): MachineRecord[];
  /** Ends the turns under way, then closes the store. */
  close(): Promise<void>;
}

/** A name is free again this long after its execution ended. */
const NAME_KEPT_MS = 90 * 86_400_000;

/**
 * Makes the service over a store. State machines are registered anew at every start; executions go on with the
 * definition they began with.
 *
 * After a restart (`resume`): a task with a token whose request had left keeps waiting for the token, with its
 * deadlines; a request that was under way is made again (lambda:invoke runs a second time, a message comes twice
 * with the same token, startExecution is idempotent by its name).
 */
export function createWorkflowService(deps: WorkflowDeps): WorkflowService {
  const { clock, store, log } = deps;
  const executor = createExecutor({
    ...deps,
    random: deps.random ?? Math.random,
    ports: { ...deps.tasks, startExecution: (request) => startExecution(request) },
  });
  const machines = new Map<string, MachineRecord>();
  const known = new Map(store.loadMachines().map((machine) => [machine.arn, machine]));
  store.forgetClosedBefore(clock.now() - NAME_KEPT_MS);

  function machineOf(arn: string): MachineRecord {
    checkMachineArn(arn);
    const machine = machines.get(arn);
    if (machine === undefined) {
      throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return machine;
  }

  function executionOf(arn: string): ExecutionRecord {
    checkExecutionArn(arn);
    const record = store.loadExecution(arn);
    if (record === undefined) {
      throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return record;
  }

  const startExecution: WorkflowService['startExecution'] = async (request) => {
    const { stateMachineArn, name = randomUUID(), input = '{}' } = request;
    checkName(name);
    checkJson(input, 'input', 'InvalidExecutionInput', 'Invalid State Machine Execution Input');
    const machine = machineOf(stateMachineArn);
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    if (executor.has(arn)) await executor.inTurn(arn, async () => undefined);
    const existing = store.loadExecution(arn);
    if (existing !== undefined) {
      if (existing.status === 'RUNNING' && existing.input === input) {
        return { executionArn: arn, startedAt: existing.startedAt };
      }
      throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const startedAt = clock.now();
    const definitionJson = store.loadDefinition(machine.definitionHash) ?? '';
    const record: ExecutionRecord = {
      arn,
      machineArn: stateMachineArn,
      name,
      definitionHash: machine.definitionHash,
      roleArn: machine.roleArn,
      startedAt,
      input,
      status: 'RUNNING',
      stoppedAt: null,
      output: null,
      error: null,
      cause: null,
      eventCount: 0,
      transitions: 0,
    };
    await executor.begin(record, definitionJson);
    return { executionArn: arn, startedAt };
  };

  /** Runs `act` on the task that waits for the token. @throws ApiError where none does (any more). */
  async function withTask(
    token: string,
    act: (turn: Turn, thread: Thread, wait: TaskWait) => Promise<void>,
  ): Promise<void> {
    if (!isToken(token)) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
    const place = store.findToken(token);
    if (place === undefined) throw new ApiError('TaskDoesNotExist', "Task does not exist: 'Unknown token'");
    const isTaken = await executor.inTurn(place.arn, async (turn) => {
      const thread = turn.live.threads.get(place.threadId);
      if (thread !== undefined) await handleTime(turn, thread);
      if (thread?.wait?.kind !== 'task' || thread.wait.token !== token) return false;
      await act(turn, thread, thread.wait);
      return true;
    });
    if (isTaken !== true) {
      throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
  }

  return {
    registerStateMachine: (arn, definitionJson, { roleArn } = {}) => {
      checkMachineArn(arn);
      checkDefinition(definitionJson);
      const account = arn.split(':')[4];
      const machine: MachineRecord = {
        arn,
        definitionHash: createHash('sha256').update(definitionJson).digest('hex'),
        roleArn: roleArn ?? `arn:aws:iam::${account}:role/local`,
        createdAt: known.get(arn)?.createdAt ?? clock.now(),
      };
      store.saveMachine(machine, definitionJson);
      machines.set(arn, machine);
    },
    resume: () => {
      for (const arn of store.listRunning()) {
        try {
          executor.load(arn);
        } catch (error) {
          log.error('an execution of an earlier run cannot be taken up', { arn, error });
        }
      }
    },
    startExecution,
    describeExecution: executionOf,
    stopExecution: async (arn, reason) => {
      executionOf(arn);
      checkLength(reason.error ?? '', 'error', 256);
      checkLength(reason.cause ?? '', 'cause', 32_768);
      await executor.inTurn(arn, async (turn) => endExecution(turn, 'ABORTED', reason));
      return executionOf(arn).stoppedAt ?? clock.now();
    },
    listExecutions: (arn, status, limit, offset) =>
      store.listExecutions(machineOf(arn).arn, status, limit, offset),
    getHistory: (arn, limit, offset, isReverse) =>
      store.loadEvents(executionOf(arn).arn, limit, offset, isReverse),
    sendTaskSuccess: async (token, outputJson) => {
      checkJson(outputJson, 'output', 'InvalidOutput', 'Invalid Output');
      const result = JSON.parse(outputJson);
      await withTask(token, (turn, thread, wait) => completeTask(turn, thread, wait, result));
    },
    sendTaskFailure: async (token, { error = STATES_TASK_FAILED, cause = '' }) => {
      checkLength(error, 'error', 256);
      checkLength(cause, 'cause', 32_768);
      const failure = new StateError(error, cause);
      await withTask(token, (turn, thread, wait) => failTask(turn, thread, wait, failure));
    },
    sendTaskHeartbeat: (token) =>
      withTask(token, async (turn, thread, wait) => {
        if (wait.heartbeatMs !== null) wait.heartbeatAt = turn.now() + wait.heartbeatMs;
        turn.changed.add(thread);
      }),
    describeStateMachine: (arn) => {
      const machine = machineOf(arn);
      return { ...machine, definitionJson: store.loadDefinition(machine.definitionHash) ?? '' };
    },
    listStateMachines: () => [...machines.values()],
    close: async () => {
      await executor.close();
      store.close();
    },
  };
}
