import { toIso } from '#core/ports/clock.ts';
import type { IntegrationRef, StartRequest, StartResult } from '#core/ports/stores.ts';
import { absent, allOf, anyOf, atMost, type Condition, differs, equal, exists } from './conditions.ts';
import { readNumber, readText } from './fields.ts';
import { fromItem, toOps } from './integration-item.ts';
import { type Row, type RowStore, unlessRefused } from './rows.ts';
import { KEY } from './table.ts';
import { toSetOrRemove } from './updates.ts';

/** The least time between two accepted manual syncs of an integration. */
export const MANUAL_PAUSE_MS = 60_000;

/**
 * The one conditional write that starts a run, and where it is refused the one consistent read that tells why. An
 * answer that got lost on its way is recognised by the run's own id: the client's repeat of the write is refused then,
 * though the run was started.
 */
export async function startRun(
  rows: RowStore,
  ref: IntegrationRef,
  request: StartRequest,
): Promise<StartResult> {
  const { runId, trigger, nowMs, leaseUntilMs } = request;
  const key = KEY.integration(ref.tenantId, ref.integrationId);
  const fields = {
    runId,
    runTrigger: trigger,
    leaseUntilMs,
    lastAttemptAt: toIso(nowMs),
    ...(trigger === 'MANUAL' && { lastManualAtMs: nowMs }),
    ...toOps(ref, 'RUNNING', leaseUntilMs),
  };
  const update = {
    ...toSetOrRemove(fields),
    copy: {
      replacedRunId: { from: 'runId', otherwise: '' },
      replacedLeaseMs: { from: 'leaseUntilMs', otherwise: 0 },
    },
    add: { epoch: 1 },
  };
  const started = await unlessRefused(rows.updateAndRead(key, update, toStartCondition(request)));
  if (started !== undefined) return toStarted(started);
  return explain(await rows.get(key, { consistent: true }), request);
}

function toStartCondition({ runId, trigger, nowMs }: StartRequest): Condition {
  return allOf(
    exists('PK'),
    absent('deleting'),
    differs('runId', runId),
    ...(trigger === 'CREDENTIALS_UPDATED'
      ? []
      : [anyOf(absent('leaseUntilMs'), atMost('leaseUntilMs', nowMs))]),
    ...(trigger === 'SCHEDULED' ? [equal('paused', false)] : []),
    ...(trigger === 'MANUAL'
      ? [anyOf(absent('lastManualAtMs'), atMost('lastManualAtMs', nowMs - MANUAL_PAUSE_MS))]
      : []),
  );
}

function explain(row: Row | undefined, { runId, trigger, nowMs }: StartRequest): StartResult {
  if (row === undefined) return { started: false, why: 'gone' };
  const integration = fromItem(row);
  if (integration.deleting) return { started: false, why: 'gone' };
  if (integration.runId === runId) return toStarted(row);
  const isLive = integration.leaseUntilMs !== null && integration.leaseUntilMs > nowMs;
  if (isLive && integration.runId !== null)
    return { started: false, why: 'running', runId: integration.runId };
  if (trigger === 'SCHEDULED' && integration.paused) return { started: false, why: 'paused' };
  const sinceManual = nowMs - (integration.lastManualAtMs ?? Number.NEGATIVE_INFINITY);
  if (trigger === 'MANUAL' && sinceManual < MANUAL_PAUSE_MS)
    return {
      started: false,
      why: 'tooSoon',
      retryAfterMs: Math.min(MANUAL_PAUSE_MS, MANUAL_PAUSE_MS - sinceManual),
    };
  // what refused the write ended between the two: a run that was live a moment ago
  return { started: false, why: 'running', runId: integration.runId ?? runId };
}

/** A lease that was still set belonged to a run that nobody ended: the new one superseded it. */
function toStarted(row: Row): StartResult {
  const superseded = readNumber(row, 'replacedLeaseMs') > 0 ? readText(row, 'replacedRunId') : null;
  return { started: true, integration: fromItem(row), supersededRunId: superseded };
}
