import type { SFNClient } from '@aws-sdk/client-sfn';
import { ENV } from '#core/env.ts';
import { newId } from '#core/ids.ts';
import type { Stores } from '#store/stores.ts';
import type { FinishDeps } from '#sync/runs/finish-deps.ts';
import { createWorkflowClient } from './clients.ts';
import { systemClock } from './clock.ts';
import { readEnv } from './env.ts';
import { log } from './log.ts';
import { openStores } from './stores.ts';
import { createWorkflow } from './workflow.ts';

export type RunsDeps = FinishDeps & Stores;

/** What the functions that start and end runs share; `stateMachineArn` where the environment doesn't name it. */
export function composeRuns(stateMachineArn = readEnv(ENV.stateMachine)[ENV.stateMachine]): RunsDeps {
  composed ??= { ...openStores(), clock: systemClock, log, newId };
  client ??= createWorkflowClient();
  return { ...composed, workflow: createWorkflow(client, stateMachineArn) };
}

let composed: Omit<RunsDeps, 'workflow'> | undefined;
let client: SFNClient | undefined;
