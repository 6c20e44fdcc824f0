import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { localClientConfig } from '../aws-clients.ts';
import type { LocalFunction } from '../lambda/function.ts';
import type { PlatformLog } from '../logs.ts';
import { findFailedIds, toSqsEvent } from './sqs-event.ts';

/** How a queue feeds a function, as its event source mapping says. */
export interface EventSourceSettings {
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly maxConcurrency: number;
  readonly reportsItemFailures: boolean;
}

/** A poller at work. */
export interface EventSource {
  /** Stops receiving, and waits at most `graceMs` for the deliveries under way. */
  close(graceMs: number): Promise<void>;
}

const longPollSeconds = 20;
const pauseAfterErrorMs = 500;

/**
 * Receives messages by long polling and calls the function with batches, at most `maxConcurrency` at a time. What
 * the function has done is deleted; what it failed stays invisible until the queue's visibility timeout, then comes
 * again, and after `maxReceiveCount` deliveries goes to the dead-letter queue, which is the queue's own doing.
 */
export function startEventSource(
  settings: EventSourceSettings,
  target: LocalFunction,
  endpoint: string,
  log: PlatformLog,
): EventSource {
  const client = new SQSClient({ ...localClientConfig(endpoint), useQueueUrlAsEndpoint: false });
  const stop = new AbortController();
  const underWay = new Set<Promise<void>>();
  const { queueUrl: QueueUrl } = settings;

  async function receive(limit: number, waitSeconds: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(10, limit),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return (await client.send(command, { abortSignal: stop.signal })).Messages ?? [];
  }

  async function receiveBatch(): Promise<Message[]> {
    const batch = await receive(settings.batchSize, longPollSeconds);
    if (batch.length === 0 || settings.windowMs === 0) return batch;
    const endsAt = Date.now() + settings.windowMs;
    for (
      let left = settings.windowMs;
      left > 0 && batch.length < settings.batchSize;
      left = endsAt - Date.now()
    )
      batch.push(
        ...(await receive(
          settings.batchSize - batch.length,
          Math.min(longPollSeconds, Math.ceil(left / 1000)),
        )),
      );
    return batch;
  }

  async function deliver(messages: readonly Message[]): Promise<void> {
    const ids = messages.map((message) => message.MessageId ?? '');
    const outcome = await target.invoke(JSON.stringify(toSqsEvent(messages, settings.queueArn)), 'queue');
    if (!outcome.ok) {
      log('a function failed messages', {
        function: target.settings.name,
        ids,
        error: outcome.error.errorType,
      });
      return;
    }
    const failed = settings.reportsItemFailures ? findFailedIds(outcome.payload, ids) : new Set<string>();
    if (failed.size > 0)
      log('a function failed messages', { function: target.settings.name, ids: [...failed] });
    const done = messages.filter((message) => !failed.has(message.MessageId ?? ''));
    for (let start = 0; start < done.length; start += 10) await remove(done.slice(start, start + 10));
  }

  async function remove(messages: readonly Message[]): Promise<void> {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }

  async function poll(): Promise<void> {
    while (!stop.signal.aborted) {
      if (underWay.size >= settings.maxConcurrency) await Promise.race(underWay);
      else
        try {
          const messages = await receiveBatch();
          if (messages.length > 0) track(deliver(messages));
        } catch (error) {
          if (stop.signal.aborted) return;
          log('a queue could not be read', { queue: settings.queueArn, error: String(error) });
          await sleep(pauseAfterErrorMs);
        }
    }
  }

  function track(delivery: Promise<void>): void {
    const settled = delivery
      .catch((error: unknown) => log('a delivery failed', { queue: settings.queueArn, error: String(error) }))
      .finally(() => underWay.delete(settled));
    underWay.add(settled);
  }

  const polling = poll();
  return {
    async close(graceMs) {
      stop.abort();
      await polling;
      await Promise.race([Promise.all(underWay), sleep(graceMs, undefined, { ref: false })]);
      client.destroy();
    },
  };
}
