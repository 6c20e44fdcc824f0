import { beforeEach, describe, expect, test } from 'vitest';
import type { RateBucketStore } from '#core/ports/rate-buckets.ts';
import { CLOCK_SKEW_MS, LEASE_MS, type LeasedGate, leaseGate, toBucketKey } from '#limits/leased-gate.ts';
import { createMemoryStores } from '#test/support/stores.ts';
import { createVirtualClock, type VirtualClock } from '#test/support/virtual-clock.ts';

const windows = [{ calls: 2, windowMs: 60_000 }];
let clock: VirtualClock;
let buckets: RateBucketStore;

beforeEach(() => {
  clock = createVirtualClock();
  buckets = createMemoryStores(clock).rateBuckets;
});

function lease(holder: string) {
  const times = { maxWaitMs: 5_000, closesAtMs: clock.now() + 80_000 };
  return leaseGate({ buckets, key: 'porkbun#k', windows, holder, clock, ...times });
}

async function leaseOrFail(holder: string): Promise<LeasedGate> {
  const gate = await lease(holder);
  if ('busyUntilMs' in gate) throw new Error('busy');
  return gate;
}

describe('the lease of a limit', () => {
  test('is one holder’s at a time', async () => {
    await leaseOrFail('first');

    expect(await lease('second')).toEqual({ busyUntilMs: clock.now() + LEASE_MS, bookedMs: 0 });
  });

  test('hands on what its holder sent', async () => {
    const first = await leaseOrFail('first');
    (await first.enter()).answered();
    (await first.enter()).answered();
    const sentMs = clock.now();
    await first.release();

    const second = await leaseOrFail('second');

    expect(second.nextTurnMs()).toBeGreaterThanOrEqual(sentMs + 60_000);
  });

  test('allows for a holder whose clock was behind', async () => {
    const first = await leaseOrFail('first');
    (await first.enter()).answered();
    (await first.enter()).answered();
    await first.release();

    const second = await leaseOrFail('second');

    expect(second.nextTurnMs() - first.nextTurnMs()).toBe(CLOCK_SKEW_MS);
  });

  test('that its holder never gave back counts as spent when it ends', async () => {
    await leaseOrFail('dies');
    await clock.advance(LEASE_MS + 1);

    const next = await leaseOrFail('next');

    expect(next.nextTurnMs()).toBeGreaterThanOrEqual(clock.now() + 59_000);
  });

  test('that was given back counts what was sent, and nothing besides', async () => {
    const first = await leaseOrFail('first');
    (await first.enter()).answered();
    await first.release();

    const second = await leaseOrFail('second');

    expect(second.nextTurnMs()).toBe(clock.now());
  });

  test('is given back with a turn booked behind it', async () => {
    const first = await leaseOrFail('first');
    (await first.enter()).answered();
    (await first.enter()).answered();
    const fromMs = clock.now() + 60_000;

    expect(await first.releaseAndBook(fromMs, 10_000)).toBe(fromMs);

    const second = await leaseOrFail('second');
    expect(second.bookedMs).toBe(fromMs + 10_000);
    expect(second.nextTurnMs()).toBeGreaterThanOrEqual(fromMs);
  });

  test('can not be given back by one whose lease ended', async () => {
    const dead = await leaseOrFail('dies');
    await clock.advance(LEASE_MS + 1);
    await leaseOrFail('next');

    await dead.release();

    expect(await lease('third')).toHaveProperty('busyUntilMs');
  });
});

describe('booking', () => {
  test('sends those that wait one behind the other', async () => {
    const turns = [];
    for (let waiter = 0; waiter < 4; waiter += 1) turns.push(await buckets.book('k', 1_000, 60_000));

    expect(turns).toEqual([1_000, 61_000, 121_000, 181_000]);
  });

  test('of a time long past begins anew', async () => {
    await buckets.book('k', 1_000, 60_000);

    expect(await buckets.book('k', 500_000, 60_000)).toBe(500_000);
  });
});

describe('the key of a limit', () => {
  test('is the credential’s where the registrar counts by key, and a lane’s where it counts by address', () => {
    expect(toBucketKey('godaddy', { keyedBy: 'credential', lanes: 1 }, 'abc', 7)).toBe('godaddy#abc');
    expect(toBucketKey('gandi', { keyedBy: 'deployment', lanes: 4 }, 'abc', 7)).toBe('gandi#lane3');
  });
});
