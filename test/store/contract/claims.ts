import { beforeEach, describe, expect, test } from 'vitest';
import { KEY } from '#store/table.ts';
import type { TestStores } from '#test/support/stores.ts';
import { ID, NOW, TENANT } from '../fixtures.ts';

/** What the stores of idempotency keys, rate buckets and credentials must do. */
export function testClaims(makeStores: () => Promise<TestStores>): void {
  let stores: TestStores;
  beforeEach(async () => {
    stores = await makeStores();
  });

  describe('idempotency keys', () => {
    const request = { fingerprint: 'f1', resourceId: 'r1', nowMs: NOW };
    const answer = {
      status: 201,
      headers: { location: '/v1/x', etag: '"ü"' },
      body: '{"id":"r1"}',
      nowMs: NOW + 5,
    };
    const claim = (changes: Partial<typeof request> = {}, key = 'key') =>
      stores.idempotency.claim(TENANT, key, { ...request, ...changes });

    test('are fresh once, then running, then give the first answer', async () => {
      expect(await claim()).toEqual({ outcome: 'fresh', resourceId: 'r1' });
      expect(await claim({ resourceId: 'r2' })).toEqual({ outcome: 'running' });

      await stores.idempotency.answer(TENANT, 'key', answer);
      await stores.idempotency.answer(TENANT, 'key', { ...answer, status: 500 });

      const { status, headers, body } = answer;
      expect(await claim({ resourceId: 'r2', nowMs: NOW + 86_399_999 })).toEqual({
        outcome: 'answered',
        status,
        headers,
        body,
      });
    });

    test('mismatch with another body, running or answered', async () => {
      await claim();
      expect(await claim({ fingerprint: 'f2' })).toEqual({ outcome: 'mismatch' });
      await stores.idempotency.answer(TENANT, 'key', answer);
      expect(await claim({ fingerprint: 'f2' })).toEqual({ outcome: 'mismatch' });
    });

    test('lapse after 35 s without an answer, and the repeat takes up the first resource', async () => {
      await claim();
      expect(await claim({ resourceId: 'r2', nowMs: NOW + 34_999 })).toEqual({ outcome: 'running' });
      const lapsed = { resourceId: 'r3', nowMs: NOW + 35_000 };
      expect(await claim(lapsed)).toEqual({ outcome: 'fresh', resourceId: 'r1' });
      expect(await claim({ ...lapsed, resourceId: 'r4' })).toEqual({ outcome: 'running' });
    });

    test('expire after 24 h by the clock of the request, whatever is still stored', async () => {
      await claim();
      await stores.idempotency.answer(TENANT, 'key', answer);
      const later = { fingerprint: 'f2', resourceId: 'r2', nowMs: NOW + 86_400_000 };
      expect(await claim(later)).toEqual({ outcome: 'fresh', resourceId: 'r2' });
      expect(await claim({ ...later, resourceId: 'r3' })).toEqual({ outcome: 'running' });
    });

    test('of 30 at the same time one is fresh', async () => {
      const claims = await Promise.all(Array.from({ length: 30 }, (_, n) => claim({ resourceId: `r${n}` })));
      expect(claims.filter(({ outcome }) => outcome === 'fresh')).toHaveLength(1);
      expect(claims.filter(({ outcome }) => outcome === 'running')).toHaveLength(29);
    });

    test('of 30 that take up a lapsed one at the same time one is fresh', async () => {
      await claim({ nowMs: NOW - 40_000 });
      const claims = await Promise.all(
        Array.from({ length: 30 }, (_, n) => claim({ resourceId: `r${n + 2}` })),
      );
      expect(claims.filter(({ outcome }) => outcome === 'fresh')).toEqual([
        { outcome: 'fresh', resourceId: 'r1' },
      ]);
    });

    test('repeated by the client of the same request are its own', async () => {
      await claim();
      expect(await claim()).toEqual({ outcome: 'fresh', resourceId: 'r1' });
    });

    test('are free again when given back, unless answered', async () => {
      await claim();
      await stores.idempotency.release(TENANT, 'key');
      expect(await claim({ fingerprint: 'f2', resourceId: 'r2' })).toEqual({
        outcome: 'fresh',
        resourceId: 'r2',
      });
      await stores.idempotency.answer(TENANT, 'key', answer);
      await stores.idempotency.release(TENANT, 'key');
      expect((await claim({ fingerprint: 'f2' })).outcome).toBe('answered');
    });

    test('belong to their tenant, and an answer without a claim is not kept', async () => {
      await claim();
      expect((await stores.idempotency.claim('tenantbbbb', 'key', request)).outcome).toBe('fresh');
      await stores.idempotency.answer(TENANT, 'other', answer);
      expect((await claim({}, 'other')).outcome).toBe('fresh');
    });
  });

  describe('rate buckets', () => {
    const key = 'godaddy#limitaaaa';
    const acquire = (holder: string, nowMs: number) =>
      stores.rateBuckets.acquire(key, holder, nowMs, nowMs + 125_000);

    test('have one holder at a time, who hands on what it saved', async () => {
      expect(await acquire('one', NOW)).toMatchObject({
        acquired: true,
        state: undefined,
        abandonedAtMs: undefined,
        bookedMs: 0,
      });
      expect(await acquire('two', NOW + 1)).toMatchObject({ acquired: false, leaseUntilMs: NOW + 125_000 });

      await stores.rateBuckets.release(key, 'one', 'state 1');

      expect(await acquire('two', NOW + 2)).toMatchObject({
        acquired: true,
        state: 'state 1',
        abandonedAtMs: undefined,
        bookedMs: 0,
      });
    });

    test('are given back and a turn is booked behind the others, at once', async () => {
      await acquire('one', NOW);
      expect(await stores.rateBuckets.releaseAndBook(key, 'one', 'state 1', NOW + 60_000, 5_000)).toBe(
        NOW + 60_000,
      );
      expect(await acquire('two', NOW + 1)).toMatchObject({ state: 'state 1', bookedMs: NOW + 65_000 });
      expect(await stores.rateBuckets.releaseAndBook(key, 'two', 'state 2', NOW + 60_000, 7_000)).toBe(
        NOW + 65_000,
      );
      expect(await acquire('three', NOW + 2)).toMatchObject({ state: 'state 2', bookedMs: NOW + 72_000 });

      // whose lease went to another by now still gets a turn, and changes nothing else
      expect(await stores.rateBuckets.releaseAndBook(key, 'two', 'stale', NOW + 60_000, 1_000)).toBe(
        NOW + 72_000,
      );
      expect(await acquire('four', NOW + 3)).toMatchObject({ acquired: false, bookedMs: NOW + 73_000 });
    });

    test('are taken over when the lease ended, and the next holder learns when', async () => {
      await acquire('one', NOW);
      await stores.rateBuckets.release(key, 'one', 'state 1');
      await acquire('two', NOW + 10);
      expect((await acquire('three', NOW + 10 + 124_999)).acquired).toBe(false);

      const taken = { acquired: true, state: 'state 1', abandonedAtMs: NOW + 10 + 125_000 };
      expect(await acquire('three', NOW + 10 + 125_000)).toMatchObject(taken);
      expect(await acquire('three', NOW + 10 + 126_000)).toMatchObject(taken);

      await stores.rateBuckets.release(key, 'three', 'state 3');
      expect(await acquire('four', NOW + 900_000)).toMatchObject({
        state: 'state 3',
        abandonedAtMs: undefined,
        bookedMs: 0,
      });
    });

    test('a holder that comes back after its own lease ended had abandoned it', async () => {
      await acquire('one', NOW);
      expect(await acquire('one', NOW + 200_000)).toMatchObject({
        acquired: true,
        abandonedAtMs: NOW + 125_000,
      });
    });

    test('may be taken again by their holder, whose new lease counts', async () => {
      await acquire('one', NOW);
      expect(await acquire('one', NOW + 60_000)).toMatchObject({ acquired: true, abandonedAtMs: undefined });
      expect(await acquire('two', NOW + 125_000)).toMatchObject({
        acquired: false,
        leaseUntilMs: NOW + 185_000,
      });
    });

    test('are not released by somebody who lost them', async () => {
      await acquire('one', NOW);
      await acquire('two', NOW + 125_000);
      await stores.rateBuckets.release(key, 'one', 'late');
      expect((await acquire('three', NOW + 125_001)).acquired).toBe(false);
      await stores.rateBuckets.release('godaddy#never', 'one', 'late');
      expect(await stores.rateBuckets.acquire('godaddy#never', 'x', NOW, NOW + 1)).toMatchObject({
        state: undefined,
      });
    });

    test('of 40 that ask at the same time one gets it', async () => {
      const all = await Promise.all(Array.from({ length: 40 }, (_, n) => acquire(`holder ${n}`, NOW)));
      expect(all.filter(({ acquired }) => acquired)).toHaveLength(1);
    });

    test('give turns behind one another, none before it is asked for', async () => {
      const { book } = stores.rateBuckets;
      expect(await book(key, NOW, 60_000)).toBe(NOW);
      expect(await book(key, NOW + 5, 60_000)).toBe(NOW + 60_000);
      expect(await book(key, NOW + 120_000, 60_000)).toBe(NOW + 120_000);
      expect(await book(key, NOW + 500_000, 1)).toBe(NOW + 500_000);
    });

    test('give 30 that book at the same time 30 turns', async () => {
      const turns = await Promise.all(
        Array.from({ length: 30 }, () => stores.rateBuckets.book(key, NOW, 1000)),
      );
      expect(turns.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => NOW + n * 1000));
    });

    test('keep their state through bookings', async () => {
      await acquire('one', NOW);
      await stores.rateBuckets.book(key, NOW, 1000);
      await stores.rateBuckets.release(key, 'one', 'state 1');
      expect(await acquire('two', NOW)).toMatchObject({ acquired: true, state: 'state 1' });
    });
  });

  describe('credentials', () => {
    const sealed = (version: number, byte = version) => ({
      ciphertext: Uint8Array.from([byte, 255, 0]),
      version,
    });

    test('are unknown, then stored, and a second creation keeps the first', async () => {
      const { credentials } = stores;
      expect(await credentials.read(ID)).toBeUndefined();
      expect(await credentials.create(ID, sealed(1))).toBe('stored');
      expect(await credentials.create(ID, sealed(1, 99))).toBe('stored');
      expect(await credentials.read(ID)).toEqual({
        current: sealed(1),
        candidate: null,
        isProvisional: true,
      });
    });

    test('lapse after 30 days unless they are kept, and a second creation changes nothing of that', async () => {
      const { credentials } = stores;
      const read = () => stores.rows.credentials.get(KEY.credential(ID), { consistent: true });
      await credentials.keep(ID);
      expect(await read()).toBeUndefined();
      await credentials.create(ID, sealed(1));
      expect((await read())?.ttl).toBeGreaterThanOrEqual(NOW / 1000 + 30 * 86_400);
      await credentials.keep(ID);
      await credentials.create(ID, sealed(1));
      expect((await read())?.ttl).toBeUndefined();
      expect(await credentials.read(ID)).toMatchObject({ current: sealed(1), isProvisional: false });
    });

    test('proposed ones stand beside the current until promoted, repeatably', async () => {
      const { credentials } = stores;
      await credentials.create(ID, sealed(1));
      expect(await credentials.propose(ID, sealed(2))).toBe('stored');
      expect(await credentials.read(ID)).toEqual({
        current: sealed(1),
        candidate: sealed(2),
        isProvisional: true,
      });

      await credentials.promote(ID, 2);
      await credentials.promote(ID, 2);

      expect(await credentials.read(ID)).toEqual({
        current: sealed(2),
        candidate: null,
        isProvisional: false,
      });
    });

    test('discarded ones leave the current in force, repeatably', async () => {
      const { credentials } = stores;
      await credentials.create(ID, sealed(1));
      await credentials.propose(ID, sealed(2));
      await credentials.discard(ID, 2);
      await credentials.discard(ID, 2);
      await credentials.promote(ID, 2);
      expect(await credentials.read(ID)).toEqual({
        current: sealed(1),
        candidate: null,
        isProvisional: true,
      });
    });

    test('only the candidate of the named version is promoted or discarded', async () => {
      const { credentials } = stores;
      await credentials.create(ID, sealed(1));
      await credentials.propose(ID, sealed(3));
      await credentials.promote(ID, 2);
      await credentials.discard(ID, 2);
      expect(await credentials.read(ID)).toEqual({
        current: sealed(1),
        candidate: sealed(3),
        isProvisional: true,
      });
    });

    test('a version never goes back', async () => {
      const { credentials } = stores;
      await credentials.create(ID, sealed(1));
      await credentials.propose(ID, sealed(3));
      expect(await credentials.propose(ID, sealed(2))).toBe('stored');
      expect(await credentials.read(ID)).toEqual({
        current: sealed(1),
        candidate: sealed(3),
        isProvisional: true,
      });
      await credentials.promote(ID, 3);
      expect(await credentials.propose(ID, sealed(2))).toBe('stored');
      expect(await credentials.read(ID)).toEqual({
        current: sealed(3),
        candidate: null,
        isProvisional: false,
      });
    });

    test('once erased no write brings them back, and no ciphertext is left', async () => {
      const { credentials } = stores;
      await credentials.create(ID, sealed(1));
      await credentials.propose(ID, sealed(2));
      await credentials.erase(ID);
      await credentials.erase(ID);

      expect(await credentials.create(ID, sealed(1))).toBe('deleted');
      expect(await credentials.propose(ID, sealed(3))).toBe('deleted');
      await credentials.promote(ID, 2);
      await credentials.discard(ID, 2);

      expect(await credentials.read(ID)).toBe('deleted');
      expect(await stores.rows.credentials.get(KEY.credential(ID))).toEqual({
        ...KEY.credential(ID),
        deleted: true,
      });
    });

    test('a row that is marked as deleted is never written, whatever else it holds', async () => {
      const { credentials, rows } = stores;
      const marked = {
        ...KEY.credential(ID),
        deleted: true,
        candidate: Uint8Array.from([2]),
        candidateVersion: 2,
      };
      await rows.credentials.put(marked);
      await credentials.promote(ID, 2);
      await credentials.discard(ID, 2);
      expect(await rows.credentials.get(KEY.credential(ID))).toEqual(marked);
    });

    test('erased before they were ever stored, they can’t be stored', async () => {
      await stores.credentials.erase(ID);
      expect(await stores.credentials.create(ID, sealed(1))).toBe('deleted');
      expect(await stores.credentials.read(ID)).toBe('deleted');
    });
  });
}
