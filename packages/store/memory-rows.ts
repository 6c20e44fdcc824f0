import { SyncError } from '#core/errors.ts';
import { type Condition, holds } from './conditions.ts';
import { toQueriedForm } from './expressions.ts';
import { copyValue, MAX_ROW_BYTES, toRowSize } from './row-size.ts';
import {
  ConditionFailedError,
  type Row,
  type RowKey,
  type RowPage,
  type RowPosition,
  type RowQuery,
  type RowStore,
  type SortRange,
  type Value,
} from './rows.ts';
import { createSortedKeys, type SortedKeys } from './sorted-keys.ts';
import { type IndexForm, type TableForm, toKind } from './table.ts';
import { applyUpdate } from './updates.ts';

/** Writes of one kind of entity: how many, refused ones too, and what they would cost (1 unit for each begun KB). */
export interface WriteCount {
  readonly writes: number;
  readonly units: number;
}

export interface MemoryRows extends RowStore {
  /** What was written since the start or the last reset, by kind of entity (`DOM`, `RUN`, … see toKind). */
  stats(): Readonly<Record<string, WriteCount>>;
  resetStats(): void;
  /** A copy of every row, by key: what a test looks over that must find nothing left, or nothing secret. */
  dump(): readonly Row[];
}

/** Most bytes that a page of a query reads (AWS: Query, 1 MB; verified 2026-11-23). */
const pageBytes = 1024 * 1024;

type Form = TableForm | IndexForm;
interface Stored {
  readonly row: Row;
  readonly size: number;
}

/** Rows in memory, with the limits and the order of a DynamoDB table; copies go in and out. */
export function createMemoryRows(form: TableForm): MemoryRows {
  const stored = new Map<string, Stored>();
  const orders = new Map<string, SortedKeys>();
  const counts = new Map<string, { writes: number; units: number }>();
  const forms: readonly Form[] = [form, ...form.indexes];

  function orderOf(name: string, pk: string): SortedKeys {
    const id = `${name}\0${pk}`;
    const order = orders.get(id) ?? createSortedKeys();
    orders.set(id, order);
    return order;
  }

  function place(row: Row, change: 'add' | 'delete'): void {
    for (const each of forms) {
      const place = toPlace(row, each, form);
      if (place !== undefined) orderOf(toFormName(each), place.pk)[change](place.key);
    }
  }

  function count(key: RowKey, before: Stored | undefined, size: number): void {
    const kind = toKind(key);
    const known = counts.get(kind) ?? { writes: 0, units: 0 };
    const units = Math.max(1, Math.ceil(Math.max(before?.size ?? 0, size) / 1024));
    counts.set(kind, { writes: known.writes + 1, units: known.units + units });
  }

  function write(
    operation: string,
    key: RowKey,
    condition: Condition | undefined,
    make: (before?: Row) => Row | undefined,
  ) {
    checkKey(operation, key);
    const id = toId(key);
    const before = stored.get(id);
    if (condition !== undefined && !holds(condition, before?.row)) {
      count(key, before, 0);
      throw new ConditionFailedError();
    }
    const row = toStorable(operation, make(before?.row), form);
    const size = row === undefined ? 0 : toRowSize(row);
    if (size > MAX_ROW_BYTES) throw refused(operation);
    count(key, before, size);
    if (before !== undefined) place(before.row, 'delete');
    if (row === undefined) stored.delete(id);
    else {
      stored.set(id, { row, size });
      place(row, 'add');
    }
    return row;
  }

  function query(wanted: RowQuery): RowPage {
    const queried = toQueriedForm(wanted, form);
    if (queried !== form && wanted.consistent) throw refused('Query');
    const descending = wanted.descending ?? false;
    const after =
      wanted.startAfter === undefined ? undefined : toPlace(wanted.startAfter as Row, queried, form)?.key;
    const rows: Row[] = [];
    let bytes = 0;
    let last: Row | undefined;
    for (const key of orderOf(toFormName(queried), wanted.pk).walk(
      after ?? toStart(wanted.sk, descending),
      descending,
    )) {
      if (key === after) continue;
      if (last !== undefined && (rows.length === wanted.limit || bytes > pageBytes))
        return { rows, next: toPosition(last, queried) };
      const place = toPlaceInRange(toSort(key), wanted.sk);
      if (place === (descending ? 'above' : 'below')) continue;
      if (place !== 'inside') break;
      const found = stored.get(queried === form ? `${wanted.pk}\0${key}` : toIdOfIndexKey(key)) as Stored;
      rows.push(toProjection(found.row, queried, wanted.attributes));
      bytes += found.size;
      last = found.row;
    }
    return last !== undefined && rows.length === wanted.limit
      ? { rows, next: toPosition(last, queried) }
      : { rows };
  }

  return {
    async get(key) {
      checkKey('GetItem', key);
      const found = stored.get(toId(key));
      return found && (copyValue(found.row) as Row);
    },
    async put(row, condition) {
      write('PutItem', row, condition, () => row);
    },
    async update(key, update, condition) {
      write('UpdateItem', key, condition, (before) => applyUpdate(key, before, update));
    },
    async updateAndRead(key, update, condition) {
      const row = write('UpdateItem', key, condition, (before) => applyUpdate(key, before, update));
      return copyValue(row as Row) as Row;
    },
    async delete(key, condition) {
      write('DeleteItem', key, condition, () => undefined);
    },
    async query(wanted) {
      return query(wanted);
    },
    async batchDelete(keys) {
      for (const key of keys) write('BatchWriteItem', key, undefined, () => undefined);
    },
    stats: () => Object.fromEntries([...counts].map(([kind, known]) => [kind, { ...known }])),
    resetStats: () => counts.clear(),
    dump: () => [...stored.values()].map(({ row }) => copyValue(row) as Row),
  };
}

const toId = (key: RowKey): string => `${key.PK}\0${key.SK}`;
const toFormName = (form: Form): string => ('name' in form ? form.name : '');
const toSort = (key: string): string => key.split('\0', 1)[0] as string;
const toIdOfIndexKey = (key: string): string => key.slice(key.indexOf('\0') + 1);

/** Where a row stands in a table or index: the sort key, for an index with the row's own key behind it. */
function toPlace(row: Row, form: Form, table: Form): { pk: string; key: string } | undefined {
  const pk = row[form.partition];
  const sort = row[form.sort];
  if (typeof pk !== 'string' || typeof sort !== 'string') return undefined;
  return { pk, key: form === table ? sort : `${sort}\0${toId(row)}` };
}

function toPosition(row: Row, form: Form): RowPosition {
  const names = [...new Set(['PK', 'SK', form.partition, form.sort])];
  return Object.fromEntries(names.map((name) => [name, row[name] as string]));
}

function toProjection(row: Row, form: Form, attributes: readonly string[] | undefined): Row {
  const keysOnly = 'projection' in form && form.projection === 'KEYS_ONLY';
  if (!keysOnly && attributes === undefined) return copyValue(row) as Row;
  const kept = keysOnly ? ['PK', 'SK', form.partition, form.sort] : Object.keys(row);
  const wanted = attributes === undefined ? kept : kept.filter((name) => attributes.includes(name));
  return Object.fromEntries(wanted.map((name) => [name, copyValue(row[name] as Value)])) as Row;
}

function toStart(range: SortRange | undefined, descending: boolean): string | undefined {
  if (range === undefined) return undefined;
  if ('beginsWith' in range) return descending ? `${range.beginsWith}\uffff` : range.beginsWith;
  if ('before' in range) return descending ? range.before : undefined;
  return descending ? `${range.between[1]}\0\uffff` : range.between[0];
}

function toPlaceInRange(sort: string, range: SortRange | undefined): 'below' | 'inside' | 'above' {
  if (range === undefined) return 'inside';
  if ('before' in range) return sort < range.before ? 'inside' : 'above';
  if ('between' in range)
    return sort < range.between[0] ? 'below' : sort > range.between[1] ? 'above' : 'inside';
  if (sort.startsWith(range.beginsWith)) return 'inside';
  return sort < range.beginsWith ? 'below' : 'above';
}

/** Key limits (AWS: Service quotas for DynamoDB: partition key 2,048 bytes, sort key 1,024; verified 2026-11-23). */
function checkKey(operation: string, { PK, SK }: RowKey): void {
  const fits = (text: string, limit: number) => text.length > 0 && Buffer.byteLength(text) <= limit;
  if (!fits(PK, 2048) || !fits(SK, 1024)) throw refused(operation);
}

function toStorable(operation: string, row: Row | undefined, form: TableForm): Row | undefined {
  if (row === undefined) return undefined;
  const hasEmptyKey = form.indexes.some((index) => row[index.partition] === '' || row[index.sort] === '');
  if (hasEmptyKey) throw refused(operation);
  try {
    return copyValue(row) as Row;
  } catch (error) {
    if (error instanceof TypeError) throw refused(operation);
    throw error;
  }
}

function refused(operation: string): SyncError {
  return new SyncError('INTERNAL', { path: `${operation}/ValidationException`, status: 400 });
}
