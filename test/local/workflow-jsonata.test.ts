import { expect, test } from 'vitest';
import { createHarness, lambdaTask, machine } from './workflow-harness.ts';

/** Evaluates a value as the Output of a Pass state. */
async function evaluate(value: unknown, input: unknown = {}) {
  const { start, end } = await createHarness();
  const arn = await start(machine({ Do: { Type: 'Pass', Output: value, End: true } }), input, 'run-1');
  return end(arn);
}

test.each([
  ['{% $states.input.a %}', 1],
  ['plain text with {% inside %} of it', 'plain text with {% inside %} of it'],
  [
    { list: ['{% $states.input.a + 1 %}', 7], deep: { text: 'x' } },
    { list: [2, 7], deep: { text: 'x' } },
  ],
  ['{% null %}', null],
  [null, null],
  ['{% [1..3] %}', [1, 2, 3]],
  ['{% [$states.input.a] %}', [1]],
  ['{% $states.context.Execution.Name %}', 'run-1'],
  ['{% $states.context.Execution.Input.a %}', 1],
  ['{% $states.context.Execution.StartTime %}', '2026-11-23T12:00:00.000Z'],
  ['{% $states.context.StateMachine.Name %}', 'Test'],
  ['{% $states.context.State.Name & $string($states.context.State.RetryCount) %}', 'Do0'],
  ['{% $now() %}', '2026-11-23T12:00:00.000Z'],
  ["{% $now('[Y0001]') %}", '2026'],
  ['{% $millis() %}', Date.UTC(2026, 10, 23, 12)],
  ['{% $partition([1..5], 2) %}', [[1, 2], [3, 4], [5]]],
  ['{% $range(1, 9, 3) %}', [1, 4, 7]],
  ['{% $range(3, 1, -1) %}', [3, 2, 1]],
  ["{% $hash('abc', 'MD5') %}", '900150983cd24fb0d6963f7d28e17f72'],
  ['{% $parse(\'{"x":[1]}\').x %}', [1]],
  ['{% $random(7) = $random(7) and $random(7) < 1 %}', true],
  ['{% $match($uuid(), /^[0-9a-f-]{36}$/) ? true : false %}', true],
  ["{% $lookup({'gandi': 'url'}, $states.input.b) %}", 'url'],
])('%j evaluates to %j', async (value, expected) => {
  const execution = await evaluate(value, { a: 1, b: 'gandi' });

  expect(execution).toMatchObject({ status: 'SUCCEEDED' });
  expect(JSON.parse(execution.output ?? '')).toEqual(expected);
});

test.each([
  ['{% $states.input.missing %}', 'returned nothing (undefined)'],
  ['{% $missing %}', 'returned nothing (undefined)'],
  ['{% $states.result %}', 'returned nothing (undefined)'],
  ['{% $states.context.Task.Token %}', 'returned nothing (undefined)'],
  ["{% 'a' + 1 %}", 'T2001'],
  ['{% $parse("no json") %}', 'threw an error'],
  ['{% function($x) { $x } %}', 'function'],
  ["{% $hash('abc', 'CRC') %}", 'CRC'],
  ['{% $partition([1], 0) %}', '$partition'],
])('%s is a States.QueryEvaluationError that says why', async (value, cause) => {
  const execution = await evaluate({ deep: [value] });

  expect(execution).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  expect(execution.cause).toContain(cause);
  expect(execution.cause).toContain('Output/deep[0]');
});

test.each([
  [{ Type: 'Choice', Choices: [{ Condition: "{% 'yes' %}", Next: 'Ok' }], Default: 'Ok' }, 'BOOLEAN'],
  [{ Type: 'Wait', Seconds: '{% 1.5 %}', Next: 'Ok' }, 'NON_NEGATIVE_INTEGER'],
  [{ Type: 'Wait', Timestamp: "{% 'tomorrow' %}", Next: 'Ok' }, 'TIMESTAMP'],
  [lambdaTask({ TimeoutSeconds: '{% 0 %}', Next: 'Ok' }), 'POSITIVE_INTEGER'],
  [
    {
      Type: 'Map',
      Items: '{% 3 %}',
      ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Succeed' } } },
      Next: 'Ok',
    },
    'ARRAY',
  ],
])('a result of the wrong type in %j names the expected one', async (state, expected) => {
  const { start, end } = await createHarness();

  const arn = await start(machine({ Do: state, Ok: { Type: 'Succeed' } }));
  const execution = await end(arn);

  expect(execution).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  expect(execution.cause).toContain(expected);
});

test('a failed expression of a task can be caught, and leaves an event with its place', async () => {
  const { start, end, history } = await createHarness();

  const arn = await start(
    machine({
      Work: lambdaTask({
        Output: '{% $states.result.Payload.missing %}',
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Ok' }],
        End: true,
      }),
      Ok: { Type: 'Succeed', Output: 'caught' },
    }),
  );

  expect((await end(arn)).output).toBe('"caught"');
  expect((await history(arn)).find((event) => event.type === 'EvaluationFailed')).toMatchObject({
    evaluationFailedEventDetails: { state: 'Work', location: 'Output', error: 'States.QueryEvaluationError' },
  });
});

test('Assign and Output see the variables as they were before', async () => {
  const { start, end } = await createHarness();

  const arn = await start(
    machine({
      First: { Type: 'Pass', Assign: { n: 1 }, Next: 'Second' },
      Second: {
        Type: 'Pass',
        Assign: { n: '{% $n + 1 %}', before: '{% $n %}' },
        Output: '{% $n %}',
        Next: 'Third',
      },
      Third: { Type: 'Pass', Output: ['{% $states.input %}', '{% $n %}', '{% $before %}'], End: true },
    }),
  );

  expect((await end(arn)).output).toBe('[1,2,1]');
});

test('an iteration sees outer variables, and its own stay its own', async () => {
  const { start, end } = await createHarness();

  const arn = await start(
    machine({
      First: { Type: 'Pass', Assign: { base: 100 }, Next: 'Each' },
      Each: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: {
          StartAt: 'Add',
          States: {
            Add: { Type: 'Pass', Assign: { total: '{% $base + $states.input %}' }, Next: 'Give' },
            Give: { Type: 'Pass', Output: '{% $total %}', End: true },
          },
        },
        Output: ['{% $states.result %}', '{% $exists($total) %}'],
        End: true,
      },
    }),
  );

  expect((await end(arn)).output).toBe('[[101,102],false]');
});

test('the item of a map is in the context of ItemSelector, as documented, not inside the iteration', async () => {
  const { start, end } = await createHarness();

  const arn = await start(
    machine({
      Each: {
        Type: 'Map',
        Items: ['a'],
        ItemSelector: '{% $states.context.Map.Item %}',
        ItemProcessor: {
          StartAt: 'See',
          States: {
            See: {
              Type: 'Pass',
              Output: ['{% $states.input %}', '{% $exists($states.context.Map) %}'],
              End: true,
            },
          },
        },
        End: true,
      },
    }),
  );

  expect((await end(arn)).output).toBe('[[{"Index":0,"Value":"a"},false]]');
});
