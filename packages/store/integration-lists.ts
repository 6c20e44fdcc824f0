import type { IntegrationStore } from '#core/ports/stores.ts';
import { changeRow } from './change-row.ts';
import { absent, allOf, equal, exists } from './conditions.ts';
import { fromItem, fromOps, type OpsList, toLiveOps, toOps } from './integration-item.ts';
import { type RowPosition, type RowStore, unlessRefused } from './rows.ts';
import { KEY, toSortableMs } from './table.ts';
import { toSetOrRemove } from './updates.ts';

type Lists = Pick<IntegrationStore, 'listLapsed' | 'listDue' | 'setDue' | 'listClearable' | 'setClearAt'>;

/** The lists of work that the sweep and the dispatcher go through; they trail the integrations by moments. */
export function createIntegrationLists(rows: RowStore): Lists {
  async function listUntil(list: OpsList, beforeMs: number, limit: number, after?: string) {
    const page = await rows.query({
      pk: list,
      index: 'ops',
      sk: { before: toSortableMs(beforeMs) },
      limit,
      ...(after !== undefined && { startAfter: toPosition(list, after) }),
    });
    const items = page.rows.map(fromOps);
    return { items, next: page.next === undefined ? undefined : items.at(-1)?.position };
  }

  return {
    async listLapsed(nowMs, limit) {
      const { items } = await listUntil('RUNNING', nowMs, limit);
      return items.map(({ tenantId, integrationId }) => ({ tenantId, integrationId }));
    },
    async listDue(nowMs, limit, after) {
      const { items, next } = await listUntil('DUE', nowMs + 1, limit, after);
      return {
        items: items.map(({ tenantId, integrationId, atMs }) => ({ tenantId, integrationId, dueAtMs: atMs })),
        ...(next !== undefined && { next }),
      };
    },
    async listClearable(nowMs, limit) {
      const { items } = await listUntil('CLEAR', nowMs + 1, limit);
      return items.map(({ tenantId, integrationId }) => ({ tenantId, integrationId }));
    },
    setDue: (ref, dueAtMs) =>
      changeRow<void>(rows, KEY.integration(ref.tenantId, ref.integrationId), (row) => {
        const stored = row && fromItem(row);
        // a run that holds a lease says itself when it ends what is due next
        if (stored === undefined || stored.deleting || stored.leaseUntilMs !== null)
          return { answer: undefined };
        return {
          update: toSetOrRemove({ dueAtMs, ...toLiveOps(ref, { ...stored, dueAtMs }) }),
          condition: allOf(absent('deleting'), absent('leaseUntilMs'), equal('paused', stored.paused)),
          toAnswer: () => undefined,
        };
      }),
    async setClearAt(ref, clearAtMs) {
      const key = KEY.integration(ref.tenantId, ref.integrationId);
      const fields = toOps(ref, clearAtMs === null ? null : 'CLEAR', clearAtMs);
      // a tombstone that is gone, or an integration that isn't being deleted, wants no clearing
      await unlessRefused(rows.update(key, toSetOrRemove(fields), exists('deleting')));
    },
  };
}

/** A position of the index from its sort key alone: the rest of the key is in it. */
function toPosition(list: OpsList, sort: string): RowPosition {
  const [, tenantId = '', integrationId = ''] = sort.split('#');
  return { ...KEY.integration(tenantId, integrationId), gsi2pk: list, gsi2sk: sort };
}
