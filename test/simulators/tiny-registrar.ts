import { type SimulatorOptions, type SimulatorParts, startEngine } from '#simulators/engine.ts';
import type {
  SimAccount,
  SimDomain,
  SimPortfolio,
  SimProtocol,
  SimRegistrarId,
  SimRequest,
} from '#simulators/types.ts';

/** Calls in a second that the tiny registrar takes of one key. */
export const TINY_LIMIT = { name: 'per second', calls: 5, windowMs: 1_000 };

/** A portfolio with plain names, `name-0007-s3.example` is the eighth of seed 3, and zones of one set. */
export function makeTinyPortfolio(size: number, seed: number, zoneSize = 0): SimPortfolio {
  const names = Array.from(
    { length: size },
    (_, index) => `name-${String(index).padStart(4, '0')}-s${seed}.example`,
  );
  const known = new Set(names);
  return { size, seed, names, get: (name) => (known.has(name) ? tinyDomain(name, zoneSize) : undefined) };
}

/** A registrar with one call, `GET /v1/domains` by `Authorization: sso-key K:S`, which gives all names as JSON. */
export function tinyProtocol(id: SimRegistrarId = 'godaddy'): SimProtocol {
  return {
    id,
    limits: [TINY_LIMIT],
    limitKey: ({ headers }) => headers.authorization ?? null,
    isWrite: ({ method }) => method !== 'GET' && method !== 'HEAD',
    throttled: (retryAfterMs) => json(429, { code: 'TOO_MANY_REQUESTS', retryAfterMs }),
    answer(request, { accounts, now }) {
      if (request.path === '/now') return json(200, { now: now() });
      if (request.path === '/broken') throw new Error('the tiny registrar is broken');
      const account = findAccount(request, accounts);
      if (account === undefined) return json(401, { code: 'UNABLE_TO_AUTHENTICATE' });
      if (account.refusal === 'accessNotGranted') return json(403, { code: 'ACCESS_DENIED' });
      return json(200, account.portfolio.names, { 'X-Total': String(account.portfolio.size) });
    },
    demoAccounts: (makePortfolio) => [
      tinyAccount('demo-10', 'none', 'SYNCED', makePortfolio(10, 1)),
      tinyAccount('demo-0', 'none', 'SYNCED', makePortfolio(0, 2)),
      tinyAccount('no-access', 'accessNotGranted', 'ACCESS_NOT_GRANTED', makePortfolio(0, 3)),
    ],
    truthDomain: (domain) => ({
      name: domain.name,
      unicodeName: domain.name,
      registrar: id,
      registeredAt: domain.registeredAt,
      expiresAt: domain.expiresAt,
      expiryPrecision: 'INSTANT',
      autoRenew: domain.autoRenew,
      locked: null,
      privacy: null,
      nameServers: null,
      registeredHere: domain.registeredHere,
      rawStatuses: domain.rawStatuses,
      statuses: [],
      dns: { status: domain.dnsHere ? 'FETCHED' : 'ELSEWHERE' },
    }),
    truthRecords: (domain) => (domain.dnsHere ? domain.rrsets : []),
  };
}

/** Starts tiny registrars without latency. */
export function startTiny(options: SimulatorOptions = {}, protocols = [tinyProtocol()]) {
  const parts: SimulatorParts = {
    protocols,
    makePortfolio: (_registrar, size, seed, _anchorDay, zoneSize) => makeTinyPortfolio(size, seed, zoneSize),
  };
  return startEngine(parts, { latencyMs: 0, ...options });
}

/** The header that signs in as a tiny account. */
export function signIn(account: string, registrar: SimRegistrarId = 'godaddy'): Record<string, string> {
  return { authorization: `sso-key fake-${registrar}-key-${account}:fake-${registrar}-secret-${account}` };
}

function tinyAccount(
  id: string,
  refusal: SimAccount['refusal'],
  expect: string,
  portfolio: SimPortfolio,
): SimAccount {
  const credentials = {
    apiKey: `fake-godaddy-key-${id}`,
    apiSecret: `fake-godaddy-secret-${id}`,
    region: 'eu',
  };
  return { id, label: `Account ${id}`, refusal, expect, credentials, portfolio };
}

function findAccount({ headers }: SimRequest, accounts: readonly SimAccount[]): SimAccount | undefined {
  return accounts.find(
    ({ credentials }) => headers.authorization === `sso-key ${credentials.apiKey}:${credentials.apiSecret}`,
  );
}

function tinyDomain(name: string, zoneSize: number): SimDomain {
  const records = Array.from({ length: Math.max(1, zoneSize) }, (_, index) => `192.0.2.${index + 1}`);
  return {
    name,
    registeredAt: '2020-01-01T00:00:00Z',
    expiresAt: '2030-01-01T00:00:00Z',
    autoRenew: true,
    locked: true,
    privacy: true,
    rawStatuses: ['ACTIVE'],
    nameServers: ['ns1.example.net', 'ns2.example.net'],
    dnsHere: true,
    registeredHere: true,
    apiAccess: true,
    rrsets: [{ name: `${name}.`, type: 'A', ttl: 600, records }],
  };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
