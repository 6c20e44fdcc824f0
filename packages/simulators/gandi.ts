import { makeDemoAccounts } from './demo-accounts.ts';
import { forbid, notFound, unauthorized } from './gandi/bodies.ts';
import { listDomains, toDetail } from './gandi/listing.ts';
import { listRecords, listZones } from './gandi/records.ts';
import { jsonAnswer, pathParts } from './render.ts';
import { makeTruth } from './truth-domain.ts';
import type {
  SimAccount,
  SimContext,
  SimDomain,
  SimProtocol,
  SimRefusal,
  SimRequest,
  SimResponse,
} from './types.ts';

const DAY_SECONDS = 86_400;

/**
 * Gandi's API v5 with personal access tokens: domains and LiveDNS below `/v5`, and id.gandi.net's `/tokeninfo` on
 * the same origin. Totals and links in headers, record sets with some targets relative. Sources: api.gandi.net/docs
 * and recordings of client libraries, verified 2026-11-23.
 */
export const gandiProtocol: SimProtocol = {
  id: 'gandi',
  limits: [{ name: '1000 per minute', calls: 1_000, windowMs: 60_000 }],
  limitKey: ({ path, remoteAddress }) => (path.startsWith('/v5/') ? remoteAddress : null),
  isWrite: ({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method),
  throttled: (retryAfterMs) =>
    jsonAnswer(
      429,
      { code: 429, message: 'Too Many Requests', object: 'HTTPTooManyRequests', cause: 'Too Many Requests' },
      { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) },
    ),
  answer,
  demoAccounts: (makePortfolio) =>
    makeDemoAccounts(
      makePortfolio,
      [
        { id: 'wrong-key', label: 'Wrong token', refusal: 'wrongKey', expect: 'INVALID_CREDENTIALS' },
        {
          id: 'token-expired',
          label: 'Expired token',
          refusal: 'tokenExpired',
          expect: 'AUTHENTICATION_FAILED',
        },
        {
          id: 'access-not-granted',
          label: 'Token without the right to see domains',
          refusal: 'accessNotGranted',
          expect: 'ACCESS_NOT_GRANTED',
        },
      ],
      ({ id }) => ({ apiToken: `fake-gandi-token-${id}` }),
    ),
  truthDomain: (domain) =>
    makeTruth('gandi', domain, {
      locked: domain.rawStatuses.includes('clientTransferProhibited'),
      privacy: null,
      nameServers: null,
      statuses: domain.rawStatuses,
    }),
  truthRecords: ({ dnsHere, rrsets }) => (dnsHere ? rrsets : []),
};

/** Refusals of somebody who isn't known at all; an expired token is known to `tokeninfo`, but to nothing else. */
const UNKNOWN: readonly SimRefusal[] = ['wrongKey', 'wrongSecret'];

const ROUTES: readonly {
  readonly pattern: RegExp;
  readonly answer: (
    account: SimAccount,
    query: URLSearchParams,
    parts: readonly (string | undefined)[],
  ) => SimResponse;
}[] = [
  { pattern: /^\/v5\/domain\/domains$/, answer: ({ portfolio }, query) => listDomains(portfolio, query) },
  {
    pattern: /^\/v5\/domain\/domains\/([^/]+)$/,
    answer: (account, _query, [name]) =>
      withDomain(account, name, (domain) => jsonAnswer(200, toDetail(domain))),
  },
  {
    pattern: /^\/v5\/domain\/domains\/([^/]+)\/nameservers$/,
    answer: (account, _query, [name]) =>
      withDomain(account, name, ({ nameServers }) => jsonAnswer(200, nameServers)),
  },
  { pattern: /^\/v5\/livedns\/domains$/, answer: ({ portfolio }, query) => listZones(portfolio, query) },
  {
    pattern: /^\/v5\/livedns\/domains\/([^/]+)\/records(?:\/([^/]+))?(?:\/([^/]+))?$/,
    answer: (account, query, [name, host, type]) =>
      withDomain(account, name, (domain) => listRecords(domain, query, { host, type })),
  },
];

function answer(request: SimRequest, { accounts }: SimContext): SimResponse {
  const { method, path, query } = request;
  const route = ROUTES.find(({ pattern }) => pattern.test(path));
  if (!route && path !== '/tokeninfo') return notFound();
  if (method !== 'GET') {
    return jsonAnswer(405, {
      code: 405,
      message: 'The method is not allowed for this resource.',
      object: 'HTTPMethodNotAllowed',
      cause: 'Method Not Allowed',
    });
  }
  const [scheme = '', token] = (request.headers.authorization ?? '').split(' ');
  const account = accounts.find(({ credentials }) => credentials.apiToken === token);
  if (!account || UNKNOWN.includes(account.refusal)) return unauthorized();
  if (scheme.toLowerCase() === 'apikey') return forbid();
  if (scheme.toLowerCase() !== 'bearer') return unauthorized();
  if (!route) return tellToken(account);
  if (account.refusal === 'tokenExpired') return unauthorized();
  if (['accessNotGranted', 'addressNotAllowed'].includes(account.refusal)) return forbid();
  return route.answer(account, query, pathParts(route.pattern, path));
}

/** What id.gandi.net tells of a token; `expires_in` is in seconds, and below 0 when the token has ended. */
function tellToken({ id, refusal }: SimAccount): SimResponse {
  const days = refusal === 'tokenExpired' ? -3 : id === 'demo-50' ? 12 : 300;
  return jsonAnswer(200, {
    name: `fake token of ${id}`,
    scope: refusal === 'accessNotGranted' ? [] : ['domain:read', 'domain:tech'],
    entities: [{ type: 'ORGANIZATION', id: '00000000-fa4e-fa4e-fa4e-000000000000' }],
    expires_in: days * DAY_SECONDS,
  });
}

function withDomain(
  { portfolio }: SimAccount,
  name: string | undefined,
  give: (domain: SimDomain) => SimResponse,
): SimResponse {
  const domain = portfolio.get((name ?? '').toLowerCase());
  return domain ? give(domain) : notFound();
}
