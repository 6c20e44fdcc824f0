import type { Session } from '../session/session.ts';
import { NetworkError, toApiError } from './problem.ts';

/** Calls of the API: the token goes along, what did not change is not sent again, and what is refused is thrown. */
export interface Http {
  /** Reads a resource. The same object comes back while the server says that nothing changed (304). */
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options?: SendOptions): Promise<T>;
}

export interface SendOptions {
  readonly body?: unknown;
  /** Makes a POST that is sent twice happen once. */
  readonly idempotencyKey?: string;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * @throws ApiError where the API refuses, NetworkError where it isn't reached. A 401 is tried once more on a renewed
 * token; if that fails too, the page leaves for the issuer and the call never ends.
 */
export function createHttp(session: Session, fetchIt: Fetch = (url, init) => fetch(url, init)): Http {
  const known = new Map<string, { readonly etag: string; readonly body: unknown }>();

  const call = async (path: string, init: RequestInit): Promise<Response> => {
    const attempt = async () => {
      const token = session.token();
      const headers = { ...init.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
      try {
        return await fetchIt(path, { ...init, headers, cache: 'no-store', credentials: 'omit' });
      } catch (cause) {
        if (init.signal?.aborted) throw cause;
        throw new NetworkError(cause);
      }
    };
    const response = await attempt();
    if (response.status !== 401) return response;
    if (await session.refresh()) {
      const again = await attempt();
      if (again.status !== 401) return again;
    }
    await session.resume();
    return new Promise(() => undefined);
  };

  return {
    async get<T>(path: string, signal?: AbortSignal): Promise<T> {
      const former = known.get(path);
      const response = await call(path, {
        headers: former ? { 'if-none-match': former.etag } : {},
        ...(signal && { signal }),
      });
      if (response.status === 304 && former) return former.body as T;
      if (!response.ok) throw await toApiError(response);
      const body = (await response.json()) as T;
      const etag = response.headers.get('etag');
      if (etag !== null) known.set(path, { etag, body });
      return body;
    },
    async send<T>(method: string, path: string, { body, idempotencyKey }: SendOptions = {}): Promise<T> {
      const response = await call(path, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw await toApiError(response);
      return (response.status === 204 ? undefined : await response.json()) as T;
    },
  };
}
