import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSyncWorld } from '#test/support/sync-world.ts';

const LANES = ['gandi#lane0', 'gandi#lane1', 'gandi#lane2', 'gandi#lane3'];
/** Calls before the listing. */
const VALIDATING = 2;

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

/** Has a lane from when it is free, for ten seconds: calls of others. */
async function occupy(lane: string): Promise<void> {
  const { clock, stores } = world;
  for (;;) {
    const now = clock.now();
    if ((await stores.rateBuckets.acquire(lane, 'others', now, now + 10_000)).acquired) return;
    await clock.sleep(5);
  }
}

test('ten domains that have to wait book the time of ten calls, not of a full range', async () => {
  const { accounts } = world.simulator('gandi');
  accounts.put('ten', { size: 10, seed: 2 });
  let occupied: Promise<unknown> | undefined;
  world.setInterference(() => {
    if (world.counters.calls > VALIDATING) occupied ??= Promise.all(LANES.map(occupy));
    return undefined;
  });
  const { ref, run } = await world.connect('gandi', 'ten');

  await world.clock.advance(5_000);
  await occupied;
  const now = world.clock.now();
  const booked = await Promise.all(
    LANES.map((lane) => world.stores.rateBuckets.acquire(lane, 'a look', now, now + 1)),
  );

  const seconds = booked.map(({ bookedMs }) => Math.max(0, bookedMs - now) / 1000);
  // 250 a minute: 2.4 seconds for ten
  expect(Math.max(...seconds)).toBeGreaterThan(0);
  expect(Math.max(...seconds)).toBeLessThan(3);
  const ended = await world.finish(ref, run.runId);
  expect(ended.run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 10, failed: 0 } });
});
