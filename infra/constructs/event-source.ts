import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { HouseFunction } from './house-function.ts';
import { receiveFrom } from './permissions.ts';

/** Lets a function read a queue, one message at a time, with at most so many at once. */
export function connectQueue(target: HouseFunction, queue: Queue, maxConcurrency: number): void {
  target.role.addToPolicy(receiveFrom(queue));
  new EventSourceMapping(target, 'Source', {
    target: target.fn,
    eventSourceArn: queue.queueArn,
    batchSize: 1,
    maxConcurrency,
    reportBatchItemFailures: true,
  });
}
