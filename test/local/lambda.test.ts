import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCapacity } from '#local/lambda/capacity.ts';
import { createFunction, type LocalFunction, MAX_PAYLOAD_BYTES } from '#local/lambda/function.ts';
import { pickFunction } from '#local/lambda/pick-function.ts';
import type { FunctionSettings } from '#local/lambda/settings.ts';
import { toFunctionSettings } from '#local/lambda/settings.ts';
import { type Logs, openLogs } from '#local/logs.ts';
import { makeDataDir, readMini } from './fixtures/mini.ts';

const folder = fileURLToPath(new URL('./fixtures/functions/', import.meta.url));
const [dataDir, removeDataDir] = makeDataDir();
const open: LocalFunction[] = [];
let logs: Logs;

beforeAll(() => {
  logs = openLogs(dataDir);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(removeDataDir);

function make(exportName: string, changes: Partial<FunctionSettings> = {}): LocalFunction {
  const settings: FunctionSettings = {
    name: exportName,
    arn: `arn:aws:lambda:us-east-1:000000000000:function:${exportName}`,
    modulePath: join(folder, 'index.mjs'),
    exportName,
    environment: {},
    timeoutMs: 5_000,
    memoryMb: 128,
    reservedConcurrency: undefined,
    ...changes,
  };
  const made = createFunction(
    settings,
    { GIVEN: 'yes' },
    createCapacity(8, 4),
    logs.forFunction(settings.name),
  );
  open.push(made);
  return made;
}

async function invoke(target: LocalFunction, event: unknown = {}) {
  const outcome = await target.invoke(JSON.stringify(event), 'platform');
  if (!outcome.ok) throw new Error(`${outcome.error.errorType}: ${outcome.error.errorMessage}`);
  return JSON.parse(outcome.payload);
}

async function fail(target: LocalFunction, event: unknown = {}): Promise<string> {
  const outcome = await target.invoke(JSON.stringify(event), 'platform');
  return outcome.ok ? 'succeeded' : outcome.error.errorType;
}

describe('a function', () => {
  test('gets its event, its context and only the variables that it was given', async () => {
    const result = await invoke(make('echo'), { hello: 'world' });

    expect(result).toMatchObject({
      event: { hello: 'world' },
      context: {
        functionName: 'echo',
        memoryLimitInMB: '128',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    expect(result.context.remaining).toBeLessThanOrEqual(5_000);
    expect(result.env).toEqual({ GIVEN: 'yes' });
  });

  test('stays warm between calls, and runs in another thread beside a call under way', async () => {
    const target = make('nap');

    const first = await invoke(target, { ms: 0 });
    const again = await invoke(target, { ms: 0 });
    const together = await Promise.all([invoke(target, { ms: 200 }), invoke(target, { ms: 200 })]);

    expect(again).toBe(first);
    expect(new Set(together).size).toBe(2);
  });

  test('writes its output and a report to its log file as JSON lines', async () => {
    const target = make('echo', { name: 'echo-log' });

    await invoke(target);
    await target.close();

    const lines = readFileSync(join(dataDir, 'logs', 'echo-log.log'), 'utf8')
      .trim()
      .split('\n');
    const records = lines.map((line) => JSON.parse(line));
    expect(records).toContainEqual(expect.objectContaining({ stream: 'stdout', message: 'plain line' }));
    expect(records).toContainEqual({ level: 'INFO', message: 'structured line' });
    expect(records).toContainEqual(
      expect.objectContaining({
        type: 'platform.report',
        record: expect.objectContaining({ status: 'success' }),
      }),
    );
  });

  test.each<[string, string, Partial<FunctionSettings>, unknown, string]>([
    ['that throws', 'fail', {}, {}, 'RangeError'],
    ['that exits', 'exit', {}, {}, 'Runtime.ExitError'],
    ['that leaves a rejection', 'reject', {}, {}, 'Error'],
    ['that takes too long', 'nap', { timeoutMs: 50 }, { ms: 60_000 }, 'Sandbox.Timedout'],
    ['that takes too much memory', 'hog', { memoryMb: 64 }, {}, 'Runtime.OutOfMemory'],
    ['that answers too much', 'large', {}, { bytes: MAX_PAYLOAD_BYTES + 1 }, 'Function.ResponseSizeTooLarge'],
    ['without its handler', 'nobody', {}, {}, 'Runtime.HandlerNotFound'],
    ['whose handler is none', 'notAFunction', {}, {}, 'Runtime.HandlerNotFound'],
    ['that fails at load', 'x', { modulePath: join(folder, 'broken.mjs') }, {}, 'SyntaxError'],
  ])('%s fails with the name of the error', async (_name, exportName, changes, event, expected) => {
    expect(await fail(make(exportName, changes), event)).toBe(expected);
  });

  test('works again after an environment died', async () => {
    const target = make('nap', { timeoutMs: 400 });

    expect(await fail(target, { ms: 60_000 })).toBe('Sandbox.Timedout');

    expect(await invoke(target, { ms: 0 })).toEqual(expect.any(Number));
  });

  test('refuses calls beyond its reserved concurrency', async () => {
    const target = make('nap', { reservedConcurrency: 1 });

    const outcomes = await Promise.all([fail(target, { ms: 100 }), fail(target, { ms: 100 })]);

    expect(outcomes).toEqual(['succeeded', 'TooManyRequestsException']);
  });

  test('refuses an event that is too large', async () => {
    expect(await fail(make('echo'), 'x'.repeat(MAX_PAYLOAD_BYTES))).toBe('RequestEntityTooLargeException');
  });
});

describe('places for environments', () => {
  test('people come before queues, and queues never take all places', async () => {
    const capacity = createCapacity(2, 1);
    const order: string[] = [];
    const take = async (kind: 'gateway' | 'queue', name: string) => {
      const giveBack = await capacity.take(kind);
      order.push(name);
      return giveBack;
    };

    const first = await take('queue', 'queue 1');
    const waiting = take('queue', 'queue 2');
    const person = await take('gateway', 'person 1');
    const other = take('gateway', 'person 2');
    first();
    first();
    (await other)();
    (await waiting)();
    person();

    expect(order).toEqual(['queue 1', 'person 1', 'person 2', 'queue 2']);
  });
});

describe("a function's settings", () => {
  const { assembly, ledger } = readMini();
  const [api] = ledger.ofType('AWS::Lambda::Function');
  const change = (properties: Record<string, string>) => {
    if (!api) throw new Error('the mini stack has functions');
    return { ...api, properties: { ...api.properties, ...properties } };
  };

  test('come from the template', () => {
    expect(toFunctionSettings(assembly, change({}))).toMatchObject({
      name: 'api',
      exportName: 'api',
      timeoutMs: 3_000,
      memoryMb: 256,
      environment: { TABLE: 'Table', ISSUER: 'http://localhost:4000/oidc' },
    });
  });

  test.each([
    ['another runtime', { Runtime: 'python3.13' }, /runtime python3\.13/],
    ['a missing file', { Handler: 'main.api' }, /no main\.mjs/],
  ])('%s is refused', (_name, properties, expected) => {
    expect(() => toFunctionSettings(assembly, change(properties as Record<string, string>))).toThrow(
      expected,
    );
  });
});

describe('a function picked by name', () => {
  const names = ['dc-dev-api', 'dc-dev-worker-gandi', 'dc-dev-worker-porkbun', 'dc-dev-start-sync'];

  test.each([
    ['dc-dev-api', '{}', 'dc-dev-api'],
    ['start-sync', '{}', 'dc-dev-start-sync'],
    ['worker', '{"registrar":"porkbun"}', 'dc-dev-worker-porkbun'],
    ['worker-gandi', '{}', 'dc-dev-worker-gandi'],
  ])('%s with %s is %s', (wanted, event, expected) => {
    expect(pickFunction(names, wanted, event)).toBe(expected);
  });

  test.each([
    ['worker', '{}', /worker could be several; the functions are:/],
    ['worker', '{"a":"gandi","b":"porkbun"}', /could be several/],
    ['nobody', '{}', /nobody is no function; the functions are:\n {2}dc-dev-api/],
  ])('%s with %s is nobody', (wanted, event, expected) => {
    expect(() => pickFunction(names, wanted, event)).toThrow(expected);
  });
});
