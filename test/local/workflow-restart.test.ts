import { readdirSync } from 'node:fs';
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { expect, test, vi } from 'vitest';
import {
  createHarness,
  type Harness,
  type HarnessOptions,
  lambdaTask,
  MACHINE_ARN,
  machine,
  tokenTask,
} from './workflow-harness.ts';

/** Ends a service and opens another over the same folder and clock. */
async function restart(before: Harness, options: HarnessOptions = {}): Promise<Harness> {
  await before.close();
  const after = await createHarness({ ...options, folder: before.folder, clock: before.clock });
  after.service.resume();
  return after;
}

const succeed = (harness: Harness, taskToken: string, output: unknown) =>
  harness.client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));

test('a task that waits for a token goes on after a restart, with its variables', async () => {
  const before = await createHarness();
  const arn = await before.start(
    machine({
      Keep: { Type: 'Pass', Assign: { kept: '{% $states.input.x %}' }, Next: 'Ask' },
      Ask: tokenTask({ Next: 'Give' }),
      Give: { Type: 'Pass', Output: ['{% $kept %}', '{% $states.input %}'], End: true },
    }),
    { x: 'kept' },
  );
  const taskToken = await before.token();

  const after = await restart(before);
  await succeed(after, taskToken, 'answer');

  expect(await after.end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '["kept","answer"]' });
  expect(after.messages).toEqual([]);
  expect((await after.history(arn)).map((event) => event.id)).toEqual(
    (await after.history(arn)).map((_event, index) => index + 1),
  );
});

test('an answer that comes before the executions are taken up finds its task', async () => {
  const before = await createHarness();
  const arn = await before.start(machine({ Ask: tokenTask({ End: true }) }));
  const taskToken = await before.token();
  await before.close();

  const after = await createHarness({ folder: before.folder, clock: before.clock });
  await succeed(after, taskToken, 1);

  expect(await after.end(arn)).toMatchObject({ output: '1' });
});

test('iterations, done and under way and not begun, go on where they were', async () => {
  const before = await createHarness();
  const arn = await before.start(
    machine({
      Each: {
        Type: 'Map',
        Items: ['a', 'b', 'c', 'd'],
        MaxConcurrency: 2,
        ItemProcessor: { StartAt: 'Ask', States: { Ask: tokenTask({ End: true }) } },
        End: true,
      },
    }),
  );
  await succeed(before, await before.token(0), 'A');
  const [, second, third] = [await before.token(0), await before.token(1), await before.token(2)];

  const after = await restart(before);
  await succeed(after, third, 'C');
  await succeed(after, await after.token(0), 'D');
  await succeed(after, second, 'B');

  expect(await after.end(arn)).toMatchObject({ status: 'SUCCEEDED', output: '["A","B","C","D"]' });
});

test('deadlines, retries made and pauses outlive the process', async () => {
  const before = await createHarness();
  const arn = await before.start(
    machine({
      Ask: tokenTask({
        TimeoutSeconds: 1000,
        HeartbeatSeconds: 100,
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 50, MaxAttempts: 1 }],
        End: true,
      }),
    }),
  );
  await before.client.send(new SendTaskFailureCommand({ taskToken: await before.token(), error: 'Busy' }));

  const pausing = await restart(before);
  await pausing.clock.advance(50_000);
  const taskToken = await pausing.token();
  await pausing.clock.advance(90_000);
  await pausing.client.send(new SendTaskHeartbeatCommand({ taskToken }));

  const beating = await restart(pausing);
  await beating.clock.advance(99_999);
  const alive = await beating.describe(arn);
  await beating.clock.advance(1);

  expect(alive.status).toBe('RUNNING');
  expect(await beating.end(arn)).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
});

test('time that passed while the process was down counts', async () => {
  const before = await createHarness();
  const arn = await before.start(machine({ Nap: { Type: 'Wait', Seconds: 60, End: true } }));
  await before.close();
  await before.clock.advance(61_000);

  const after = await restart(before);
  await after.clock.advance(0);

  expect(await after.end(arn)).toMatchObject({ status: 'SUCCEEDED' });
});

test('a function that was under way is invoked again', async () => {
  const invokeLambda = vi.fn(() => new Promise<never>(() => undefined));
  const before = await createHarness({ tasks: { invokeLambda } });
  const arn = await before.start(machine({ Work: lambdaTask({ End: true }) }), { n: 1 });
  await vi.waitFor(() => expect(invokeLambda).toHaveBeenCalledTimes(1));

  const after = await restart(before);

  expect(JSON.parse((await after.end(arn)).output ?? '')).toMatchObject({
    Payload: { n: 1 },
    StatusCode: 200,
  });
});

test('a message whose sending was under way is sent again with the same token', async () => {
  const sent: string[] = [];
  const before = await createHarness({
    tasks: {
      sendMessage: async ({ messageBody }) => {
        sent.push(JSON.parse(messageBody).taskToken);
        return new Promise<never>(() => undefined);
      },
    },
  });
  const arn = await before.start(machine({ Ask: tokenTask({ End: true }) }));
  await vi.waitFor(() => expect(sent).toHaveLength(1));

  const after = await restart(before);
  const taskToken = await after.token();
  await succeed(after, taskToken, 'once');

  expect(taskToken).toBe(sent[0]);
  expect((await after.end(arn)).output).toBe('"once"');
});

test('executions go on with the definition they began with', async () => {
  const before = await createHarness();
  const arn = await before.start(machine({ Ask: tokenTask({ Output: 'old', End: true }) }));
  const taskToken = await before.token();

  const after = await restart(before);
  after.service.registerStateMachine(MACHINE_ARN, JSON.stringify(machine({ New: { Type: 'Succeed' } })));
  await succeed(after, taskToken, 1);

  expect((await after.end(arn)).output).toBe('"old"');
});

test('ended executions keep their history, and their names stay taken for 90 days', async () => {
  const before = await createHarness();
  const definition = machine({ Do: { Type: 'Succeed' } });
  const arn = await before.start(definition, {}, 'taken');
  await before.end(arn);

  const after = await restart(before);
  await expect(after.start(definition, {}, 'taken')).rejects.toMatchObject({
    name: 'ExecutionAlreadyExists',
  });
  expect(await after.history(arn)).toHaveLength(4);
  await after.close();
  await after.clock.advance(91 * 86_400_000);
  const later = await restart(after);

  expect(await later.start(definition, {}, 'taken')).toBe(arn);
  expect(readdirSync(later.folder)).toContain('workflow.sqlite');
});
