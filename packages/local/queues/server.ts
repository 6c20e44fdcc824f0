import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningResource } from '../resources.ts';
import { assembleFauxqs, type StoredMessage, type StoredQueue } from './fauxqs-parts.ts';
import { findRefusal } from './refusals.ts';

/** SQS on this machine: fauxqs over SQLite, behind a check of what SQS refuses. */
export interface Queues {
  readonly endpoint: string;
  /** Makes the queues of a template, or gives those of the data folder the template's attributes. */
  ensure(queues: readonly RunningResource[]): void;
  close(): Promise<void>;
}

/**
 * Starts SQS on 127.0.0.1 with its file in `<dataDir>/queues`. Messages that were out for delivery when the process
 * before ended are visible at once and uncounted: whoever had received them is gone, and the end of this machine's
 * process is no failure of a worker.
 */
export async function startQueues(dataDir: string): Promise<Queues> {
  const folder = join(dataDir, 'queues');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { app, sqsStore, persistence } = await assembleFauxqs(folder);
  const groups = new WeakMap<object, string>();
  for (const queue of sqsStore.allQueues()) {
    returnDeliveries(queue, (messageId) => persistence.updateMessageReady(messageId));
    keepGroups(queue, groups);
  }

  app.addHook('preHandler', (request, reply, done) => {
    const action = String(request.headers['x-amz-target'] ?? '').replace('AmazonSQS.', '');
    const refusal = action === '' ? undefined : findRefusal(action, request.body);
    if (!refusal) {
      noteGroups(action, request.body, groups);
      done();
      return;
    }
    void reply
      .status(400)
      .header('content-type', 'application/x-amz-json-1.0')
      .header('x-amzn-query-error', `${refusal.code};Sender`)
      .send({ __type: `com.amazonaws.sqs#${refusal.code}`, message: refusal.message });
  });
  const endpoint = await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    endpoint,
    ensure(queues) {
      for (const { ids, properties } of queues) {
        const name = String(ids.attributes.QueueName);
        const attributes = toAttributes(properties);
        const stored = sqsStore.getQueueByName(name);
        if (stored) stored.setAttributes({ RedrivePolicy: '', ...attributes });
        else keepGroups(sqsStore.createQueue(name, ids.ref, String(ids.attributes.Arn), attributes), groups);
      }
    },
    async close() {
      await app.close();
      persistence.close();
    },
  };
}

const attributeNames = {
  VisibilityTimeout: 'VisibilityTimeout',
  DelaySeconds: 'DelaySeconds',
  MessageRetentionPeriod: 'MessageRetentionPeriod',
  MaximumMessageSize: 'MaximumMessageSize',
  ReceiveMessageWaitTimeSeconds: 'ReceiveMessageWaitTimeSeconds',
} as const;

function toAttributes(properties: RunningResource['properties']): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name of Object.values(attributeNames))
    if (properties[name] !== undefined) attributes[name] = String(properties[name]);
  if (properties.RedrivePolicy !== undefined)
    attributes.RedrivePolicy = JSON.stringify(properties.RedrivePolicy);
  return attributes;
}

function returnDeliveries(queue: StoredQueue, makeReady: (messageId: string) => void): void {
  for (const [handle, { message }] of queue.inflightMessages) {
    queue.inflightMessages.delete(handle);
    message.approximateReceiveCount = Math.max(0, message.approximateReceiveCount - 1);
    makeReady(message.messageId);
    queue.messages.push(message);
  }
}

/** fauxqs forgets the group of a message on a standard queue (fair queues): it is kept beside the attributes it passes on. */
function keepGroups(queue: StoredQueue, groups: WeakMap<object, string>): void {
  const enqueue = queue.enqueue.bind(queue);
  queue.enqueue = (message: StoredMessage) => {
    message.messageGroupId ??= groups.get(message.messageAttributes);
    enqueue(message);
  };
}

function noteGroups(action: string, body: unknown, groups: WeakMap<object, string>): void {
  if (action !== 'SendMessage' && action !== 'SendMessageBatch') return;
  type Entry = { MessageGroupId?: string; MessageAttributes?: object };
  const request = body as Entry & { Entries?: Entry[] };
  for (const entry of request.Entries ?? [request]) {
    if (entry.MessageGroupId === undefined) continue;
    entry.MessageAttributes ??= {};
    groups.set(entry.MessageAttributes, entry.MessageGroupId);
  }
}
