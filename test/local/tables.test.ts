import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { localClientConfig } from '#local/aws-clients.ts';
import { toLedger } from '#local/resources.ts';
import { startTables, toCreateTable } from '#local/tables.ts';
import { changeMini, MINI_NAMES, makeDataDir } from './fixtures/mini.ts';

const [dataDir, removeDataDir] = makeDataDir();
afterAll(removeDataDir);

const readTables = (changes: Parameters<typeof changeMini>[0] = {}) =>
  toLedger(changeMini(changes), MINI_NAMES).ofType('AWS::DynamoDB::Table');

async function withTables<T>(
  work: (client: DynamoDBClient) => Promise<T>,
  wanted = readTables(),
): Promise<T> {
  const tables = await startTables(dataDir);
  const client = new DynamoDBClient(localClientConfig(tables.endpoint));
  try {
    await tables.ensure(wanted);
    return await work(client);
  } finally {
    client.destroy();
    await tables.close();
  }
}

test('tables and their indexes are made from the template, and their items survive a restart', async () => {
  const Item = { PK: { S: 'a' }, SK: { S: '1' }, gsi1pk: { S: 'g' }, body: { S: 'kept' } };
  const described = await withTables(async (client) => {
    await client.send(new PutItemCommand({ TableName: 'Table', Item }));
    return client.send(new DescribeTableCommand({ TableName: 'Table' }));
  });

  const found = await withTables(async (client) => ({
    item: await client.send(new GetItemCommand({ TableName: 'Table', Key: { PK: Item.PK, SK: Item.SK } })),
    byIndex: await client.send(
      new QueryCommand({
        TableName: 'Table',
        IndexName: 'GSI1',
        KeyConditionExpression: 'gsi1pk = :g',
        ExpressionAttributeValues: { ':g': { S: 'g' } },
      }),
    ),
  }));

  expect(described.Table).toMatchObject({
    TableStatus: 'ACTIVE',
    TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Table',
  });
  expect(found.item.Item).toEqual(Item);
  expect(found.byIndex.Items).toEqual([{ PK: Item.PK, SK: Item.SK, gsi1pk: Item.gsi1pk }]);
});

test('an item beyond 400 KB is refused', async () => {
  const Item = { PK: { S: 'a' }, SK: { S: 'large' }, body: { S: 'x'.repeat(410_000) } };

  await withTables(async (client) => {
    await expect(client.send(new PutItemCommand({ TableName: 'Table', Item }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

test('a table of another form in the data folder is an error that says what to do', async () => {
  const changed = readTables({ Table: { GlobalSecondaryIndexes: undefined } });
  await withTables(async () => undefined);

  await expect(withTables(async () => undefined, changed)).rejects.toThrow(/Table .* use another DATA_DIR/);
});

test('a table with provisioned capacity is refused', () => {
  const [table] = readTables({ Table: { BillingMode: 'PROVISIONED' } });

  expect(() => table && toCreateTable(table)).toThrow(/PROVISIONED/);
});
