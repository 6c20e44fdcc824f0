import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { createDynamoRows } from '#store/dynamo-rows.ts';
import { ConditionFailedError } from '#store/rows.ts';
import { PORTFOLIO_TABLE } from '#store/table.ts';

type Answer = { readonly status: number; readonly body: unknown } | 'reset';
type Script = (operation: string, body: Record<string, unknown>, call: number) => Answer;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Rows over a DynamoDB that answers as a script says; waits are noted, not waited. */
async function createScriptedRows(script: Script, maxAttempts = 1) {
  const calls: string[] = [];
  const waits: number[] = [];
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] as string;
    calls.push(operation);
    const answer = script(operation, JSON.parse(await text(request)), calls.length);
    if (answer === 'reset') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'FAKETESTACCESSKEYID', secretAccessKey: 'fake-test-secret-access-key' },
    maxAttempts,
  });
  closers.push(async () => {
    client.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const sleep = async (ms: number) => void waits.push(ms);
  return {
    rows: createDynamoRows({ client, tableName: 'Portfolio', form: PORTFOLIO_TABLE, sleep }),
    calls,
    waits,
  };
}

const fault = (status: number, type: string): Answer => ({
  status,
  body: {
    __type: `com.amazonaws.dynamodb.v20120810#${type}`,
    message: 'private value',
    Item: { x: { S: 'private value' } },
  },
});
const key = { PK: 'INT#a', SK: 'DOM#example.com' };

describe('rows in DynamoDB', () => {
  test.each([
    [400, 'ProvisionedThroughputExceededException'],
    [400, 'ThrottlingException'],
    [400, 'RequestLimitExceeded'],
    [400, 'AccessDeniedException'],
    [400, 'ValidationException'],
    [400, 'ItemCollectionSizeLimitExceededException'],
    [400, 'ResourceNotFoundException'],
    [500, 'InternalServerError'],
    [503, 'ServiceUnavailable'],
  ])('an answer %i %s is INTERNAL, by its name alone', async (status, type) => {
    const { rows } = await createScriptedRows(() => fault(status, type));

    for (const call of [
      rows.get(key),
      rows.put(key),
      rows.update(key, { set: { a: 1 } }),
      rows.query({ pk: 'x' }),
    ]) {
      const error = (await call.catch((caught: unknown) => caught)) as Error;
      expect(error).toMatchObject({ name: 'SyncError', code: 'INTERNAL', facts: { status } });
      expect(error.message).toContain(`/${type}`);
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('private');
      expect(error.cause).toBeUndefined();
    }
  });

  test('a connection that breaks is INTERNAL', async () => {
    const { rows } = await createScriptedRows(() => 'reset');
    await expect(rows.get(key)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test('a failed condition is its own error, even with the row in the answer', async () => {
    const { rows } = await createScriptedRows(() => fault(400, 'ConditionalCheckFailedException'));
    const error = (await rows.put(key).catch((caught: unknown) => caught)) as Error;
    expect(error).toBeInstanceOf(ConditionFailedError);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('private');
  });

  test('throttling that passes is left to the client’s own retries', async () => {
    const { rows, calls } = await createScriptedRows(
      (_operation, _body, call) =>
        call === 1 ? fault(400, 'ThrottlingException') : { status: 200, body: {} },
      3,
    );
    await rows.put(key);
    expect(calls).toHaveLength(2);
  });

  test('only an update that is to be read asks for the row', async () => {
    const asked: unknown[] = [];
    const { rows } = await createScriptedRows((_operation, body) => {
      asked.push(body.ReturnValues);
      return { status: 200, body: body.ReturnValues ? { Attributes: { PK: { S: 'a' } } } : {} };
    });
    await rows.update(key, { set: { a: 1 } });
    await rows.updateAndRead(key, { set: { a: 1 } });
    expect(asked).toEqual([undefined, 'ALL_NEW']);
  });

  describe('a batch', () => {
    const keys = Array.from({ length: 60 }, (_, n) => ({ PK: 'INT#a', SK: `DOM#${n}` }));
    type Requests = { Portfolio: { DeleteRequest: { Key: { SK: { S: string } } } }[] };

    test('that leaves keys unprocessed is sent again with those until all are done', async () => {
      const deleted: string[] = [];
      const { rows, waits } = await createScriptedRows((_operation, body) => {
        const requests = (body.RequestItems as Requests).Portfolio;
        expect(requests.length).toBeLessThanOrEqual(25);
        const [first, ...rest] = requests;
        deleted.push((first as Requests['Portfolio'][number]).DeleteRequest.Key.SK.S);
        if (rest.length <= 18) {
          deleted.push(...rest.map((request) => request.DeleteRequest.Key.SK.S));
          return { status: 200, body: { UnprocessedItems: {} } };
        }
        return { status: 200, body: { UnprocessedItems: { Portfolio: rest } } };
      });

      await rows.batchDelete(keys);

      expect(deleted.sort()).toEqual(keys.map(({ SK }) => SK).sort());
      expect(waits.length).toBeGreaterThan(0);
    });

    test('that never gets anywhere ends in INTERNAL after waits that grow', async () => {
      const { rows, waits, calls } = await createScriptedRows((_operation, body) => ({
        status: 200,
        body: { UnprocessedItems: body.RequestItems },
      }));

      await expect(rows.batchDelete(keys.slice(0, 3))).rejects.toMatchObject({
        code: 'INTERNAL',
        facts: { path: 'BatchWriteItem/UnprocessedItems' },
      });
      expect(calls).toHaveLength(10);
      expect(waits).toHaveLength(9);
      expect(waits[0]).toBeLessThanOrEqual(50);
      expect(waits[8]).toBeGreaterThanOrEqual(1000);
    });

    test('of no keys sends nothing', async () => {
      const { rows, calls } = await createScriptedRows(() => 'reset');
      await rows.batchDelete([]);
      expect(calls).toEqual([]);
    });
  });
});
