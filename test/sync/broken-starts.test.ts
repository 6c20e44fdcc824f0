import { afterEach, beforeEach, expect, test } from 'vitest';
import { newRunId } from '#core/ids.ts';
import { startRun } from '#sync/runs/start-run.ts';
import { createSyncWorld } from '#test/support/sync-world.ts';

let world: ReturnType<typeof createSyncWorld>;
beforeEach(() => {
  world = createSyncWorld();
});
afterEach(() => world.close());

const dies = () => Promise.reject(new Error('the process ends here'));

/** A run whose row is there, and whose execution never began. */
async function leaveBehind(ref: { tenantId: string; integrationId: string }) {
  const workflow = { ...world.runDeps.workflow, start: dies };
  const start = await startRun({ ...world.runDeps, workflow }, ref, 'SCHEDULED');
  if (!start.started) throw new Error(start.why);
  return start.run;
}

test('a run whose successor never got a row is ended by the next one', async () => {
  const { ref, run } = await world.connect('namecom', 'demo-10');
  await world.finish(ref, run.runId);
  const left = await leaveBehind(ref);
  const runs = { ...world.stores.runs, create: dies };
  await expect(startRun({ ...world.runDeps, runs }, ref, 'CREDENTIALS_UPDATED')).rejects.toThrow('ends here');

  const next = await startRun(world.runDeps, ref, 'CREDENTIALS_UPDATED');

  expect((await world.stores.runs.get(ref.integrationId, left.runId))?.status).toBe('SUPERSEDED');
  if (!next.started) throw new Error(next.why);
  expect((await world.finish(ref, next.run.runId)).run.status).toBe('SUCCEEDED');
});

test('a run that was written down only after its successor is ended when that one ends', async () => {
  const { ref, run } = await world.connect('namecom', 'demo-10');
  await world.finish(ref, run.runId);
  const next = await startRun(world.runDeps, ref, 'CREDENTIALS_UPDATED');
  if (!next.started) throw new Error(next.why);
  const late = { ...next.run, runId: newRunId(world.clock.now()), epoch: next.run.epoch - 1 };
  await world.stores.runs.create(late);

  const { run: ended } = await world.finish(ref, next.run.runId);

  expect(ended.status).toBe('SUCCEEDED');
  expect((await world.stores.runs.get(ref.integrationId, late.runId))?.status).toBe('SUPERSEDED');
});
