import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { localClientConfig } from '#local/aws-clients.ts';
import { toLedger } from '#local/resources.ts';
import { startTables } from '#local/tables.ts';
import { MINI_NAMES, makeDataDir, readMini } from './fixtures/mini.ts';

const TABLES = toLedger(readMini().assembly.template, MINI_NAMES).ofType('AWS::DynamoDB::Table');
const ENDS = 6;
const ROWS = 40;

/** Moves rows from one place of the index to another, all at once and again and again, until it is ended. */
const PROGRAM = `
  import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
  import { localClientConfig } from '#local/aws-clients.ts';
  import { startTables } from '#local/tables.ts';
  const [dataDir, tables, rows] = process.argv.slice(1);
  const { endpoint, ensure, close } = await startTables(dataDir);
  process.on('SIGTERM', () => close().then(() => process.exit()));
  await ensure(JSON.parse(tables));
  const client = new DynamoDBClient(localClientConfig(endpoint));
  for (let move = 0; ; move += 1) {
    if (move === 1) console.log('moving');
    await Promise.all(Array.from({ length: Number(rows) }, (_, row) => {
      const Item = { PK: { S: 'a' }, SK: { S: String(row) }, gsi1pk: { S: String(move) } };
      return client.send(new PutItemCommand({ TableName: 'Table', Item })).catch(() => undefined);
    }));
  }
`;

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'whenever %s ends the process, an index holds every item once, where it belongs',
  async (signal) => {
    const [dataDir, removeDataDir] = makeDataDir();
    onTestFinished(removeDataDir);
    for (let end = 0; end < ENDS; end += 1) {
      await endWhileMoving(dataDir, signal, 40 + 13 * end);

      const { items, entries } = await readBoth(dataDir);

      expect(items).toHaveLength(ROWS);
      expect(entries, `after end ${end}`).toEqual(items);
    }
  },
);

async function endWhileMoving(dataDir: string, signal: NodeJS.Signals, afterMs: number): Promise<void> {
  const child = spawn(
    process.execPath,
    ['-e', PROGRAM, '--', dataDir, JSON.stringify(TABLES), String(ROWS)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const gone = once(child, 'exit');
  await once(child.stdout, 'data');
  await sleep(afterMs);
  child.kill(signal);
  await gone;
}

/** The keys of the table's items, and of the index's entries, each in their order. */
async function readBoth(dataDir: string) {
  const tables = await startTables(dataDir);
  const client = new DynamoDBClient(localClientConfig(tables.endpoint));
  try {
    const scanned = await client.send(new ScanCommand({ TableName: 'Table' }));
    const indexed = await client.send(new ScanCommand({ TableName: 'Table', IndexName: 'GSI1' }));
    const toKeys = (items: typeof scanned.Items = []) =>
      items.map(({ SK, gsi1pk }) => `${SK?.S} at ${gsi1pk?.S}`).sort();
    return { items: toKeys(scanned.Items), entries: toKeys(indexed.Items) };
  } finally {
    client.destroy();
    await tables.close();
  }
}
