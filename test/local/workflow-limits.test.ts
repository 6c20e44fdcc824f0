import { expect, test } from 'vitest';
import { createHarness, lambdaTask, machine } from './workflow-harness.ts';

const BIG = 'x'.repeat(262_144);

test.each([
  [
    'the result of a function',
    lambdaTask({ Output: 1, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Ok' }], End: true }),
  ],
  [
    'an argument',
    lambdaTask({
      Arguments: {
        FunctionName: 'f',
        Payload: "{% $join($map([1..2621], function() { $pad('x', 101) })) %}",
      },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Ok' }],
      End: true,
    }),
  ],
  [
    'an output',
    { Type: 'Pass', Output: "{% $join($map([1..2621], function() { $pad('x', 101) })) %}", Next: 'Ok' },
  ],
  [
    'a variable',
    {
      Type: 'Pass',
      Assign: { v: "{% $join($map([1..2621], function() { $pad('x', 101) })) %}" },
      Next: 'Ok',
    },
  ],
])('%s above 256 KiB is States.DataLimitExceeded, which States.ALL does not catch', async (_what, state) => {
  const { start, end } = await createHarness({ tasks: { invokeLambda: async () => ({ payload: BIG }) } });

  const arn = await start(
    machine({ Do: state, ...(JSON.stringify(state).includes('"Ok"') ? { Ok: { Type: 'Succeed' } } : {}) }),
  );

  expect(await end(arn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});

test('outputs of iterations that are too large together fail the map', async () => {
  const { start, end } = await createHarness({
    tasks: { invokeLambda: async () => ({ payload: 'x'.repeat(100_000) }) },
  });

  const arn = await start(
    machine({
      Each: {
        Type: 'Map',
        Items: [1, 2, 3],
        ItemProcessor: {
          StartAt: 'Work',
          States: { Work: lambdaTask({ Output: '{% $states.result.Payload %}', End: true }) },
        },
        Output: 1,
        End: true,
      },
    }),
  );

  expect(await end(arn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});

test('event 25,000 fails the execution, past every Catch', { timeout: 60_000 }, async () => {
  const { start, end, history } = await createHarness();

  const arn = await start(
    machine({
      Count: { Type: 'Pass', Assign: { n: 1 }, Next: 'Loop' },
      Loop: { Type: 'Choice', Choices: [{ Condition: '{% $n > 0 %}', Next: 'Again' }], Default: 'Done' },
      Again: { Type: 'Pass', Next: 'Loop' },
      Done: { Type: 'Succeed' },
    }),
  );
  const execution = await end(arn);
  const events = await history(arn);

  expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(execution.cause).toContain('maximum number of history events (25000)');
  expect(events).toHaveLength(25_000);
  expect(events.at(-1)?.type).toBe('ExecutionFailed');
});

test('ranges of one execution: 900 with a token each stay far below the limit of events', {
  timeout: 60_000,
}, async () => {
  const { start, end, service } = await createHarness();

  const arn = await start(
    machine({
      Each: {
        Type: 'Map',
        Items: '{% [1..900] %}',
        MaxConcurrency: 12,
        ItemProcessor: { StartAt: 'Work', States: { Work: lambdaTask({ Output: '{% null %}', End: true }) } },
        Output: '{% $count($states.result) %}',
        End: true,
      },
    }),
  );
  await end(arn);

  expect(service.describeExecution(arn)).toMatchObject({
    output: '900',
    eventCount: 2 + 4 + 900 * 7,
    transitions: 1 + 900,
  });
});
