import { afterAll, beforeAll, describe } from 'vitest';
import { createStores } from '#store/stores.ts';
import { type Dynalite, startDynalite, TEST_NOW_MS } from '#test/support/stores.ts';
import { testRows } from './contract/rows.ts';
import { testStores } from './contract/stores.ts';

describe('on dynalite', () => {
  let server: Dynalite;
  beforeAll(async () => {
    server = await startDynalite();
  });
  afterAll(() => server.close());

  testRows(async () => (await server.createTables()).portfolio);
  testStores(async () => {
    const rows = await server.createTables();
    return { ...createStores({ ...rows, clock: { now: () => TEST_NOW_MS } }), rows };
  });
});
