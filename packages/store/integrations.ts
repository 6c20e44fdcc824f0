import { SyncError } from '#core/errors.ts';
import type { Integration } from '#core/integration.ts';
import type { Fence, IntegrationRef, IntegrationStore } from '#core/ports/stores.ts';
import { changeRow, type Decision } from './change-row.ts';
import { above, absent, allOf, below, type Condition, equal, exists } from './conditions.ts';
import { fromItem, toItem, toLiveOps, toOps, toPatchFields } from './integration-item.ts';
import { createIntegrationLists } from './integration-lists.ts';
import { allOfQuery, isWritten, type Row, type RowStore, unlessRefused } from './rows.ts';
import { startRun } from './start-run.ts';
import { KEPT_SECONDS, KEY, PREFIX, toTenantPartition, toTtl } from './table.ts';
import { toSetOrRemove } from './updates.ts';

/** Integrations over rows of the Portfolio table. */
export function createIntegrationStore(rows: RowStore): IntegrationStore {
  const keyOf = ({ tenantId, integrationId }: IntegrationRef) => KEY.integration(tenantId, integrationId);
  const read = async (ref: IntegrationRef) => {
    const row = await rows.get(keyOf(ref), { consistent: true });
    return row && fromItem(row);
  };

  return {
    ...createIntegrationLists(rows),
    create: (integration) => isWritten(rows.put(toItem(integration), absent('PK'))),
    get: read,
    async list(tenantId) {
      const query = {
        pk: toTenantPartition(tenantId),
        sk: { beginsWith: PREFIX.integration },
        consistent: true,
      };
      const all = (await allOfQuery(rows, query)).map(fromItem);
      return all.filter((each) => !each.deleting).sort(byCreation);
    },
    startRun: (ref, request) => startRun(rows, ref, request),
    async extendLease(fence, leaseUntilMs) {
      // only ever forward: of several workers of a run, the one that sleeps longest decides
      const condition = allOf(holdsFence(fence), below('leaseUntilMs', leaseUntilMs));
      const fields = { leaseUntilMs, ...toOps(fence, 'RUNNING', leaseUntilMs) };
      if (await isWritten(rows.update(keyOf(fence), toSetOrRemove(fields), condition))) return true;
      const stored = await read(fence);
      return stored !== undefined && isFenceOf(stored, fence) && stored.leaseUntilMs !== null;
    },
    finishRun: (fence, runId, patch) =>
      changeRow<boolean>(rows, keyOf(fence), (row) => {
        const stored = row && fromItem(row);
        if (
          stored === undefined ||
          !isFenceOf(stored, fence) ||
          stored.runId !== runId ||
          stored.leaseUntilMs === null
        )
          return { answer: false };
        const ended = { ...stored, ...patch, leaseUntilMs: null };
        const fields = { ...toPatchFields(patch, stored), leaseUntilMs: null, ...toLiveOps(fence, ended) };
        return pinned(stored, fields, allOf(equal('runId', runId), exists('leaseUntilMs')));
      }),
    patchRunning: (fence, patch) =>
      changeRow<boolean>(rows, keyOf(fence), (row) => {
        const stored = row && fromItem(row);
        if (stored === undefined || !isFenceOf(stored, fence) || stored.leaseUntilMs === null)
          return { answer: false };
        return pinned(stored, toPatchFields(patch, stored), exists('leaseUntilMs'));
      }),
    patch: (ref, changes, revision) =>
      changeRow<Integration | 'conflict' | 'gone'>(rows, keyOf(ref), (row) => {
        const stored = row && fromItem(row);
        if (stored === undefined || stored.deleting) return { answer: 'gone' };
        if (revision !== undefined && stored.revision !== revision) return { answer: 'conflict' };
        if (changes.heldAcceptedAt !== undefined && stored.held === null) return { answer: 'conflict' };
        const { paused = stored.paused, dueAtMs = stored.dueAtMs } = changes;
        const isRunning = stored.leaseUntilMs !== null;
        const fields = {
          ...changes,
          ...(changes.paused === false && { refusals: 0 }),
          ...(!isRunning && toLiveOps(ref, { ...stored, paused, dueAtMs })),
        };
        return {
          update: { ...toSetOrRemove(fields), add: { revision: 1 } },
          condition: allOf(
            absent('deleting'),
            equal('revision', stored.revision),
            isRunning ? exists('leaseUntilMs') : absent('leaseUntilMs'),
          ),
          toAnswer: fromItem,
        };
      }),
    async proposeCredentials(ref, { version, limitKey, fromVersion }, revision) {
      if (version <= fromVersion) throw new SyncError('INTERNAL', { path: 'credentials/version' });
      const update = {
        set: { credentialsVersion: version, candidateVersion: version, candidateLimitKey: limitKey },
        add: { revision: 1 },
      };
      const condition = allOf(
        exists('PK'),
        absent('deleting'),
        equal('credentialsVersion', fromVersion),
        ...(revision === undefined ? [] : [equal('revision', revision)]),
      );
      const after = await unlessRefused(rows.updateAndRead(keyOf(ref), update, condition));
      if (after !== undefined) return fromItem(after);
      const stored = await read(ref);
      return stored === undefined || stored.deleting ? 'gone' : 'conflict';
    },
    markDeleting: (ref, nowMs) =>
      changeRow<Integration | undefined>(rows, keyOf(ref), (row) => {
        const stored = row && fromItem(row);
        if (stored === undefined || stored.deleting) return { answer: stored };
        return {
          update: { ...toSetOrRemove(toTombstone(ref, nowMs)), add: { epoch: 1 } },
          condition: allOf(absent('deleting'), equal('epoch', stored.epoch)),
          toAnswer: () => stored,
        };
      }),
  };
}

/**
 * What makes a row a tombstone: it holds the fence for late writers, and nothing that a person or registrar said. The
 * same write puts it on the sweep's list, so that a deletion that breaks off at once is finished too.
 */
function toTombstone(ref: IntegrationRef, nowMs: number) {
  return {
    deleting: true,
    deletedAtMs: nowMs,
    leaseUntilMs: null,
    dueAtMs: null,
    ttl: toTtl(nowMs, KEPT_SECONDS.tombstone),
    ...toOps(ref, 'CLEAR', nowMs),
    label: null,
    problem: null,
    held: null,
    heldAcceptedAt: null,
    zoneCursor: null,
    candidateVersion: null,
    candidateLimitKey: null,
  };
}

/** A write of a run that pins what it was decided from: the fence, and by the revision whatever a person may change. */
function pinned(
  stored: Integration,
  fields: Parameters<typeof toSetOrRemove>[0],
  also: Condition,
): Decision<boolean> {
  return {
    update: toSetOrRemove(fields),
    condition: allOf(
      absent('deleting'),
      equal('epoch', stored.epoch),
      equal('revision', stored.revision),
      also,
    ),
    toAnswer: (_after: Row) => true,
  };
}

function holdsFence(fence: Fence): Condition {
  return allOf(absent('deleting'), equal('epoch', fence.epoch), above('leaseUntilMs', 0));
}

function isFenceOf(stored: Integration, fence: Fence): boolean {
  return !stored.deleting && stored.epoch === fence.epoch;
}

function byCreation(left: Integration, right: Integration): number {
  const [a, b] = [`${left.createdAt}#${left.id}`, `${right.createdAt}#${right.id}`];
  return a < b ? -1 : 1;
}
