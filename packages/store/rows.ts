import type { Condition } from './conditions.ts';
import type { IndexName } from './table.ts';
import type { Update } from './updates.ts';

/** What an attribute may hold. Numbers are finite and, where whole, safe integers. */
export type Value =
  | null
  | string
  | number
  | boolean
  | Uint8Array
  | readonly Value[]
  | { readonly [name: string]: Value };

/** Attributes of a row by name. */
export type Attributes = { readonly [name: string]: Value };

/** The primary key, of both tables: partition and place in it. */
export interface RowKey {
  readonly PK: string;
  readonly SK: string;
}

/** A row: its key and whatever else it holds. */
export type Row = RowKey & Attributes;

/** Where a query goes on: the key of a row (with the index's keys, for an index). It may name a row that is gone. */
export type RowPosition = Readonly<Record<string, string>>;

/** Which sort keys a query wants; `between` is inclusive, `before` exclusive. */
export type SortRange =
  | { readonly beginsWith: string }
  | { readonly between: readonly [string, string] }
  | { readonly before: string };

/** A query of one partition, of the table or an index, in the order of its sort keys. */
export interface RowQuery {
  readonly pk: string;
  readonly sk?: SortRange;
  /** Queries the index; its rows trail the table's by moments, and `consistent` is not to be had. */
  readonly index?: IndexName;
  readonly limit?: number;
  readonly descending?: boolean;
  readonly consistent?: boolean;
  /** The attributes wanted; all if absent. */
  readonly attributes?: readonly string[];
  readonly startAfter?: RowPosition;
}

/** A page: at most the limit, at most 1 MiB; with `next`, more may follow (a following page may be empty). */
export interface RowPage {
  readonly rows: readonly Row[];
  readonly next?: RowPosition;
}

/**
 * A table of rows, as far as the stores need one: single-row writes, each with one condition; no transactions, no
 * scan. What isn't a failed condition is thrown as SyncError INTERNAL (throttled or away after the client's own
 * retries, item above 400 KB, key empty), whose message never holds a value of a row.
 */
export interface RowStore {
  get(key: RowKey, options?: { readonly consistent?: boolean }): Promise<Row | undefined>;
  /** Writes the whole row. @throws ConditionFailedError */
  put(row: Row, condition?: Condition): Promise<void>;
  /** Changes attributes, of a new row where there is none. @throws ConditionFailedError */
  update(key: RowKey, update: Update, condition?: Condition): Promise<void>;
  /** As `update`, and gives the row after it: for those who need it, for it is sent back whole. */
  updateAndRead(key: RowKey, update: Update, condition?: Condition): Promise<Row>;
  /** Removes a row; one that isn't there counts as removed. @throws ConditionFailedError */
  delete(key: RowKey, condition?: Condition): Promise<void>;
  query(query: RowQuery): Promise<RowPage>;
  /** Removes rows in batches, unconditionally and in no order; resolves once all are gone. */
  batchDelete(keys: readonly RowKey[]): Promise<void>;
}

/**
 * Thrown where the condition of a write did not hold. It carries nothing of the row: who must know why reads it again,
 * consistently.
 */
export class ConditionFailedError extends Error {
  override readonly name = 'ConditionFailedError';

  constructor() {
    super('the condition of a write did not hold');
  }
}

/** The result of a write, or undefined where its condition did not hold. */
export async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionFailedError) return undefined;
    throw error;
  }
}

/** Whether a write's condition held. */
export async function isWritten(write: Promise<unknown>): Promise<boolean> {
  return (await unlessRefused(write.then(() => true))) ?? false;
}

/** All pages of a query, one at a time. */
export async function* pagesOf(rows: RowStore, query: RowQuery): AsyncGenerator<readonly Row[]> {
  let page = await rows.query(query);
  yield page.rows;
  while (page.next !== undefined) {
    page = await rows.query({ ...query, startAfter: page.next });
    yield page.rows;
  }
}

/** All rows of a query that is known to give few. */
export async function allOfQuery(rows: RowStore, query: RowQuery): Promise<readonly Row[]> {
  const all: Row[] = [];
  for await (const page of pagesOf(rows, query)) all.push(...page);
  return all;
}

/** Deletes every row that a query finds; repeatable, so that a deletion that broke off is simply made again. */
export async function deleteAllOfQuery(rows: RowStore, query: Pick<RowQuery, 'pk' | 'sk'>): Promise<void> {
  const keys = { ...query, attributes: ['PK', 'SK'], consistent: true };
  for await (const page of pagesOf(rows, keys)) {
    if (page.length > 0) await rows.batchDelete(page.map(({ PK, SK }) => ({ PK, SK })));
  }
}
