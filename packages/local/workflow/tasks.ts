import { isJsonObject, type Json } from '../json.ts';
import { ApiError, STATES_RUNTIME, StateError } from './errors.ts';
import { INVOKE_LAMBDA, SEND_MESSAGE_AND_WAIT, START_EXECUTION } from './resources.ts';
import type { TaskWait } from './thread.ts';

/** What state machines reach: each call is one request to the service, its rejection that service's refusal. */
export interface WorkflowTasks {
  /** Gives what SQS answered (MessageId, …). @throws an error whose `name` is the service's error code. */
  sendMessage(message: SendMessageRequest): Promise<Json>;
  /**
   * `payload` is the function's result, or with `functionError` its `{errorType, errorMessage}`.
   * @throws an error whose `name` is the service's error code.
   */
  invokeLambda(request: {
    readonly functionName: string;
    readonly payload: Json;
  }): Promise<{ readonly payload: Json; readonly functionError?: string }>;
}

export interface SendMessageRequest {
  readonly queueUrl: string;
  readonly messageBody: string;
  readonly messageGroupId?: string;
  readonly delaySeconds?: number;
  /** In the form of the SQS API: `{name: {DataType, StringValue}}`. */
  readonly messageAttributes?: Json;
}

/** The port of the tasks plus the start of executions, which the service answers itself. */
export interface TaskPorts extends WorkflowTasks {
  startExecution(request: {
    readonly stateMachineArn: string;
    readonly name: string;
    readonly input: string;
  }): Promise<{ readonly executionArn: string; readonly startedAt: number }>;
}

/**
 * Does what a task asks for and gives the service's answer, in the shape that `$states.result` has in AWS.
 * @throws StateError `Lambda.…`, `SQS.…`, `StepFunctions.…`, or the function's own error type.
 */
export async function performTask(
  ports: TaskPorts,
  wait: Pick<TaskWait, 'resource' | 'args'>,
): Promise<Json> {
  const args = wait.args as Readonly<Record<string, Json>>;
  switch (wait.resource) {
    case SEND_MESSAGE_AND_WAIT:
      return refusalOf('SQS', () => ports.sendMessage(toMessage(args)));
    case INVOKE_LAMBDA:
      return invoke(ports, args);
    case START_EXECUTION:
      return start(ports, args);
    default:
      throw new StateError(STATES_RUNTIME, `no resource ${wait.resource}`);
  }
}

function toMessage(args: Readonly<Record<string, Json>>): SendMessageRequest {
  const { MessageGroupId: group, DelaySeconds: delay, MessageAttributes: attributes } = args;
  return {
    queueUrl: toText(args.QueueUrl, 'QueueUrl'),
    messageBody: toJsonText(args.MessageBody),
    ...(group === undefined ? {} : { messageGroupId: toText(group, 'MessageGroupId') }),
    ...(delay === undefined ? {} : { delaySeconds: toNumber(delay, 'DelaySeconds') }),
    ...(attributes === undefined ? {} : { messageAttributes: attributes }),
  };
}

async function invoke(ports: TaskPorts, args: Readonly<Record<string, Json>>): Promise<Json> {
  const functionName = toText(args.FunctionName, 'FunctionName');
  const answer = await refusalOf('Lambda', () =>
    ports.invokeLambda({ functionName, payload: args.Payload ?? {} }),
  );
  if (answer.functionError !== undefined) {
    const type = isJsonObject(answer.payload) ? answer.payload.errorType : undefined;
    throw new StateError(typeof type === 'string' ? type : 'Lambda.Unknown', JSON.stringify(answer.payload));
  }
  return { ExecutedVersion: '$LATEST', Payload: answer.payload, StatusCode: 200 };
}

async function start(ports: TaskPorts, args: Readonly<Record<string, Json>>): Promise<Json> {
  const request = {
    stateMachineArn: toText(args.StateMachineArn, 'StateMachineArn'),
    name: toText(args.Name, 'Name'),
    input: args.Input === undefined ? '{}' : toJsonText(args.Input),
  };
  const answer = await refusalOf('StepFunctions', () => ports.startExecution(request));
  return { ExecutionArn: answer.executionArn, StartDate: new Date(answer.startedAt).toISOString() };
}

/** Names a refusal as Step Functions does: service, dot, error code with `Exception`. */
async function refusalOf<T>(service: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof StateError) throw error;
    const code = error instanceof ApiError ? error.code : error instanceof Error ? error.name : 'Error';
    const name = /(Exception|Error)$/.test(code) ? code : `${code}Exception`;
    throw new StateError(`${service}.${name}`, error instanceof Error ? error.message : String(error));
  }
}

/** A text stays as it is, everything else becomes its JSON. */
function toJsonText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function toText(value: Json | undefined, name: string): string {
  if (typeof value === 'string') return value;
  throw new StateError(STATES_RUNTIME, `argument ${name} must be text`);
}

function toNumber(value: Json, name: string): number {
  if (typeof value === 'number') return value;
  throw new StateError(STATES_RUNTIME, `argument ${name} must be a number`);
}
