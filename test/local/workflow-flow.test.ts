import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { expect, test, vi } from 'vitest';
import { createHarness, lambdaTask, machine, tokenTask } from './workflow-harness.ts';

const SYNC = machine({
  Validate: tokenTask({
    Arguments: {
      QueueUrl:
        "{% $lookup({'gandi': 'http://127.0.0.1/0/gandi'}, $states.context.Execution.Input.registrar) %}",
      MessageBody: {
        kind: 'validate',
        runId: '{% $states.context.Execution.Name %}',
        taskToken: '{% $states.context.Task.Token %}',
      },
      MessageGroupId: '{% $states.input.tenantId %}',
    },
    TimeoutSeconds: 1800,
    Assign: { ranges: '{% $states.result.ranges %}' },
    Next: 'HasRanges',
  }),
  HasRanges: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $ranges = 0 %}', Next: 'Nothing' }],
    Default: 'Each',
  },
  Each: {
    Type: 'Map',
    Items: '{% [1..$ranges] %}',
    MaxConcurrency: '{% $states.context.Execution.Input.lanes %}',
    ItemSelector: {
      range: '{% $states.context.Map.Item.Value %}',
      at: '{% $states.context.Map.Item.Index %}',
    },
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: 'Fetch',
      States: {
        Fetch: lambdaTask({ Output: '{% $states.result.Payload.range * 10 + $ranges %}', End: true }),
      },
    },
    Output: { done: '{% $states.result %}' },
    Next: 'Finish',
  },
  Nothing: { Type: 'Pass', Output: { done: [] }, Next: 'Finish' },
  Finish: { Type: 'Succeed' },
});

test('a token task, a choice, a map and a function give the output of AWS', async () => {
  const { start, token, client, end, messages } = await createHarness();

  const arn = await start(SYNC, { tenantId: 't1', registrar: 'gandi', lanes: 2 }, 'run-1');
  const taskToken = await token();
  await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"ranges":3}' }));
  const execution = await end(arn);

  expect(arn).toBe('arn:aws:states:us-east-1:000000000000:execution:Test:run-1');
  expect(messages).toEqual([
    {
      queueUrl: 'http://127.0.0.1/0/gandi',
      messageBody: JSON.stringify({ kind: 'validate', runId: 'run-1', taskToken }),
      messageGroupId: 't1',
    },
  ]);
  expect(execution).toMatchObject({ status: 'SUCCEEDED', output: '{"done":[13,23,33]}', name: 'run-1' });
});

test('the other branch of the choice is taken when its condition holds', async () => {
  const { start, token, client, end } = await createHarness();

  const arn = await start(SYNC, { tenantId: 't1', registrar: 'gandi', lanes: 2 });
  await client.send(new SendTaskSuccessCommand({ taskToken: await token(), output: '{"ranges":0}' }));

  expect(await end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"done":[]}' });
});

test('the history holds every event with its data, counted as AWS counts', async () => {
  const { start, token, client, end, history } = await createHarness();

  const arn = await start(SYNC, { tenantId: 't1', registrar: 'gandi', lanes: 1 });
  await client.send(new SendTaskSuccessCommand({ taskToken: await token(), output: '{"ranges":2}' }));
  await end(arn);
  const events = await history(arn);

  const iteration = [
    'MapIterationStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'MapIterationSucceeded',
  ];
  expect(events.map((event) => event.type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ChoiceStateEntered',
    'ChoiceStateExited',
    'MapStateEntered',
    'MapStateStarted',
    ...iteration,
    ...iteration,
    'MapStateSucceeded',
    'MapStateExited',
    'SucceedStateEntered',
    'SucceedStateExited',
    'ExecutionSucceeded',
  ]);
  expect(events.map((event) => event.id)).toEqual(events.map((_event, index) => index + 1));
  expect(events[2]?.taskScheduledEventDetails).toMatchObject({
    resourceType: 'sqs',
    resource: 'sendMessage.waitForTaskToken',
    timeoutInSeconds: 1800,
  });
  expect(events[6]?.stateExitedEventDetails).toMatchObject({ assignedVariables: { ranges: '2' } });
  expect(events.at(-1)?.executionSucceededEventDetails?.output).toBe('{"done":[12,22]}');
});

test('a map runs as many iterations at a time as MaxConcurrency says, and 40 at most', async () => {
  for (const [concurrency, expected] of [
    [3, 3],
    [0, 40],
    [100, 40],
  ]) {
    let running = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const { start, end } = await createHarness({
      tasks: {
        invokeLambda: async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise<void>((resolve) => release.push(resolve));
          running -= 1;
          return { payload: null };
        },
      },
    });

    const arn = await start(
      machine({
        Each: {
          Type: 'Map',
          Items: '{% [1..60] %}',
          MaxConcurrency: concurrency,
          ItemProcessor: {
            StartAt: 'Work',
            States: { Work: lambdaTask({ Output: '{% null %}', End: true }) },
          },
          Output: '{% $count($states.result) %}',
          End: true,
        },
      }),
    );
    for (let done = 0; done < 60; done += 1)
      (await vi.waitFor(() => release.shift() ?? expect.fail('none')))();

    expect(await end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '60' });
    expect(most).toBe(expected);
  }
});

test('waits pass by the clock alone: seconds, and a time of day', async () => {
  const { start, end, clock, describe } = await createHarness();

  const arn = await start(
    machine({
      Nap: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'Until' },
      Until: { Type: 'Wait', Timestamp: '2026-11-23T13:00:00Z', Output: 'awake', End: true },
    }),
    { seconds: 90 },
  );
  await clock.advance(3_599_000);
  const before = await describe(arn);
  await clock.advance(1_000);

  expect(before.status).toBe('RUNNING');
  expect(await end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"awake"' });
});

test('an execution can start another of its own machine, which has the input it was given', async () => {
  const { start, end, describe, service } = await createHarness();

  const arn = await start(
    machine({
      More: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.left > 0 %}', Next: 'Again' }],
        Default: 'Done',
      },
      Again: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution',
        Arguments: {
          StateMachineArn: '{% $states.context.StateMachine.Id %}',
          Name: "{% $states.context.Execution.Name & '-2' %}",
          Input: { left: '{% $states.input.left - 1 %}' },
        },
        Output: '{% $states.result.ExecutionArn %}',
        End: true,
      },
      Done: { Type: 'Succeed', Output: '{% $states.input.left %}' },
    }),
    { left: 1 },
    'first',
  );
  const first = await end(arn);

  expect(first.output).toBe(JSON.stringify(`${arn}-2`));
  expect(await end(`${arn}-2`)).toMatchObject({ status: 'SUCCEEDED', output: '0' });
  expect(service.listExecutions((await describe(arn)).stateMachineArn ?? '', null, 10, 0)).toHaveLength(2);
});
