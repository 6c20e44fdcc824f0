import { describe } from 'vitest';
import { createMemoryRows } from '#store/memory-rows.ts';
import { PORTFOLIO_TABLE } from '#store/table.ts';
import { createMemoryStores } from '#test/support/stores.ts';
import { testRows } from './contract/rows.ts';
import { testStores } from './contract/stores.ts';

describe('in memory', () => {
  testRows(async () => createMemoryRows(PORTFOLIO_TABLE));
  testStores(async () => createMemoryStores());
});
