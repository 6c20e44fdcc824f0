import { expect, test } from 'vitest';
import { createStores } from '#store/stores.ts';
import { createDynaliteStores, createMemoryStores } from '#test/support/stores.ts';
import { ID, NOW } from './fixtures.ts';

const sealed = { ciphertext: Uint8Array.from([1]), version: 1 };

test('without the Credentials table there is no store of credentials', () => {
  const { portfolio } = createMemoryStores().rows;
  expect(createStores({ portfolio, clock: { now: () => NOW } })).not.toHaveProperty('credentials');
});

test('credentials stand in their own table and leave no trace in the other', async () => {
  const inMemory = createMemoryStores();
  const onDynalite = await createDynaliteStores();
  try {
    for (const stores of [inMemory, onDynalite]) {
      await stores.credentials.create(ID, sealed);
      expect(await stores.credentials.read(ID)).toEqual({
        current: sealed,
        candidate: null,
        isProvisional: true,
      });
      expect((await stores.rows.portfolio.query({ pk: `INT#${ID}` })).rows).toEqual([]);
    }
    expect(inMemory.rows.portfolio.dump()).toEqual([]);
  } finally {
    await onDynalite.close();
  }
});
