import { setTimeout as sleepFor } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { SyncError } from '#core/errors.ts';
import type { Condition } from './conditions.ts';
import {
  createExpressions,
  type Expressions,
  toConditionExpression,
  toKeyExpression,
  toQueriedForm,
  toUpdateExpression,
} from './expressions.ts';
import { ConditionFailedError, type Row, type RowKey, type RowPosition, type RowStore } from './rows.ts';
import type { TableForm } from './table.ts';
import type { Update } from './updates.ts';

export interface DynamoRowsOptions {
  /** Retries of throttling and of the network are the client's own. */
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly form: TableForm;
  /** Waits between attempts at what a batch left over. */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Most deletions in one BatchWriteItem (AWS: Service quotas for DynamoDB; verified 2026-11-23). */
const batchSize = 25;
/** Batches in flight at a time: enough for a portfolio of 100,000 rows in minutes, too few to be throttled by. */
const batchLanes = 4;
/** Waits of 50 ms, doubled, at most 2 s: about 10 s in all before a batch that makes no headway is given up. */
const batchAttempts = 10;

/** Rows in a DynamoDB table. Needs GetItem, PutItem, UpdateItem, DeleteItem, Query and BatchWriteItem, as far as used. */
export function createDynamoRows({ client, tableName, form, sleep = sleepFor }: DynamoRowsOptions): RowStore {
  const documents = DynamoDBDocumentClient.from(client);

  async function deleteBatch(keys: readonly RowKey[]): Promise<void> {
    let left: readonly RowKey[] = keys;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === batchAttempts)
        throw new SyncError('INTERNAL', { path: 'BatchWriteItem/UnprocessedItems' });
      if (attempt > 0) await sleep(Math.min(2000, 25 * 2 ** attempt) * (0.5 + Math.random() / 2));
      const requests = left.map((key) => ({ DeleteRequest: { Key: key } }));
      const answer = await call('BatchWriteItem', () =>
        documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } })),
      );
      left = (answer.UnprocessedItems?.[tableName] ?? []).map(
        (request) => request.DeleteRequest?.Key as RowKey,
      );
    }
  }

  return {
    async get(key, options = {}) {
      const request = new GetCommand({
        TableName: tableName,
        Key: { PK: key.PK, SK: key.SK },
        ConsistentRead: options.consistent ?? false,
      });
      const answer = await call('GetItem', () => documents.send(request));
      return answer.Item as Row | undefined;
    },
    async put(row, condition) {
      // the document client would drop such an attribute without a word
      if (Object.values(row).includes(undefined as never))
        throw new SyncError('INTERNAL', { path: 'PutItem/UndefinedValue' });
      const to = createExpressions();
      const request = new PutCommand({ TableName: tableName, Item: row, ...withCondition(condition, to) });
      await call('PutItem', () => documents.send(request));
    },
    async update(key, update, condition) {
      const request = new UpdateCommand(toUpdateInput(tableName, key, update, condition));
      await call('UpdateItem', () => documents.send(request));
    },
    async updateAndRead(key, update, condition) {
      const input = toUpdateInput(tableName, key, update, condition);
      const request = new UpdateCommand({ ...input, ReturnValues: 'ALL_NEW' });
      const answer = await call('UpdateItem', () => documents.send(request));
      return answer.Attributes as Row;
    },
    async delete(key, condition) {
      const request = new DeleteCommand({
        TableName: tableName,
        Key: { PK: key.PK, SK: key.SK },
        ...withCondition(condition, createExpressions()),
      });
      await call('DeleteItem', () => documents.send(request));
    },
    async query(query) {
      const to = createExpressions();
      const projection = query.attributes?.map((attribute) => to.name(attribute)).join(', ');
      const request = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: toKeyExpression(query, toQueriedForm(query, form), to),
        ...(query.index !== undefined && { IndexName: query.index }),
        ...(projection !== undefined && { ProjectionExpression: projection }),
        ...(query.limit !== undefined && { Limit: query.limit }),
        ...(query.startAfter !== undefined && { ExclusiveStartKey: query.startAfter }),
        ScanIndexForward: !query.descending,
        ConsistentRead: query.consistent ?? false,
        ...to.toParameters(),
      });
      const answer = await call('Query', () => documents.send(request));
      const rows = (answer.Items ?? []) as Row[];
      return answer.LastEvaluatedKey ? { rows, next: answer.LastEvaluatedKey as RowPosition } : { rows };
    },
    async batchDelete(keys) {
      const batches: RowKey[][] = [];
      for (let at = 0; at < keys.length; at += batchSize) batches.push(keys.slice(at, at + batchSize));
      const lane = async () => {
        for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
          await deleteBatch(batch);
      };
      await Promise.all(Array.from({ length: batchLanes }, lane));
    },
  };
}

function toUpdateInput(tableName: string, key: RowKey, update: Update, condition: Condition | undefined) {
  const to = createExpressions();
  const expression = toUpdateExpression(update, to);
  return {
    TableName: tableName,
    Key: { PK: key.PK, SK: key.SK },
    ...(expression !== undefined && { UpdateExpression: expression }),
    ...withCondition(condition, to),
  };
}

function withCondition(condition: Condition | undefined, to: Expressions) {
  const expression = condition === undefined ? undefined : toConditionExpression(condition, to);
  return { ...(expression !== undefined && { ConditionExpression: expression }), ...to.toParameters() };
}

/**
 * Sends a request and rebuilds its error: a failed condition as ConditionFailedError, all else as INTERNAL with the
 * operation, the error's name and its status. AWS's message and cause are dropped, for they may quote the row.
 */
async function call<T>(operation: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const { name, $metadata } = error as { name?: unknown; $metadata?: { httpStatusCode?: number } };
    if (name === 'ConditionalCheckFailedException') throw new ConditionFailedError();
    const known = typeof name === 'string' && /^[A-Za-z]{1,60}$/.test(name) ? name : 'Error';
    const status = $metadata?.httpStatusCode;
    throw new SyncError('INTERNAL', {
      path: `${operation}/${known}`,
      ...(status !== undefined && { status }),
    });
  }
}
