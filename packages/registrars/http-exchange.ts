import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request as requestSecure } from 'node:https';
import { SyncError } from '#core/errors.ts';
import { lookupPublic } from './http-addresses.ts';
import { isLoopbackHost } from './http-target.ts';

interface ExchangerOptions {
  readonly connectMs?: number;
  readonly maxBytes?: number;
  readonly maxHeaderBytes?: number;
  readonly lookup?: typeof import('node:dns').lookup;
}

interface Outgoing {
  readonly url: URL;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

interface Exchange {
  /** Fails with what Node says, or with a SyncError where the answer itself is refused. */
  readonly answer: Promise<Incoming>;
  /** How far it has come. */
  readonly phase: { isHandshake: boolean; isAnswering: boolean };
}

/**
 * Plain HTTP, for loopback. Not imported: as an ES module `node:http` shows all its names, and one of them loads the whole
 * of `fetch`, 20 ms of a cold start.
 */
const plain = process.getBuiltinModule('node:http');
const MEBIBYTE = 1_048_576;
/** How long a connection may lie idle: shorter than servers keep theirs. */
const IDLE_MS = 4_000;

/**
 * One request and its whole answer over Node's own HTTP/1.1 client, on connections that are kept. Certificates are
 * verified by Node's defaults; names lead to public addresses only.
 */
export function createExchanger(options: ExchangerOptions) {
  const { connectMs = 5_000, maxBytes = 10 * MEBIBYTE, maxHeaderBytes = 16_384 } = options;
  const lookup = lookupPublic(options.lookup);
  const secureAgent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  const plainAgent = new plain.Agent({ keepAlive: true, timeout: IDLE_MS });

  function open({ url, path, method, headers, body }: Outgoing, signal: AbortSignal): Exchange {
    const isSecure = url.protocol === 'https:';
    const phase = { isHandshake: false, isAnswering: false };
    const { promise: answer, resolve, reject } = Promise.withResolvers<Incoming>();
    const target: RequestOptions = {
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port,
      path,
      method,
      headers,
      signal,
      maxHeaderSize: maxHeaderBytes,
      ...(!isLoopbackHost(url.hostname) && { lookup }),
    };
    try {
      const request = isSecure
        ? requestSecure({ ...target, agent: secureAgent })
        : plain.request({ ...target, agent: plainAgent });
      request.on('error', reject);
      request.on('socket', (socket) => {
        if (request.reusedSocket) return;
        phase.isHandshake = isSecure;
        const timer = setTimeout(() => request.destroy(toConnectTimeout()), connectMs);
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          phase.isHandshake = false;
          clearTimeout(timer);
        });
        socket.once('close', () => clearTimeout(timer));
      });
      request.on('response', (response) => {
        phase.isAnswering = true;
        readAnswer(response, maxBytes).then(resolve, (error: unknown) => {
          reject(error);
          request.destroy();
        });
      });
      request.end(body);
    } catch (error) {
      // A header or path that Node refuses to write.
      reject(error);
    }
    return { answer, phase };
  }

  return {
    open,
    /** Closes every connection. */
    close(): void {
      secureAgent.destroy();
      plainAgent.destroy();
    },
  };
}

async function readAnswer(response: IncomingMessage, maxBytes: number): Promise<Incoming> {
  const status = response.statusCode ?? 0;
  const headers = toPlainHeaders(response);
  if (isRefusedHead(status, headers['content-encoding'])) {
    throw new SyncError('REGISTRAR_BAD_RESPONSE', { status });
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maxBytes) throw new SyncError('REGISTRAR_BAD_RESPONSE', { status });
    chunks.push(chunk);
  }
  return { status, headers, bytes: Buffer.concat(chunks, size) };
}

/** Redirects lead away from the allowed origin, and packed bodies unpack to any size: neither is looked into. */
function isRefusedHead(status: number, encoding: string | undefined): boolean {
  const isRedirect = status >= 300 && status < 400;
  return isRedirect || (encoding !== undefined && encoding.toLowerCase() !== 'identity');
}

function toPlainHeaders({ headersDistinct }: IncomingMessage): Record<string, string> {
  const plain: Record<string, string> = Object.create(null);
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    if (name !== 'set-cookie') plain[name] = values.join(', ');
  }
  return plain;
}

function toConnectTimeout(): NodeJS.ErrnoException {
  return Object.assign(new Error('connecting took too long'), { code: 'ETIMEDOUT' });
}
