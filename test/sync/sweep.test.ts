import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sweep } from '#sync/sweep.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

const MINUTE_MS = 60_000;

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

/** An integration whose run's execution never began. */
async function connectUnstarted() {
  world.refuseStarts(1);
  return world.connect('namecom', 'demo-10');
}

describe('the sweep', () => {
  test('leaves alone what is well', async () => {
    const { ref, run } = await world.connect('namecom', 'demo-10');
    await world.finish(ref, run.runId);

    expect(await world.sweep()).toEqual({ lapsed: 0, cleared: 0, failed: 0 });
  });

  test('begins a run that never began, and it ends well', async () => {
    const { ref, run } = await connectUnstarted();
    await world.clock.advance(3 * MINUTE_MS);

    expect(await world.sweep()).toMatchObject({ lapsed: 1, failed: 0 });
    expect((await world.finish(ref, run.runId)).run.status).toBe('SUCCEEDED');
  });

  test('writes down a run whose row never came to be, and begins it', async () => {
    const { ref, run } = await connectUnstarted();
    await world.stores.runs.deleteAll(ref.integrationId);
    await world.clock.advance(3 * MINUTE_MS);

    await world.sweep();

    const { run: ended } = await world.finish(ref, run.runId);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', trigger: 'ADDED', startedAt: run.startedAt });
  });

  test.each([
    [14, 'RUNNING'],
    [15, 'FAILED'],
  ])('a run that never began for %i minutes is %s', async (minutes, status) => {
    const { ref, run } = await connectUnstarted();
    await world.clock.advance(minutes * MINUTE_MS);

    await world.sweep();

    const stored = await world.stores.runs.get(ref.integrationId, run.runId);
    expect(stored?.status).toBe(status);
    expect(stored?.problem?.code ?? null).toBe(status === 'FAILED' ? 'INTERNAL' : null);
  });

  test('ends a run whose workflow died, within twenty minutes', async () => {
    const { ref, run } = await world.connect('porkbun', 'demo-50');
    await world.clock.advance(5_000);
    const arn = `arn:aws:states:us-east-1:000000000000:execution:SyncIntegration:${run.runId}`;
    await world.service.stopExecution(arn, {});

    for (let minute = 0; minute < 20; minute += 5) {
      await world.clock.advance(300_000);
      await world.sweep();
    }

    expect(await world.stores.runs.get(ref.integrationId, run.runId)).toMatchObject({ status: 'FAILED' });
    expect(await world.stores.integrations.get(ref)).toMatchObject({
      leaseUntilMs: null,
      problem: { code: 'INTERNAL' },
    });
  });

  test('gives an execution that lives more time, and ends a run whose execution is over', async () => {
    const { ref, run } = await world.connect('namecom', 'demo-10');
    const late = {
      ...world.runDeps,
      clock: { ...world.clock, now: () => world.clock.now() + 30 * MINUTE_MS },
    };
    const lease = async () => (await world.stores.integrations.get(ref))?.leaseUntilMs ?? 0;
    const before = await lease();

    await sweep({ ...late, workflow: { ...late.workflow, status: async () => 'running' } });
    expect(await lease()).toBeGreaterThan(before + 20 * MINUTE_MS);

    const later = { ...late, clock: { ...world.clock, now: () => world.clock.now() + 90 * MINUTE_MS } };
    await sweep({ ...later, workflow: { ...late.workflow, status: async () => 'ended' } });
    expect(await world.stores.runs.get(ref.integrationId, run.runId)).toMatchObject({
      status: 'FAILED',
      problem: { code: 'INTERNAL' },
    });
  });

  test('leaves one that fails for the next time, says so, and goes on with the others', async () => {
    const [first, second] = [await connectUnstarted(), await connectUnstarted()];
    await world.clock.advance(3 * MINUTE_MS);
    const status = async (name: string) => {
      if (name === first.run.executionName) throw new TypeError('fake outage');
      return 'unknown' as const;
    };

    const swept = await sweep({ ...world.runDeps, workflow: { ...world.runDeps.workflow, status } });

    expect(swept).toMatchObject({ lapsed: 2, failed: 1 });
    expect(world.lines).toContainEqual({
      event: 'sweep left one for the next time',
      fields: { integrationId: first.ref.integrationId, error: 'TypeError' },
    });
    expect((await world.finish(second.ref, second.run.runId)).run.status).toBe('SUCCEEDED');
    expect(await world.sweep()).toMatchObject({ lapsed: 1, failed: 0 });
  });

  test('clears what a deletion left, and once more when no worker can be left', async () => {
    const { ref, run } = await world.connect('namecom', 'demo-10');
    await world.finish(ref, run.runId);
    await world.commands.remove(ref);

    expect(await world.sweep()).toMatchObject({ cleared: 1 });
    expect(await world.sweep()).toMatchObject({ cleared: 0 });
    await world.clock.advance(6 * MINUTE_MS);
    expect(await world.sweep()).toMatchObject({ cleared: 1 });
    await world.clock.advance(60 * MINUTE_MS);
    expect(await world.sweep()).toMatchObject({ cleared: 0 });
  });
});
