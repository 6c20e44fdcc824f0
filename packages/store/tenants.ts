import { newId } from '#core/ids.ts';
import type { Settings, TenantStore } from '#core/ports/stores.ts';
import { absent, anyOf, type Condition, equal } from './conditions.ts';
import { readNumber, readNumberOrNull } from './fields.ts';
import { allOfQuery, deleteAllOfQuery, type Row, type RowStore, unlessRefused } from './rows.ts';
import { KEPT_SECONDS, KEY, LAST, PREFIX, toSortableMs, toTenantPartition, toTtl } from './table.ts';

const defaults: Settings = { expiringSoonDays: 30, revision: 0 };

/** Tenants' settings, and the refusals that they provoked, over rows of the Portfolio table. */
export function createTenantStore(rows: RowStore): TenantStore {
  return {
    async settings(tenantId) {
      const row = await rows.get(KEY.profile(tenantId), { consistent: true });
      return row === undefined ? defaults : fromItem(row);
    },
    async putSettings(tenantId, { expiringSoonDays }, revision) {
      const update = { set: { expiringSoonDays }, add: { revision: 1 } };
      const condition = revision === undefined ? undefined : isAtRevision(revision);
      const after = await unlessRefused(rows.updateAndRead(KEY.profile(tenantId), update, condition));
      return after === undefined ? 'conflict' : fromItem(after);
    },
    async noteRefusal(tenantId, atMs) {
      await rows.put({
        ...KEY.refusal(tenantId, atMs, newId()),
        atMs,
        ttl: toTtl(atMs, KEPT_SECONDS.refusal),
      });
    },
    async refusalsSince(tenantId, sinceMs) {
      const range = [`${PREFIX.refusal}${toSortableMs(sinceMs)}`, `${PREFIX.refusal}${LAST}`] as const;
      const query = { pk: toTenantPartition(tenantId), sk: { between: range }, consistent: true };
      return (await allOfQuery(rows, query)).map((row) => readNumber(row, 'atMs'));
    },
    async deleteTenant(tenantId) {
      // refusals stay for their day: deleting the account must not give back the attempts of the hour
      await rows.delete(KEY.profile(tenantId));
      await deleteAllOfQuery(rows, { pk: KEY.idempotency(tenantId, 'any').PK });
    },
  };
}

function isAtRevision(revision: number): Condition {
  return revision === 0 ? anyOf(absent('revision'), equal('revision', 0)) : equal('revision', revision);
}

function fromItem(row: Row): Settings {
  return {
    expiringSoonDays: readNumberOrNull(row, 'expiringSoonDays') ?? defaults.expiringSoonDays,
    revision: readNumberOrNull(row, 'revision') ?? defaults.revision,
  };
}
