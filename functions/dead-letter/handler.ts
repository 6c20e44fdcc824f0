import { createWorkflowClient } from '#lambda/clients.ts';
import { log } from '#lambda/log.ts';
import { onQueue } from '#lambda/middleware.ts';
import { createTaskTokens } from '#lambda/workflow.ts';
import { answerDeadLetter } from '#sync/runs/dead-letter.ts';

const deps = { tokens: createTaskTokens(createWorkflowClient()), log };

/** Answers the workflow for messages that no worker could handle. */
export const handler = onQueue((body) => answerDeadLetter(deps, body));
