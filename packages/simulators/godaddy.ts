import { makeDemoAccounts } from './demo-accounts.ts';
import { readSsoKey, refuseAccount } from './godaddy/auth.ts';
import { refuse, succeed } from './godaddy/bodies.ts';
import { listDomains, toDetail } from './godaddy/listing.ts';
import { listRecords } from './godaddy/records.ts';
import { variantOf } from './prng.ts';
import { pathParts } from './render.ts';
import { makeTruth } from './truth-domain.ts';
import type { SimAccount, SimContext, SimProtocol, SimRequest, SimResponse } from './types.ts';

/**
 * GoDaddy's API v1 with `sso-key`: listing by marker, names of dead domains unless only the visible are asked for,
 * records paged by number with an error past the end, 404 for a zone that isn't here. Sources: GoDaddy's swagger of
 * v1 and client code, verified 2026-11-23.
 */
export const godaddyProtocol: SimProtocol = {
  id: 'godaddy',
  limits: [{ name: '60 per minute', calls: 60, windowMs: 60_000 }],
  limitKey: (request) => readSsoKey(request)?.apiKey ?? null,
  isWrite: ({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method),
  throttled: (retryAfterMs) =>
    refuse(429, 'TOO_MANY_REQUESTS', 'Too many requests received within interval', {
      retryAfterSec: Math.max(1, Math.ceil(retryAfterMs / 1_000)),
    }),
  answer,
  demoAccounts: (makePortfolio) =>
    makeDemoAccounts(makePortfolio, REFUSALS, ({ id, number }) => ({
      apiKey: `fake-godaddy-key-${id}`,
      apiSecret: `fake-godaddy-secret-${id}`,
      customerId: String(900_000_000 + number),
    })),
  truthDomain: (domain) => makeTruth('godaddy', domain),
  truthRecords: ({ dnsHere, rrsets }) => (dnsHere ? rrsets : []),
};

const REFUSALS = [
  { id: 'wrong-key', label: 'Wrong API key', refusal: 'wrongKey', expect: 'INVALID_CREDENTIALS' },
  { id: 'wrong-secret', label: 'Wrong API secret', refusal: 'wrongSecret', expect: 'INVALID_CREDENTIALS' },
  {
    id: 'wrong-customer-id',
    label: 'Wrong customer ID',
    refusal: 'wrongCustomerId',
    expect: 'AUTHENTICATION_FAILED',
  },
  {
    id: 'access-not-granted',
    label: 'Fewer than 10 domains',
    refusal: 'accessNotGranted',
    expect: 'ACCESS_NOT_GRANTED',
  },
  {
    id: 'customer-id-unverifiable',
    label: 'Customer ID cannot be checked',
    refusal: 'customerIdUnverifiable',
    expect: 'SYNCED',
  },
] as const;

const ROUTES: readonly {
  readonly pattern: RegExp;
  readonly answer: (
    account: SimAccount,
    query: URLSearchParams,
    parts: readonly (string | undefined)[],
  ) => SimResponse;
}[] = [
  { pattern: /^\/v1\/domains$/, answer: ({ portfolio }, query) => listDomains(portfolio, query) },
  {
    pattern: /^\/v1\/domains\/([^/]+)$/,
    answer: ({ portfolio }, _query, [name = '']) => {
      const domain = portfolio.get(name.toLowerCase());
      return domain
        ? succeed(toDetail(domain))
        : refuse(404, 'NOT_FOUND', `Domain ${name} not found for shopper`);
    },
  },
  {
    pattern: /^\/v1\/domains\/([^/]+)\/records(?:\/([^/]+))?(?:\/([^/]+))?$/,
    answer: ({ portfolio }, query, [name = '', type, host]) =>
      listRecords(portfolio.get(name.toLowerCase()), query, { type, host }),
  },
  {
    pattern: /^\/v1\/shoppers\/([^/]+)$/,
    answer: (account, query, [id = '']) => getShopper(account, query, id),
  },
];

function answer(request: SimRequest, { accounts }: SimContext): SimResponse {
  const route = ROUTES.find(({ pattern }) => pattern.test(request.path));
  if (!route) return refuse(404, 'NOT_FOUND', 'Not found');
  if (request.method !== 'GET') return refuse(405, 'METHOD_NOT_ALLOWED', 'Method not allowed');
  const found = refuseAccount(request, accounts);
  if (!('account' in found)) return found;
  const { account } = found;
  if (account.refusal === 'accessNotGranted' && request.path.startsWith('/v1/domains')) {
    return refuse(403, 'ACCESS_DENIED', 'Authenticated user is not allowed access');
  }
  return route.answer(account, request.query, pathParts(route.pattern, request.path));
}

/** The account's own shopper; the id of another is not found, and some keys may not ask at all. */
function getShopper({ credentials, refusal }: SimAccount, query: URLSearchParams, id: string): SimResponse {
  if (refusal === 'customerIdUnverifiable') {
    return refuse(403, 'ACCESS_DENIED', 'Authenticated user is not allowed access');
  }
  if (refusal === 'wrongCustomerId' || id !== credentials.customerId) {
    return refuse(404, 'NOT_FOUND', 'Shopper not found');
  }
  const hex = (salt: string): string => variantOf(`${id}/${salt}`, 0xffff_ffff).toString(16).padStart(8, '0');
  const customerId = `${hex('a')}-fa4e-4fa4-8fa4-${hex('b')}fa4e`;
  return succeed({
    shopperId: id,
    ...(query.get('includes') === 'customerId' ? { customerId } : {}),
    nameFirst: 'Fake',
    nameLast: 'Shopper',
    email: 'shopper@example.com',
    marketId: 'en-US',
  });
}
