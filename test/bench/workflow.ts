import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_RANGES_PER_EXECUTION, RegistrarMessage } from '#core/payloads.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { toWorkflowDefinition } from '#infra/workflow-definition.ts';
import { createWorkflowService } from '#local/workflow/service.ts';
import { openWorkflowStore } from '#local/workflow/store.ts';
import { atLeast, atMost, exactly, type Group } from '../figures/figure.ts';
import { LARGE } from './portfolios.ts';
import { measureSync } from './syncs.ts';
import { createVirtualTime } from './virtual-time.ts';

const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:SyncIntegration';
/** Where Step Functions ends an execution. */
const MOST_EVENTS = 25_000;
const MOST_EVENTS_WITHOUT_RETRIES = 8_000;
const MOST_STATE_BYTES = 64 * 1024;
/** More ranges to an execution than its history holds. */
const TOO_MANY_RANGES = 2 * MAX_RANGES_PER_EXECUTION;

/** State transitions, history and data of executions: of real syncs, and of one in which every range fails every time. */
export const workflow: Group = {
  name: 'workflow',
  about: 'state transitions, events of the history and bytes of data of an execution',
  async measure(tell) {
    const small = await measureSync({ registrar: 'godaddy', size: 50 });
    tell(exactly('workflow.transitions.one-range', small.runs[0]?.executions[0]?.transitions ?? 0, 6));

    const ranges = 14;
    const some = await measureSync({ registrar: 'godaddy', size: 1_000 });
    tell(
      exactly(
        `workflow.transitions.${ranges}-ranges`,
        some.runs[0]?.executions[0]?.transitions ?? 0,
        5 + ranges,
      ),
    );

    const large = await measureSync({ registrar: 'godaddy', size: LARGE, tinyZones: true });
    const executions = large.runs.flatMap((run) => run.executions);
    const mostOf = (key: 'events' | 'stateBytes') => Math.max(...executions.map((each) => each[key]));
    tell(atMost('workflow.history.100000', mostOf('events'), MOST_EVENTS_WITHOUT_RETRIES));
    tell(atMost('workflow.state-bytes.100000', mostOf('stateBytes'), MOST_STATE_BYTES));
    tell(atLeast('workflow.executions.100000', large.runs[0]?.executions.length ?? 0, 2));

    const worst = await measureWorst(MAX_RANGES_PER_EXECUTION);
    const beyond = await measureWorst(TOO_MANY_RANGES);
    tell(
      atMost('workflow.history.every-retry', worst.events, MOST_EVENTS - 1, {
        value: beyond.events,
        caught: beyond.status === 'FAILED' && worst.status === 'SUCCEEDED',
      }),
    );
  },
};

/** One execution of the shipped definition in which every range fails as often as it is tried. */
async function measureWorst(maxRanges: number) {
  const clock = createVirtualTime();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const service = createWorkflowService({
    clock,
    store: openWorkflowStore(folder),
    random: () => 0.5,
    emit: () => undefined,
    log: { error: () => undefined },
    tasks: {
      sendMessage: async ({ messageBody }) => {
        const { kind, taskToken } = RegistrarMessage.parse(JSON.parse(messageBody));
        clock.setTimer(clock.now() + 10, () => {
          const answered =
            kind === 'dns'
              ? service.sendTaskFailure(taskToken, { error: 'REGISTRAR_UNAVAILABLE' })
              : service.sendTaskSuccess(
                  taskToken,
                  JSON.stringify(kind === 'list' ? { ranges: maxRanges } : {}),
                );
          // The history is full: nobody waits any more.
          answered.catch(() => undefined);
        });
        return { MessageId: 'm' };
      },
      invokeLambda: async () => ({ payload: null }),
    },
  });
  const ids: readonly RegistrarId[] = ['godaddy', 'namecheap', 'gandi', 'porkbun', 'namecom'];
  const toAll = <T>(value: T) => Object.fromEntries(ids.map((id) => [id, value])) as Record<RegistrarId, T>;
  const definition = toWorkflowDefinition({
    queueUrls: toAll('http://127.0.0.1/queue'),
    lanes: toAll(40),
    finishSyncArn: 'arn:aws:lambda:us-east-1:000000000000:function:finish-sync',
    maxRanges,
  });
  service.registerStateMachine(MACHINE_ARN, JSON.stringify(definition));
  const run = { tenantId: 'tenantaa', integrationId: 'integrationaa', runId: 'runaaaaa' };
  const input = JSON.stringify({ ...run, registrar: 'godaddy', epoch: 1, trigger: 'ADDED' });
  const { executionArn } = await service.startExecution({
    stateMachineArn: MACHINE_ARN,
    name: 'worst',
    input,
  });
  while (service.describeExecution(executionArn).status === 'RUNNING') await clock.advance(60_000);
  const { eventCount, status } = service.describeExecution(executionArn);
  await service.close();
  rmSync(folder, { recursive: true, force: true });
  return { events: eventCount, status };
}
