import { expect } from 'vitest';
import { findUndocumented } from '../support/documented-answers.ts';
import { createMemoryApi, type MemoryApiOptions, toClaims, toToken } from '../support/memory-api.ts';

export { type Claims, tenantOf, toClaims, toToken } from '../support/memory-api.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

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

/** The API in memory, and a client of it that checks every answer. */
export function createHarness(options: MemoryApiOptions = {}) {
  const api = createMemoryApi(options);
  let requests = 0;

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
    const jwt = user === null ? {} : { authorizer: { jwt: { claims: toClaims(user, api.now()) } } };
    const headers = {
      ...(user !== null && { authorization: `Bearer ${toToken()}` }),
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...request.headers,
    };
    const init = { method, headers, ...(text !== undefined && { body: text }) };
    const response = await api.send(path, init, { requestContext: { requestId, ...jwt } });
    const answer = await response.text();
    expect(
      findUndocumented({ method, path, status: response.status, headers: response.headers, text: answer }),
    ).toBeUndefined();
    const isProblem = response.status >= 400;
    if (isProblem) expect(JSON.parse(answer)).toMatchObject({ status: response.status, requestId });
    return {
      status: response.status,
      headers: response.headers,
      text: answer,
      json: (answer === '' ? {} : JSON.parse(answer)) as T,
    };
  }

  return { ...api, call };
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
