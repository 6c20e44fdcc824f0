import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { StartMessage } from '#core/payloads.ts';
import type { ParkingQueue, StartQueue } from '#core/ports/workflow.ts';

/** The queue that a worker parks its messages on; a tenant's messages form a group, so that none crowds out the others. */
export function createParkingQueue(client: SQSClient, queueUrl: string): ParkingQueue {
  return {
    async park(message, delaySeconds) {
      const MessageBody = JSON.stringify(message);
      const command = {
        QueueUrl: queueUrl,
        MessageBody,
        DelaySeconds: delaySeconds,
        MessageGroupId: message.tenantId,
      };
      await client.send(new SendMessageCommand(command));
    },
  };
}

/** SQS takes at most ten messages a call. */
const BATCH = 10;

/** The queue of syncs that are due. */
export function createStartQueue(client: SQSClient, queueUrl: string): StartQueue {
  return {
    async send(messages) {
      const refused: StartMessage[] = [];
      for (let from = 0; from < messages.length; from += BATCH) {
        const batch = messages.slice(from, from + BATCH);
        const Entries = batch.map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
          MessageGroupId: message.tenantId,
        }));
        const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
        for (const { Id } of answer.Failed ?? []) {
          const message = batch[Number(Id)];
          if (message) refused.push(message);
        }
      }
      return refused;
    },
  };
}
