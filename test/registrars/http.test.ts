import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createHttpClient, type HttpClientOptions } from '#registrars/http.ts';
import { type RawServer, startRawServer } from '#test/support/raw-server.ts';
import { codeOf, makeClient } from './http-client.ts';

async function serve(answer: (socket: Socket) => void): Promise<RawServer> {
  const server = await startRawServer(answer);
  onTestFinished(() => server.close());
  return server;
}

/** What a call to a server that answers so becomes. */
async function getFrom(bytes: string | Buffer, options: Partial<HttpClientOptions> = {}) {
  const server = await serve((socket) => socket.end(bytes));
  return makeClient(server.origin, options).send({ method: 'GET', origin: server.origin, path: '/' });
}

function ok(body: string, headers = ''): string {
  return `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

describe('a call', () => {
  test('goes out with its method, path, encoded query, headers and body, and asks for no packing', async () => {
    const server = await serve((socket) => socket.end(ok('{}')));
    const client = makeClient(server.origin, { userAgent: 'test-agent' });

    await client.send({
      method: 'POST',
      origin: server.origin,
      path: '/v1/a%2Fb',
      query: { name: 'a b&c=d', marker: 'ü' },
      headers: { Authorization: 'fake-key-1', accept: 'application/xml' },
      body: 'x=1',
    });

    const [head = '', body] = server.received().split('\r\n\r\n');
    const lines = head.toLowerCase().split('\r\n');
    expect(head.split('\r\n')[0]).toBe('POST /v1/a%2Fb?name=a+b%26c%3Dd&marker=%C3%BC HTTP/1.1');
    expect(body).toBe('x=1');
    expect(lines).toContain('authorization: fake-key-1');
    expect(lines).toContain('accept: application/xml');
    expect(lines).toContain('accept-encoding: identity');
    expect(lines).toContain('user-agent: test-agent');
    expect(lines.filter((line) => line.startsWith('accept:'))).toHaveLength(1);
  });

  test('asks for JSON where nothing else is wanted', async () => {
    const server = await serve((socket) => socket.end(ok('{}')));

    await makeClient(server.origin).send({ method: 'GET', origin: server.origin, path: '/' });

    expect(server.received().toLowerCase()).toContain('\r\naccept: application/json\r\n');
  });

  test('goes out to a name on this machine', async () => {
    const server = await serve((socket) => socket.end(ok('{}')));
    const origin = server.origin.replace('127.0.0.1', 'localhost');

    const answer = await makeClient(origin).send({ method: 'GET', origin, path: '/' });

    expect(answer.status).toBe(200);
  });

  test('under way is answered before its client closes', async () => {
    const server = await serve((socket) => setTimeout(() => socket.end(ok('{"late":1}')), 60));
    const client = makeClient(server.origin);

    const answer = client.send({ method: 'GET', origin: server.origin, path: '/' });
    await client.close();

    expect((await answer).body).toBe('{"late":1}');
  });

  test('leaves its connection open for the next, until its client closes', async () => {
    let open = 0;
    const server = await serve((socket) => {
      open += 1;
      socket.on('close', () => {
        open -= 1;
      });
      socket.write(ok('{}'));
    });
    const client = makeClient(server.origin);

    await client.send({ method: 'GET', origin: server.origin, path: '/' });
    expect(open).toBe(1);
    await client.close();

    await vi.waitFor(() => expect(open).toBe(0));
  });

  test('gives status, lower-case headers and text of the answer, whatever the status', async () => {
    const body = '{"message":"grüße"}';
    const text = `HTTP/1.1 418 Teapot\r\nX-Two: a\r\nX-Two: b\r\nSet-Cookie: s=1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

    const answer = await getFrom(text);

    expect(answer.status).toBe(418);
    expect(answer.body).toBe(body);
    expect({ ...answer.headers }).toEqual({ 'x-two': 'a, b', 'content-length': '21' });
  });

  test('keeps no cookie, and reuses connections', async () => {
    const server = await serve((socket) => {
      socket.write(ok('{}', 'Set-Cookie: session=fake\r\n'));
      socket.on('data', () => socket.write(ok('{}')));
    });
    const client = makeClient(server.origin);

    for (let call = 1; call <= 10; call++) {
      await client.send({ method: 'GET', origin: server.origin, path: `/${call}` });
    }

    expect(server.connections()).toBeLessThan(10);
    expect(server.received()).toContain('GET /10 ');
    expect(server.received().toLowerCase()).not.toContain('cookie');
  });

  test('is never answered by what came before it was made', async () => {
    const server = await serve((socket) => {
      socket.write(ok('"asked"'));
      setTimeout(() => socket.write(ok('"unasked"')), 10);
    });
    const client = makeClient(server.origin);
    const call = { method: 'GET', origin: server.origin, path: '/' } as const;

    const first = await client.send(call);
    await sleep(60);
    const second = await client.send(call);

    expect([first.body, second.body]).toEqual(['"asked"', '"asked"']);
    expect(server.connections()).toBe(2);
  });

  test.each([
    ['another origin', { origin: 'http://127.0.0.1:1' }],
    ['another scheme', { origin: 'ftp://127.0.0.1' }],
    ['a host in the path', { path: '//evil.example/' }],
    ['a host behind a backslash', { path: '/\\evil.example/' }],
    ['a path without its slash', { path: '@evil.example/' }],
    ['dot segments', { path: '/v1/../admin' }],
    ['encoded dot segments', { path: '/v1/%2e%2e/admin' }],
    ['a query in the path', { path: '/v1?limit=1' }],
    ['a fragment', { path: '/v1#x' }],
    ['an unencoded blank', { path: '/v1/a b' }],
    ['a line break', { path: '/v1\r\nx: y' }],
    ['a body at a GET', { body: 'x' }],
  ])('with %s is not made, and its error names nothing of it', async (_, change) => {
    const server = await serve((socket) => socket.end(ok('{}')));
    const client = makeClient(server.origin);

    const result = client.send({ method: 'GET', origin: server.origin, path: '/', ...change });

    await expect(result).rejects.toThrow(TypeError);
    await expect(result).rejects.toThrow(/^[a-z A-Z`]+$/);
    expect(server.connections()).toBe(0);
  });

  test.each(['fake-key\r\nx-evil: 1', 'fake-key\nx', 'fake-kéy-☃', 'fake\0key'])(
    'with a header value that is none (%j) fails without showing it',
    async (value) => {
      const server = await serve((socket) => socket.end(ok('{}')));
      const client = makeClient(server.origin);

      const result = client.send({
        method: 'GET',
        origin: server.origin,
        path: '/',
        headers: { authorization: value },
      });

      await expect(result).rejects.toMatchObject({ code: 'INTERNAL', message: 'INTERNAL' });
      expect(server.received()).toBe('');
    },
  );
});

describe('an allowed origin', () => {
  test.each([
    ['plain http to a real host', 'http://api.example.com', true],
    ['plain http to loopback without leave', 'http://127.0.0.1:8080', false],
    ['plain http to loopback where nothing is said', 'http://127.0.0.1:8080', undefined],
    ['a path', 'https://api.example.com/v1', true],
    ['a trailing slash', 'https://api.example.com/', true],
    ['a user', 'https://user@api.example.com', true],
    ['no URL', 'api.example.com', true],
    ['loopback look-alikes', 'http://127.0.0.1.example.com', true],
  ])('must not be %s', (_, origin, allowLoopbackHttp) => {
    const options = allowLoopbackHttp === undefined ? {} : { allowLoopbackHttp };

    expect(() => createHttpClient({ allowedOrigins: [origin], ...options })).toThrow(TypeError);
  });
});

describe('an answer is refused as REGISTRAR_BAD_RESPONSE', () => {
  test.each([300, 301, 302, 303, 307, 308])(
    'when it redirects (%i), and the target is never called',
    async (status) => {
      const target = await serve((socket) => socket.end(ok('{}')));
      const head = `HTTP/1.1 ${status} Moved\r\nLocation: ${target.origin}/\r\nContent-Length: 0\r\n\r\n`;

      expect(await codeOf(getFrom(head))).toBe('REGISTRAR_BAD_RESPONSE');
      expect(target.connections()).toBe(0);
    },
  );

  test.each(['http://169.254.169.254/latest/meta-data/', 'file:///etc/hosts', '//evil.example/'])(
    'when it redirects to %s',
    async (location) => {
      const head = `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
      expect(await codeOf(getFrom(head))).toBe('REGISTRAR_BAD_RESPONSE');
    },
  );

  const packed = gzipSync(Buffer.alloc(1_000_000, ' '));
  const name = 'fake-key-in-an-answer';
  test.each<[string, string | Buffer]>([
    [
      'packed though we asked for no packing',
      Buffer.concat([
        Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`),
        packed,
      ]),
    ],
    ['of an unknown encoding', ok('{}', 'Content-Encoding: x-own\r\n')],
    ['cut off before its length', `HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":"${name}"}`],
    ['cut off within a chunk', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{"a":"${name}"`],
    ['cut off before the last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n'],
    ['of a negative chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n'],
    [
      'of both a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ],
    ['of two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x'],
    ['of a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\n{}'],
    ['not HTTP at all', `SSH-2.0-${name}\r\n\r\n`],
    [
      'with a header beyond 16 KiB',
      `HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(17_000)}\r\nContent-Length: 2\r\n\r\n{}`,
    ],
    [
      'with many small headers beyond 16 KiB',
      `HTTP/1.1 200 OK\r\n${'X-Small: 1234567890\r\n'.repeat(1_000)}Content-Length: 2\r\n\r\n{}`,
    ],
    [
      'UTF-16',
      Buffer.concat([
        Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n'),
        Buffer.from('\ufeff{}', 'utf16le'),
      ]),
    ],
    [
      'no UTF-8',
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'), Buffer.from([0xc3, 0x28])]),
    ],
  ])('when it is %s', async (_, bytes) => {
    const result = getFrom(bytes);

    expect(await codeOf(result)).toBe('REGISTRAR_BAD_RESPONSE');
    await expect(result).rejects.not.toThrow(name);
  });

  test.each([
    ['redirects', 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n', 302],
    ['is packed', 'HTTP/1.1 418 Teapot\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}', 418],
    ['is too large', 'HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\n{"a"  ', 404],
    ['is no UTF-8', Buffer.from('HTTP/1.1 500 Error\r\nContent-Length: 1\r\n\r\n\xff', 'latin1'), 500],
  ])('with its status where it %s', async (_, bytes, status) => {
    await expect(getFrom(bytes, { maxBytes: 5 })).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { status },
    });
  });

  test('when it never ends, and its connection is closed at once', async () => {
    let isOpen = true;
    const server = await serve((socket) => {
      socket.on('close', () => {
        isOpen = false;
      });
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
      socket.write('x'.repeat(3_000));
    });
    const client = makeClient(server.origin, { maxBytes: 2_000 });

    const result = client.send({ method: 'GET', origin: server.origin, path: '/' });

    expect(await codeOf(result)).toBe('REGISTRAR_BAD_RESPONSE');
    await vi.waitFor(() => expect(isOpen).toBe(false));
  });

  test('when it is larger than the cap, with a length and without', async () => {
    const large = 'x'.repeat(3_000);
    const chunk = `${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`;

    expect(await codeOf(getFrom(ok(large), { maxBytes: 2_000 }))).toBe('REGISTRAR_BAD_RESPONSE');
    expect(
      await codeOf(
        getFrom(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`, { maxBytes: 2_000 }),
      ),
    ).toBe('REGISTRAR_BAD_RESPONSE');
    expect((await getFrom(ok(large), { maxBytes: 3_000 })).body).toHaveLength(3_000);
  });

  test('but a UTF-8 byte order mark is taken off, and an empty body is an answer', async () => {
    expect((await getFrom(ok('\ufeff{"a":1}'))).body).toBe('{"a":1}');
    expect((await getFrom(ok(''))).body).toBe('');
    expect((await getFrom(ok('{}', 'Content-Encoding: identity\r\n'))).body).toBe('{}');
  });
});

describe('the deadline', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['nothing comes', () => undefined],
    ['the body never ends', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{')],
    [
      'it drips, a byte at a time',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
        const drip = setInterval(() => socket.write(' '), 10);
        socket.on('close', () => clearInterval(drip));
      },
    ],
    [
      'the head drips',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('X: y\r\n'), 10);
        socket.on('close', () => clearInterval(drip));
      },
    ],
  ])('ends the call as REGISTRAR_TIMEOUT where %s', async (_, answer) => {
    const server = await serve(answer);
    const client = makeClient(server.origin, { deadlineMs: 120 });

    const result = client.send({ method: 'GET', origin: server.origin, path: '/' });

    expect(await codeOf(result)).toBe('REGISTRAR_TIMEOUT');
  });
});

describe('the time to connect', () => {
  test('is bounded', async () => {
    // Accepts connections, and never begins a handshake.
    const server = await serve(() => undefined);
    const origin = server.origin.replace('http:', 'https:');

    const result = makeClient(origin, { connectMs: 60 }).send({ method: 'GET', origin, path: '/' });

    expect(await codeOf(result)).toBe('REGISTRAR_UNAVAILABLE');
  });

  test('is over once connected: an answer may take longer, the next on the same connection too', async () => {
    const server = await serve((socket) => {
      const later = () => setTimeout(() => socket.write(ok('{}')), 150);
      later();
      socket.on('data', later);
    });
    const client = makeClient(server.origin, { connectMs: 60 });
    const call = { method: 'GET', origin: server.origin, path: '/' } as const;

    expect((await client.send(call)).status).toBe(200);
    expect((await client.send(call)).status).toBe(200);
    expect(server.connections()).toBe(1);
  });
});

describe('the connection', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['closed before an answer', (socket) => socket.end()],
    ['reset before an answer', (socket) => socket.resetAndDestroy()],
    [
      'reset within the body',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a"', () =>
          setTimeout(() => socket.resetAndDestroy(), 30),
        );
      },
    ],
  ])('%s is REGISTRAR_UNAVAILABLE', async (_, answer) => {
    const server = await serve(answer);

    const result = makeClient(server.origin).send({ method: 'GET', origin: server.origin, path: '/' });

    expect(await codeOf(result)).toBe('REGISTRAR_UNAVAILABLE');
  });

  test('refused is REGISTRAR_UNAVAILABLE', async () => {
    const server = await startRawServer(() => undefined);
    await server.close();

    const result = makeClient(server.origin).send({ method: 'GET', origin: server.origin, path: '/' });

    expect(await codeOf(result)).toBe('REGISTRAR_UNAVAILABLE');
  });

  test.each(['ENOTFOUND', 'EAI_AGAIN', 'ESERVFAIL', 'ETIMEOUT'])(
    'whose name has no address (%s) is REGISTRAR_UNAVAILABLE',
    async (code) => {
      const origin = 'https://api.registrar.example';
      const lookup = toLookup(Object.assign(new Error(`getaddrinfo ${code} secret.example`), { code }), []);
      const result = makeClient(origin, { lookup }).send({ method: 'GET', origin, path: '/' });

      expect(await codeOf(result)).toBe('REGISTRAR_UNAVAILABLE');
      expect(lookup).toHaveBeenCalledOnce();
    },
  );

  test.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1'])(
    'is not made where the name leads to %s, which is REGISTRAR_UNAVAILABLE',
    async (address) => {
      const origin = 'https://api.registrar.example';
      const lookup = toLookup(null, [
        { address: '198.51.100.7', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ]);

      const result = makeClient(origin, { lookup }).send({ method: 'GET', origin, path: '/' });

      expect(await codeOf(result)).toBe('REGISTRAR_UNAVAILABLE');
      // A name that nobody knows would fail alike.
      expect(lookup).toHaveBeenCalledOnce();
    },
  );
});

function toLookup(error: Error | null, addresses: { address: string; family: number }[]) {
  const lookup = vi.fn((_host: string, _options: object, callback: (...result: unknown[]) => void) =>
    callback(error, addresses),
  );
  return lookup as unknown as NonNullable<HttpClientOptions['lookup']>;
}
