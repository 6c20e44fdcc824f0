import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { TaskTokens, Workflow } from '#core/ports/workflow.ts';

/** Starts and stops executions of one state machine. */
export function createWorkflow(client: SFNClient, stateMachineArn: string): Workflow {
  const toArn = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  return {
    async start(name, input) {
      const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
      await unless(['ExecutionAlreadyExists'], client.send(command));
    },
    async stop(name) {
      const command = new StopExecutionCommand({ executionArn: toArn(name), error: 'Superseded' });
      await unless(['ExecutionDoesNotExist', 'ValidationException'], client.send(command));
    },
    async status(name) {
      const command = new DescribeExecutionCommand({ executionArn: toArn(name) });
      const found = await unless(['ExecutionDoesNotExist'], client.send(command));
      if (!found) return 'unknown';
      return found.status === 'RUNNING' || found.status === 'PENDING_REDRIVE' ? 'running' : 'ended';
    },
  };
}

/** A token whose wait is over: its answer has nobody to go to. */
const OVER = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/** Answers to states that wait for a token. */
export function createTaskTokens(client: SFNClient): TaskTokens {
  return {
    async succeed(taskToken, output) {
      await unless(
        OVER,
        client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
      );
    },
    async fail(taskToken, error) {
      await unless(OVER, client.send(new SendTaskFailureCommand({ taskToken, error })));
    },
    async heartbeat(taskToken) {
      await unless(OVER, client.send(new SendTaskHeartbeatCommand({ taskToken })));
    },
  };
}

/** The answer, or undefined where the service refused by one of these names, which mean that there is nothing to do. */
async function unless<T>(names: readonly string[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
}
