import type { JsonObject } from '../json.ts';
import type { FunctionSettings } from '../lambda/settings.ts';
import type { RunningResource } from '../resources.ts';
import type { EventSourceSettings } from './event-source.ts';

/** Batches at a time where the mapping names no maximum: what the service begins with. */
const defaultConcurrency = 5;

/**
 * Reads an event source mapping.
 * @throws Error for what AWS refuses when the mapping is made: more than 10 messages without a window, a concurrency
 * outside 2 to 1000, a queue whose messages come back before the function's timeout.
 */
export function toEventSourceSettings(
  mapping: RunningResource,
  queues: readonly RunningResource[],
  target: FunctionSettings,
): EventSourceSettings {
  const { properties, logicalId } = mapping;
  const queue = queues.find(({ ids }) => ids.attributes.Arn === properties.EventSourceArn);
  if (!queue)
    throw new Error(`${logicalId}: its source ${properties.EventSourceArn} is no queue of this template`);
  const batchSize = Number(properties.BatchSize ?? 10);
  const windowSeconds = Number(properties.MaximumBatchingWindowInSeconds ?? 0);
  const scaling = properties.ScalingConfig as JsonObject | undefined;
  const maxConcurrency = Number(scaling?.MaximumConcurrency ?? defaultConcurrency);
  const visibilitySeconds = Number(queue.properties.VisibilityTimeout ?? 30);
  const responseTypes = (properties.FunctionResponseTypes ?? []) as readonly string[];

  if (batchSize > 10 && windowSeconds < 1)
    throw new Error(
      `${logicalId}: a batch of ${batchSize} messages needs MaximumBatchingWindowInSeconds of at least 1`,
    );
  if (maxConcurrency < 2 || maxConcurrency > 1000)
    throw new Error(`${logicalId}: MaximumConcurrency is 2 to 1000, not ${maxConcurrency}`);
  if (visibilitySeconds * 1000 < target.timeoutMs)
    throw new Error(
      `${logicalId}: queue visibility timeout ${visibilitySeconds} s is less than the function timeout ${target.timeoutMs / 1000} s`,
    );
  return {
    queueArn: String(properties.EventSourceArn),
    queueUrl: queue.ids.ref,
    batchSize,
    windowMs: windowSeconds * 1000,
    maxConcurrency,
    reportsItemFailures: responseTypes.includes('ReportBatchItemFailures'),
  };
}
