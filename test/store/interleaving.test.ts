import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryRows } from '#store/memory-rows.ts';
import type { RowStore } from '#store/rows.ts';
import { createStores, type Stores } from '#store/stores.ts';
import { PORTFOLIO_TABLE } from '#store/table.ts';
import { ID, LEASE, NOW, REF, toHeld, toIntegration } from './fixtures.ts';

const fence = { ...REF, epoch: 2 };
const start = { runId: 'run1', trigger: 'MANUAL', nowMs: NOW, leaseUntilMs: NOW + LEASE } as const;

/** Each change reads, then writes; here somebody else writes exactly between the two. */
describe('a change between reading and writing of another', () => {
  let undisturbed: Stores;
  let disturbed: Stores;
  let disturb: (() => Promise<unknown>) | undefined;

  beforeEach(async () => {
    const memory = createMemoryRows(PORTFOLIO_TABLE);
    const clock = { now: () => NOW };
    const between = async () => {
      const work = disturb;
      disturb = undefined;
      await work?.();
    };
    const portfolio: RowStore = {
      ...memory,
      async update(...change) {
        await between();
        return memory.update(...change);
      },
      async updateAndRead(...change) {
        await between();
        return memory.updateAndRead(...change);
      },
    };
    undisturbed = createStores({ portfolio: memory, clock });
    disturbed = createStores({ portfolio, clock });
    await undisturbed.integrations.create(toIntegration({ held: toHeld() }));
    await undisturbed.integrations.startRun(REF, start);
  });

  const isListed = async () => ({
    lapsed: (await undisturbed.integrations.listLapsed(NOW + 100 * LEASE, 9)).length,
    due: (await undisturbed.integrations.listDue(NOW + 100 * LEASE, 9)).items.length,
  });

  test('a run that starts during a deletion is told of by the deletion', async () => {
    disturb = () =>
      undisturbed.integrations.startRun(REF, { ...start, runId: 'run2', trigger: 'CREDENTIALS_UPDATED' });

    expect(await disturbed.integrations.markDeleting(REF, NOW)).toMatchObject({ runId: 'run2', epoch: 3 });
    expect(await undisturbed.integrations.get(REF)).toMatchObject({ deleting: true, epoch: 4 });
  });

  test('a lease that is extended during a person’s change keeps its place in the list', async () => {
    disturb = () => undisturbed.integrations.extendLease(fence, NOW + 2 * LEASE);

    await disturbed.integrations.patch(REF, { label: 'new' });

    expect(await undisturbed.integrations.listLapsed(NOW + LEASE + 1, 9)).toEqual([]);
    expect(await undisturbed.integrations.get(REF)).toMatchObject({
      label: 'new',
      leaseUntilMs: NOW + 2 * LEASE,
    });
  });

  test('a run that ends during a person’s pause is not due, and one that ends during a resumption is', async () => {
    disturb = () => undisturbed.integrations.finishRun(fence, 'run1', { dueAtMs: NOW });
    await disturbed.integrations.patch(REF, { paused: true });
    expect(await isListed()).toEqual({ lapsed: 0, due: 0 });

    await undisturbed.integrations.startRun(REF, { ...start, runId: 'run2', nowMs: NOW + LEASE });
    disturb = () => undisturbed.integrations.finishRun({ ...REF, epoch: 3 }, 'run2', {});
    await disturbed.integrations.patch(REF, { paused: false, dueAtMs: NOW + 5 });
    expect(await isListed()).toEqual({ lapsed: 0, due: 1 });
  });

  test('a run that starts during a person’s change is listed as running', async () => {
    await undisturbed.integrations.finishRun(fence, 'run1', {});
    disturb = () => undisturbed.integrations.startRun(REF, { ...start, runId: 'run2', nowMs: NOW + LEASE });

    await disturbed.integrations.patch(REF, { paused: false, dueAtMs: NOW });

    expect(await isListed()).toEqual({ lapsed: 1, due: 0 });
  });

  test.each([
    ['a pause', { paused: true }, { paused: true }],
    ['an acceptance', { heldAcceptedAt: 'now' }, { held: { sightings: 2, acceptedAt: 'now' } }],
  ])('%s during the end of a run is not lost', async (_name, change, expected) => {
    disturb = () => undisturbed.integrations.patch(REF, change);

    await disturbed.integrations.finishRun(fence, 'run1', { dueAtMs: NOW, held: toHeld({ sightings: 2 }) });

    expect(await undisturbed.integrations.get(REF)).toMatchObject({ ...expected, leaseUntilMs: null });
    expect(await isListed()).toEqual({ lapsed: 0, due: 'paused' in change ? 0 : 1 });
  });

  test('credentials proposed while a run sets its own are not lost', async () => {
    const { credentials } = toIntegration();
    disturb = () =>
      undisturbed.integrations.proposeCredentials(REF, { version: 2, limitKey: 'n', fromVersion: 1 });

    await disturbed.integrations.patchRunning(fence, { credentials: { ...credentials, expiresAt: 'soon' } });

    expect((await undisturbed.integrations.get(REF))?.credentials).toMatchObject({
      version: 2,
      candidateVersion: 2,
      expiresAt: 'soon',
    });
  });

  test('a deletion or a takeover during the end of a run takes its right', async () => {
    disturb = () =>
      undisturbed.integrations.startRun(REF, { ...start, runId: 'run2', trigger: 'CREDENTIALS_UPDATED' });
    expect(await disturbed.integrations.finishRun(fence, 'run1', { refusals: 3 })).toBe(false);

    disturb = () => undisturbed.integrations.markDeleting(REF, NOW);
    expect(await disturbed.integrations.finishRun({ ...REF, epoch: 3 }, 'run2', { refusals: 3 })).toBe(false);

    expect(await undisturbed.integrations.get({ ...REF, integrationId: ID })).toMatchObject({ refusals: 0 });
  });

  test('a run that starts while the due time is set keeps its own list', async () => {
    await undisturbed.integrations.finishRun(fence, 'run1', {});
    disturb = () => undisturbed.integrations.startRun(REF, { ...start, runId: 'run2', nowMs: NOW + LEASE });

    await disturbed.integrations.setDue(REF, NOW + 5);

    expect(await isListed()).toEqual({ lapsed: 1, due: 0 });
  });
});

/** A refused write is followed by a reading that tells why; here what refused it changes exactly between the two. */
describe('a change between a refused write and the reading that explains it', () => {
  const request = { fingerprint: 'f', resourceId: 'r1', nowMs: NOW };

  async function createStoresDisturbedAtReading() {
    const memory = createMemoryRows(PORTFOLIO_TABLE);
    const clock = { now: () => NOW };
    const undisturbed = createStores({ portfolio: memory, clock });
    const pending: (() => Promise<unknown>)[] = [];
    const portfolio: RowStore = {
      ...memory,
      async get(...args) {
        await pending.shift()?.();
        return memory.get(...args);
      },
    };
    return { undisturbed, disturbed: createStores({ portfolio, clock }), pending };
  }

  test('a run that ended is still named as the one that was running', async () => {
    const { undisturbed, disturbed, pending } = await createStoresDisturbedAtReading();
    await undisturbed.integrations.create(toIntegration());
    await undisturbed.integrations.startRun(REF, { ...start, trigger: 'SCHEDULED' });
    pending.push(() => undisturbed.integrations.finishRun(fence, 'run1', {}));

    const refused = await disturbed.integrations.startRun(REF, { ...start, runId: 'run2' });

    expect(refused).toEqual({ started: false, why: 'running', runId: 'run1' });
  });

  test('an idempotency key that was given back is taken', async () => {
    const { undisturbed, disturbed, pending } = await createStoresDisturbedAtReading();
    await undisturbed.idempotency.claim('t', 'key', request);
    pending.push(() => undisturbed.idempotency.release('t', 'key'));

    const claim = await disturbed.idempotency.claim('t', 'key', { ...request, resourceId: 'r2' });

    expect(claim).toEqual({ outcome: 'fresh', resourceId: 'r2' });
    expect((await undisturbed.idempotency.claim('t', 'key', { ...request, resourceId: 'r3' })).outcome).toBe(
      'running',
    );
  });

  test('a rate bucket that was released is taken', async () => {
    const { undisturbed, disturbed, pending } = await createStoresDisturbedAtReading();
    await undisturbed.rateBuckets.acquire('k', 'one', NOW, NOW + 9);
    pending.push(() => undisturbed.rateBuckets.release('k', 'one', 'state'));

    expect(await disturbed.rateBuckets.acquire('k', 'two', NOW, NOW + 9)).toMatchObject({
      acquired: true,
      state: 'state',
    });
  });
});
