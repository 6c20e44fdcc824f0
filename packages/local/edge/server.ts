import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EdgeAnswer, EdgeRequest } from '../gateway/types.ts';
import { ISSUER_PATH, type Issuer } from '../issuer/provider.ts';
import type { PlatformLog } from '../logs.ts';
import type { Distribution } from './distribution.ts';

/** What answers behind the one address of the local run. */
export interface EdgeTargets {
  readonly distribution: Distribution;
  readonly issuer: Issuer;
  /** What `/config.json` tells the web app. */
  readonly webConfig: Readonly<Record<string, unknown>>;
}

/** The one server that people and scripts talk to. It listens before its targets are there. */
export interface EdgeServer {
  readonly port: number;
  /** Requests that came earlier are answered now, too. */
  serve(targets: EdgeTargets): void;
  close(): Promise<void>;
}

const maxBodyBytes = 10 * 1024 * 1024;
const localHosts = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** Listens on 127.0.0.1. @throws Error when the port is taken. */
export async function listenAtEdge(port: number, log: PlatformLog): Promise<EdgeServer> {
  const ready = Promise.withResolvers<EdgeTargets>();
  const server = createServer((request, response) => {
    void ready.promise
      .then((targets) => answer(targets, request, response))
      .catch((error: unknown) => {
        log('the edge failed', {
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
        if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
        response.end('the local server failed: see logs/local.log in the data folder\n');
      });
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    serve: (targets) => ready.resolve(targets),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  targets: EdgeTargets,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // another name for this machine would let a foreign page read what is here (DNS rebinding)
  if (!localHosts.test(request.headers.host ?? ''))
    return send(request, response, { status: 421, headers: {}, body: 'this server is localhost\n' });
  const [path = '/', query = ''] = splitUrl(request.url ?? '/');
  if (path === ISSUER_PATH || path.startsWith(`${ISSUER_PATH}/`))
    return targets.issuer.handle(request, response);
  if (path === '/config.json') {
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
    const body = JSON.stringify(targets.webConfig);
    return send(request, response, { status: 200, headers: targets.distribution.siteHeaders(headers), body });
  }
  const edgeRequest: EdgeRequest = {
    method: request.method ?? 'GET',
    path,
    query,
    headers: request.headers,
    body: await readBody(request),
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
  };
  send(request, response, await targets.distribution.answer(edgeRequest));
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

/** Reads a body to one byte beyond the gateway's limit: the gateway then refuses it. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (size <= maxBodyBytes) chunks.push(chunk);
    size += chunk.length;
    if (size > 2 * maxBodyBytes) break;
  }
  return Buffer.concat(chunks);
}

function send(request: IncomingMessage, response: ServerResponse, reply: EdgeAnswer): void {
  const headers = Object.entries(reply.headers).map(
    ([name, value]) => [name, typeof value === 'string' ? value : [...value]] as const,
  );
  const body = Buffer.isBuffer(reply.body) ? reply.body : Buffer.from(reply.body);
  const hasBody = reply.status !== 204 && reply.status !== 304;
  response.writeHead(reply.status, {
    ...Object.fromEntries(headers),
    ...(hasBody ? { 'content-length': body.length } : {}),
  });
  response.end(hasBody && request.method !== 'HEAD' ? body : undefined);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new Error(`port ${port} is in use: stop what runs there, or set PORT (0 = any)`, { cause })
          : cause,
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
