import type { DomainRecord } from '#core/domain.ts';
import type { DomainBrief, DomainStore, ExpiryPosition, Fence } from '#core/ports/stores.ts';
import { allOf, exists, notNewerThan } from './conditions.ts';
import {
  BRIEF_ATTRIBUTES,
  fromItem,
  toBrief,
  toDnsValue,
  toExpiryRowPosition,
  toExpirySort,
  toItem,
  UNKNOWN_EXPIRY,
} from './domain-item.ts';
import { deleteAllOfQuery, isWritten, pagesOf, type RowQuery, type RowStore } from './rows.ts';
import { KEY, PREFIX, toIntegrationPartition, toTenantPartition } from './table.ts';
import { toSetOrRemove, type Update } from './updates.ts';
import { removeZone } from './zones.ts';

/** Domains over rows of the Portfolio table. Every write is fenced by the epoch that the row itself carries. */
export function createDomainStore(rows: RowStore): DomainStore {
  const allDomains = (integrationId: string) => ({
    pk: toIntegrationPartition(integrationId),
    sk: { beginsWith: PREFIX.domain },
  });
  const updateStored = (fence: Fence, name: string, update: Update) =>
    isWritten(
      rows.update(
        KEY.domain(fence.integrationId, name),
        { ...update, set: { ...update.set, epoch: fence.epoch } },
        allOf(exists('PK'), notNewerThan(fence.epoch)),
      ),
    );

  return {
    async briefs(integrationId, first, last) {
      const briefs = new Map<string, DomainBrief>();
      const range = [`${PREFIX.domain}${first}`, `${PREFIX.domain}${last}`] as const;
      if (range[0] > range[1]) return briefs;
      const query = {
        pk: toIntegrationPartition(integrationId),
        sk: { between: range },
        attributes: BRIEF_ATTRIBUTES,
        consistent: true,
      };
      for await (const page of pagesOf(rows, query))
        for (const row of page) {
          const brief = toBrief(row);
          briefs.set(brief.name, brief);
        }
      return briefs;
    },
    put: (domain) => isWritten(rows.put(toItem(domain), notNewerThan(domain.epoch))),
    setDns: (fence, name, dns, nameServers) =>
      updateStored(fence, name, toSetOrRemove({ dns: toDnsValue(dns), nameServers })),
    markMissing: (fence, name, { since, lastSeenAt }) =>
      updateStored(fence, name, { set: { seen: 'MISSING', missingSince: since, lastSeenAt } }),
    async remove(fence, name) {
      // the domain first: its fence decides, and a zone without a domain is shown nowhere
      const key = KEY.domain(fence.integrationId, name);
      if (!(await isWritten(rows.delete(key, notNewerThan(fence.epoch))))) return false;
      await removeZone(rows, fence, name);
      return true;
    },
    async *all(integrationId) {
      for await (const page of pagesOf(rows, { ...allDomains(integrationId), consistent: true }))
        yield page.map(fromItem);
    },
    async deleteAll(integrationId) {
      await deleteAllOfQuery(rows, allDomains(integrationId));
      await deleteAllOfQuery(rows, {
        pk: toIntegrationPartition(integrationId),
        sk: { beginsWith: PREFIX.zone },
      });
    },
    async get(integrationId, name) {
      const row = await rows.get(KEY.domain(integrationId, name), { consistent: true });
      return row && fromItem(row);
    },
    async listByName(integrationId, limit, afterName) {
      const domains: DomainRecord[] = [];
      const query = {
        ...allDomains(integrationId),
        limit,
        ...(afterName !== undefined && { startAfter: { ...KEY.domain(integrationId, afterName) } }),
      };
      for await (const page of pagesOf(rows, query)) {
        domains.push(...page.map(fromItem));
        if (domains.length >= limit) break;
      }
      return domains.slice(0, limit);
    },
    async listByExpiry(tenantId, options) {
      const items: DomainRecord[] = [];
      // one more than asked tells whether there are more
      for (const query of toExpiryQueries(tenantId, { ...options, limit: options.limit + 1 })) {
        for await (const page of pagesOf(rows, query)) {
          items.push(...page.map(fromItem));
          if (items.length > options.limit) break;
        }
        if (items.length > options.limit) break;
      }
      if (items.length <= options.limit) return { items };
      const shown = items.slice(0, options.limit);
      const last = shown.at(-1);
      return last === undefined ? { items: shown } : { items: shown, next: toPosition(last) };
    },
  };
}

interface ExpiryOptions {
  readonly limit: number;
  readonly descending?: boolean;
  readonly after?: ExpiryPosition;
  readonly untilIso?: string;
}

/**
 * The queries that give the order by expiry, one behind the other: unknown expiries come last in both directions, so
 * that descending takes the dated rows first and the others in a query of their own. `untilIso` is exclusive.
 */
function toExpiryQueries(
  tenantId: string,
  { limit, descending = false, after, untilIso }: ExpiryOptions,
): RowQuery[] {
  const base: RowQuery = { pk: toTenantPartition(tenantId), index: 'byExpiry', limit, descending };
  const startAfter = after && { startAfter: toExpiryRowPosition(tenantId, after) };
  if (untilIso !== undefined) {
    const dated = { ...base, sk: { before: untilIso } };
    const isBeyond = after !== undefined && toExpirySort(after) >= untilIso;
    if (!isBeyond) return [{ ...dated, ...startAfter }];
    // beyond the end that is asked for lies nothing, or, backwards, all of it
    return descending ? [dated] : [];
  }
  if (!descending) return [{ ...base, ...startAfter }];
  const unknown: RowQuery = { ...base, sk: { beginsWith: `${UNKNOWN_EXPIRY}#` } };
  if (after?.expiresAt === null) return [{ ...unknown, ...startAfter }];
  return [{ ...base, sk: { before: `${UNKNOWN_EXPIRY}#` }, ...startAfter }, unknown];
}

function toPosition({ expiresAt, name, integrationId }: DomainRecord): ExpiryPosition {
  return { expiresAt, name, integrationId };
}
