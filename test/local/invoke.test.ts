import { readdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createCleanup } from '#local/cleanup.ts';
import { invokeOnce } from '#local/invoke-once.ts';
import { MINI_ASSEMBLY, makeDataDir } from './fixtures/mini.ts';

const [dataDir, remove] = makeDataDir();
afterAll(remove);

const invoke = (name: string, event: unknown, folder: string | undefined = dataDir) =>
  invokeOnce({ assembly: MINI_ASSEMBLY, name, event: JSON.stringify(event), dataDir: folder });

test('a function runs once on the data folder, and what it wrote is there for the next', async () => {
  const written = await invoke('finish', { id: 'x1', note: 'kept' });
  const read = await invoke('api', {
    routeKey: 'GET /v1/items/{id}',
    rawPath: '/v1/items/x1',
    pathParameters: { id: 'x1' },
  });

  expect(written).toEqual({ ok: true, payload: '{"done":true}' });
  expect(JSON.parse(read.ok ? read.payload : '{}')).toMatchObject({ statusCode: 200 });
  expect(readdirSync(dataDir)).toContain('tables');
});

test('an error of the function is its outcome', async () => {
  const outcome = await invokeOnce({
    assembly: MINI_ASSEMBLY,
    name: 'api',
    event: '{"rawPath":"/v1/crash"}',
    dataDir: undefined,
  });

  expect(outcome).toMatchObject({
    ok: false,
    error: { errorType: 'TypeError', errorMessage: 'made to fail' },
  });
});

test('an unknown name lists the functions, and leaves the data folder free', async () => {
  for (const _attempt of [1, 2])
    await expect(invoke('nobody', {})).rejects.toThrow(
      /nobody is no function; the functions are:\n {2}api\n/,
    );
});

test('every cleanup step is taken, the last first, even when one fails', async () => {
  const taken: number[] = [];
  const cleanup = createCleanup();
  for (const step of [1, 2, 3])
    cleanup.later(() => {
      taken.push(step);
      if (step === 2) throw new Error('step 2 failed');
    });

  await expect(cleanup.run()).rejects.toThrow('step 2 failed');
  await cleanup.run();

  expect(taken).toEqual([3, 2, 1]);
});
