import { expect } from 'vitest';
import { createWholeApi } from '#api/app.ts';
import type { ApiDeps, DemoAccount, IntakeApiDeps } from '#api/deps.ts';
import type { ApiEvent } from '#api/principal.ts';
import { newId, toTenantId } from '#core/ids.ts';
import type { LogFields } from '#core/ports/log.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { createCommands, createIntakeCommands } from '#sync/commands.ts';
import { createMemoryStores, TEST_NOW_MS } from '../support/stores.ts';
import { createMemoryVault } from '../support/vault.ts';
import { checkAnswer } from './openapi-check.ts';

export const ISSUER = 'https://issuer.example';
export const CLIENT_ID = 'web-app';
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Claims as the gateway hands them over: all of them texts. */
export type Claims = Readonly<Record<string, unknown>>;

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it stands, in place of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Who asks; null for nobody. */
  readonly user?: string | null;
}

export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the body; an empty object where there is none. */
  readonly json: T;
}

export interface HarnessOptions {
  readonly egressAddresses?: readonly string[];
  readonly demoAccounts?: readonly DemoAccount[];
  /** Replaces commands, to see what the API asks of them or to let them answer what a test wants. */
  readonly commands?: Partial<ApiDeps['commands'] & IntakeApiDeps['commands']>;
  readonly stores?: (stores: ApiDeps['stores']) => ApiDeps['stores'];
}

export function tenantOf(user: string): string {
  return toTenantId(ISSUER, user);
}

export function toClaims(user: string, nowMs: number): Claims {
  return {
    iss: ISSUER,
    sub: user,
    client_id: CLIENT_ID,
    token_use: 'access',
    exp: String(Math.floor(nowMs / 1000) + 3600),
  };
}

/** A token whose form is what counts here: signature and claims were the gateway's to check. */
export function toToken(
  header: unknown = { alg: 'RS256', kid: 'k1' },
  claims: unknown = { sub: 'alice' },
): string {
  return [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
    .concat('.c2ln');
}

/** The whole API over stores in memory with the real commands, and a client of it that checks every answer. */
export function createHarness(options: HarnessOptions = {}) {
  let nowMs = TEST_NOW_MS;
  const clock = { now: () => nowMs, sleep: async () => undefined };
  const stores = createMemoryStores(clock);
  const vault = createMemoryVault();
  const logged: (LogFields & { readonly event: string })[] = [];
  const note = (event: string, fields: LogFields = {}) => {
    logged.push({ event, ...fields });
  };
  const log = { info: () => undefined, warn: note, error: note };
  const started: string[] = [];
  const workflow = {
    start: async (name: string) => {
      started.push(name);
    },
    stop: async () => undefined,
    status: async () => 'running' as const,
  };
  const shared = { ...stores, clock, log, workflow };
  const intake = createIntakeCommands({
    ...shared,
    sealer: vault,
    fingerprinter: vault,
    limitSubject: (registrar, credentials) => REGISTRARS[registrar].limitSubject(credentials),
  });
  const { demoAccounts } = options;
  const app = createWholeApi({
    stores: options.stores?.(stores) ?? stores,
    commands: { ...createCommands(shared), ...intake, ...options.commands },
    registrars: REGISTRARS,
    fingerprinter: vault,
    clock,
    newId,
    log,
    egressAddresses: options.egressAddresses ?? ['203.0.113.7'],
    clientId: CLIENT_ID,
    ...(demoAccounts && { simulators: { accounts: async () => demoAccounts } }),
  });
  let requests = 0;

  /** Sends a request with an event of one's own making, unchecked. */
  async function send(path: string, init: RequestInit, event: ApiEvent | undefined): Promise<Response> {
    return app.request(path, init, { ...(event && { event }) });
  }

  /** Calls as a user; the answer is held against the OpenAPI document. */
  async function call<T = Record<string, unknown>>(path: string, request: Call = {}): Promise<Reply<T>> {
    const {
      method = 'GET',
      user = 'alice',
      body,
      text = body === undefined ? undefined : JSON.stringify(body),
    } = request;
    requests += 1;
    const requestId = `request-${requests}`;
    const jwt = user === null ? {} : { authorizer: { jwt: { claims: toClaims(user, nowMs) } } };
    const headers = {
      ...(user !== null && { authorization: `Bearer ${toToken()}` }),
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...request.headers,
    };
    const init = { method, headers, ...(text !== undefined && { body: text }) };
    const response = await send(path, init, { requestContext: { requestId, ...jwt } });
    const answer = await response.text();
    checkAnswer({ method, path, status: response.status, headers: response.headers, text: answer });
    const isProblem = response.status >= 400;
    if (isProblem) expect(JSON.parse(answer)).toMatchObject({ status: response.status, requestId });
    return {
      status: response.status,
      headers: response.headers,
      text: answer,
      json: (answer === '' ? {} : JSON.parse(answer)) as T,
    };
  }

  return {
    app,
    stores,
    vault,
    logged,
    started,
    call,
    send,
    /** Moves time on. */
    pass(ms: number) {
      nowMs += ms;
    },
    now: () => nowMs,
  };
}
export type Harness = ReturnType<typeof createHarness>;

/** Credentials of a GoDaddy account; each key is an account of its own. */
export function godaddyCredentials(key = 'fake-godaddy-key-1') {
  return { apiKey: key, apiSecret: 'fake-godaddy-secret', customerId: '1234567' };
}

/** Connects a GoDaddy account and gives the integration's id. */
export async function connect(harness: Harness, key?: string, user = 'alice'): Promise<string> {
  const body = { registrar: 'godaddy', credentials: godaddyCredentials(key) };
  const { status, json } = await harness.call<{ id: string }>('/v1/integrations', {
    method: 'POST',
    body,
    user,
  });
  expect(status).toBe(201);
  return json.id;
}
