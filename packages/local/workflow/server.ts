import type { JsonObject } from '../json.ts';
import { createJsonServer, type JsonServer, readText, requireText } from './aws-json.ts';
import { ApiError } from './errors.ts';
import type { WorkflowLog } from './executor.ts';
import type { WorkflowService } from './service.ts';
import type { ExecutionRecord, ExecutionStatus } from './thread.ts';

const STATUSES: readonly string[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];
const MAX_TOKEN_LENGTH = 2048;

/**
 * The Step Functions API over the service, as the AWS SDK speaks it. Operations that aren't listed here answer
 * UnknownOperationException.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html verified 2026-11-23
 */
export function createWorkflowServer(service: WorkflowService, log: WorkflowLog): JsonServer {
  const operations = {
    StartExecution: async (input: JsonObject) => {
      const stateMachineArn = requireText(input, 'stateMachineArn');
      const started = await service.startExecution({ stateMachineArn, ...pick(input, 'name', 'input') });
      return { executionArn: started.executionArn, startDate: toSeconds(started.startedAt) };
    },
    DescribeExecution: (input: JsonObject) => {
      const record = service.describeExecution(requireText(input, 'executionArn'));
      return toDescription(record, readText(input, 'includedData') !== 'METADATA_ONLY');
    },
    StopExecution: async (input: JsonObject) => {
      const stoppedAt = await service.stopExecution(
        requireText(input, 'executionArn'),
        pick(input, 'error', 'cause'),
      );
      return { stopDate: toSeconds(stoppedAt) };
    },
    ListExecutions: (input: JsonObject) => {
      const { limit, offset } = readPage(input);
      const found = service.listExecutions(
        requireText(input, 'stateMachineArn'),
        readStatus(input),
        limit + 1,
        offset,
      );
      return { executions: found.slice(0, limit).map(toSummary), ...toNext(found.length, limit, offset) };
    },
    GetExecutionHistory: (input: JsonObject) => {
      const { limit, offset } = readPage(input);
      const arn = requireText(input, 'executionArn');
      const events = service.getHistory(arn, limit + 1, offset, input.reverseOrder === true);
      return { events: events.slice(0, limit), ...toNext(events.length, limit, offset) };
    },
    SendTaskSuccess: (input: JsonObject) =>
      service.sendTaskSuccess(readToken(input), requireText(input, 'output')),
    SendTaskFailure: (input: JsonObject) =>
      service.sendTaskFailure(readToken(input), pick(input, 'error', 'cause')),
    SendTaskHeartbeat: (input: JsonObject) => service.sendTaskHeartbeat(readToken(input)),
    DescribeStateMachine: (input: JsonObject) => {
      const machine = service.describeStateMachine(requireText(input, 'stateMachineArn'));
      return {
        stateMachineArn: machine.arn,
        name: toName(machine.arn),
        status: 'ACTIVE',
        definition: machine.definitionJson,
        roleArn: machine.roleArn,
        type: 'STANDARD',
        creationDate: toSeconds(machine.createdAt),
      };
    },
    ListStateMachines: () => ({
      stateMachines: service.listStateMachines().map((machine) => ({
        stateMachineArn: machine.arn,
        name: toName(machine.arn),
        type: 'STANDARD',
        creationDate: toSeconds(machine.createdAt),
      })),
    }),
  };
  return createJsonServer('AWSStepFunctions', '1.0', operations, (operation, error) =>
    log.error('an operation of the Step Functions API failed', { operation, error }),
  );
}

function toSummary(record: ExecutionRecord) {
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: toSeconds(record.startedAt),
    ...(record.stoppedAt === null ? {} : { stopDate: toSeconds(record.stoppedAt) }),
  };
}

function toDescription(record: ExecutionRecord, hasData: boolean) {
  const details = { included: hasData };
  return {
    ...toSummary(record),
    ...(hasData ? { input: record.input } : {}),
    inputDetails: details,
    ...(record.output !== null && hasData ? { output: record.output } : {}),
    ...(record.output === null ? {} : { outputDetails: details }),
    ...(record.error === null ? {} : { error: record.error }),
    ...(record.cause === null ? {} : { cause: record.cause }),
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
  };
}

function readToken(input: JsonObject): string {
  const token = requireText(input, 'taskToken');
  if (token.length > MAX_TOKEN_LENGTH) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return token;
}

function readStatus(input: JsonObject): ExecutionStatus | null {
  const status = readText(input, 'statusFilter');
  if (status === undefined) return null;
  if (!STATUSES.includes(status)) throw new ApiError('ValidationException', `no status ${status}`);
  return status as ExecutionStatus;
}

/** Pages of 100 by default, 1,000 at most; the next page's token is where it starts. */
function readPage(input: JsonObject): { limit: number; offset: number } {
  const asked = input.maxResults ?? 0;
  if (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 0 || asked > 1000) {
    throw new ApiError('ValidationException', 'maxResults must be a whole number from 0 to 1000');
  }
  const token = readText(input, 'nextToken') ?? '0';
  if (!/^\d{1,9}$/.test(token)) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return { limit: asked === 0 ? 100 : asked, offset: Number(token) };
}

function toNext(found: number, limit: number, offset: number): { nextToken?: string } {
  return found > limit ? { nextToken: String(offset + limit) } : {};
}

function pick<K extends string>(input: JsonObject, ...names: readonly K[]): { [name in K]?: string } {
  const picked: { [name in K]?: string } = {};
  for (const name of names) {
    const value = readText(input, name);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

/** The AWS JSON protocol counts times in seconds. */
function toSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}

function toName(arn: string): string {
  return arn.split(':').at(-1) ?? '';
}
