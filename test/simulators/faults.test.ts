import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Simulators } from '#simulators/engine.ts';
import { makeTinyPortfolio, signIn, startTiny, TINY_LIMIT } from './tiny-registrar.ts';

let simulators: Simulators;
let origin: string;
let nowMs = 0;

const NAMES = makeTinyPortfolio(10, 1).names;
const REAL_BODY = JSON.stringify(NAMES);

beforeAll(async () => {
  simulators = await startTiny({ now: () => nowMs });
  origin = simulators.origins.godaddy ?? '';
});
afterAll(() => simulators.close());
afterEach(async () => {
  await control('DELETE', 'faults');
  await control('PUT', 'accounts/demo-10', { size: 10, seed: 1 });
  await control('DELETE', 'counters');
  nowMs += 3_600_000;
});

describe('which requests a fault is for', () => {
  it('takes as many matching requests as it says, after those that it lets pass', async () => {
    await fault({ times: 2, skip: 1, status: 503 });

    expect(await statuses(4)).toEqual([200, 503, 503, 200]);
    expect((await control('GET', 'faults')).json.items).toMatchObject([
      { id: expect.any(String), matched: 3, applied: 2, spec: { status: 503, times: 2, skip: 1 } },
    ]);
  });

  it('goes on for ever with -1, until the faults are deleted', async () => {
    await fault({ times: -1, status: 500 });
    expect(await statuses(3)).toEqual([500, 500, 500]);

    expect((await control('DELETE', 'faults')).status).toBe(204);

    expect(await statuses(1)).toEqual([200]);
  });

  it('lets the first of several faults take a request, and the next the one after', async () => {
    await fault({ status: 500 });
    await fault({ status: 503 });

    expect(await statuses(3)).toEqual([500, 503, 200]);
  });

  it.each([
    [{ method: 'get' }, true],
    [{ method: 'POST' }, false],
    [{ path: '/v1/dom' }, true],
    [{ path: '/v2' }, false],
    [{ path: '/v1/domains/' }, false],
    [{ path: '/domains$/' }, true],
    [{ path: '/^v1/' }, false],
    [{ query: { page: '2' } }, true],
    [{ query: { page: '20' } }, false],
    [{ queryIncludes: 'name=a b' }, true],
    [{ queryIncludes: 'name=a+b' }, true],
    [{ queryIncludes: 'page=3' }, false],
    [{ bodyIncludes: 'anything' }, false],
    [{ account: 'demo-10' }, true],
    [{ account: 'demo-0' }, false],
    [{ method: 'GET', path: '/v1', account: 'demo-10', queryIncludes: 'page=2' }, true],
    [{ method: 'GET', path: '/v1', account: 'demo-0', queryIncludes: 'page=2' }, false],
  ])('%j matches GET /v1/domains?page=2&name=a+b of demo-10: %j', async (match, isMatch) => {
    await fault({ match, status: 503 });

    const answer = await call('/v1/domains?page=2&name=a+b');

    expect(answer.status).toBe(isMatch ? 503 : 200);
  });

  it('counts a faulted call, and against the limit too', async () => {
    await fault({ times: TINY_LIMIT.calls, status: 503 });

    expect(await statuses(6)).toEqual([503, 503, 503, 503, 503, 429]);
    expect((await control('GET', 'counters')).json).toMatchObject({ calls: 6, violations: 1, faulted: 5 });
  });

  it('is not used up by a call that the limiter rejects, unless it comes before the limiter', async () => {
    await fault({ times: -1, skip: TINY_LIMIT.calls, status: 503 });
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
    await fault({ status: 502, beforeLimit: true });

    expect(await statuses(2)).toEqual([502, 429]);
  });

  it('never answers a write', async () => {
    await fault({ times: -1, status: 200, body: 'done', beforeLimit: true });

    const answer = await fetch(`${origin}/v1/domains`, { method: 'DELETE', headers: signIn('demo-10') });

    expect(answer.status).toBe(405);
    expect((await control('GET', 'counters')).json).toMatchObject({ writes: 1, faulted: 0 });
  });
});

describe('what an answer becomes', () => {
  it('replaces status, reason, headers and body', async () => {
    await fault({ status: 429, reason: 'Slow Down', headers: { 'Retry-After': 'abc' }, body: '<html>' });

    const answer = await call();

    expect([answer.status, answer.statusText]).toEqual([429, 'Slow Down']);
    expect(answer.headers.get('retry-after')).toBe('abc');
    expect(answer.headers.get('x-total')).toBeNull();
    expect(await answer.text()).toBe('<html>');
  });

  it('sends a body that is no text as JSON, with 200 and the real Content-Type', async () => {
    await fault({ body: [] });

    const answer = await call();

    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await answer.text()).toBe('[]');
  });

  it('empties the body when only a status is given, and redirects with a header', async () => {
    await fault({ status: 302, headers: { location: 'http://169.254.169.254/' } });

    const answer = await fetch(`${origin}/v1/domains`, { headers: signIn('demo-10'), redirect: 'manual' });

    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
    expect(await answer.text()).toBe('');
  });

  it('changes headers of the real answer and keeps its body', async () => {
    await fault({ headers: { 'content-type': 'text/html', 'X-Total': '250' } });

    const answer = await call();

    expect([answer.headers.get('content-type'), answer.headers.get('x-total')]).toEqual(['text/html', '250']);
    expect(await answer.text()).toBe(REAL_BODY);
  });

  it('replaces texts in the real body', async () => {
    await fault({ replace: [{ find: String(NAMES[1]), with: 'NAME-0000-s1.example.' }] });

    const answer = await call();

    expect(await answer.json()).toEqual([NAMES[0], 'NAME-0000-s1.example.', ...NAMES.slice(2)]);
  });

  it('sends any bytes', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x5b, 0x00]);
    await fault({ bodyBase64: bytes.toString('base64') });

    const answer = await call();

    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });

  it.each(['body', 'header', 'reason'] as const)('echoes the credentials in the %s', async (place) => {
    await fault({ status: 401, echo: place });

    const answer = await call('/v1/domains?ApiKey=fake-key-in-query');

    const texts = {
      body: await answer.text(),
      header: answer.headers.get('x-echo') ?? '',
      reason: answer.statusText,
    };
    expect(answer.status).toBe(401);
    expect(texts[place]).toContain('fake-godaddy-secret-demo-10');
    expect(texts[place]).toContain('fake-key-in-query');
    expect(Object.values(texts).filter((text) => text.includes('fake-'))).toHaveLength(1);
  });

  it('changes the registrar’s data before the call that it waited for, and no later one', async () => {
    await fault({ skip: 1, edit: { account: 'demo-10', remove: NAMES.slice(0, 3) } });

    const lengths = [];
    for (let page = 0; page < 3; page++) lengths.push(((await (await call()).json()) as string[]).length);

    expect(lengths).toEqual([10, 7, 7]);
  });
});

describe('how an answer is sent', () => {
  it.each([0, 1, 100, REAL_BODY.length - 1])('promises all and closes at byte %i', async (truncateAt) => {
    await fault({ truncateAt });

    const { head, body } = await rawCall();

    expect(head).toContain(`content-length: ${REAL_BODY.length}`);
    expect(body).toBe(REAL_BODY.slice(0, truncateAt));
  });

  it('cuts at a share of the body, whichever body it is', async () => {
    await fault({ body: '0123456789', truncateAt: '30%' });

    await expect(rawCall()).resolves.toMatchObject({ body: '012' });
  });

  it('cuts a chunked body before its last chunk', async () => {
    await fault({ chunked: true, truncateAt: 4 });

    const { head, body } = await rawCall();

    expect(head).toContain('Transfer-Encoding: chunked');
    expect(body).toBe(`4\r\n${REAL_BODY.slice(0, 4)}\r\n`);
  });

  it('makes a client that reads the whole body fail when it is cut', async () => {
    await fault({ truncateAt: '90%' });

    await expect(call().then((answer) => answer.text())).rejects.toThrow();
  });

  it('resets the connection before any byte, or at one', async () => {
    await fault({ reset: true });
    await fault({ resetAt: 10 });

    await expect(rawCall()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(call().then((answer) => answer.text())).rejects.toThrow();
    expect(await statuses(1)).toEqual([200]);
  });

  it('drips the body, whole in the end', async () => {
    await fault({ drip: { bytes: 100, everyMs: 2 } });
    const chunks: string[] = [];

    const answer = await plainCall();
    for await (const chunk of answer) chunks.push(String(chunk));

    expect(chunks.join('')).toBe(REAL_BODY);
    expect(chunks.length).toBeGreaterThan(1);
  });

  it('hangs before headers until the caller gives up, and holds nothing then', async () => {
    await fault({ delayMs: 86_400_000 });
    const hangUp = new AbortController();
    const hanging = fetch(`${origin}/v1/domains`, { headers: signIn('demo-10'), signal: hangUp.signal });
    const seen = async () => (await control('GET', 'counters')).json;
    while ((await seen()).calls === 0);

    hangUp.abort();

    await expect(hanging).rejects.toThrow('aborted');
    // The registrar learns of it in its own time: then nothing is in flight, and deleted counters say so.
    do await control('DELETE', 'counters');
    while ((await seen()).maxInFlight > 0);
    expect(await statuses(1)).toEqual([200]);
  });

  it('delays an answer that then comes whole', async () => {
    await fault({ delayMs: 5 });

    expect(await (await call()).text()).toBe(REAL_BODY);
  });

  it('sends a gzip bomb that unpacks to the size it says', async () => {
    await fault({ gzipBombMiB: 16 });

    const answer = await plainCall();
    const packed: Buffer[] = [];
    for await (const chunk of answer) packed.push(chunk as Buffer);

    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(Buffer.concat(packed).length).toBeLessThan(65_536);
    expect(gunzipSync(Buffer.concat(packed)).length).toBe(16 * 1_048_576);
  });

  it('repeats a body to the size it says, and bears it when the reader leaves', async () => {
    await fault({ body: '{"a":1},', repeatBodyMiB: 2 });
    await fault({ repeatBodyMiB: 4_096 });

    expect((await (await call()).text()).length).toBe(2 * 1_048_576);
    const flood = await plainCall();
    await once(flood, 'readable');
    flood.destroy();
    expect(await statuses(1)).toEqual([200]);
    expect((await control('GET', 'counters')).json.failures).toBe(0);
  });

  it('floods a header', async () => {
    await fault({ headerBytes: 3_000_000, times: 2 });

    const { head } = await rawCall();
    expect(head.length).toBeGreaterThan(3_000_000);
    await expect(call()).rejects.toThrow();
    expect((await control('GET', 'counters')).json.failures).toBe(0);
  });

  it('sends raw bytes as the whole answer and closes', async () => {
    const raw = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]x';
    await fault({ rawBase64: Buffer.from(raw).toString('base64'), times: 2 });

    const { head, body } = await rawCall();
    expect(`${head}\r\n\r\n${body}`).toBe(raw);
    await expect(call()).rejects.toThrow();
  });
});

async function control(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${simulators.controlOrigin}/control/godaddy/${path}`, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
}

async function fault(spec: Record<string, unknown>): Promise<void> {
  expect(await control('POST', 'faults', spec)).toEqual({ status: 201, json: { id: expect.any(String) } });
}

function call(path = '/v1/domains'): Promise<Response> {
  return fetch(origin + path, { headers: signIn('demo-10') });
}

async function statuses(count: number): Promise<number[]> {
  const seen = [];
  for (let index = 0; index < count; index++) {
    const answer = await call();
    await answer.arrayBuffer();
    seen.push(answer.status);
  }
  return seen;
}

/** The answer as node:http gives it: undecoded, and in the pieces in which it came. */
async function plainCall(): Promise<IncomingMessage> {
  const request = httpRequest(`${origin}/v1/domains`, { headers: signIn('demo-10') }).end();
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}

/** Everything that comes over the socket until it closes; rejects when it is reset. */
async function rawCall(): Promise<{ head: string; body: string }> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const authorization = signIn('demo-10').authorization;
  socket.write(`GET /v1/domains HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  const end = text.indexOf('\r\n\r\n');
  return end < 0 ? { head: text, body: '' } : { head: text.slice(0, end), body: text.slice(end + 4) };
}
