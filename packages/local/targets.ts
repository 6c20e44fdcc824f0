import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localClientConfig } from './aws-clients.ts';
import type { FindTarget, SendToTarget } from './events/bus.ts';
import type { Json } from './json.ts';
import type { AsyncInvoke } from './lambda/async-invoke.ts';
import type { Functions } from './lambda/functions.ts';
import type { PlatformLog } from './logs.ts';
import type { Ledger } from './resources.ts';
import type { SendMessageRequest, WorkflowTasks } from './workflow/tasks.ts';

/** How the stand-ins of rules, schedules and workflows reach functions and queues. */
export interface Targets {
  readonly find: FindTarget;
  readonly tasks: WorkflowTasks;
  close(): void;
}

/** Connects callers to the functions and queues of a ledger. Messages go through the queues' own endpoint. */
export function createTargets(
  ledger: Ledger,
  functions: Functions,
  invokeAsync: AsyncInvoke,
  queueEndpoint: string,
  log: PlatformLog,
): Targets {
  const client = new SQSClient({ ...localClientConfig(queueEndpoint), useQueueUrlAsEndpoint: false });

  function findQueue(arn: string, place: string): SendToTarget {
    const queue = ledger.ofType('AWS::SQS::Queue').find(({ ids }) => ids.attributes.Arn === arn);
    if (!queue) throw new Error(`${place}: target ${arn} is no queue or function of this template`);
    const command = (event: Json) =>
      new SendMessageCommand({ QueueUrl: queue.ids.ref, MessageBody: JSON.stringify(event) });
    return async (event) => void (await client.send(command(event)));
  }

  return {
    find(arn, principal, place) {
      // Nobody is subscribed on this machine: what would be mailed is logged.
      if (arn.startsWith('arn:aws:sns:')) return async () => log('notification', { topic: arn });
      if (!arn.includes(':lambda:')) return findQueue(arn, place);
      // Scheduler calls with a role of its own; rules need the function's permission
      const target =
        principal === 'scheduler.amazonaws.com'
          ? functions.find(arn, place)
          : functions.findCallable(arn, principal, place);
      return (event) => invokeAsync(target, event);
    },
    tasks: {
      async sendMessage(message) {
        const { MessageId, MD5OfMessageBody } = await client.send(
          new SendMessageCommand(toSendInput(message)),
        );
        return { MessageId: MessageId ?? '', MD5OfMessageBody: MD5OfMessageBody ?? '' };
      },
      async invokeLambda({ functionName, payload }) {
        const target = functions.find(functionName, 'state machine');
        const outcome = await target.invoke(JSON.stringify(payload), 'platform');
        if (outcome.ok) return { payload: JSON.parse(outcome.payload) };
        const { errorType, errorMessage } = outcome.error;
        if (serviceErrors.has(errorType)) throw Object.assign(new Error(errorMessage), { name: errorType });
        return { payload: { errorType, errorMessage }, functionError: 'Unhandled' };
      },
    },
    close: () => client.destroy(),
  };
}

/** Refusals of the Lambda service itself, which are no errors of the function. */
const serviceErrors = new Set([
  'TooManyRequestsException',
  'ServiceException',
  'RequestEntityTooLargeException',
]);

function toSendInput(message: SendMessageRequest) {
  return {
    QueueUrl: message.queueUrl,
    MessageBody: message.messageBody,
    ...(message.messageGroupId === undefined ? {} : { MessageGroupId: message.messageGroupId }),
    ...(message.delaySeconds === undefined ? {} : { DelaySeconds: message.delaySeconds }),
    ...(message.messageAttributes === undefined
      ? {}
      : {
          MessageAttributes: message.messageAttributes as Record<
            string,
            { DataType: string; StringValue: string }
          >,
        }),
  };
}
