import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import {
  type DynaliteStore,
  getIndexActions,
  create as openStore,
  type StoredTable,
} from 'dynalite/db/index.js';

/** Entries written at the same time. */
const BATCH = 1_000;
/** Beyond every key that begins with what stands before it: the keys are ASCII. */
const BEYOND = '\xff';

/**
 * Opens tables, and says how to close them. dynalite writes an item and its entries in indexes one after the other: where
 * the process ended in between, the index forgets an item for ever, or holds one that is elsewhere by now. So where the
 * files weren't closed, all entries are made anew from the items.
 * @param path the folder of the files
 * @param closedFile is there as long as they are closed
 */
export async function openRepaired(path: string, closedFile: string): Promise<{ noteClosed(): void }> {
  if (!existsSync(closedFile)) await rebuildIndexes(path);
  rmSync(closedFile, { force: true });
  return { noteClosed: () => writeFileSync(closedFile, '', { mode: 0o600 }) };
}

async function rebuildIndexes(path: string): Promise<void> {
  const store = openStore({ path });
  for await (const table of store.db.values({ gte: 'table~', lt: `table~${BEYOND}` }))
    await rebuildTable(store, table as StoredTable);
  await store.db.close();
}

async function rebuildTable(store: DynaliteStore, table: StoredTable): Promise<void> {
  const { TableName, GlobalSecondaryIndexes: indexes = [] } = table;
  const deleteIndex = promisify(store.deleteIndexDb);
  for (const { IndexName } of indexes) await deleteIndex('Global', TableName, IndexName);
  const pending = new Map(indexes.map(({ IndexName }) => [IndexName, [] as object[]]));
  const write = async (name: string) => {
    const entries = pending.get(name)?.splice(0) ?? [];
    const index = store.getIndexDb('Global', TableName, name);
    await promisify(index.batch)(entries);
  };
  for await (const item of store.db.values({
    gte: `item-${TableName}~`,
    lt: `item-${TableName}~${BEYOND}`,
  })) {
    for (const { index, key, item: value } of getIndexActions(indexes, null, item, table).puts) {
      const entries = pending.get(index);
      entries?.push({ type: 'put', key, value });
      if (entries?.length === BATCH) await write(index);
    }
  }
  for (const { IndexName } of indexes) await write(IndexName);
}
