import { expect, onTestFinished } from 'vitest';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '#registrars/http.ts';

/** A client for one origin on this machine, closed when the test ends. */
export function makeClient(origin: string, options: Partial<HttpClientOptions> = {}): HttpClient {
  const client = createHttpClient({ allowedOrigins: [origin], allowLoopbackHttp: true, ...options });
  onTestFinished(() => client.close());
  return client;
}

/** The code of the error that a call must end with; it must carry no cause. */
export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error, 'the call should have failed').toBeInstanceOf(Error);
  expect(error).not.toHaveProperty('cause');
  return (error as { readonly code?: unknown }).code;
}
