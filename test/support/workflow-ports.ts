import type { TaskTokens, Workflow } from '#core/ports/workflow.ts';
import type { createWorkflowService } from '#local/workflow/service.ts';

type Service = ReturnType<typeof createWorkflowService>;

/** The ports to a state machine over the local run's interpreter: what the lambdas' adapters are to Step Functions. */
export function createWorkflowPorts(
  service: Service,
  machineArn: string,
): { readonly workflow: Workflow; readonly tokens: TaskTokens } {
  const toArn = (name: string) => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const quietly = async (answer: Promise<void>) => {
    await answer.catch(() => undefined);
  };
  return {
    workflow: {
      start: async (name, input) => {
        await service.startExecution({ stateMachineArn: machineArn, name, input: JSON.stringify(input) });
      },
      stop: async (name) => {
        // One that is over or unknown counts as stopped.
        await service.stopExecution(toArn(name), {}).catch(() => undefined);
      },
      status: async (name) => {
        try {
          return service.describeExecution(toArn(name)).status === 'RUNNING' ? 'running' : 'ended';
        } catch {
          return 'unknown';
        }
      },
    },
    tokens: {
      succeed: (token, output) => quietly(service.sendTaskSuccess(token, JSON.stringify(output))),
      fail: (token, error) => quietly(service.sendTaskFailure(token, { error })),
      heartbeat: (token) => quietly(service.sendTaskHeartbeat(token)),
    },
  };
}
