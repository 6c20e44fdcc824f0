import type { Clock } from '#core/ports/clock.ts';
import type { Log } from '#core/ports/log.ts';
import type { IntegrationStore } from '#core/ports/stores.ts';
import type { StartQueue } from '#core/ports/workflow.ts';

export interface DispatchDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly integrations: Pick<IntegrationStore, 'listDue'>;
  readonly startQueue: StartQueue;
}

/** Most integrations that one hourly tick sends on; the rest stays due and comes with the next ticks. */
const MAX_PER_TICK = 2_000;
const PAGE = 500;

/**
 * Hourly: sends a start message for every integration that is due, the most overdue first. Writes nothing: what
 * became of a start is noted by whoever handles the message, so a message that is lost only waits an hour.
 */
export async function dispatchDueSyncs(
  deps: DispatchDeps,
): Promise<{ readonly sent: number; readonly failed: number }> {
  const nowMs = deps.clock.now();
  let sent = 0;
  let failed = 0;
  let after: string | undefined;
  while (sent + failed < MAX_PER_TICK) {
    const page = await deps.integrations.listDue(nowMs, PAGE, after);
    const messages = page.items.map(({ tenantId, integrationId, dueAtMs }) => ({
      tenantId,
      integrationId,
      dueAt: dueAtMs,
    }));
    const refused = messages.length > 0 ? await deps.startQueue.send(messages) : [];
    sent += messages.length - refused.length;
    failed += refused.length;
    if (page.next === undefined) break;
    after = page.next;
  }
  if (failed > 0) deps.log.warn('start messages not taken by the queue', { count: failed });
  deps.log.info('due syncs dispatched', { count: sent });
  return { sent, failed };
}
