import type { Json } from '../json.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What is known of an execution beside its threads. Times are epoch milliseconds; input and output JSON texts. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly definitionHash: string;
  readonly roleArn: string;
  readonly startedAt: number;
  readonly input: string;
  status: ExecutionStatus;
  stoppedAt: number | null;
  output: string | null;
  error: string | null;
  cause: string | null;
  /** Events in the history: the limit is 25,000. */
  eventCount: number;
  /** State transitions as AWS bills them: every StateEntered, and every retry. */
  transitions: number;
}

/** A task under way. `deadlineAt` and `heartbeatAt` are when it times out, where it can. */
export interface TaskWait {
  readonly kind: 'task';
  readonly resource: string;
  readonly args: Json;
  readonly token: string | null;
  readonly deadlineAt: number | null;
  readonly heartbeatMs: number | null;
  heartbeatAt: number | null;
  /** Whether the request left and was answered; only then is it not sent again after a restart. */
  isSubmitted: boolean;
}

/** A pause: of a Wait state, or before a retry. */
interface SleepWait {
  readonly kind: 'sleep';
  readonly why: 'wait' | 'retry';
  readonly until: number;
}

/** A Map whose iterations run. */
interface MapWait {
  readonly kind: 'map';
  readonly items: readonly Json[];
  readonly maxConcurrency: number;
}

/** An iteration that is over, kept until its Map ends. */
interface DoneWait {
  readonly kind: 'done';
  readonly output: Json;
}

/**
 * One line of control: the execution's own (id `main`), or an iteration's. It is always in a state, and between
 * two turns it waits for something.
 */
export interface Thread {
  readonly id: string;
  readonly parentId: string | null;
  /** The iteration's number; null for the execution's own thread. */
  readonly index: number | null;
  /** Names of the Map states around it, outermost first. */
  readonly scope: readonly string[];
  /** Variables of its own scope; outer ones are found through the parent. */
  variables: Record<string, Json>;
  stateName: string;
  input: Json;
  enteredAt: number;
  enteredEventId: number;
  retryCount: number;
  /** Retries made so far, by retrier. */
  retrierCounts: number[];
  /** Raised whenever the thread stops waiting for something: answers to what it waited for before are too late. */
  step: number;
  wait: TaskWait | SleepWait | MapWait | DoneWait | null;
  lastEventId: number;
}

/** An event of the history as GetExecutionHistory gives it; `timestamp` in seconds, as on the wire. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: `${string}EventDetails`]: unknown;
}
