import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { createWholeApi } from '#api/app.ts';
import { newId, toTenantId } from '#core/ids.ts';
import { toSecret } from '#core/secret.ts';
import { onHttp } from '#lambda/http.ts';
import { PROFILES } from '#registrars/profiles.ts';
import { createStores } from '#store/stores.ts';
import { toTenantPartition } from '#store/table.ts';
import { createIntakeCommands } from '#sync/commands/intake-commands.ts';
import { createPlainCommands } from '#sync/commands/plain-commands.ts';
import { createMemoryVault } from '#test/support/vault.ts';
import { atMost, type Group } from '../figures/figure.ts';
import { say } from '../figures/say.ts';
import { connectTables, writeDomains } from './filled-tables.ts';
import { measureLocalCalls } from './local-calls.ts';
import { middle, takeTurns, toText } from './times.ts';

const DOMAINS = 10_000;
const PAGE = 1_000;
const ROUNDS = 41;
const MOST_TIMES = 1.5;

const ISSUER = 'https://issuer.example';
const CLIENT_ID = 'web-app';

/** What the API adds to what the table takes, and what the local system answers in a second. */
export const api: Group = {
  name: 'api',
  about: `times of the middle answer: a page of ${PAGE} domains against its bare query; calls of the local system against its health`,
  async measure(tell) {
    const child = fork(join(import.meta.dirname, 'dynalite-child.ts'), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    try {
      const [{ endpoint }] = (await once(child, 'message')) as [{ endpoint: string }];
      const { list, bare, oneByOne } = await prepare(endpoint);
      const [listMs = [], bareMs = []] = await takeTurns([list, bare], ROUNDS);
      const [control = []] = await takeTurns([oneByOne], 3);
      say(`a page of ${PAGE} domains: ${toText(listMs)}; its bare query: ${toText(bareMs)}`);
      const times = middle(listMs) / middle(bareMs);
      const value = middle(control) / middle(bareMs);
      tell(atMost('api.page-over-query', times, MOST_TIMES, { value, caught: value > MOST_TIMES }));
    } finally {
      child.kill();
    }
    await measureLocalCalls(tell, DOMAINS);
  },
};

type Ask = () => Promise<unknown>;

async function prepare(endpoint: string): Promise<Record<'list' | 'bare' | 'oneByOne', Ask>> {
  const tables = connectTables(endpoint);
  const clock = { now: () => Date.UTC(2026, 10, 24), sleep: async () => undefined };
  const stores = createStores({ ...tables, clock });
  const vault = createMemoryVault();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const workflow = {
    start: async () => undefined,
    stop: async () => undefined,
    status: async () => 'running' as const,
  };
  const deps = { ...stores, clock, log, newId, workflow };
  const tenantId = toTenantId(ISSUER, 'alice');
  const intake = createIntakeCommands({
    ...deps,
    sealer: vault,
    fingerprinter: vault,
    limitSubject: (registrar, given) => PROFILES[registrar].limitSubject(given),
  });
  const added = await intake.add({
    tenantId,
    id: newId(),
    registrar: 'godaddy',
    environment: 'production',
    label: null,
    allowDuplicate: false,
    credentials: toSecret({ apiKey: 'fake-key', apiSecret: 'fake-secret', customerId: '1' }),
  });
  if (added.outcome !== 'added') throw new Error(added.outcome);
  await writeDomains(stores, { tenantId, integrationId: added.integration.id, epoch: 1 }, DOMAINS);
  const app = createWholeApi({
    stores,
    registrars: PROFILES,
    fingerprinter: vault,
    clock,
    newId,
    log,
    egressAddresses: [],
    clientId: CLIENT_ID,
    commands: { ...createPlainCommands(deps), ...intake },
  });
  const handler = onHttp(app);
  const list = async () => {
    const answer = await handler(toEvent(`limit=${PAGE}`), { awsRequestId: 'bench' } as Context);
    const items = JSON.parse((answer as { body: string }).body).items.length;
    if (items !== PAGE) throw new Error(`${items} domains came`);
  };
  const bare = async () => {
    const query = { pk: toTenantPartition(tenantId), index: 'byExpiry', limit: PAGE + 1 } as const;
    let { rows, next } = await tables.portfolio.query(query);
    while (rows.length <= PAGE && next !== undefined) {
      const more = await tables.portfolio.query({ ...query, startAfter: next });
      rows = [...rows, ...more.rows];
      next = more.next;
    }
    if (JSON.stringify({ items: rows }).length === 0 || rows.length < PAGE)
      throw new Error(`${rows.length} rows came`);
  };
  /** The control: what a list costs that reads its rows one by one. */
  const oneByOne = async () => {
    const { items } = await stores.domains.listByExpiry(tenantId, { limit: PAGE });
    await Promise.all(items.map(({ integrationId, name }) => stores.domains.get(integrationId, name)));
  };
  return { list, bare, oneByOne };
}

/** An event of the HTTP API for a list of domains, signed in. */
function toEvent(rawQueryString: string): APIGatewayProxyEventV2 {
  const claims = { iss: ISSUER, sub: 'alice', exp: '4000000000', token_use: 'access', client_id: CLIENT_ID };
  const token = [{ alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return {
    version: '2.0',
    routeKey: 'GET /v1/domains',
    rawPath: '/v1/domains',
    rawQueryString,
    headers: { authorization: `Bearer ${token.join('.')}.c2ln`, host: 'api.example' },
    requestContext: {
      requestId: 'bench',
      domainName: 'api.example',
      http: {
        method: 'GET',
        path: '/v1/domains',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'bench',
      },
      authorizer: { jwt: { claims, scopes: ['openid'] } },
    },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}
