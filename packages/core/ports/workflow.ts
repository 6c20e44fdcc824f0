import type { RegistrarMessage, StartMessage, WorkflowInput } from '../payloads.ts';

/** Step Functions, as the use cases see it. */
export interface Workflow {
  /** Starts an execution named `name`; an execution of that name that exists already counts as started. */
  start(name: string, input: WorkflowInput): Promise<void>;
  /** Stops the execution of that name; one that is over or unknown counts as stopped. */
  stop(name: string): Promise<void>;
  /** Where the execution of that name stands. */
  status(name: string): Promise<'running' | 'ended' | 'unknown'>;
}

/** Answers to a waiting state. A token whose wait is over (timed out, gone, invalid) is no error: the answer is dropped. */
export interface TaskTokens {
  succeed(token: string, output: unknown): Promise<void>;
  /** `error` is a sync code or `Superseded`: what the workflow retries and catches by. No cause is ever sent. */
  fail(token: string, error: string): Promise<void>;
  heartbeat(token: string): Promise<void>;
}

/** A registrar's queue, as its worker sees it. */
export interface ParkingQueue {
  /** Sends a message to come back after `delaySeconds` (0 to 900). */
  park(message: RegistrarMessage, delaySeconds: number): Promise<void>;
}

export interface StartQueue {
  /** Sends messages in batches; resolves with those that the queue did not take. */
  send(messages: readonly StartMessage[]): Promise<readonly StartMessage[]>;
}
