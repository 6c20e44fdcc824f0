import { describe, expect, test } from 'vitest';
import { createEventBus } from '#local/events/bus.ts';
import { checkPattern, matchesPattern } from '#local/events/pattern.ts';
import type { Json, JsonObject } from '#local/json.ts';
import { createAsyncInvoke } from '#local/lambda/async-invoke.ts';
import type { LocalFunction } from '#local/lambda/function.ts';
import { toLedger } from '#local/resources.ts';
import { changeMini, MINI_NAMES } from './fixtures/mini.ts';

describe('event patterns', () => {
  const event = {
    source: 'aws.states',
    resources: ['arn:a', 'arn:b'],
    detail: { status: 'FAILED', count: 3, error: null },
  };

  test.each<[JsonObject, boolean]>([
    [{ source: ['aws.states', 'other'] }, true],
    [{ source: ['other'] }, false],
    [{ resources: ['arn:b'] }, true],
    [{ detail: { status: ['FAILED'], count: [3] } }, true],
    [{ detail: { status: ['FAILED'], count: [4] } }, false],
    [{ detail: { error: [null] } }, true],
    [{ detail: { nothing: ['x'] } }, false],
    [{ nothing: { deep: ['x'] } }, false],
    [{ detail: { status: [{ prefix: 'FAIL' }] } }, true],
    [{ detail: { status: [{ 'anything-but': ['FAILED'] }] } }, false],
    [{ detail: { status: [{ 'anything-but': 'OTHER' }] } }, true],
    [{ detail: { status: [{ exists: true }], nothing: [{ exists: false }] } }, true],
    [{ detail: { status: [{ exists: false }] } }, false],
  ])('%j: %s', (pattern, expected) => {
    expect(() => checkPattern(pattern, 'Rule')).not.toThrow();
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  test.each<[Json]>([[{ detail: { count: [{ numeric: ['>', 1] }] } }], ['text']])(
    '%j is refused',
    (pattern) => {
      expect(() => checkPattern(pattern, 'Rule')).toThrow(/^Rule/);
    },
  );
});

describe('the event bus', () => {
  const statusOf = (status: string): JsonObject => ({
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    detail: { stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine', status },
  });
  const watch = 'arn:aws:lambda:us-east-1:000000000000:function:watch';
  const run = (rule: Record<string, unknown>, ...events: JsonObject[]) => {
    const sent: [string, Json][] = [];
    const emit = createEventBus(
      toLedger(changeMini({ Rule: rule }), MINI_NAMES),
      (arn) => async (event) => void sent.push([arn, event]),
      () => undefined,
    );
    for (const event of events) emit(event);
    return sent;
  };

  test('gives an event to the targets of the rules that it fits', () => {
    expect(run({}, statusOf('FAILED'), statusOf('RUNNING'))).toEqual([[watch, statusOf('FAILED')]]);
  });

  test('gives what the target asks for, and nothing when the rule is off', () => {
    expect(run({ Targets: [{ Id: 'a', Arn: 'x', Input: '{"own":1}' }] }, statusOf('FAILED'))).toEqual([
      ['x', { own: 1 }],
    ]);
    expect(
      run({ Targets: [{ Id: 'a', Arn: 'x', InputPath: '$.detail.status' }] }, statusOf('FAILED')),
    ).toEqual([['x', 'FAILED']]);
    expect(run({ State: 'DISABLED' }, statusOf('FAILED'))).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['an input transformer', { Targets: [{ Id: 'a', Arn: 'x', InputTransformer: {} }] }, /InputTransformer/],
    ['a path with an index', { Targets: [{ Id: 'a', Arn: 'x', InputPath: '$.resources[0]' }] }, /input path/],
    ['another bus', { EventBusName: 'own' }, /event bus own/],
  ])('%s is refused at start', (_name, rule, expected) => {
    expect(() => run(rule)).toThrow(expected);
  });
});

describe('asynchronous calls', () => {
  /** A clock whose timers are due at once; it notes for how long they were set. */
  const makeClock = () => {
    const waits: number[] = [];
    const setTimer = (at: number, fire: () => void) => {
      waits.push(at);
      queueMicrotask(fire);
      return () => undefined;
    };
    return { waits, clock: { now: () => 0, setTimer } };
  };
  const config = {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: { Ref: 'WatchFunction' }, Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
  };

  test.each<[string, Record<string, unknown>, number, number[]]>([
    ['are made again after a minute and after two', {}, 3, [60_000, 120_000]],
    ['are made as often as the function says', { Config: config }, 1, []],
  ])('%s', async (_name, added, calls, waits) => {
    const { clock, waits: noted } = makeClock();
    let count = 0;
    const target = {
      settings: { name: 'watch' },
      async invoke() {
        count += 1;
        return { ok: false, error: { errorType: 'Error', errorMessage: '' } };
      },
    } as unknown as LocalFunction;

    await createAsyncInvoke(toLedger(changeMini({}, added), MINI_NAMES), clock, () => undefined)(target, {});

    expect([count, noted]).toEqual([calls, waits]);
  });
});
