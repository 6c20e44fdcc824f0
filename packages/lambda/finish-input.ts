import * as z from 'zod/mini';
import { FinishInput, WorkflowInput } from '#core/payloads.ts';

const ExecutionEnded = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ status: z.string(), input: z.string(), stateMachineArn: z.string() }),
});

/**
 * What finish-sync is asked to end: by the state machine itself, or by EventBridge's word that an execution ended
 * without having come that far (delivered at best effort; the sweep finds the others).
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html verified 2026-11-23
 */
export function toFinishInput(event: unknown): FinishInput {
  const ended = ExecutionEnded.safeParse(event);
  if (!ended.success) return FinishInput.parse(event);
  const { input, stateMachineArn, status } = ended.data.detail;
  return { ...WorkflowInput.parse(JSON.parse(input)), error: `States.${status}`, stateMachineArn };
}
