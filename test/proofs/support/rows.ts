import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { startTables } from '#local/tables.ts';

/** Every row of a data folder's tables by `table|PK|SK`, as one text each; binary values as base64. */
export type AllRows = ReadonlyMap<string, string>;

/** Reads every row of a system that has stopped. */
export async function readAllRows(dataDir: string): Promise<AllRows> {
  const tables = await startTables(dataDir);
  const client = new DynamoDBClient({
    endpoint: tables.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'FAKEPROOFACCESSKEYID', secretAccessKey: 'fake-proof-secret-access-key' },
  });
  const rows = new Map<string, string>();
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames)
    for await (const { Items = [] } of paginateScan({ client }, { TableName }))
      for (const item of Items) rows.set(`${TableName}|${item.PK?.S}|${item.SK?.S}`, toText(item));
  client.destroy();
  await tables.close();
  return rows;
}

/** Whose rows are meant; those of a deleted integration are left out, for the sweep takes them away in its own time. */
export interface Owner {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly deletedId: string;
}

/** How many of an owner's rows were added, changed or taken away. */
export function countChanges(before: AllRows, after: AllRows, owner: Owner): number {
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter((key) => isOf(key, owner));
  return keys.filter((key) => before.get(key) !== after.get(key)).length;
}

/** How many rows an owner has. */
export function countRows(rows: AllRows, owner: Owner): number {
  return [...rows.keys()].filter((key) => isOf(key, owner)).length;
}

function isOf(key: string, { tenantId, integrationId, deletedId }: Owner): boolean {
  return (key.includes(tenantId) || key.includes(integrationId)) && !key.includes(deletedId);
}

function toText(item: Readonly<Record<string, unknown>>): string {
  const sorted = Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)));
  return JSON.stringify(sorted, (_name, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
}
