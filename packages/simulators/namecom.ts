import { makeDemoAccounts } from './demo-accounts.ts';
import { refuse, succeed } from './namecom/bodies.ts';
import { listDomains, toListed } from './namecom/listing.ts';
import { listRecords } from './namecom/records.ts';
import { pathParts } from './render.ts';
import { makeTruth } from './truth-domain.ts';
import type { SimAccount, SimContext, SimDomain, SimProtocol, SimRequest, SimResponse } from './types.ts';

/**
 * Name.com's core API v1 with Basic authentication: pages by number, fields that are left out where they are zero,
 * apex hosts in four spellings. Source: Name.com's OpenAPI 1.7.0 and docs.name.com, verified 2026-11-23.
 */
export const namecomProtocol: SimProtocol = {
  id: 'namecom',
  limits: [
    { name: '20 per second', calls: 20, windowMs: 1_000 },
    { name: '3000 per hour', calls: 3_000, windowMs: 3_600_000 },
  ],
  limitKey: (request) => readBasic(request)?.username.toLowerCase() ?? null,
  isWrite: ({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method),
  throttled: (retryAfterMs, nowMs) => {
    const reset = nowMs === undefined ? undefined : Math.ceil((nowMs + retryAfterMs) / 1_000);
    return refuse(
      429,
      'Rate Limit Exceeded',
      undefined,
      reset === undefined ? {} : { 'x-ratelimit-reset': String(reset) },
    );
  },
  answer,
  demoAccounts: (makePortfolio) =>
    makeDemoAccounts(
      makePortfolio,
      [
        { id: 'wrong-key', label: 'Wrong API token', refusal: 'wrongKey', expect: 'INVALID_CREDENTIALS' },
        {
          id: 'access-not-granted',
          label: 'API access is off',
          refusal: 'accessNotGranted',
          expect: 'ACCESS_NOT_GRANTED',
        },
      ],
      ({ id, number }) => ({ username: `fakeuser${number}`, apiToken: `fake-namecom-token-${id}` }),
    ),
  truthDomain: (domain) => makeTruth('namecom', domain),
  truthRecords: ({ dnsHere, rrsets }) => (dnsHere ? rrsets : []),
};

const ROUTES: readonly {
  readonly pattern: RegExp;
  readonly answer: (account: SimAccount, context: RouteContext, name: string) => SimResponse;
}[] = [
  {
    pattern: /^\/core\/v1\/hello$/,
    answer: ({ credentials }, { now }) =>
      succeed({
        serverName: 'simulator',
        motd: 'This is a simulator.',
        username: credentials.username,
        serverTime: new Date(now).toISOString(),
      }),
  },
  {
    pattern: /^\/core\/v1\/domains$/,
    answer: ({ portfolio }, { query }) => listDomains(portfolio, query),
  },
  {
    pattern: /^\/core\/v1\/domains\/([^/]+)$/,
    answer: (account, _context, name) => withDomain(account, name, (domain) => succeed(toListed(domain))),
  },
  {
    pattern: /^\/core\/v1\/domains\/([^/]+)\/records$/,
    answer: (account, { query }, name) => withDomain(account, name, (domain) => listRecords(domain, query)),
  },
];

interface RouteContext {
  readonly query: URLSearchParams;
  readonly now: number;
}

function answer(request: SimRequest, { accounts, now }: SimContext): SimResponse {
  const route = ROUTES.find(({ pattern }) => pattern.test(request.path));
  if (!route) return refuse(404, 'Not Found');
  if (request.method !== 'GET') return refuse(405, 'Method Not Allowed');
  const login = readBasic(request);
  const account = accounts.find(
    ({ credentials }) =>
      credentials.username?.toLowerCase() === login?.username.toLowerCase() &&
      credentials.apiToken === login?.apiToken,
  );
  if (!account || ['wrongKey', 'wrongSecret', 'tokenExpired'].includes(account.refusal)) {
    return refuse(401, 'Unauthorized');
  }
  if (['accessNotGranted', 'addressNotAllowed'].includes(account.refusal))
    return refuse(403, 'Permission Denied');
  const [name = ''] = pathParts(route.pattern, request.path);
  return route.answer(account, { query: request.query, now: now() }, name);
}

function withDomain(
  { portfolio }: SimAccount,
  name: string,
  give: (domain: SimDomain) => SimResponse,
): SimResponse {
  const domain = portfolio.get(name.toLowerCase());
  return domain ? give(domain) : refuse(404, 'Not Found');
}

/** User and token of an `Authorization: Basic` header; null where there is none, or no colon in it. */
function readBasic({ headers }: SimRequest): { username: string; apiToken: string } | null {
  const encoded = /^basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { username: text.slice(0, colon), apiToken: text.slice(colon + 1) };
}
