import type { MeasuredResync } from './resyncs.ts';

/** US dollars, us-east-1. @see docs/performance.md for where they come from, verified 2026-11-23 */
const PRICE = {
  transition: 25 / 1e6,
  invocation: 0.2 / 1e6,
  gigabyteSecond: 0.0000133334,
  queueRequest: 0.4 / 1e6,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  decryption: 0.03 / 1e4,
  logGigabyte: 0.5,
} as const;

/** A worker's memory, as deployed. */
const WORKER_GIGABYTES = 0.5;
/** Processor time of an invocation, which passes in no virtual time. */
const INVOCATION_MS = 50;
/** Send, receive, delete. */
const REQUESTS_A_DELIVERY = 3;
/** What Lambda itself writes into the log for an invocation, and what a line of ours takes. */
const INVOCATION_LOG_BYTES = 400;
const LINE_BYTES = 300;

/** What a scheduled sync costs, part by part, by what was counted of it. */
export function toCost(sync: MeasuredResync): Readonly<Record<string, number>> & { readonly total: number } {
  // One more of each for start-sync, which the schedule's message wakes.
  const deliveries = sync.deliveries + 1;
  const invocations = deliveries + sync.finishes;
  const seconds = (sync.workerMs + invocations * INVOCATION_MS) / 1000;
  const logBytes = invocations * INVOCATION_LOG_BYTES + sync.logLines * LINE_BYTES;
  const parts = {
    stepFunctions: sync.transitions * PRICE.transition,
    lambda: invocations * PRICE.invocation + seconds * WORKER_GIGABYTES * PRICE.gigabyteSecond,
    sqs: deliveries * REQUESTS_A_DELIVERY * PRICE.queueRequest,
    dynamo: (sync.writeUnits + sync.indexWriteUnits) * PRICE.writeUnit + sync.readUnits * PRICE.readUnit,
    kms: sync.opens * PRICE.decryption,
    logs: (logBytes / 1e9) * PRICE.logGigabyte,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}
