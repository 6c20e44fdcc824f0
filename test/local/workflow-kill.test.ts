import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { expect, onTestFinished, test } from 'vitest';
import { createSystemClock } from '#local/workflow/clock.ts';
import { createFolder, createHarness, MACHINE_ARN, machine, tokenTask } from './workflow-harness.ts';

const DEFINITION = machine({
  Each: {
    Type: 'Map',
    Items: '{% [1..3] %}',
    ItemProcessor: { StartAt: 'Ask', States: { Ask: tokenTask({ End: true }) } },
    End: true,
  },
});

/** Starts an execution, prints the token of each message, and then hangs until it is killed. */
const PROGRAM = `
  import { createSystemClock } from '#local/workflow/clock.ts';
  import { createWorkflowService } from '#local/workflow/service.ts';
  import { openWorkflowStore } from '#local/workflow/store.ts';
  const [folder, arn, definition] = process.argv.slice(1);
  const service = createWorkflowService({
    clock: createSystemClock(),
    store: openWorkflowStore(folder),
    tasks: {
      sendMessage: async ({ messageBody }) => {
        console.log(JSON.parse(messageBody).taskToken);
        return {};
      },
      invokeLambda: async () => ({ payload: null }),
    },
    emit: () => undefined,
    log: console,
  });
  service.registerStateMachine(arn, definition);
  await service.startExecution({ stateMachineArn: arn, name: 'run' });
  setInterval(() => undefined, 1000);
`;

test('an execution survives SIGKILL: its tokens are still awaited', async () => {
  const folder = createFolder();
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', PROGRAM, '--', folder, MACHINE_ARN, JSON.stringify(DEFINITION)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const tokens: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    tokens.push(line);
    if (tokens.length === 3) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');

  const { client, end, service } = await createHarness({
    folder,
    clock: { ...createSystemClock(), ...NO_CONTROL },
  });
  service.resume();
  for (const [index, taskToken] of tokens.entries()) {
    await client.send(new SendTaskSuccessCommand({ taskToken, output: String(index) }));
  }

  const execution = await end(`${MACHINE_ARN.replace(':stateMachine:', ':execution:')}:run`);
  expect(execution).toMatchObject({ status: 'SUCCEEDED', output: '[0,1,2]' });
});

/** The harness may move a clock; this test has the real one. */
const NO_CONTROL = {
  advance: () => Promise.reject(new Error('the real clock is not moved')),
  pending: () => 0,
};
