import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';

/** One call that must come, and what it is answered. */
export interface ScriptedCall {
  readonly method: 'GET' | 'POST';
  /** Path as sent, without the query. */
  readonly path: string;
  /** All query parameters; none by default. */
  readonly query?: Readonly<Record<string, string>>;
  /** Headers that must be there so, beside others; undefined: must not be there. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** All parameters of a form body, or the value of a JSON body; no body by default. */
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly answer: ScriptedAnswer;
}

export interface ScriptedAnswer {
  /** 200 by default. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is, or a value as JSON; empty by default. */
  readonly body?: unknown;
}

export interface ScriptedServer {
  readonly origin: string;
  /** How many calls have come. */
  calls(): number;
  /** Fails the test where a call was not as scripted, came too much, or did not come. */
  verify(): void;
  close(): Promise<void>;
}

/**
 * A registrar that follows a script on 127.0.0.1: each call must be the next of the script in method, path, query,
 * headers and body. What differs is answered 404 and reported by `verify`.
 */
export async function startScriptedServer(script: readonly ScriptedCall[]): Promise<ScriptedServer> {
  const problems: unknown[] = [];
  let calls = 0;
  const server = createServer(async (request, response) => {
    const expected = script[calls];
    calls++;
    try {
      expect(expected, `call ${calls} was not in the script`).toBeDefined();
      if (expected === undefined) return;
      await compare(request, expected);
      const { status = 200, headers = {}, body = '' } = expected.answer;
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    } catch (problem) {
      problems.push(problem);
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    verify() {
      if (problems.length > 0) throw problems[0];
      expect(calls, 'calls made').toBe(script.length);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function compare(request: IncomingMessage, expected: ScriptedCall): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://script.invalid');
  const body = await text(request);
  const sent = {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    ...toBody(body, expected),
  };
  const { method, path, query = {}, form, json } = expected;
  const wanted = form ? { form } : json === undefined ? { body: '' } : { json };
  expect(sent).toEqual({ method, path, query, ...wanted });
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    expect(request.headers[name], `header ${name}`).toBe(value);
  }
}

function toBody(body: string, expected: ScriptedCall) {
  if (expected.form !== undefined) return { form: Object.fromEntries(new URLSearchParams(body)) };
  return expected.json === undefined ? { body } : { json: JSON.parse(body) as unknown };
}
