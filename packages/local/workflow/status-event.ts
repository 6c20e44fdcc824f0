import { randomUUID } from 'node:crypto';
import type { ExecutionRecord } from './thread.ts';

/** An EventBridge event about an execution's status. */
export interface StatusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'Step Functions Execution Status Change';
  readonly source: 'aws.states';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Input and output together are left out of the event above this. */
const MAX_INCLUDED_BYTES = 248 * 1024;

/**
 * Tells EventBridge of a status, with times in epoch milliseconds and input and output as JSON texts.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html verified 2026-11-23
 */
export function toStatusEvent(record: ExecutionRecord, now: number): StatusEvent {
  const [, , , region = '', account = ''] = record.arn.split(':');
  const size = Buffer.byteLength(record.input) + Buffer.byteLength(record.output ?? '');
  const isIncluded = size <= MAX_INCLUDED_BYTES;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account,
    time: `${new Date(now).toISOString().slice(0, 19)}Z`,
    region,
    resources: [record.arn],
    detail: {
      executionArn: record.arn,
      stateMachineArn: record.machineArn,
      name: record.name,
      status: record.status,
      startDate: record.startedAt,
      stopDate: record.stoppedAt,
      input: isIncluded ? record.input : null,
      output: isIncluded ? record.output : null,
      inputDetails: { included: isIncluded },
      outputDetails: record.output === null ? null : { included: isIncluded },
      error: record.error,
      cause: record.cause,
    },
  };
}
