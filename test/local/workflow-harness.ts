import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { onTestFinished, vi } from 'vitest';
import { createWorkflowServer } from '#local/workflow/server.ts';
import { createWorkflowService, type WorkflowService } from '#local/workflow/service.ts';
import type { StatusEvent } from '#local/workflow/status-event.ts';
import { openWorkflowStore } from '#local/workflow/store.ts';
import type { SendMessageRequest, WorkflowTasks } from '#local/workflow/tasks.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

export const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:Test';
const QUEUE_URL = 'http://127.0.0.1/000000000000/queue';

export interface Harness {
  readonly client: SFNClient;
  readonly service: WorkflowService;
  readonly clock: VirtualClock;
  readonly folder: string;
  readonly messages: SendMessageRequest[];
  readonly statuses: StatusEvent[];
  readonly failures: string[];
  /** Registers a machine and starts it; gives the ARN of the execution. */
  start(definition: unknown, input?: unknown, name?: string): Promise<string>;
  describe(arn: string): Promise<DescribeExecutionOutput>;
  /** Waits until the execution is over. */
  end(arn: string): Promise<DescribeExecutionOutput>;
  history(arn: string): Promise<HistoryEvent[]>;
  /** The token inside the n-th message, once it was sent. */
  token(n?: number): Promise<string>;
  /** Ends service and server as a kill would, but for what is under way; the folder stays. */
  close(): Promise<void>;
}

export interface HarnessOptions {
  readonly tasks?: Partial<WorkflowTasks>;
  readonly clock?: VirtualClock;
  readonly folder?: string;
  readonly random?: () => number;
}

/** A service with its real server, a real SDK client and a clock that the test moves. */
export async function createHarness(options: HarnessOptions = {}): Promise<Harness> {
  const folder = options.folder ?? createFolder();
  const clock = options.clock ?? createVirtualClock();
  const messages: SendMessageRequest[] = [];
  const statuses: StatusEvent[] = [];
  const failures: string[] = [];
  const log = {
    error: (message: string, details: object) =>
      void failures.push(`${message} ${String(Object.values(details))}`),
  };
  const service = createWorkflowService({
    clock,
    store: openWorkflowStore(folder),
    tasks: {
      sendMessage: async (message) => {
        messages.push(message);
        return { MessageId: `message-${messages.length}` };
      },
      invokeLambda: async ({ payload }) => ({ payload }),
      ...options.tasks,
    },
    emit: (event) => void statuses.push(event),
    log,
    ...(options.random === undefined ? {} : { random: options.random }),
  });
  const server = await createWorkflowServer(service, log).listen();
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'fake-access-key', secretAccessKey: 'fake-secret-key' },
    maxAttempts: 1,
  });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    client.destroy();
    await server.close();
    await service.close();
  };
  onTestFinished(close);
  const describe = (arn: string) => client.send(new DescribeExecutionCommand({ executionArn: arn }));
  return {
    client,
    service,
    clock,
    folder,
    messages,
    statuses,
    failures,
    start: async (definition, input = {}, name) => {
      service.registerStateMachine(MACHINE_ARN, JSON.stringify(definition));
      const started = await client.send(
        new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, input: JSON.stringify(input), name }),
      );
      return started.executionArn ?? '';
    },
    describe,
    end: (arn) =>
      vi.waitFor(async () => {
        const execution = await describe(arn);
        if (execution.status === 'RUNNING') throw new Error('the execution still runs');
        return execution;
      }),
    history: async (arn) => {
      const events: HistoryEvent[] = [];
      let nextToken: string | undefined;
      do {
        const page: { events?: HistoryEvent[] | undefined; nextToken?: string | undefined } =
          await client.send(
            new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000, nextToken }),
          );
        events.push(...(page.events ?? []));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return events;
    },
    token: (n = 0) =>
      vi.waitFor(() => {
        const message = messages[n];
        if (message === undefined) throw new Error(`no message ${n}`);
        return JSON.parse(message.messageBody).taskToken as string;
      }),
    close,
  };
}

/** A new folder that is gone after the test. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A definition whose first state is the first one given. */
export function machine(states: Record<string, object>, rest: object = {}): object {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...rest };
}

/** A Task that sends a message and waits for its token. */
export function tokenTask(rest: object): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Arguments: {
      QueueUrl: QUEUE_URL,
      MessageBody: { taskToken: '{% $states.context.Task.Token %}', input: '{% $states.input %}' },
    },
    ...rest,
  };
}

/** A Task that invokes a function with its input. */
export function lambdaTask(rest: object): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' },
    ...rest,
  };
}
