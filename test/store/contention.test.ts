import { describe, expect, test } from 'vitest';
import { createMemoryRows } from '#store/memory-rows.ts';
import { ConditionFailedError, type RowStore } from '#store/rows.ts';
import { createStores } from '#store/stores.ts';
import { PORTFOLIO_TABLE } from '#store/table.ts';
import { NOW, REF, toIntegration } from './fixtures.ts';

const refuse = async () => {
  throw new ConditionFailedError();
};

/** Stores over rows where somebody else is always quicker. */
async function createContendedStores() {
  const memory = createMemoryRows(PORTFOLIO_TABLE);
  const clock = { now: () => NOW };
  await createStores({ portfolio: memory, clock }).integrations.create(toIntegration());
  const portfolio: RowStore = { ...memory, update: refuse, updateAndRead: refuse };
  return createStores({ portfolio, clock });
}

describe('a store that is always overtaken gives up with INTERNAL', () => {
  test.each(['patch', 'delete', 'due', 'book'] as const)('at %s', async (operation) => {
    const { integrations, rateBuckets } = await createContendedStores();
    const calls = {
      patch: () => integrations.patch(REF, { label: 'x' }),
      delete: () => integrations.markDeleting(REF, NOW),
      due: () => integrations.setDue(REF, NOW + 1),
      book: () => rateBuckets.book('godaddy#x', NOW, 1),
    };
    await expect(calls[operation]()).rejects.toMatchObject({
      code: 'INTERNAL',
      facts: { path: 'store/contention' },
    });
  });
});

test('a fault of the rows other than a refusal is passed on', async () => {
  const memory = createMemoryRows(PORTFOLIO_TABLE);
  const portfolio: RowStore = { ...memory, put: () => Promise.reject(new Error('rows are away')) };
  const stores = createStores({ portfolio, clock: { now: () => NOW } });

  await expect(stores.integrations.create(toIntegration())).rejects.toThrow('rows are away');
});

test('a row whose attribute has another type than its store wrote is INTERNAL, by the attribute’s name alone', async () => {
  const memory = createMemoryRows(PORTFOLIO_TABLE);
  const { integrations } = createStores({ portfolio: memory, clock: { now: () => NOW } });
  await integrations.create(toIntegration());

  for (const [name, value] of [
    ['epoch', 'private'],
    ['label', 7],
    ['notices', 'private'],
    ['paused', 'private'],
    ['dueAtMs', 'private'],
  ] as const) {
    const [row] = memory.dump();
    await memory.put({ ...(row as NonNullable<typeof row>), [name]: value });
    const error = await integrations.get(REF).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'INTERNAL', facts: { path: `row/${name}` } });
    expect(String(error)).not.toContain('private');
    await memory.put(row as NonNullable<typeof row>);
  }
});
