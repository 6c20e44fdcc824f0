/** An error inside an execution: what Retry and Catch match by `error`, and what ends up in Error and Cause. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly error: string;
  /** Detail for people; empty where the source gave none. */
  readonly detail: string;
  /** The field whose expression failed, for the EvaluationFailed event. */
  readonly location: string | undefined;

  constructor(error: string, detail: string, location?: string) {
    super(`${error}: ${detail}`);
    this.error = error;
    this.detail = detail;
    this.location = location;
  }
}

/** A state machine definition that this interpreter doesn't run; the message names every finding. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
}

/** The history is full: ends the execution whatever state it is in, past every Retry and Catch. */
export class HistoryIsFull extends Error {
  override readonly name = 'HistoryIsFull';
}

/** An error that the API gives to its caller; `code` is the `__type` on the wire. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * Names of errors that Step Functions gives itself.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html verified 2026-11-23
 */
export const STATES_ALL = 'States.ALL';
export const STATES_TIMEOUT = 'States.Timeout';
export const STATES_HEARTBEAT_TIMEOUT = 'States.HeartbeatTimeout';
export const STATES_TASK_FAILED = 'States.TaskFailed';
export const STATES_RUNTIME = 'States.Runtime';
export const STATES_DATA_LIMIT_EXCEEDED = 'States.DataLimitExceeded';
export const STATES_QUERY_EVALUATION_ERROR = 'States.QueryEvaluationError';
export const STATES_NO_CHOICE_MATCHED = 'States.NoChoiceMatched';
