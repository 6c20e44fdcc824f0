import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localClientConfig } from '#local/aws-clients.ts';
import type { LocalFunction } from '#local/lambda/function.ts';
import type { InvokeOutcome } from '#local/lambda/messages.ts';
import { type EventSource, type EventSourceSettings, startEventSource } from '#local/queues/event-source.ts';
import { toEventSourceSettings } from '#local/queues/event-source-settings.ts';
import { findRefusal } from '#local/queues/refusals.ts';
import { type Queues, startQueues } from '#local/queues/server.ts';
import { findFailedIds } from '#local/queues/sqs-event.ts';
import { type RunningResource, toLedger } from '#local/resources.ts';
import { changeMini, MINI_NAMES, makeDataDir } from './fixtures/mini.ts';

const toArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const toUrl = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const toQueue = (name: string, properties: RunningResource['properties'] = {}): RunningResource => ({
  logicalId: name,
  type: 'AWS::SQS::Queue',
  ids: { ref: toUrl(name), attributes: { Arn: toArn(name), QueueName: name } },
  properties,
  metadata: {},
});
const toDeadLetters = (maxReceiveCount: number) => ({
  RedrivePolicy: { deadLetterTargetArn: toArn('Dead'), maxReceiveCount },
});
const queues = [
  toQueue('Dead'),
  toQueue('Plain', { VisibilityTimeout: 40, DelaySeconds: 0 }),
  toQueue('Batch', { VisibilityTimeout: 30 }),
  toQueue('Flaky', { VisibilityTimeout: 1, ...toDeadLetters(2) }),
  toQueue('Partial', { VisibilityTimeout: 30 }),
  toQueue('Narrow', { VisibilityTimeout: 30 }),
  toQueue('Kept', { VisibilityTimeout: 3600, ...toDeadLetters(1) }),
];
const [dataDir, removeDataDir] = makeDataDir();
let server: Queues;
let client: SQSClient;

async function open(): Promise<void> {
  server = await startQueues(dataDir);
  server.ensure(queues);
  client = new SQSClient({ ...localClientConfig(server.endpoint), useQueueUrlAsEndpoint: false });
}
const send = (name: string, MessageBody: string, more: object = {}) =>
  client.send(new SendMessageCommand({ QueueUrl: toUrl(name), MessageBody, ...more }));
const receive = async (name: string, WaitTimeSeconds = 0) => {
  const command = { QueueUrl: toUrl(name), WaitTimeSeconds, MessageSystemAttributeNames: ['All' as const] };
  return (
    (await client.send(new ReceiveMessageCommand({ ...command, MaxNumberOfMessages: 10 }))).Messages ?? []
  );
};

beforeAll(open);
afterAll(async () => {
  client.destroy();
  await server.close();
  removeDataDir();
});

describe('queues', () => {
  test('have the attributes of the template', async () => {
    const command = new GetQueueAttributesCommand({ QueueUrl: toUrl('Flaky'), AttributeNames: ['All'] });

    const { Attributes: attributes } = await client.send(command);

    expect(attributes).toMatchObject({ QueueArn: toArn('Flaky'), VisibilityTimeout: '1' });
    expect(JSON.parse(attributes?.RedrivePolicy ?? '')).toEqual(toDeadLetters(2).RedrivePolicy);
  });

  test('keep the group of a message, sent alone or in a batch', async () => {
    await send('Plain', 'one', { MessageGroupId: 'tenant-1' });
    const Entries = [
      { Id: 'a', MessageBody: 'two', MessageGroupId: 'tenant-2' },
      { Id: 'b', MessageBody: 'three' },
    ];
    await client.send(new SendMessageBatchCommand({ QueueUrl: toUrl('Plain'), Entries }));

    const messages = await receive('Plain');

    expect(messages.map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId])).toEqual([
      ['one', 'tenant-1'],
      ['two', 'tenant-2'],
      ['three', undefined],
    ]);
  });

  test('refuse an unknown queue', async () => {
    await expect(send('Nobody', 'x')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  test('refuse what SQS refuses, by the name of its error', async () => {
    await expect(send('Plain', 'x', { DelaySeconds: 901 })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(send('Plain', 'x'.repeat(1_048_577))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  test('make a message visible at once when its visibility is set to nothing', async () => {
    await send('Kept', 'again');
    const [first] = await receive('Kept');
    const QueueUrl = toUrl('Kept');
    const ReceiptHandle = first?.ReceiptHandle;

    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    await receive('Kept');
    const [dead] = await receive('Dead', 1);

    expect(dead?.Body).toBe('again');
    await client.send(
      new DeleteMessageCommand({ QueueUrl: toUrl('Dead'), ReceiptHandle: dead?.ReceiptHandle }),
    );
  });

  test('survive a restart: what was out for delivery is there at once, uncounted', async () => {
    await send('Kept', 'waiting', { MessageGroupId: 'tenant-1' });
    await send('Kept', 'delivered');
    const before = await receive('Kept');
    client.destroy();
    await server.close();

    await open();
    const after = await receive('Kept');

    expect(before).toHaveLength(2);
    expect(after.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([
      ['waiting', '1'],
      ['delivered', '1'],
    ]);
    expect(after[0]?.Attributes?.MessageGroupId).toBe('tenant-1');
  });
});

describe('refusals', () => {
  test.each<[string, object, string]>([
    ['an empty body', { MessageBody: '' }, 'MissingParameter'],
    ['a delay beyond 900 s', { MessageBody: 'x', DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['a delay below 0', { MessageBody: 'x', DelaySeconds: -1 }, 'InvalidParameterValue'],
    ['a broken delay', { MessageBody: 'x', DelaySeconds: 1.5 }, 'InvalidParameterValue'],
    ['an empty group', { MessageBody: 'x', MessageGroupId: '' }, 'InvalidParameterValue'],
    ['a group with a blank', { MessageBody: 'x', MessageGroupId: 'a b' }, 'InvalidParameterValue'],
    [
      'a group that is too long',
      { MessageBody: 'x', MessageGroupId: 'a'.repeat(129) },
      'InvalidParameterValue',
    ],
    [
      'a deduplication id on a standard queue',
      { MessageBody: 'x', MessageDeduplicationId: 'a' },
      'InvalidParameterValue',
    ],
    [
      'eleven attributes',
      {
        MessageBody: 'x',
        MessageAttributes: Object.fromEntries([...'abcdefghijk'].map((name) => [name, {}])),
      },
      'InvalidParameterValue',
    ],
  ])('%s', (_name, entry, code) => {
    expect(findRefusal('SendMessage', entry)).toMatchObject({ code });
    expect(findRefusal('SendMessageBatch', { Entries: [{ MessageBody: 'x' }, entry] })).toMatchObject({
      code,
    });
  });

  test('what SQS takes passes', () => {
    const entry = { MessageBody: 'x', DelaySeconds: 900, MessageGroupId: `a-Z_0.${'!'.repeat(100)}` };

    expect(findRefusal('SendMessage', entry)).toBeUndefined();
    expect(findRefusal('ReceiveMessage', {})).toBeUndefined();
  });
});

describe('event sources', () => {
  interface Call {
    readonly Records: readonly {
      readonly body: string;
      readonly messageId: string;
      readonly attributes: Record<string, string>;
    }[];
  }
  const failed: InvokeOutcome = { ok: false, error: { errorType: 'Error', errorMessage: '' } };
  const done: InvokeOutcome = { ok: true, payload: 'null' };

  /** Runs an event source over a queue until `isEnough` of its calls, and gives those. */
  async function run(
    name: string,
    settings: Partial<EventSourceSettings>,
    answer: (call: Call) => InvokeOutcome | Promise<InvokeOutcome>,
    isEnough: (calls: readonly Call[]) => boolean,
  ): Promise<Call[]> {
    const calls: Call[] = [];
    const enough = Promise.withResolvers<void>();
    const target = {
      settings: { name: 'target' },
      async invoke(event: string) {
        const call = JSON.parse(event) as Call;
        const outcome = await answer(call);
        calls.push(call);
        if (isEnough(calls)) enough.resolve();
        return outcome;
      },
    } as unknown as LocalFunction;
    const all = {
      queueArn: toArn(name),
      queueUrl: toUrl(name),
      batchSize: 10,
      windowMs: 0,
      maxConcurrency: 2,
      reportsItemFailures: false,
    };
    const source: EventSource = startEventSource(
      { ...all, ...settings },
      target,
      server.endpoint,
      () => undefined,
    );
    await enough.promise;
    await source.close(1_000);
    return calls;
  }

  test('hand over batches in the form of Lambda, and delete what is done', async () => {
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'test' } };
    await send('Batch', 'one', { MessageGroupId: 'tenant', MessageAttributes });

    const [call] = await run(
      'Batch',
      {},
      () => done,
      (calls) => calls.length === 1,
    );

    expect(call?.Records).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: 'one',
        attributes: expect.objectContaining({
          ApproximateReceiveCount: '1',
          MessageGroupId: 'tenant',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
        }),
        messageAttributes: {
          kind: { stringValue: 'test', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfBody: expect.any(String),
        md5OfMessageAttributes: expect.any(String),
        eventSource: 'aws:sqs',
        eventSourceARN: toArn('Batch'),
        awsRegion: 'us-east-1',
      },
    ]);
    const left = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: toUrl('Batch'), AttributeNames: ['All'] }),
    );
    expect(left.Attributes).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  test('deliver a failed message again, and leave it to the dead-letter queue after its last delivery', async () => {
    await send('Flaky', 'bad');

    const calls = await run(
      'Flaky',
      { batchSize: 1 },
      () => failed,
      (made) => made.length === 2,
    );
    const counts = calls.map(({ Records }) => Records[0]?.attributes.ApproximateReceiveCount);
    const poll = run(
      'Flaky',
      {},
      () => done,
      (made) => made.length === 1,
    );
    const [dead] = await receive('Dead', 5);
    await send('Flaky', 'good');
    await poll;

    expect(counts).toEqual(['1', '2']);
    expect(dead?.Body).toBe('bad');
  });

  test('delete the messages of a batch that the function does not name as failed', async () => {
    for (const body of ['good', 'bad']) await send('Partial', body);
    const answer = ({ Records }: Call): InvokeOutcome => {
      const batchItemFailures = Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({
        itemIdentifier: messageId,
      }));
      return { ok: true, payload: JSON.stringify({ batchItemFailures }) };
    };

    await run(
      'Partial',
      { reportsItemFailures: true },
      answer,
      (calls) => calls.flatMap(({ Records }) => Records).length === 2,
    );

    const command = new GetQueueAttributesCommand({ QueueUrl: toUrl('Partial'), AttributeNames: ['All'] });
    expect((await client.send(command)).Attributes).toMatchObject({
      ApproximateNumberOfMessagesNotVisible: '1',
    });
  });

  test('never run more calls at a time than their maximum', async () => {
    for (let index = 0; index < 6; index += 1) await send('Narrow', String(index));
    let running = 0;
    let most = 0;
    const answer = async (): Promise<InvokeOutcome> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return done;
    };

    await run('Narrow', { batchSize: 1, maxConcurrency: 2 }, answer, (calls) => calls.length === 6);

    expect(most).toBe(2);
  });
});

describe('the answer of a function about its batch', () => {
  test.each<[string, string[]]>([
    ['null', []],
    ['"text"', []],
    ['{}', []],
    ['{"batchItemFailures":null}', []],
    ['{"batchItemFailures":[]}', []],
    ['{"batchItemFailures":[{"itemIdentifier":"a"}]}', ['a']],
    ['{"batchItemFailures":[{"itemIdentifier":"stranger"}]}', ['a', 'b']],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', ['a', 'b']],
    ['{"batchItemFailures":[null]}', ['a', 'b']],
    ['{"batchItemFailures":"a"}', ['a', 'b']],
  ])('%s fails %j', (payload, expected) => {
    expect([...findFailedIds(payload, ['a', 'b'])]).toEqual(expected);
  });
});

describe('an event source mapping', () => {
  const read = (changes: Parameters<typeof changeMini>[0]) => {
    const ledger = toLedger(changeMini(changes), MINI_NAMES);
    const [mapping] = ledger.ofType('AWS::Lambda::EventSourceMapping');
    if (!mapping) throw new Error('the mini stack has a mapping');
    return toEventSourceSettings(mapping, ledger.ofType('AWS::SQS::Queue'), { timeoutMs: 3_000 } as never);
  };

  test('is read from the template', () => {
    expect(read({})).toEqual({
      queueArn: toArn('Queue'),
      queueUrl: toUrl('Queue'),
      batchSize: 1,
      windowMs: 0,
      maxConcurrency: 2,
      reportsItemFailures: true,
    });
  });

  test.each<[string, Parameters<typeof changeMini>[0], RegExp]>([
    ['a large batch without a window', { Source: { BatchSize: 100 } }, /MaximumBatchingWindowInSeconds/],
    ['a concurrency of one', { Source: { ScalingConfig: { MaximumConcurrency: 1 } } }, /2 to 1000/],
    [
      'messages that come back too early',
      { Queue: { VisibilityTimeout: 2 } },
      /visibility timeout 2 s is less/,
    ],
    ['a source that is no queue', { Source: { EventSourceArn: 'arn:aws:kinesis:x' } }, /no queue/],
  ])('%s is refused, as AWS does', (_name, changes, expected) => {
    expect(() => read(changes)).toThrow(expected);
  });
});
