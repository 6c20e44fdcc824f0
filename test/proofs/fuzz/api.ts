import { aDomain } from '#test/api/fixtures.ts';
import { findUndocumented } from '#test/support/documented-answers.ts';
import { createMemoryApi, tenantOf, toClaims, toToken } from '#test/support/memory-api.ts';
import { OPERATIONS, type Operation, toBody } from '../support/operations.ts';
import { type Chance, createChance } from './chance.ts';
import { mutateBody } from './mutate.ts';
import { ODD_TEXTS } from './odd-values.ts';

/** What the API made of wrong requests. */
export interface FuzzedApi {
  readonly requests: number;
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** 5xx, answers that the document doesn't know, and errors thrown, as texts with the number of the play. */
  readonly wrong: readonly string[];
  readonly slowestMs: number;
}

/** So often things are cleared and begun anew, lest what is stored grows with the number of requests. */
const PLAYS_A_WORLD = 500;
const USERS = ['alice', 'bob'];
const QUERY_VALUES = [
  '1',
  '20',
  '1000',
  '0',
  '-1',
  'true',
  'name',
  '-expiresAt',
  'gandi',
  'ACTIVE',
  'FETCHED',
  '30',
];
/** Of the domains that each integration has. */
const NAMES = ['one.example', 'two.example', 'xn--mnchen-3ya.example'];
const HEADERS = [
  'if-match',
  'if-none-match',
  'idempotency-key',
  'content-type',
  'accept',
  'x-request-id',
  'range',
];

/**
 * Sends requests that are made from the OpenAPI document with something wrong in them: ids, parameters, headers, bodies.
 * @param isBroken breaks the stores: the control.
 */
export async function fuzzApi(requests: number, seed: number, isBroken = false): Promise<FuzzedApi> {
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  let slowestMs = 0;
  let world = createWorld(isBroken);
  for (let play = 0; play < requests; play += 1) {
    if (play % PLAYS_A_WORLD === 0) world = createWorld(isBroken);
    const chance = createChance(seed + play);
    const user = chance.pick(USERS);
    const request = toRequest(chance.pick(OPERATIONS), chance, world.ids);
    const began = performance.now();
    const told = `play ${play}, ${request.method} ${request.path}`;
    try {
      const answer = await world.send(request, user, play);
      const text = await answer.text();
      const { status, headers } = answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const problem =
        status >= 500
          ? `${status} ${text.slice(0, 200)}`
          : findUndocumented({ ...request, status, headers, text });
      if (problem !== undefined) wrong.push(`${told}: ${problem}`);
      if (status === 201) await world.fill(user, (JSON.parse(text) as { readonly id: string }).id);
    } catch (error) {
      wrong.push(`${told}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - began);
  }
  return { requests, statuses, wrong, slowestMs };
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

function createWorld(isBroken: boolean) {
  const api = createMemoryApi({
    demoAccounts: [],
    ...(isBroken && {
      stores: (stores) => ({ ...stores, integrations: { ...stores.integrations, get: fail, list: fail } }),
    }),
  });
  const ids: string[] = [];
  return {
    ids,
    /** Gives a new integration a few domains. */
    async fill(user: string, integrationId: string) {
      ids.push(integrationId);
      for (const name of NAMES)
        await api.stores.domains.put(
          aDomain({ tenantId: tenantOf(user), integrationId, registrar: 'gandi', name }),
        );
    },
    send(request: Request, user: string, play: number): Promise<Response> {
      const { method, body } = request;
      const headers = { authorization: `Bearer ${toToken()}`, ...request.headers };
      const claims = toClaims(user, api.now());
      const takesBody = method !== 'GET' && method !== 'HEAD';
      return api.send(
        request.path,
        { method, headers, ...(body !== undefined && takesBody && { body }) },
        {
          requestContext: { requestId: `play-${play}`, authorizer: { jwt: { claims } } },
        },
      );
    },
  };
}

async function fail(): Promise<never> {
  throw new TypeError('broken on purpose');
}

function toRequest(operation: Operation, chance: Chance, ids: readonly string[]): Request {
  const odd = () => encodeURIComponent(toWellFormed(chance.pick(ODD_TEXTS)));
  const known = () => (ids.length > 0 && !chance.onceIn(3) ? chance.pick(ids) : odd());
  const filled = operation.template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'name' && chance.onceIn(2) ? chance.pick(NAMES) : known(),
  );
  const pairs = operation.query
    .filter(() => chance.onceIn(2))
    .map((name) => `${name}=${toQueryValue(chance, odd, known)}`);
  if (chance.onceIn(10)) pairs.push(`${odd()}=${odd()}`);
  const path = `${filled === '' ? '/' : filled}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
  const body = withOwnToken(toBody(operation), chance);
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  if (chance.onceIn(4)) headers[chance.pick(HEADERS)] = toHeaderValue(chance.pick(ODD_TEXTS));
  const text = body === undefined ? (chance.onceIn(8) ? '{}' : undefined) : JSON.stringify(body);
  const sent = text === undefined || chance.onceIn(4) ? text : toWellFormed(mutateBody(text, chance));
  return { method: operation.method, path, headers, ...(sent !== undefined && { body: sent }) };
}

/** Credentials that no other integration has. */
function withOwnToken(body: unknown, chance: Chance): unknown {
  const apiToken = `fake-proof-gandi-token-${chance.below(1e9)}`;
  return typeof body === 'object' && body !== null && 'credentials' in body
    ? { ...body, credentials: { apiToken } }
    : body;
}

function toQueryValue(chance: Chance, odd: () => string, known: () => string): string {
  if (chance.onceIn(3)) return odd();
  return chance.onceIn(4) ? known() : chance.pick(QUERY_VALUES);
}

/** What a header can carry at all: the platform refuses the rest before it is sent. */
function toHeaderValue(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '');
}

function toWellFormed(text: string): string {
  return text.toWellFormed();
}
