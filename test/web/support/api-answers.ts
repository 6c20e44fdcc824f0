import type { DomainJson } from '#api/schemas/domain.ts';
import { makeRrsets, type Portfolio } from './portfolio.ts';
import type { Answer, ApiCall, SiteOptions } from './static-site.ts';

const DEFAULT_LIMIT = 100;

/**
 * The API's GETs for a portfolio, for `serveSite({ api })`: lists by page, domains and their records one by one.
 * Filters and changes are not among them: tests of those run against the real system.
 */
export function createApi(portfolio: Portfolio): NonNullable<SiteOptions['api']> {
  const made = new Map<string, Answer | undefined>();
  return (call) => {
    if (call.method !== 'GET') return undefined;
    const key = `${call.path}?${call.query}`;
    if (!made.has(key)) made.set(key, answer(portfolio, call));
    return made.get(key);
  };
}

function answer(portfolio: Portfolio, { path, query }: ApiCall): Answer | undefined {
  const [, , kind = '', id = '', part = '', runId] = path.split('/').map(decodeURIComponent);
  switch (kind) {
    case 'registrars':
      return { body: { items: portfolio.registrars, nextCursor: null } };
    case 'integrations':
      return answerIntegration(portfolio, { id, part, runId });
    case 'domains':
      return id === ''
        ? { body: toPage(portfolio.domains, query) }
        : answerDomain(portfolio, { id, part, query });
    case 'summary':
      return { body: portfolio.summary };
    case 'settings':
      return { body: portfolio.settings };
    case 'export':
      return { body: toExport(portfolio) };
    default:
      return undefined;
  }
}

function answerIntegration(
  { integrations, runs }: Portfolio,
  { id, part, runId }: { readonly id: string; readonly part: string; readonly runId: string | undefined },
): Answer | undefined {
  if (id === '') return { body: { items: integrations, nextCursor: null } };
  const integration = integrations.find((each) => each.id === id);
  if (!integration) return undefined;
  if (part === '') return { body: integration };
  const own = runs.get(id) ?? [];
  if (runId === undefined) return { body: { items: own, nextCursor: null } };
  const run = own.find((each) => each.runId === runId);
  return run && { body: run };
}

function answerDomain(
  { domains }: Portfolio,
  { id, part, query }: { readonly id: string; readonly part: string; readonly query: URLSearchParams },
): Answer | undefined {
  const registrations = domains.filter(({ name, unicodeName }) => name === id || unicodeName === id);
  const [first] = registrations;
  if (!first) return undefined;
  const { name, unicodeName } = first;
  if (part === '') return { body: { name, unicodeName, registrations } };
  const integration = query.get('integration') ?? first.integrationId;
  const domain = registrations.find(({ integrationId }) => integrationId === integration);
  return domain && { body: { dns: domain.dns, rrsets: toRrsets(domain) } };
}

function toRrsets({ name, dns }: DomainJson) {
  return dns.status === 'FETCHED' ? makeRrsets(name) : [];
}

function toPage(domains: readonly DomainJson[], query: URLSearchParams) {
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? DEFAULT_LIMIT);
  return { items: domains.slice(start, end), nextCursor: end < domains.length ? String(end) : null };
}

function toExport({ now, settings, integrations, runs, domains }: Portfolio) {
  return {
    exportedAt: new Date(now).toISOString(),
    settings,
    integrations,
    runs: [...runs.values()].flat(),
    domains: domains.map((domain) => ({ ...domain, rrsets: toRrsets(domain) })),
    nextCursor: null,
  };
}
