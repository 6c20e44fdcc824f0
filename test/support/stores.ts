import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { Clock } from '#core/ports/clock.ts';
import { createDynamoRows } from '#store/dynamo-rows.ts';
import { createMemoryRows, type MemoryRows } from '#store/memory-rows.ts';
import type { RowStore } from '#store/rows.ts';
import { createStores, type StoresWithCredentials } from '#store/stores.ts';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE, type TableForm } from '#store/table.ts';

/** All stores, and the rows below them, of one test. */
export interface TestStores<R extends RowStore = RowStore> extends StoresWithCredentials {
  /** Rows of the two tables, to look below the stores. */
  readonly rows: { readonly portfolio: R; readonly credentials: R };
}

/** The instant at which the tests' own clock stands still. */
export const TEST_NOW_MS = Date.parse('2026-11-23T12:00:00.000Z');

type NowClock = Pick<Clock, 'now'>;
const stillClock: NowClock = { now: () => TEST_NOW_MS };

/** Stores in memory. */
export function createMemoryStores(clock: NowClock = stillClock): TestStores<MemoryRows> {
  const portfolio = createMemoryRows(PORTFOLIO_TABLE);
  const credentials = createMemoryRows(CREDENTIALS_TABLE);
  return { ...createStores({ portfolio, credentials, clock }), rows: { portfolio, credentials } };
}

/** Stores over dynalite, through the real SDK. Close them after the test. */
export async function createDynaliteStores(
  clock: NowClock = stillClock,
): Promise<TestStores & { close(): Promise<void> }> {
  const server = await startDynalite();
  const { portfolio, credentials } = await server.createTables();
  return {
    ...createStores({ portfolio, credentials, clock }),
    rows: { portfolio, credentials },
    close: server.close,
  };
}

export interface Dynalite {
  readonly client: DynamoDBClient;
  /** Makes a fresh pair of tables. */
  createTables(): Promise<{ readonly portfolio: RowStore; readonly credentials: RowStore }>;
  close(): Promise<void>;
}

/** Starts dynalite in this process, in memory, on a free port of 127.0.0.1. */
export async function startDynalite(): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'FAKETESTACCESSKEYID', secretAccessKey: 'fake-test-secret-access-key' },
    maxAttempts: 1,
  });
  let pairs = 0;
  const createRows = async (tableName: string, form: TableForm) => {
    await createTable(client, tableName, form);
    return createDynamoRows({ client, tableName, form });
  };
  return {
    client,
    async createTables() {
      pairs += 1;
      const portfolio = await createRows(`Portfolio${pairs}`, PORTFOLIO_TABLE);
      return { portfolio, credentials: await createRows(`Credentials${pairs}`, CREDENTIALS_TABLE) };
    },
    async close() {
      client.destroy();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function createTable(client: DynamoDBClient, tableName: string, form: TableForm): Promise<void> {
  const toKeySchema = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  const names = [form, ...form.indexes].flatMap(({ partition, sort }) => [partition, sort]);
  const indexes = form.indexes.map(({ name, partition, sort, projection }) => ({
    IndexName: name,
    KeySchema: toKeySchema(partition, sort),
    Projection: { ProjectionType: projection },
  }));
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
      KeySchema: toKeySchema(form.partition, form.sort),
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    }),
  );
  for (let status: string | undefined; status !== 'ACTIVE'; ) {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    status = table?.TableStatus;
  }
}
