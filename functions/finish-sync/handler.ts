import { toFinishInput } from '#lambda/finish-input.ts';
import { withStack } from '#lambda/middleware.ts';
import { composeRuns } from '#lambda/runs.ts';
import { finishSync } from '#sync/runs/finish-sync.ts';

/** Ends a run, or goes on with it in a further execution of the state machine that calls. */
export const handler = withStack<unknown, null>(async (event) => {
  const { stateMachineArn, ...input } = toFinishInput(event);
  await finishSync(composeRuns(stateMachineArn), input);
  return null;
});
