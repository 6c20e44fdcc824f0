import { toRowSize } from '#store/row-size.ts';
import { ConditionFailedError, type Row, type RowKey, type RowStore } from '#store/rows.ts';
import { type IndexForm, type TableForm, toKind } from '#store/table.ts';

/** What DynamoDB would bill for one kind of row. */
export interface Units {
  /** Write request units of the table and of its indexes. */
  writes: number;
  indexWrites: number;
  /** Read request units. */
  reads: number;
}

export interface RowMeter {
  /** Wraps a table. */
  wrap(rows: RowStore, form: TableForm): RowStore;
  /** By kind of row (`DOM`, `RUN`, … see toKind). */
  readonly kinds: ReadonlyMap<string, Readonly<Units>>;
  /** All kinds together, writes of indexes among the writes. */
  total(): { readonly writes: number; readonly reads: number };
  reset(): void;
}

const toWriteUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));
/** Half a unit for 4 KB, a whole one where the reading is consistent. */
const toReadUnits = (bytes: number, isConsistent: boolean) =>
  Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);

/**
 * Counts request units as DynamoDB bills them on demand: a write by the larger of the row before and after it, refused
 * ones too, and once more for every index in which the row appears, moves (twice) or is left out; a read by what it
 * looks at, not by what it gives.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html verified 2026-11-23
 */
export function createRowMeter(): RowMeter {
  const kinds = new Map<string, Units>();
  const of = (key: RowKey): Units => {
    const kind = toKind(key);
    const units = kinds.get(kind) ?? { writes: 0, indexWrites: 0, reads: 0 };
    kinds.set(kind, units);
    return units;
  };

  const wrap = (rows: RowStore, form: TableForm): RowStore => {
    const counted = async <T>(key: RowKey, write: () => Promise<T>): Promise<T> => {
      const before = await rows.get(key);
      const units = of(key);
      try {
        const result = await write();
        const after = await rows.get(key);
        units.writes += toWriteUnits(Math.max(sizeOf(before), sizeOf(after)));
        for (const index of form.indexes) units.indexWrites += toIndexUnits(index, before, after);
        return result;
      } catch (error) {
        if (error instanceof ConditionFailedError) units.writes += toWriteUnits(sizeOf(before));
        throw error;
      }
    };
    return {
      async get(key, options) {
        const row = await rows.get(key, options);
        of(key).reads += toReadUnits(sizeOf(row), options?.consistent ?? false);
        return row;
      },
      put: (row, condition) => counted(row, () => rows.put(row, condition)),
      update: (key, update, condition) => counted(key, () => rows.update(key, update, condition)),
      updateAndRead: (key, update, condition) =>
        counted(key, () => rows.updateAndRead(key, update, condition)),
      delete: (key, condition) => counted(key, () => rows.delete(key, condition)),
      async query(query) {
        const { attributes, ...whole } = query;
        const page = await rows.query(whole);
        const bytes = page.rows.reduce((sum, row) => sum + sizeOf(row), 0);
        const kind = page.rows[0] ?? { PK: query.pk, SK: '' };
        of(kind).reads += toReadUnits(bytes, query.consistent ?? false);
        return attributes === undefined ? page : { ...page, rows: page.rows.map(project(attributes)) };
      },
      async batchDelete(keys) {
        for (const key of keys) await counted(key, () => rows.batchDelete([key]));
      },
    };
  };

  return {
    wrap,
    kinds,
    total() {
      const all = [...kinds.values()];
      return {
        writes: all.reduce((sum, { writes, indexWrites }) => sum + writes + indexWrites, 0),
        reads: all.reduce((sum, { reads }) => sum + reads, 0),
      };
    },
    reset: () => kinds.clear(),
  };
}

function sizeOf(row: Row | undefined): number {
  return row === undefined ? 0 : toRowSize(row);
}

function project(attributes: readonly string[]) {
  return (row: Row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => attributes.includes(name))) as Row;
}

function toIndexUnits(index: IndexForm, before: Row | undefined, after: Row | undefined): number {
  const [old, fresh] = [before, after].map((row) => toEntry(index, row));
  if (old === undefined || fresh === undefined) return old === fresh ? 0 : toWriteUnits(sizeOf(old ?? fresh));
  const isMoved = old[index.partition] !== fresh[index.partition] || old[index.sort] !== fresh[index.sort];
  if (isMoved) return toWriteUnits(sizeOf(old)) + toWriteUnits(sizeOf(fresh));
  if (JSON.stringify(old) === JSON.stringify(fresh)) return 0;
  return toWriteUnits(Math.max(sizeOf(old), sizeOf(fresh)));
}

/** What an index holds of a row; undefined where the row is not in it. */
function toEntry(index: IndexForm, row: Row | undefined): Row | undefined {
  if (row?.[index.partition] === undefined || row[index.sort] === undefined) return undefined;
  if (row[index.partition] === null || row[index.sort] === null) return undefined;
  return index.projection === 'ALL' ? row : project(['PK', 'SK', index.partition, index.sort])(row);
}
