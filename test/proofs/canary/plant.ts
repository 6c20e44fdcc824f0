import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startTables } from '#local/tables.ts';
import { toForms } from './forms.ts';
import { readSinks, type Sinks } from './sinks.ts';

/** Leaks a secret, in every form, into every place of a stopped system; gives what is there then. */
export async function plantAndRead(dataDir: string, secret: string): Promise<Sinks> {
  const leak = Buffer.concat(toForms(secret).flatMap(({ bytes }) => [bytes, Buffer.from('\n')]));
  const text = leak.toString('latin1');
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  appendFileSync(join(dataDir, find(files, /^logs\/.*\.log$/)), leak);
  appendFileSync(join(dataDir, 'runtime.json'), leak);
  plantInDatabase(join(dataDir, find(files, /workflow.*\.sqlite$/)), leak);
  plantInDatabase(join(dataDir, find(files, /queues.*\.(sqlite|db)$/)), leak);
  await plantInTable(dataDir, text);
  return readSinks(dataDir, text, [text]);
}

function find(files: readonly string[], form: RegExp): string {
  const found = files.find((file) => form.test(file));
  if (found === undefined) throw new Error(`the data folder has nothing like ${form}`);
  return found;
}

function plantInDatabase(file: string, leak: Buffer): void {
  const db = new DatabaseSync(file);
  db.exec('CREATE TABLE planted (leak BLOB)');
  db.prepare('INSERT INTO planted VALUES (?)').run(leak);
  db.close();
}

async function plantInTable(dataDir: string, leak: string): Promise<void> {
  const tables = await startTables(dataDir);
  const client = new DynamoDBClient({
    endpoint: tables.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'FAKEPROOFACCESSKEYID', secretAccessKey: 'fake-proof-secret-access-key' },
  });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.includes('Portfolio'));
  const Item = Object.fromEntries(
    leak.split('\n').map((line, index) => [`leak${index}`, { S: line || '-' }]),
  );
  await client.send(
    new PutItemCommand({ TableName, Item: { PK: { S: 'PLANTED' }, SK: { S: 'PLANTED' }, ...Item } }),
  );
  client.destroy();
  await tables.close();
}
