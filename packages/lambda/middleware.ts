import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { logger } from './log.ts';

/** Wraps a handler in the stack that all functions share: request ids in the log. */
export function withStack<Event, Result>(handler: (event: Event, context: Context) => Promise<Result>) {
  return middy<Event, Result>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .handler(handler);
}

/**
 * A handler for a queue: each record by itself, and only those that failed come back. A body that isn't JSON is
 * handed on as undefined, for the use case to refuse.
 */
export function onQueue(handle: (body: unknown, record: SQSRecord) => Promise<void>) {
  const processor = new BatchProcessor(EventType.SQS);
  const onRecord = (record: SQSRecord) => handle(parseBody(record.body), record);
  return withStack<SQSEvent, SQSBatchResponse>((event, context) =>
    processPartialResponse(event, onRecord, processor, { context, throwOnFullBatchFailure: false }),
  );
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON: there is nothing to keep of it, and the schema of the use case refuses `undefined`.
    return undefined;
  }
}
