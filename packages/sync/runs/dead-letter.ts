import { RegistrarMessage } from '#core/payloads.ts';
import type { Log } from '#core/ports/log.ts';
import type { TaskTokens } from '#core/ports/workflow.ts';

/**
 * Answers for a message that no worker could handle: its step fails as INTERNAL, so that the workflow goes on instead
 * of waiting for its timeout. A body that is no message of ours is logged and let go; there is nobody to answer.
 */
export async function answerDeadLetter(deps: { tokens: TaskTokens; log: Log }, body: unknown): Promise<void> {
  const parsed = RegistrarMessage.safeParse(body);
  if (!parsed.success) {
    deps.log.error('dead letter without a readable message');
    return;
  }
  const { integrationId, runId, registrar, kind, attempt, hop, taskToken } = parsed.data;
  deps.log.error('dead letter', { integrationId, runId, registrar, step: kind, attempt, hop });
  await deps.tokens.fail(taskToken, 'INTERNAL');
}
