import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { createToken } from '#local/workflow/token.ts';
import { createHarness, MACHINE_ARN, machine, tokenTask } from './workflow-harness.ts';

const ASK = machine({ Ask: tokenTask({ End: true }) });
const DO = machine({ Do: { Type: 'Succeed' } });
const EXECUTION_ARN = MACHINE_ARN.replace(':stateMachine:', ':execution:');

test('a second start with the same name and input gives the running execution', async () => {
  const { start, clock, messages } = await createHarness();

  const first = await start(ASK, { x: 1 }, 'run');
  await clock.advance(5_000);
  const again = await start(ASK, { x: 1 }, 'run');

  expect(again).toBe(first);
  expect(messages).toHaveLength(1);
});

test('two starts at the same time make one execution', async () => {
  const { service, messages } = await createHarness();
  service.registerStateMachine(MACHINE_ARN, JSON.stringify(ASK));
  const request = { stateMachineArn: MACHINE_ARN, name: 'run', input: '{}' };

  const [one, other] = await Promise.all([service.startExecution(request), service.startExecution(request)]);

  expect(other).toEqual(one);
  expect(messages).toHaveLength(1);
});

test('the same name with another input, or of an ended execution, is refused', async () => {
  const { start, end } = await createHarness();
  await start(ASK, { x: 1 }, 'run');
  const ended = await start(DO, {}, 'ended');
  await end(ended);

  await expect(start(ASK, { x: 2 }, 'run')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  await expect(start(DO, {}, 'ended')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
});

test.each([
  ['a name with a space', { name: 'a b' }, 'InvalidName'],
  ['a name with a colon', { name: 'a:b' }, 'InvalidName'],
  ['a name of 81 characters', { name: 'x'.repeat(81) }, 'InvalidName'],
  ['input that is no JSON', { input: '{' }, 'InvalidExecutionInput'],
  ['input above 256 KiB', { input: JSON.stringify('x'.repeat(262_143)) }, 'ValidationException'],
  ['input above 256 KiB in bytes', { input: JSON.stringify('é'.repeat(131_072)) }, 'ValidationException'],
  ['no state machine', { stateMachineArn: undefined }, 'ValidationException'],
  ['an ARN of another kind', { stateMachineArn: EXECUTION_ARN }, 'InvalidArn'],
  ['an unknown state machine', { stateMachineArn: `${MACHINE_ARN}2` }, 'StateMachineDoesNotExist'],
])('a start with %s is refused with its error', async (_what, rest, name) => {
  const { client, service } = await createHarness();
  service.registerStateMachine(MACHINE_ARN, JSON.stringify(DO));
  const input = { stateMachineArn: MACHINE_ARN, ...rest } as never;

  await expect(client.send(new StartExecutionCommand(input))).rejects.toMatchObject({ name });
});

test('input of just 256 KiB is taken', async () => {
  const { start, end } = await createHarness();

  const arn = await start(machine({ Do: { Type: 'Pass', Output: 1, End: true } }), 'x'.repeat(262_142));

  expect(await end(arn)).toMatchObject({ status: 'SUCCEEDED' });
});

test('tokens: malformed, never given, answered already, and outputs that are no JSON', async () => {
  const { client, start, token, end } = await createHarness();
  const arn = await start(ASK);
  const taskToken = await token();
  const answer = (given: string, output = '1') =>
    client.send(new SendTaskSuccessCommand({ taskToken: given, output })).then(
      () => 'taken',
      (error: Error) => error.name,
    );

  expect(await answer('fake-token')).toBe('InvalidToken');
  expect(await answer(createToken())).toBe('TaskDoesNotExist');
  expect(await answer(taskToken, 'no json')).toBe('InvalidOutput');
  expect(await answer(taskToken, JSON.stringify('x'.repeat(262_143)))).toBe('ValidationException');
  expect(await answer(taskToken)).toBe('taken');
  expect(await answer(taskToken)).toBe('TaskTimedOut');
  expect(await end(arn)).toMatchObject({ output: '1' });
});

test('of two answers at the same time one is taken', async () => {
  const { client, start, token } = await createHarness();
  await start(ASK);
  const taskToken = await token();

  const answers = await Promise.allSettled([
    client.send(new SendTaskSuccessCommand({ taskToken, output: '1' })),
    client.send(new SendTaskFailureCommand({ taskToken, error: 'X' })),
  ]);

  expect(answers.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a stopped execution is ABORTED, its token dead, and a second stop changes nothing', async () => {
  const { client, start, token, describe, clock } = await createHarness();
  const arn = await start(ASK);
  const taskToken = await token();
  const stop = () =>
    client.send(new StopExecutionCommand({ executionArn: arn, error: 'Replaced', cause: 'new keys' }));

  const first = await stop();
  await clock.advance(60_000);
  const second = await stop();

  expect(second.stopDate).toEqual(first.stopDate);
  expect(await describe(arn)).toMatchObject({ status: 'ABORTED', error: 'Replaced', cause: 'new keys' });
  await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }))).rejects.toMatchObject({
    name: 'TaskTimedOut',
  });
});

test('unknown executions and operations are refused', async () => {
  const { client, service } = await createHarness();
  service.registerStateMachine(MACHINE_ARN, JSON.stringify(DO));
  const nameOf = (sent: Promise<unknown>) => sent.then(String, (error: Error) => error.name);

  expect(
    await Promise.all([
      nameOf(client.send(new DescribeExecutionCommand({ executionArn: `${EXECUTION_ARN}:none` }))),
      nameOf(client.send(new DescribeExecutionCommand({ executionArn: 'arn:aws:x' }))),
      nameOf(client.send(new StopExecutionCommand({ executionArn: `${EXECUTION_ARN}:none` }))),
      nameOf(client.send(new GetExecutionHistoryCommand({ executionArn: `${EXECUTION_ARN}:none` }))),
      nameOf(client.send(new ListExecutionsCommand({ stateMachineArn: `${MACHINE_ARN}2` }))),
      nameOf(client.send(new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN, maxResults: 1001 }))),
      nameOf(client.send(new ListActivitiesCommand({}))),
    ]),
  ).toEqual([
    'ExecutionDoesNotExist',
    'InvalidArn',
    'ExecutionDoesNotExist',
    'ExecutionDoesNotExist',
    'StateMachineDoesNotExist',
    'ValidationException',
    'UnknownOperationException',
  ]);
});

test('executions are listed newest first, by status, in pages', async () => {
  const { client, start, clock } = await createHarness();
  for (const name of ['a', 'b', 'c']) {
    await start(name === 'b' ? ASK : DO, {}, name);
    await clock.advance(1_000);
  }
  const list = (rest: object) =>
    client.send(new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN, ...rest }));

  const first = await list({ maxResults: 2 });
  const second = await list({ maxResults: 2, nextToken: first.nextToken });
  const running = await list({ statusFilter: 'RUNNING' });

  expect(first.executions?.map((each) => each.name)).toEqual(['c', 'b']);
  expect(second.executions?.map((each) => each.name)).toEqual(['a']);
  expect(second.nextToken).toBeUndefined();
  expect(running.executions).toMatchObject([{ name: 'b', status: 'RUNNING' }]);
});

test('the history comes in pages and backwards', async () => {
  const { client, start } = await createHarness();
  const executionArn = await start(DO);

  const first = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3 }));
  const back = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true }));

  expect(first.events).toHaveLength(3);
  expect(first.nextToken).toBeDefined();
  expect(back.events?.map((event) => event.id)).toEqual([4, 3, 2, 1]);
  expect(back.events?.[0]?.timestamp).toEqual(new Date('2026-11-23T12:00:00Z'));
});

test('state machines are described and listed', async () => {
  const { client, service } = await createHarness();
  service.registerStateMachine(MACHINE_ARN, JSON.stringify(DO));

  const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: MACHINE_ARN }));
  const listed = await client.send(new ListStateMachinesCommand({}));

  expect(described).toMatchObject({ name: 'Test', type: 'STANDARD', definition: JSON.stringify(DO) });
  expect(listed.stateMachines).toMatchObject([{ stateMachineArn: MACHINE_ARN }]);
});

test('status changes are sent as EventBridge events, after they are stored', async () => {
  const { start, end, statuses } = await createHarness();

  const arn = await start(machine({ Do: { Type: 'Succeed', Output: 'out' } }), { in: 1 }, 'run');
  await end(arn);

  expect(statuses).toMatchObject([
    { source: 'aws.states', detail: { status: 'RUNNING', stopDate: null, output: null } },
    {
      'detail-type': 'Step Functions Execution Status Change',
      region: 'us-east-1',
      account: '000000000000',
      resources: [arn],
      detail: {
        executionArn: arn,
        stateMachineArn: MACHINE_ARN,
        name: 'run',
        status: 'SUCCEEDED',
        input: '{"in":1}',
        output: '"out"',
        startDate: Date.UTC(2026, 10, 23, 12),
        stopDate: Date.UTC(2026, 10, 23, 12),
      },
    },
  ]);
});
