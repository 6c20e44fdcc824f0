import { beforeEach, describe, expect, test } from 'vitest';
import type { Condition } from '#store/conditions.ts';
import { createIntegrationStore } from '#store/integrations.ts';
import { createMemoryRows } from '#store/memory-rows.ts';
import type { RowStore } from '#store/rows.ts';
import { PORTFOLIO_TABLE } from '#store/table.ts';
import { ID, LEASE, NOW, REF, TENANT, toIntegration } from './fixtures.ts';

/** Rows that note how they are asked. */
function createNotedRows() {
  const memory = createMemoryRows(PORTFOLIO_TABLE);
  const conditions: (Condition | undefined)[] = [];
  const reads: unknown[] = [];
  const rows: RowStore = {
    ...memory,
    get: (key, options) => {
      reads.push(options);
      return memory.get(key, options);
    },
    query: (query) => {
      reads.push(query);
      return memory.query(query);
    },
    update: (key, update, condition) => {
      conditions.push(condition);
      return memory.update(key, update, condition);
    },
    updateAndRead: (key, update, condition) => {
      conditions.push(condition);
      return memory.updateAndRead(key, update, condition);
    },
  };
  return { rows, conditions, reads };
}

const fence = { ...REF, epoch: 1 };
const running = toIntegration({ runId: 'run1', leaseUntilMs: NOW + LEASE });
const isInside = (condition: Condition | undefined, part: Condition): boolean =>
  JSON.stringify(condition ?? null).includes(JSON.stringify(part));

let noted: ReturnType<typeof createNotedRows>;
let store: ReturnType<typeof createIntegrationStore>;
beforeEach(() => {
  noted = createNotedRows();
  store = createIntegrationStore(noted.rows);
});

describe('a write of an integration', () => {
  const WRITES: [string, () => Promise<unknown>, readonly Condition[]][] = [
    [
      'extends the lease',
      () => store.extendLease(fence, NOW + 2 * LEASE),
      [
        { op: '=', attribute: 'epoch', value: 1 },
        { op: '>', attribute: 'leaseUntilMs', value: 0 },
      ],
    ],
    [
      'ends a run',
      () => store.finishRun(fence, 'run1', { dueAtMs: NOW }),
      [
        { op: '=', attribute: 'epoch', value: 1 },
        { op: '=', attribute: 'revision', value: 1 },
        { op: '=', attribute: 'runId', value: 'run1' },
        { op: 'exists', attribute: 'leaseUntilMs' },
      ],
    ],
    [
      'notes something of a run',
      () => store.patchRunning(fence, { refusals: 1 }),
      [
        { op: '=', attribute: 'epoch', value: 1 },
        { op: '=', attribute: 'revision', value: 1 },
        { op: 'exists', attribute: 'leaseUntilMs' },
      ],
    ],
    [
      'is a person’s change',
      () => store.patch(REF, { label: 'mine' }),
      [
        { op: '=', attribute: 'revision', value: 1 },
        { op: 'exists', attribute: 'leaseUntilMs' },
      ],
    ],
    [
      'proposes credentials',
      () => store.proposeCredentials(REF, { version: 2, limitKey: 'limit', fromVersion: 1 }, undefined),
      [{ op: '=', attribute: 'credentialsVersion', value: 1 }],
    ],
    ['deletes', () => store.markDeleting(REF, NOW), [{ op: '=', attribute: 'epoch', value: 1 }]],
  ];

  test.each(WRITES)(
    'that %s happens only while it is not being deleted, and is what it was',
    async (_what, write, parts) => {
      await store.create(running);

      await write();

      const condition = noted.conditions.at(-1);
      for (const part of [{ op: 'absent', attribute: 'deleting' } as const, ...parts])
        expect(isInside(condition, part), JSON.stringify(part)).toBe(true);
    },
  );

  test.each(WRITES.slice(0, 3))('that %s says so where there is none any more', async (_what, write) => {
    expect(await write()).toBe(false);
  });
});

describe('a run', () => {
  test('that holds no lease ends and notes nothing, and extends none', async () => {
    await store.create(toIntegration({ runId: 'run1', leaseUntilMs: null }));

    expect(await store.finishRun(fence, 'run1', { dueAtMs: NOW })).toBe(false);
    expect(await store.patchRunning(fence, { refusals: 1 })).toBe(false);
    expect(await store.extendLease(fence, NOW + LEASE)).toBe(false);
  });

  test('of another epoch, or another one, ends nothing', async () => {
    await store.create(running);

    expect(await store.finishRun({ ...fence, epoch: 2 }, 'run1', { dueAtMs: NOW })).toBe(false);
    expect(await store.finishRun(fence, 'run2', { dueAtMs: NOW })).toBe(false);
    expect(await store.patchRunning({ ...fence, epoch: 2 }, { refusals: 1 })).toBe(false);
    expect(await store.extendLease({ ...fence, epoch: 2 }, NOW + 2 * LEASE)).toBe(false);
    expect(noted.conditions.length).toBe(1);
  });

  test('keeps a lease that is longer already', async () => {
    await store.create(running);

    expect(await store.extendLease(fence, NOW + 1)).toBe(true);
    expect((await store.get(REF))?.leaseUntilMs).toBe(NOW + LEASE);
  });
});

describe('credentials', () => {
  test.each([0, 1])('of a version that is not later (%i) are a defect', async (version) => {
    await expect(
      store.proposeCredentials(REF, { version, limitKey: 'limit', fromVersion: 1 }, undefined),
    ).rejects.toMatchObject({ code: 'INTERNAL', facts: { path: 'credentials/version' } });
  });
});

describe('reading integrations', () => {
  test('sees what was written before', async () => {
    await store.create(running);

    await store.get(REF);
    await store.list(TENANT);

    expect(noted.reads).toEqual([{ consistent: true }, expect.objectContaining({ consistent: true })]);
  });

  test('lists them in the order of their creation, and then by id', async () => {
    const at = (day: number) => `2026-11-0${day}T00:00:00.000Z`;
    const ids = ['c', 'a', 'b', 'd'].map((end) => `${ID.slice(0, -1)}${end}`);
    for (const [index, id] of ids.entries())
      await store.create(toIntegration({ id, createdAt: at(index === 3 ? 1 : 2) }));

    expect((await store.list(TENANT)).map(({ id }) => id.at(-1))).toEqual(['d', 'a', 'b', 'c']);
  });
});
