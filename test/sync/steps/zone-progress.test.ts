import { describe, expect, test } from 'vitest';
import { createProgress } from '#sync/steps/zone-progress.ts';
import { PROGRESS_MS, UNWATCHED_PROGRESS_MS } from '#sync/timings.ts';
import { createScriptedStep, type ScriptedStep } from './scripted-step.ts';

/** The progress of a range, and how many zones people were told of as done. */
async function createRange(script: ScriptedStep = {}) {
  const step = await createScriptedStep({ kind: 'dns', ...script });
  const told = async () => (await step.readRun()).progress.domainsDone;
  return { ...step, told, progress: createProgress(step.context) };
}

describe('the progress of a sync that somebody watches', () => {
  test('is told every four seconds', async () => {
    const { progress, told, pass } = await createRange();

    await progress.step();
    pass(PROGRESS_MS - 1);
    await progress.step();
    expect(await told()).toBe(0);

    pass(1);
    await progress.step();
    expect(await told()).toBe(3);

    await progress.step();
    expect(await told()).toBe(3);
  });

  test('is told less often the older the run is: at a tenth of its age', async () => {
    const { progress, told, pass, context } = await createRange();
    pass(100_000);
    context.memory.toldAtMs = context.deps.clock.now();

    pass(11_000);
    await progress.step();
    expect(await told()).toBe(0);

    pass(200);
    await progress.step();
    expect(await told()).toBe(2);
  });

  test('is told when the range is parked and when it ends', async () => {
    const { progress, told } = await createRange();

    await progress.step();
    await progress.pause();
    expect(await told()).toBe(1);

    await progress.step();
    await progress.tell();
    expect(await told()).toBe(2);
  });

  test('says once when reading and saving began', async () => {
    const { progress, pass, readRun } = await createRange();
    const zero = await readRun();
    pass(10_000);
    await progress.step();
    await progress.tell();
    const first = (await readRun()).stepStartedAt;
    pass(10_000);
    await progress.step();
    await progress.tell();

    expect(zero.stepStartedAt.SAVE).toBeUndefined();
    expect(first).toMatchObject({ FETCH_DNS_RECORDS: zero.startedAt, SAVE: expect.any(String) });
    expect((await readRun()).stepStartedAt).toEqual(first);
  });
});

describe('the progress of a sync of the schedule', () => {
  const run = { trigger: 'SCHEDULED' } as const;

  test('is told every five minutes, and not when the range is parked', async () => {
    const { progress, told, pass, context } = await createRange({ run });

    await progress.step();
    pass(UNWATCHED_PROGRESS_MS - 1);
    await progress.step();
    await progress.pause();
    expect(await told()).toBe(0);
    expect(context.memory.untold).toBe(2);

    pass(1);
    await progress.pause();
    expect(await told()).toBe(2);
  });

  test('is told at its end with what parked deliveries did not tell', async () => {
    const { progress, told, context } = await createRange({ run, memory: { untold: 7 } });

    await progress.step();
    await progress.tell();

    expect(await told()).toBe(8);
    expect(context.memory.untold).toBe(0);
  });
});
