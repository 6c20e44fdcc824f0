import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFakeIssuer, type FakeIssuer } from './fake-issuer.ts';
import { toProductHeaders } from './product-headers.ts';
import { createFileSender, type Prepared, prepare, sendBody } from './site-files.ts';

/** An answer that is known beforehand. */
export interface Answer {
  /** 200 unless told. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; nothing where there is none. */
  readonly body?: unknown;
  /** How long it takes; a page that loads is seen that way. */
  readonly delayMs?: number;
}

/**
 * Answers by what is asked: `/v1/domains?limit=1000` is that query only, `/v1/domains` any query, and
 * `POST /v1/integrations/x/sync` another method than GET. The most exact one counts.
 */
export type Answers = Record<string, Answer>;

/** A call of the API, for answers that are made when they are asked for. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface SiteOptions {
  /** Of the built site. */
  readonly folder: string;
  /** Over the product's headers; null takes one away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Origins that the policy lets the site talk to besides its own. */
  readonly connectOrigins?: readonly string[];
  readonly answers?: Answers;
  /** Asked where `answers` has none; 404 where this gives none either. The same object is compressed once. */
  readonly api?: (call: ApiCall) => Answer | undefined;
  /** Over what `/config.json` says. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Whom the issuer signs in. */
  readonly email?: string;
  readonly tokenSeconds?: number;
  /** True: the API asks for no token. */
  readonly isOpen?: boolean;
}

/** A site that is being served. */
export interface ServedSite {
  /** `http://127.0.0.1:1234`, without a slash at the end. */
  readonly url: string;
  /** May be changed while pages are open. */
  readonly answers: Answers;
  readonly issuer: FakeIssuer;
  /** Method, path and status of every call of the API, in order. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves a built site on a free port of 127.0.0.1 as the distribution would, with answers in place of the API and an
 * issuer under `/oidc`, so that the very files that are deployed can be signed in to and measured without a backend.
 */
export async function serveSite(options: SiteOptions): Promise<ServedSite> {
  const { folder, answers = {}, tokenSeconds = 3_600, email = 'ada@example.test' } = options;
  const headers = toHeaders(options);
  const sendFile = createFileSender(folder);
  const bodies = new WeakMap<Answer, Prepared>();
  const calls: string[] = [];
  const ending = new AbortController();
  const server = createServer((request, response) => {
    // what goes wrong in here is this harness's own: it has to be seen
    serve(request, response).catch((error: unknown) => {
      if (ending.signal.aborted) return;
      console.error(error);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientId = 'fake-client';
  const issuer = createFakeIssuer({ issuer: `${url}/oidc`, clientId, email, tokenSeconds });
  const config = {
    issuer: `${url}/oidc`,
    clientId,
    audience: 'https://api.example.test',
    local: false,
    ...options.config,
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', url);
    const method = request.method ?? 'GET';
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (path.startsWith('/v1/')) {
      const answer = await answerApi(request, { method, path, query, body: await readText(request) });
      calls.push(`${method} ${request.url} ${answer.status ?? 200}`);
      return send(request, response, answer);
    }
    if (path.startsWith('/oidc/')) {
      const form = new URLSearchParams(await readText(request));
      const cookie = request.headers.cookie ?? '';
      return send(request, response, issuer.answer({ method, path: path.slice(5), query, form, cookie }));
    }
    if (path === '/config.json') return send(request, response, { body: config });
    sendFile(request, response, path);
  }

  async function answerApi(request: IncomingMessage, call: ApiCall): Promise<Answer> {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const isLetIn = options.isOpen || call.path === '/v1/health' || (token && issuer.knows(token));
    if (!isLetIn) return { status: 401, body: { message: 'Unauthorized' } };
    const prefix = call.method === 'GET' ? '' : `${call.method} `;
    const answer = answers[`${prefix}${request.url}`] ?? answers[prefix + call.path] ?? options.api?.(call);
    if (answer?.delayMs) await sleep(answer.delayMs, undefined, { signal: ending.signal });
    return answer ?? NOT_FOUND;
  }

  function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    const { status = 200, body } = answer;
    response.statusCode = status;
    response.setHeader('cache-control', 'no-store');
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    if (body === undefined) return void response.end();
    response.setHeader(
      'content-type',
      'type' in Object(body) ? 'application/problem+json' : 'application/json',
    );
    const prepared = bodies.get(answer) ?? prepare(Buffer.from(JSON.stringify(body)), 6);
    bodies.set(answer, prepared);
    sendBody(request, response, prepared);
  }

  return {
    url,
    answers,
    issuer,
    calls,
    async close() {
      ending.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const NOT_FOUND: Answer = {
  status: 404,
  body: {
    type: 'about:blank',
    title: 'Not found',
    status: 404,
    detail: 'There is nothing here.',
    code: 'NOT_FOUND',
    requestId: 'fake-request-1',
  },
};

function toHeaders({ headers = {}, connectOrigins = [] }: SiteOptions): Record<string, string> {
  const all = { ...toProductHeaders(connectOrigins), ...headers };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
