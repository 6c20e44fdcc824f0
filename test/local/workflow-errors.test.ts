import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { expect, test, vi } from 'vitest';
import { findCatcher, matchesError, planRetry } from '#local/workflow/error-handling.ts';
import { createHarness, lambdaTask, machine, tokenTask } from './workflow-harness.ts';

const CAUGHT = { Type: 'Pass', Output: { caught: '{% $states.input %}' }, End: true };
const catchAll = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] };

test.each([
  ['States.ALL', 'Anything', true],
  ['States.ALL', 'States.Timeout', true],
  ['States.ALL', 'States.QueryEvaluationError', true],
  ['States.ALL', 'States.DataLimitExceeded', false],
  ['States.ALL', 'States.Runtime', false],
  ['States.Runtime', 'States.Runtime', false],
  ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
  ['States.TaskFailed', 'Anything', true],
  ['States.TaskFailed', 'States.Timeout', false],
  ['States.TaskFailed', 'States.DataLimitExceeded', false],
  ['States.Timeout', 'States.HeartbeatTimeout', true],
  ['States.HeartbeatTimeout', 'States.Timeout', false],
  ['Anything', 'Anything', true],
  ['Anything', 'anything', false],
])('%s in ErrorEquals and the error %s: match is %s', (name, error, expected) => {
  const state = { ...lambdaTask({}), Catch: [{ ErrorEquals: [name], Next: 'X' }] } as never;

  expect(matchesError(name, error)).toBe(expected);
  expect(findCatcher(state, error) !== undefined).toBe(expected);
});

test.each([
  [{}, [1000, 2000, 4000, undefined]],
  [{ IntervalSeconds: 3, BackoffRate: 1, MaxAttempts: 2 }, [3000, 3000, undefined]],
  [{ IntervalSeconds: 10, BackoffRate: 10, MaxDelaySeconds: 60 }, [10_000, 60_000, 60_000, undefined]],
  [{ IntervalSeconds: 8, JitterStrategy: 'FULL' }, [2000, 4000, 8000, undefined]],
  [{ MaxAttempts: 0 }, [undefined]],
])('a retrier with %j pauses %j milliseconds', (rest, expected) => {
  const state = { ...lambdaTask({}), Retry: [{ ErrorEquals: ['Boom'], ...rest }] } as never;

  const delays = expected.map((_delay, made) => planRetry(state, 'Boom', [made], () => 0.25)?.delayMs);

  expect(delays).toEqual(expected);
});

test('a failed token is retried with a new token after the pause, then caught with its error', async () => {
  const { start, token, client, clock, end, messages, history } = await createHarness({ random: () => 0.5 });

  const arn = await start(
    machine({
      Ask: tokenTask({
        Arguments: {
          QueueUrl: 'http://127.0.0.1/q',
          MessageBody: {
            taskToken: '{% $states.context.Task.Token %}',
            attempt: '{% $states.context.State.RetryCount %}',
          },
        },
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 20, MaxAttempts: 1, JitterStrategy: 'FULL' }],
        Catch: [
          {
            ErrorEquals: ['Busy', 'Other'],
            Next: 'Caught',
            Assign: { failed: true },
            Output: "{% $states.errorOutput.Error & ': ' & $states.errorOutput.Cause %}",
          },
        ],
        End: true,
      }),
      Caught: { Type: 'Pass', Output: ['{% $failed %}', '{% $states.input %}'], End: true },
    }),
  );
  const first = await token();
  await client.send(new SendTaskFailureCommand({ taskToken: first, error: 'Busy', cause: 'try later' }));
  await clock.advance(9_999);
  expect(messages).toHaveLength(1);
  await clock.advance(1);
  const second = await token(1);
  await client.send(new SendTaskFailureCommand({ taskToken: second, error: 'Busy', cause: 'still' }));

  expect(await end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[true,"Busy: still"]' });
  expect(second).not.toBe(first);
  expect(messages.map((message) => JSON.parse(message.messageBody).attempt)).toEqual([0, 1]);
  expect((await history(arn)).filter((event) => event.type === 'TaskFailed')).toHaveLength(2);
});

test('a task without an answer times out, and its token is dead', async () => {
  const { start, token, client, clock, end } = await createHarness();

  const arn = await start(
    machine({ Ask: tokenTask({ TimeoutSeconds: 60, ...catchAll, End: true }), Caught: CAUGHT }),
  );
  const taskToken = await token();
  await clock.advance(60_000);

  expect(JSON.parse((await end(arn)).output ?? '')).toEqual({
    caught: { Error: 'States.Timeout', Cause: '' },
  });
  await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }))).rejects.toMatchObject({
    name: 'TaskTimedOut',
  });
});

test('heartbeats keep a task alive; one that is missed ends it', async () => {
  const { start, token, client, clock, describe, end } = await createHarness();

  const arn = await start(
    machine({
      Ask: tokenTask({
        TimeoutSeconds: 3600,
        HeartbeatSeconds: '{% $states.input.beat %}',
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Caught' }],
        End: true,
      }),
      Caught: CAUGHT,
    }),
    { beat: 30 },
  );
  const taskToken = await token();
  for (let beat = 0; beat < 5; beat += 1) {
    await clock.advance(29_000);
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
  }
  await clock.advance(29_999);
  const alive = await describe(arn);
  await clock.advance(1);

  expect(alive.status).toBe('RUNNING');
  expect((await end(arn)).output).toContain('States.HeartbeatTimeout');
  await expect(client.send(new SendTaskHeartbeatCommand({ taskToken }))).rejects.toMatchObject({
    name: 'TaskTimedOut',
  });
});

test('heartbeats do not put off the timeout itself', async () => {
  const { start, token, client, clock, end } = await createHarness();

  const arn = await start(
    machine({ Ask: tokenTask({ TimeoutSeconds: 60, HeartbeatSeconds: 40, End: true }) }),
  );
  const taskToken = await token();
  await clock.advance(30_000);
  await client.send(new SendTaskHeartbeatCommand({ taskToken }));
  await clock.advance(30_000);

  expect(await end(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test.each([
  [{ payload: { errorType: 'Superseded', errorMessage: 'x' }, functionError: 'Unhandled' }, 'Superseded'],
  [{ payload: { errorMessage: 'gone' }, functionError: 'Unhandled' }, 'Lambda.Unknown'],
])('a function that fails with %j gives the error %s with its payload as cause', async (answer, error) => {
  const { start, end } = await createHarness({ tasks: { invokeLambda: async () => answer } });

  const arn = await start(machine({ Work: lambdaTask({ End: true }) }));

  expect(await end(arn)).toMatchObject({ status: 'FAILED', error, cause: JSON.stringify(answer.payload) });
});

test('refusals of services carry their names', async () => {
  const refuse = (name: string) => async () => {
    throw Object.assign(new Error('refused'), { name });
  };
  const { start, end } = await createHarness({
    tasks: { invokeLambda: refuse('TooManyRequestsException'), sendMessage: refuse('QueueDoesNotExist') },
  });

  const invoked = await start(machine({ Work: lambdaTask({ End: true }) }));
  const sent = await start(machine({ Ask: tokenTask({ End: true }) }));

  expect(await end(invoked)).toMatchObject({ error: 'Lambda.TooManyRequestsException', cause: 'refused' });
  expect(await end(sent)).toMatchObject({ error: 'SQS.QueueDoesNotExistException' });
});

test('an error inside a map is caught there, or fails the map and ends the other iterations', async () => {
  const { start, messages, client, end, token } = await createHarness();
  const map = (inner: object, outer: object) =>
    machine({
      Each: {
        Type: 'Map',
        Items: [1, 2, 3],
        ItemProcessor: {
          StartAt: 'Ask',
          States: {
            Ask: tokenTask({
              Catch: [{ ErrorEquals: ['Mild'], Next: 'Mark' }],
              Output: 'done',
              End: true,
              ...inner,
            }),
            Mark: { Type: 'Pass', Output: 'failed', End: true },
          },
        },
        ...outer,
        End: true,
      },
      Caught: CAUGHT,
    });
  const fail = async (n: number, error: string) =>
    client.send(new SendTaskFailureCommand({ taskToken: await token(n), error, cause: 'because' }));

  const arn = await start(map({}, { Catch: [{ ErrorEquals: ['Harsh'], Next: 'Caught' }] }));
  await fail(1, 'Mild');
  await client.send(new SendTaskSuccessCommand({ taskToken: await token(0), output: '1' }));
  await client.send(new SendTaskSuccessCommand({ taskToken: await token(2), output: '1' }));
  expect((await end(arn)).output).toBe('["done","failed","done"]');

  messages.length = 0;
  const second = await start(map({}, { Catch: [{ ErrorEquals: ['Harsh'], Next: 'Caught' }] }));
  await fail(1, 'Harsh');
  expect(JSON.parse((await end(second)).output ?? '')).toEqual({
    caught: { Error: 'Harsh', Cause: 'because' },
  });
  await expect(fail(0, 'Mild')).rejects.toMatchObject({ name: 'TaskTimedOut' });
});

test('a map that fails is run again by its retrier from the first item', async () => {
  let calls = 0;
  const { start, end, clock } = await createHarness({
    tasks: {
      invokeLambda: async ({ payload }) => {
        calls += 1;
        return calls === 2
          ? { payload: { errorType: 'Boom', errorMessage: '' }, functionError: 'Unhandled' }
          : { payload };
      },
    },
  });

  const arn = await start(
    machine({
      Each: {
        Type: 'Map',
        Items: [1, 2],
        MaxConcurrency: 1,
        ItemProcessor: {
          StartAt: 'Work',
          States: { Work: lambdaTask({ Output: '{% $states.result.Payload %}', End: true }) },
        },
        Retry: [{ ErrorEquals: ['Boom'], IntervalSeconds: 5 }],
        End: true,
      },
    }),
  );
  await vi.waitFor(() => expect(calls).toBe(2));
  await clock.advance(5_000);

  expect(await end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2]' });
  expect(calls).toBe(4);
});

test('Fail ends the execution with an error and a cause that may be expressions', async () => {
  const { start, end } = await createHarness();

  const arn = await start(
    machine({ No: { Type: 'Fail', Error: "{% 'Bad' & $states.input.what %}", Cause: 'because' } }),
    { what: 'Thing' },
  );

  expect(await end(arn)).toMatchObject({ status: 'FAILED', error: 'BadThing', cause: 'because' });
});

test('the whole execution times out by its own TimeoutSeconds', async () => {
  const { start, end, clock, statuses } = await createHarness();

  const arn = await start(machine({ Ask: tokenTask({ End: true }) }, { TimeoutSeconds: 100 }));
  await clock.advance(100_000);

  expect(await end(arn)).toMatchObject({ status: 'TIMED_OUT' });
  expect(statuses.map((event) => event.detail.status)).toEqual(['RUNNING', 'TIMED_OUT']);
});

test('a choice that nothing matches fails the execution', async () => {
  const { start, end } = await createHarness();

  const arn = await start(
    machine({
      Pick: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Ok' }] },
      Ok: { Type: 'Succeed' },
    }),
  );

  expect(await end(arn)).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
});
