import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The rule of infra/constructs/edge.ts, which a test compares: everything else is the app's one page. */
export const FILE_PATHS = /^\/(assets\/.+|[^/]+\.[a-z0-9]+)$/;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** A body as it goes over the wire. */
export interface Prepared {
  readonly plain: Buffer;
  readonly zipped: Buffer;
  readonly etag: string;
}

/** Sends the files of a folder, and the app's one page for every path that is none. */
export function createFileSender(
  folder: string,
): (request: IncomingMessage, response: ServerResponse, path: string) => void {
  const files = new Map<string, Prepared | undefined>();
  return (request, response, path) => {
    const name = FILE_PATHS.test(path) ? path : '/index.html';
    if (!files.has(name)) files.set(name, readPrepared(folder, name));
    const file = files.get(name);
    if (!file) {
      // a bucket that may not be listed answers so for what it doesn't have
      response.statusCode = 403;
      return void response.end('Access Denied\n');
    }
    response.setHeader('cache-control', 'no-cache');
    response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
    sendBody(request, response, file);
  };
}

/** A file of the site, as small as it gets; undefined where there is none. */
function readPrepared(folder: string, path: string): Prepared | undefined {
  const name = normalize(decodeURIComponent(path.slice(1)));
  if (name.startsWith('..')) return undefined;
  try {
    return prepare(readFileSync(join(folder, name)), 9);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'EISDIR') return undefined;
    throw error;
  }
}

/** A body and its compressed form; `level` as zlib counts. */
export function prepare(plain: Buffer, level: number): Prepared {
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { plain, zipped: gzipSync(plain, { level }), etag: `"${hash}"` };
}

/** Sends a body by what was asked: 304, compressed, or as it is. Ends the response. */
export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  { plain, zipped, etag }: Prepared,
): void {
  response.setHeader('etag', etag);
  if (request.headers['if-none-match'] === etag && response.statusCode === 200) {
    response.statusCode = 304;
    return void response.end();
  }
  const isZipped = /\bgzip\b/.test(String(request.headers['accept-encoding']));
  if (isZipped) response.setHeader('content-encoding', 'gzip');
  response.setHeader('vary', 'accept-encoding');
  const body = isZipped ? zipped : plain;
  response.setHeader('content-length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}
