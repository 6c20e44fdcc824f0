import type { DomainRecord } from '#core/domain.ts';
import type { Integration } from '#core/integration.ts';
import { toDomainName, toUnicodeName } from '#core/names.ts';
import type { ApiDeps } from '../deps.ts';
import { passes, selectIntegrations } from '../domain-filter.ts';
import { ExpiryCursor, listByExpiry } from '../domains-by-expiry.ts';
import { listByName, NameCursor } from '../domains-by-name.ts';
import type { ApiApp } from '../http-app.ts';
import { subjectOf } from '../load.ts';
import { invalid, notFound } from '../problem.ts';
import { DEFAULT_LIMIT, DomainParams } from '../schemas/common.ts';
import { DomainDetail, DomainList, DomainRecords, RecordsQuery } from '../schemas/domain.ts';
import { DomainQuery } from '../schemas/domain-query.ts';
import { serve } from '../serve.ts';
import { toDnsJson, toDomainJson, toRrsetJson } from '../views/domain.ts';
import { conditionalGet, createRoute, json, problems, unchanged } from './route.ts';

const listDomains = createRoute({
  method: 'get',
  path: '/v1/domains',
  operationId: 'listDomains',
  summary: 'Domains of all integrations, one row per integration and name',
  request: { query: DomainQuery, headers: conditionalGet },
  responses: {
    200: json(DomainList, 'A page of them; it may be short while nextCursor is set'),
    304: unchanged,
    ...problems('INVALID_REQUEST', 'INVALID_CURSOR'),
  },
});

const getDomain = createRoute({
  method: 'get',
  path: '/v1/domains/{name}',
  operationId: 'getDomain',
  summary: 'A name with its registrations',
  request: { params: DomainParams, headers: conditionalGet },
  responses: { 200: json(DomainDetail, 'The name'), 304: unchanged, ...problems('NOT_FOUND') },
});

const getRecords = createRoute({
  method: 'get',
  path: '/v1/domains/{name}/records',
  operationId: 'getRecords',
  summary: 'The DNS records of a name, as last read',
  request: { params: DomainParams, query: RecordsQuery, headers: conditionalGet },
  responses: {
    200: json(DomainRecords, 'The records'),
    304: unchanged,
    ...problems('INVALID_REQUEST', 'NOT_FOUND'),
  },
});

export const domainRoutes = [listDomains, getDomain, getRecords];

interface Holding {
  readonly integration: Integration;
  readonly domain: DomainRecord;
}

/** Domains and their records. */
export function serveDomains(app: ApiApp, deps: ApiDeps): void {
  const { domains, integrations, tenants, zones } = deps.stores;

  async function findHoldings(tenantId: string, text: string): Promise<readonly Holding[]> {
    const name = toDomainName(text);
    if (name === null) throw notFound();
    const live = await integrations.list(tenantId);
    const rows = await Promise.all(
      live.map(async (integration) => ({ integration, domain: await domains.get(integration.id, name) })),
    );
    const holdings = rows.flatMap(({ integration, domain }) => (domain ? [{ integration, domain }] : []));
    if (holdings.length === 0) throw notFound();
    return holdings;
  }

  serve(app, deps, listDomains, async ({ tenantId, query, cursors }) => {
    const { sort, limit = DEFAULT_LIMIT, cursor, ...filters } = query;
    const [all, settings] = await Promise.all([integrations.list(tenantId), tenants.settings(tenantId)]);
    const selected = new Map(selectIntegrations(all, filters).map((each) => [each.id, each]));
    const time = { nowMs: deps.clock.now(), soonDays: settings.expiringSoonDays };
    const scope = { tenantId, list: `domains/${sort}`, filters };
    // Rows of an integration that is gone wait for their removal: they aren't shown any more.
    const isShown = (row: DomainRecord) => selected.has(row.integrationId) && passes(row, filters, time);

    async function readPage() {
      if (sort === 'name') {
        const after = await cursors.read(scope, cursor, NameCursor);
        return listByName(domains, { integrationIds: [...selected.keys()], limit, after, passes: isShown });
      }
      const after = await cursors.read(scope, cursor, ExpiryCursor);
      const isFiltered = Object.keys(filters).length > 0;
      return listByExpiry(domains, {
        tenantId,
        limit,
        after,
        descending: sort === '-expiresAt',
        untilIso: filters.expiresBefore,
        chunk: isFiltered ? 1_000 : limit,
        passes: isShown,
      });
    }

    const { rows, next } = await readPage();
    const items = rows.flatMap((row) => {
      const integration = selected.get(row.integrationId);
      return integration
        ? [toDomainJson(row, { integration, subject: subjectOf(deps, integration), ...time })]
        : [];
    });
    return { status: 200, body: { items, nextCursor: await cursors.write(scope, next) } };
  });

  serve(app, deps, getDomain, async ({ tenantId, params }) => {
    const [holdings, settings] = await Promise.all([
      findHoldings(tenantId, params.name),
      tenants.settings(tenantId),
    ]);
    const time = { nowMs: deps.clock.now(), soonDays: settings.expiringSoonDays };
    const registrations = holdings.map(({ integration, domain }) =>
      toDomainJson(domain, { integration, subject: subjectOf(deps, integration), ...time }),
    );
    const { name } = (holdings[0] as Holding).domain;
    return { status: 200, body: { name, unicodeName: toUnicodeName(name), registrations } };
  });

  serve(app, deps, getRecords, async ({ tenantId, params, query }) => {
    const holdings = await findHoldings(tenantId, params.name);
    const wanted = holdings.filter(
      ({ integration }) => integration.id === (query.integration ?? integration.id),
    );
    if (wanted.length > 1) {
      const detail = 'Several integrations hold this name: say which one is meant.';
      throw invalid([{ pointer: '/integration', code: 'REQUIRED', detail }]);
    }
    const [holding] = wanted;
    if (holding === undefined) throw notFound();
    const { integration, domain } = holding;
    const hasRecords = domain.dns.status !== 'ELSEWHERE' && domain.dns.status !== 'NOT_PERMITTED';
    const rrsets = hasRecords ? await zones.get(integration.id, domain.name) : undefined;
    const dns = toDnsJson(domain, { integration, subject: subjectOf(deps, integration) });
    return { status: 200, body: { dns, rrsets: (rrsets ?? []).map(toRrsetJson) } };
  });
}
