import { makeDemoAccounts } from './demo-accounts.ts';
import { sortedNames, toListedDomain } from './porkbun/listing.ts';
import { toRecords } from './porkbun/records.ts';
import { variantOf } from './prng.ts';
import { jsonAnswer, pathParts } from './render.ts';
import { makeTruth } from './truth-domain.ts';
import type { SimAccount, SimContext, SimDomain, SimProtocol, SimRequest, SimResponse } from './types.ts';

const BASE = '/api/json/v3';
const PAGE = 1_000;
const WRITING =
  /^\/(?:dns|domain|ssl|account|marketplace|email)\/(?:create|edit|delete|update|add|remove|set|renew|transfer|register|import)/i;

/**
 * Porkbun's JSON API v3: key pair in the body or in two headers, a ping that succeeds without keys, a switch per
 * domain, flags and dates of several forms. Sources: porkbun.com/api/json/v3/spec (v3.0) and recordings of it,
 * verified 2026-11-23.
 */
export const porkbunProtocol: SimProtocol = {
  id: 'porkbun',
  limits: [{ name: '1 per second', calls: 1, windowMs: 1_000 }],
  limitKey: (request) => readKeys(request)?.apiKey || null,
  isWrite: ({ method, path }) =>
    !['GET', 'HEAD', 'POST'].includes(method) ||
    (path.startsWith(BASE) && WRITING.test(path.slice(BASE.length))),
  throttled: (retryAfterMs) => {
    if (Math.ceil(retryAfterMs) % 3 === 0) {
      const body =
        '<html><head><title>503 Service Temporarily Unavailable</title></head><body>openresty</body></html>';
      return { status: 503, headers: { 'content-type': 'text/html' }, body };
    }
    const ttlRemaining = Math.max(1, Math.ceil(retryAfterMs / 1_000));
    return refuse(429, 'RATE_LIMIT_EXCEEDED', 'Rate limit exceeded.', { ttlRemaining });
  },
  answer,
  demoAccounts: (makePortfolio) =>
    makeDemoAccounts(
      makePortfolio,
      [
        { id: 'wrong-key', label: 'Wrong API key', refusal: 'wrongKey', expect: 'INVALID_CREDENTIALS' },
        {
          id: 'wrong-secret',
          label: 'Wrong secret key',
          refusal: 'wrongSecret',
          expect: 'INVALID_CREDENTIALS',
        },
        {
          id: 'address-not-allowed',
          label: 'Address not allowed',
          refusal: 'addressNotAllowed',
          expect: 'AUTHENTICATION_FAILED',
        },
        {
          id: 'access-not-granted',
          label: 'Access not granted',
          refusal: 'accessNotGranted',
          expect: 'ACCESS_NOT_GRANTED',
        },
      ],
      ({ id }) => ({ apiKey: `pk1_fake_porkbun_${id}`, secretApiKey: `sk1_fake_porkbun_${id}` }),
    ),
  truthDomain: (domain) =>
    makeTruth(
      'porkbun',
      domain,
      domain.apiAccess ? {} : { nameServers: null, dns: { status: 'NOT_PERMITTED' } },
    ),
  truthRecords: ({ apiAccess, dnsHere, rrsets }) => (apiAccess && dnsHere ? rrsets : []),
};

function answer(request: SimRequest, { accounts }: SimContext): SimResponse {
  const path = request.path.startsWith(`${BASE}/`) ? request.path.slice(BASE.length) : null;
  const handler = path === null ? undefined : ROUTES.find(({ pattern }) => pattern.test(path));
  if (path === null || !handler) return refuse(404, 'NOT_FOUND', 'There is nothing at this address.');
  if (request.method !== 'POST' && request.method !== 'GET') {
    return refuse(405, 'METHOD_NOT_ALLOWED', 'Use POST, or GET with the keys in headers.');
  }
  const body = readBody(request);
  const keys = readKeys(request);
  if (!body || !keys) return refuse(400, 'INVALID_OR_EMPTY_JSON', 'The body is empty or not JSON.');
  const isPing = path === '/ping';
  if (keys.apiKey === '' && isPing) return succeed({ yourIp: request.remoteAddress });
  if (keys.apiKey === '') return refuse(400, 'API_KEY_REQUIRED', 'API key is required.');
  if (keys.secretApiKey === '') return refuse(400, 'MISSING_SECRETAPIKEY', 'Secret API key is required.');
  const account = accounts.find(({ credentials }) => credentials.apiKey === keys.apiKey);
  const refusal = refuseAccount(account, keys.secretApiKey, isPing);
  if (refusal || !account) return refusal ?? invalidKeys('001');
  if (isPing) return succeed({ yourIp: request.remoteAddress, credentialsValid: true });
  return handler.answer(account, body, pathParts(handler.pattern, path));
}

interface Route {
  readonly pattern: RegExp;
  answer(
    account: SimAccount,
    body: Readonly<Record<string, unknown>>,
    parts: readonly (string | undefined)[],
  ): SimResponse;
}

const ROUTES: readonly Route[] = [
  { pattern: /^\/ping$/, answer: () => succeed({}) },
  {
    pattern: /^\/domain\/listAll$/,
    answer: ({ portfolio }, body) => {
      const start = Number(body.start ?? 0);
      if (!Number.isInteger(start) || start < 0)
        return refuse(400, 'INVALID_START', 'start is not a number.');
      const names = sortedNames(
        portfolio,
        String(body.sortName ?? 'expire_date'),
        body.sortDirection === 'desc',
      );
      const withLabels = body.includeLabels === 'yes';
      const domains = names.slice(start, start + PAGE).flatMap((name) => {
        const domain = portfolio.get(name);
        return domain ? [toListedDomain(domain, withLabels)] : [];
      });
      return succeed({ count: domains.length, domains });
    },
  },
  {
    pattern: /^\/domain\/get\/([^/]+)$/,
    answer: ({ portfolio }, _body, [name = '']) => {
      const domain = portfolio.get(name.toLowerCase());
      if (!domain) return refuse(404, 'DOMAIN_NOT_FOUND', 'Domain not found.');
      return notOptedIn(domain) ?? succeed({ domain: toListedDomain(domain, true) });
    },
  },
  {
    pattern: /^\/domain\/getNs\/([^/]+)$/,
    answer: (account, _body, [name = '']) =>
      withDomain(account, name, ({ name: own, nameServers }) => {
        const dot = own.endsWith('.de') ? '.' : '';
        return succeed({ ns: nameServers.map((host) => `${host}${dot}`) });
      }),
  },
  {
    pattern: /^\/dns\/retrieve\/([^/]+)(?:\/([^/]+))?$/,
    answer: (account, _body, [name = '', id]) =>
      withDomain(account, name, (domain) => {
        const records = toRecords(domain).filter((record) => id === undefined || String(record.id) === id);
        return succeed({ cloudflare: 'enabled', records });
      }),
  },
  {
    pattern: /^\/dns\/retrieveByNameType\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/,
    answer: (account, _body, [name = '', type, host]) =>
      withDomain(account, name, (domain) => {
        const owner = host === undefined ? domain.name : `${host}.${domain.name}`;
        const records = toRecords(domain).filter((record) => record.type === type && record.name === owner);
        return succeed({ cloudflare: 'enabled', records });
      }),
  },
];

/** Calls on one domain: refused where it isn't the account's, or its switch is off. */
function withDomain(
  account: SimAccount,
  name: string,
  give: (domain: SimDomain) => SimResponse,
): SimResponse {
  const domain = account.portfolio.get(name.toLowerCase());
  if (!domain) return refuse(400, 'INVALID_DOMAIN', 'Invalid domain.');
  return notOptedIn(domain) ?? give(domain);
}

function notOptedIn({ name, apiAccess }: SimDomain): SimResponse | undefined {
  if (apiAccess) return undefined;
  const code = ['API_ACCESS_DISABLED', 'DOMAIN_IS_NOT_OPTED_IN_TO_API_ACCESS', undefined][variantOf(name, 3)];
  return refuse(400, code, 'Domain is not opted in to API access.');
}

function refuseAccount(
  account: SimAccount | undefined,
  secret: string,
  isPing: boolean,
): SimResponse | undefined {
  if (!account || account.refusal === 'wrongKey' || account.refusal === 'tokenExpired')
    return invalidKeys('001');
  if (account.refusal === 'wrongSecret' || account.credentials.secretApiKey !== secret)
    return invalidKeys('002');
  if (account.refusal === 'addressNotAllowed') {
    return refuse(403, 'IP_NOT_ALLOWED', 'This API key may not be used from your IP address.');
  }
  if (account.refusal === 'accessNotGranted' && !isPing) {
    return refuse(403, undefined, 'Two-factor authentication must be enabled on the account to use the API.');
  }
  return undefined;
}

function readBody({ method, body }: SimRequest): Readonly<Record<string, unknown>> | null {
  if (method === 'GET') return {};
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch {
    return null;
  }
}

/** The key pair of a call, '' for what is missing; headers count only where the body has no key. Null: no JSON. */
function readKeys(request: SimRequest): { apiKey: string; secretApiKey: string } | null {
  const body = readBody(request);
  if (!body) return null;
  const inBody = body.apikey !== undefined || body.secretapikey !== undefined;
  const [apiKey, secretApiKey] = inBody
    ? [body.apikey, body.secretapikey]
    : [request.headers['x-api-key'], request.headers['x-secret-api-key']];
  return { apiKey: String(apiKey ?? ''), secretApiKey: String(secretApiKey ?? '') };
}

function invalidKeys(number: '001' | '002'): SimResponse {
  return refuse(400, `INVALID_API_KEYS_${number}`, `Invalid API key. (${number})`);
}

function succeed(fields: Readonly<Record<string, unknown>>): SimResponse {
  return jsonAnswer(200, { status: 'SUCCESS', ...fields }, { 'set-cookie': 'BUNSESSION2=fake; path=/' });
}

function refuse(
  status: number,
  code: string | undefined,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): SimResponse {
  return jsonAnswer(status, { status: 'ERROR', message, ...(code ? { code } : {}), ...more });
}
