import { SyncError } from '#core/errors.ts';
import type { RegistrarAnswer, RegistrarCall } from '#core/registrar.ts';
import { toTransportError } from './http-errors.ts';
import { createExchanger } from './http-exchange.ts';
import { requireOrigin, toTarget } from './http-target.ts';

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

/**
 * The one HTTP client for all calls that leave for a registrar. What comes back is hostile until proven otherwise:
 * every size, every wait and every hop is bounded here.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { deadlineMs = 20_000, userAgent = USER_AGENT } = options;
  const allowedOrigins = new Set(
    options.allowedOrigins.map((origin) => requireOrigin(origin, options.allowLoopbackHttp ?? false)),
  );
  const exchanger = createExchanger(options);
  const inFlight = new Set<Promise<unknown>>();

  async function send(call: RegistrarCall): Promise<RegistrarAnswer> {
    const path = toTarget(call, allowedOrigins);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), deadlineMs);
    const exchange = exchanger.open(
      {
        url: new URL(call.origin),
        path,
        method: call.method,
        headers: toSentHeaders(call.headers ?? {}, userAgent),
        body: call.body,
      },
      deadline.signal,
    );
    inFlight.add(exchange.answer);
    try {
      const { status, headers, bytes } = await exchange.answer;
      return { status, headers, body: toText(bytes, status) };
    } catch (error) {
      if (error instanceof SyncError) throw error;
      throw toTransportError(error, { ...exchange.phase, isTimedOut: deadline.signal.aborted });
    } finally {
      clearTimeout(timer);
      inFlight.delete(exchange.answer);
    }
  }

  async function close(): Promise<void> {
    await Promise.allSettled(inFlight);
    exchanger.close();
  }

  return { send, close };
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

function toText(bytes: Uint8Array, status: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the decoder has one reason to throw.
    throw new SyncError('REGISTRAR_BAD_RESPONSE', { status });
  }
}
