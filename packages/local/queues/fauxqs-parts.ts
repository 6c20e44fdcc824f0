/**
 * The parts of fauxqs 2.4.1 that the local run puts together itself. `startFauxqs` listens on every interface of the
 * machine; its app and its stores, taken singly, listen where they are told to. The stores aren't exported, so they
 * are loaded by file: the version is pinned, and the tests of the queues run over them.
 */
import { buildApp } from 'fauxqs';

/** A message as fauxqs keeps it. */
export interface StoredMessage {
  readonly messageId: string;
  readonly messageAttributes: object;
  approximateReceiveCount: number;
  messageGroupId: string | undefined;
}

export interface StoredQueue {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Record<string, string>;
  readonly messages: StoredMessage[];
  readonly inflightMessages: Map<string, { readonly message: StoredMessage; visibilityDeadline: number }>;
  persistence: Persistence | undefined;
  enqueue(message: StoredMessage): void;
  setAttributes(attributes: Readonly<Record<string, string>>): void;
}

export interface QueueStore {
  persistence: Persistence | undefined;
  allQueues(): Iterable<StoredQueue>;
  getQueueByName(name: string): StoredQueue | undefined;
  createQueue(
    name: string,
    url: string,
    arn: string,
    attributes: Readonly<Record<string, string>>,
  ): StoredQueue;
}

export interface Persistence {
  readonly db: { exec(sql: string): void; prepare(sql: string): { run(...values: unknown[]): unknown } };
  loadSqsAndSns(sqs: QueueStore, sns: unknown): void;
  updateMessageReady(messageId: string): void;
  insertMessage(queue: string, message: StoredMessage): void;
  close(): void;
}

/** Makes fauxqs' app over stores that were read from `folder` and write every change there. */
export async function assembleFauxqs(folder: string) {
  const load = async (path: string) => import(new URL(path, import.meta.resolve('fauxqs')).href);
  const [{ SqsStore }, { SnsStore }, { S3Store }, { PersistenceManager }] = await Promise.all([
    load('./sqs/sqsStore.js'),
    load('./sns/snsStore.js'),
    load('./s3/s3Store.js'),
    load('./persistence.js'),
  ]);
  const sqsStore = new SqsStore() as QueueStore;
  const snsStore = new SnsStore();
  const persistence = new PersistenceManager(folder) as Persistence;
  // every commit would else wait for the disk; what a killed process wrote is kept by the system all the same
  persistence.db.exec('PRAGMA synchronous = NORMAL');
  const clearDelivery = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  // fauxqs' own statement sets the count of deliveries to NULL, which its table refuses
  persistence.updateMessageReady = (messageId) => void clearDelivery.run(messageId);
  persistence.loadSqsAndSns(sqsStore, snsStore);
  sqsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
  const stores = { sqsStore, snsStore, s3Store: new S3Store() } as unknown as NonNullable<
    NonNullable<Parameters<typeof buildApp>[0]>['stores']
  >;
  return { app: buildApp({ logger: false, defaultRegion: 'us-east-1', stores }), sqsStore, persistence };
}
