import { promisify } from 'node:util';
import {
  type DynaliteStore,
  getIndexActions,
  create as openStore,
  type StoredTable,
} from 'dynalite/db/index.js';

/** Entries written at the same time. */
const BATCH = 1_000;

/**
 * Makes all entries of indexes anew from the items. dynalite writes an item and its entries one after the other: where the
 * process ended in between, an index forgets an item for ever, or holds one that is elsewhere by now.
 * @param path the folder of the files, which nobody else has open
 */
export async function rebuildIndexes(path: string): Promise<void> {
  const store = openStore({ path });
  for await (const table of store.db.values(under('table~'))) await rebuildTable(store, table as StoredTable);
  await store.db.close();
}

async function rebuildTable(store: DynaliteStore, table: StoredTable): Promise<void> {
  const { TableName, GlobalSecondaryIndexes: indexes = [] } = table;
  await store.db.clear(under(`index-global~${TableName}~`));
  const pending = new Map(indexes.map(({ IndexName }) => [IndexName, [] as object[]]));
  const write = async (name: string) => {
    const entries = pending.get(name)?.splice(0) ?? [];
    const index = store.getIndexDb('Global', TableName, name);
    await promisify(index.batch)(entries);
  };
  for await (const item of store.db.values(under(`item-${TableName}~`))) {
    for (const { index, key, item: value } of getIndexActions(indexes, null, item, table).puts) {
      const entries = pending.get(index);
      entries?.push({ type: 'put', key, value });
      if (entries?.length === BATCH) await write(index);
    }
  }
  for (const { IndexName } of indexes) await write(IndexName);
}

/** The range of the keys that begin so; all are ASCII. */
function under(prefix: string): { readonly gte: string; readonly lt: string } {
  return { gte: prefix, lt: `${prefix}\xff` };
}
