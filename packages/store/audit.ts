import type { AuditStore } from '#core/ports/stores.ts';
import type { RowStore } from './rows.ts';
import { KEPT_SECONDS, KEY, toTtl } from './table.ts';
import { withoutNulls } from './updates.ts';

/** The audit trail over rows of the Portfolio table: a partition for each tenant and month, appended to only. */
export function createAuditStore(rows: RowStore): AuditStore {
  return {
    async append({ tenantId, action, atMs, id, integrationId, runId }) {
      await rows.put({
        ...KEY.audit(tenantId, atMs, id),
        ...withoutNulls({ action, atMs, integrationId, runId }),
        ttl: toTtl(atMs, KEPT_SECONDS.audit),
      });
    },
  };
}
