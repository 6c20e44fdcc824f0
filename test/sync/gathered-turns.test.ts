import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

test('a listing read call by call does not spread the calls of every window that follows', async () => {
  world.simulator('namecheap').accounts.put('demo-10', { size: 1_000, seed: 4 });
  const sentMs: number[] = [];
  world.setInterference(() => {
    sentMs.push(world.clock.now());
    return undefined;
  });
  const { ref, run: started } = await world.connect('namecheap', 'demo-10');

  const { run } = await world.finish(ref, started.runId);

  expect(run).toMatchObject({ status: 'SUCCEEDED', counts: { listed: 1_000, failed: 0 } });
  expect(world.counters.violations).toBe(0);
  const windows = toBursts(sentMs).slice(-20);
  expect(windows.length).toBe(20);
  // twenty calls, four at a time, at 350 ms each
  for (const burst of windows) expect(burst.endMs - burst.startMs).toBeLessThan(2_500);
});

/** Calls of which none was later than five seconds after the one before. */
function toBursts(instants: readonly number[]) {
  const bursts: { startMs: number; endMs: number }[] = [];
  for (const atMs of instants) {
    const last = bursts.at(-1);
    if (last && atMs - last.endMs <= 5_000) last.endMs = atMs;
    else bursts.push({ startMs: atMs, endMs: atMs });
  }
  return bursts;
}
