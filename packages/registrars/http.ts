import { Agent, buildConnector } from 'undici';
import { SyncError } from '#core/errors.ts';
import type { RegistrarAnswer, RegistrarCall } from '#core/registrar.ts';
import { lookupPublic } from './http-addresses.ts';
import { toTransportError } from './http-errors.ts';
import { isLoopbackHost, requireOrigin, toTarget } from './http-target.ts';

export interface HttpClientOptions {
  /** The only origins that are called: https, exactly as `new URL(…).origin` writes them. */
  readonly allowedOrigins: readonly string[];
  readonly userAgent?: string;
  /** From the start of a call to the last byte of its answer, connecting included; 20,000 ms. */
  readonly deadlineMs?: number;
  /** For TCP and TLS together; 5,000 ms. */
  readonly connectMs?: number;
  /** The largest body that is read; 10 MiB. */
  readonly maxBytes?: number;
  /** All headers of an answer together; 16 KiB. */
  readonly maxHeaderBytes?: number;
  /** Plain http to 127.0.0.1, ::1 and localhost, for the local run and tests; false. */
  readonly allowLoopbackHttp?: boolean;
  /** How names become addresses, in the form of `dns.lookup`; answers that are not public addresses are refused. */
  readonly lookup?: typeof import('node:dns').lookup;
}

export interface HttpClient {
  /**
   * Sends one call and reads its whole answer, of whatever status but a redirect. Never retries, never follows,
   * keeps no cookie, unpacks nothing.
   *
   * @throws SyncError REGISTRAR_UNAVAILABLE (no connection, or it broke), REGISTRAR_TIMEOUT (deadline),
   *   REGISTRAR_TLS (certificate or handshake; nothing was sent), REGISTRAR_BAD_RESPONSE (redirect, packed, too large,
   *   cut off, not HTTP, not UTF-8); none of them holds a URL, a header, a text of the registrar or a cause
   * @throws TypeError for a call that must not be made: another origin, a path that is no plain path
   */
  send(call: RegistrarCall): Promise<RegistrarAnswer>;
  /** Closes idle connections once the calls in flight are done. */
  close(): Promise<void>;
}

/** How we name ourselves to registrars. */
const USER_AGENT = 'DomainCollective/0.1 (read-only portfolio sync)';
const MEBIBYTE = 1_048_576;

/**
 * The one HTTP client for all calls that leave for a registrar. What comes back is hostile until proven otherwise:
 * every size, every wait and every hop is bounded here.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { deadlineMs = 20_000, maxBytes = 10 * MEBIBYTE, userAgent = USER_AGENT } = options;
  const allowedOrigins = new Set(
    options.allowedOrigins.map((origin) => requireOrigin(origin, options.allowLoopbackHttp ?? false)),
  );
  const handshakeFailures = new WeakSet<Error>();
  const agent = new Agent({
    allowH2: false,
    connect: makeConnector(options, handshakeFailures),
    // The deadline bounds both; undici's own would measure idle time only.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: options.maxHeaderBytes ?? 16_384,
    maxResponseSize: maxBytes,
  });

  async function send(call: RegistrarCall): Promise<RegistrarAnswer> {
    const path = toTarget(call, allowedOrigins);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), deadlineMs);
    let isAnswering = false;
    try {
      const { statusCode, headers, body } = await agent.request({
        origin: call.origin,
        path,
        method: call.method,
        headers: toSentHeaders(call.headers ?? {}, userAgent),
        body: call.body ?? null,
        signal: deadline.signal,
      });
      isAnswering = true;
      // Whoever stops reading gets an error event for it, which says nothing new.
      body.on('error', () => undefined);
      if (isRefusedHead(statusCode, headers['content-encoding'])) {
        body.destroy();
        throw new SyncError('REGISTRAR_BAD_RESPONSE', { status: statusCode });
      }
      return {
        status: statusCode,
        headers: toPlainHeaders(headers),
        body: toText(await body.bytes(), statusCode),
      };
    } catch (error) {
      if (error instanceof SyncError) throw error;
      throw toTransportError(error, {
        isTimedOut: deadline.signal.aborted,
        isHandshake: error instanceof Error && handshakeFailures.has(error),
        isAnswering,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  return { send, close: () => agent.close() };
}

/** undici's connector, which verifies certificates by Node's defaults; failures of a TLS handshake are noted. */
function makeConnector(options: HttpClientOptions, handshakeFailures: WeakSet<Error>) {
  const connect = buildConnector({
    timeout: options.connectMs ?? 5_000,
    lookup: lookupPublic(options.lookup),
    allowH2: false,
  });
  const connectLoopback = buildConnector({ timeout: options.connectMs ?? 5_000, allowH2: false });
  const connector: buildConnector.connector = (target, callback) => {
    const open = isLoopbackHost(target.hostname) ? connectLoopback : connect;
    open(target, (...result) => {
      const [error] = result;
      if (error !== null && target.protocol === 'https:') handshakeFailures.add(error);
      callback(...result);
    });
  };
  return connector;
}

/** Redirects lead away from the allowed origin, and packed bodies unpack to any size: neither is looked into. */
function isRefusedHead(status: number, encoding: string | string[] | undefined): boolean {
  const isRedirect = status >= 300 && status < 400;
  return isRedirect || (encoding !== undefined && String(encoding).trim().toLowerCase() !== 'identity');
}

function toSentHeaders(given: Readonly<Record<string, string>>, userAgent: string): Record<string, string> {
  const own = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    accept: 'application/json',
    ...Object.fromEntries(own),
    'accept-encoding': 'identity',
    'user-agent': userAgent,
  };
}

function toPlainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie') plain[name.toLowerCase()] = [value].flat().join(', ');
  }
  return plain;
}

function toText(bytes: Uint8Array, status: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the decoder has one reason to throw.
    throw new SyncError('REGISTRAR_BAD_RESPONSE', { status });
  }
}
