import type { RegistrarCall } from '#core/registrar.ts';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', '[::1]', '::1', 'localhost']);

/** Whether a host name is this machine, written in one of the three usual ways. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOSTS.has(host);
}

/**
 * An origin that may be called.
 *
 * @throws TypeError where it isn't exactly an https origin (or http to loopback, where that is allowed)
 */
export function requireOrigin(origin: string, allowLoopbackHttp: boolean): string {
  const url = URL.parse(origin);
  const isPlainAllowed = allowLoopbackHttp && url !== null && isLoopbackHost(url.hostname);
  if (
    url?.origin !== origin ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && isPlainAllowed))
  ) {
    throw new TypeError('an allowed origin must be https, without a path (http only to loopback)');
  }
  return origin;
}

/**
 * The path and query that go on the wire for a call.
 *
 * @throws TypeError where the origin isn't an allowed one, or the path would be changed by URL normalisation: `//host`,
 *   `..`, `?`, `#`, a backslash or anything unencoded. The message names no part of the call.
 */
export function toTarget(call: RegistrarCall, allowedOrigins: ReadonlySet<string>): string {
  if (!allowedOrigins.has(call.origin)) throw new TypeError('the origin of this call is not allowed');
  if (call.method === 'GET' && call.body !== undefined) throw new TypeError('a GET has no body');
  const url = call.path.startsWith('/') ? URL.parse(call.path, call.origin) : null;
  if (url === null || url.origin !== call.origin || url.href !== `${call.origin}${call.path}`) {
    throw new TypeError('the path of this call is not a plain absolute path');
  }
  if (url.search !== '' || url.hash !== '') throw new TypeError('a query belongs into `query`');
  const query = new URLSearchParams({ ...call.query }).toString();
  return query === '' ? url.pathname : `${url.pathname}?${query}`;
}
