import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { localClientConfig } from './aws-clients.ts';
import type { RunningResource } from './resources.ts';

/** DynamoDB on this machine: dynalite over LevelDB files. */
export interface Tables {
  readonly endpoint: string;
  /** Makes those tables of a template that the data folder doesn't have yet. @throws Error when one has another form. */
  ensure(tables: readonly RunningResource[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts dynalite on 127.0.0.1 with its files in `<dataDir>/tables`. */
export async function startTables(dataDir: string): Promise<Tables> {
  const path = join(dataDir, 'tables');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const worker = new Worker(new URL('./tables-thread.ts', import.meta.url), {
    workerData: { path, closedFile: join(dataDir, 'tables.closed') },
    // dynalite reads the region and account of its ARNs from here
    env: { AWS_REGION: 'us-east-1', AWS_ACCOUNT_ID: '000000000000' },
  });
  const failed = Promise.withResolvers<never>();
  worker.on('error', (error) =>
    failed.reject(new Error('DynamoDB stand-in: dynalite failed', { cause: error })),
  );
  const started = Promise.withResolvers<number>();
  worker.once('message', (port: number) => started.resolve(port));
  const port = await Promise.race([started.promise, failed.promise]);
  failed.promise.catch(() => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient(localClientConfig(endpoint));

  return {
    endpoint,
    async ensure(tables) {
      await Promise.all(tables.map((table) => ensureTable(client, toCreateTable(table))));
    },
    async close() {
      client.destroy();
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('close');
      await ended;
    },
  };
}

/** The request that makes a template's table. Its indexes and keys are the template's own. */
export function toCreateTable(resource: RunningResource): CreateTableCommandInput {
  const { properties, ids, logicalId } = resource;
  if (properties.BillingMode !== 'PAY_PER_REQUEST')
    throw new Error(
      `${logicalId}: billing mode ${properties.BillingMode} is not known locally (on demand is)`,
    );
  return {
    TableName: ids.ref,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: properties.KeySchema,
    AttributeDefinitions: properties.AttributeDefinitions,
    ...(properties.GlobalSecondaryIndexes
      ? { GlobalSecondaryIndexes: toIndexes(properties.GlobalSecondaryIndexes) }
      : {}),
  } as unknown as CreateTableCommandInput;
}

type Index = { readonly IndexName: string; readonly KeySchema: unknown; readonly Projection: unknown };

function toIndexes(indexes: unknown): Index[] {
  return (indexes as Index[]).map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
}

async function ensureTable(client: DynamoDBClient, wanted: CreateTableCommandInput): Promise<void> {
  const { TableName } = wanted;
  try {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName }));
    const stored = toForm(table?.KeySchema, table?.GlobalSecondaryIndexes);
    if (stored !== toForm(wanted.KeySchema, wanted.GlobalSecondaryIndexes))
      throw new Error(
        `table ${TableName} in the data folder has other keys or indexes than the template: use another DATA_DIR`,
      );
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    await client.send(new CreateTableCommand(wanted));
  }
}

function toForm(keys: unknown, indexes: unknown): string {
  const toKeys = (schema: unknown) =>
    (schema as { AttributeName: string; KeyType: string }[])
      .map((key) => `${key.KeyType} ${key.AttributeName}`)
      .sort();
  const list = (
    (indexes ?? []) as { IndexName: string; KeySchema: unknown; Projection: { ProjectionType: string } }[]
  )
    .map(({ IndexName, KeySchema, Projection }) => [IndexName, toKeys(KeySchema), Projection.ProjectionType])
    .sort((left, right) => String(left[0]).localeCompare(String(right[0])));
  return JSON.stringify([toKeys(keys), list]);
}
