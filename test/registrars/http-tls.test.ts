import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeTestCertificate } from '#test/support/test-certificate.ts';
import { codeOf, makeClient } from './http-client.ts';

describe('TLS', () => {
  const good = makeTestCertificate({ hosts: ['127.0.0.1'] });
  const expired = makeTestCertificate({ hosts: ['127.0.0.1'], notAfter: new Date(Date.now() - 1_000) });
  const otherHost = makeTestCertificate({ hosts: ['api.example.com'] });

  test('with a certificate that is trusted, valid and for the host lets the call through', async () => {
    const { origin, calls } = await serveTls(good);
    trust(good, expired, otherHost);

    const answer = await makeClient(origin).send({ method: 'GET', origin, path: '/' });

    expect([answer.body, calls()]).toEqual(['{}', 1]);
  });

  test('makes one connection for many calls', async () => {
    const { origin, calls, connections } = await serveTls(good);
    trust(good);
    const client = makeClient(origin);

    for (let call = 0; call < 5; call += 1) await client.send({ method: 'GET', origin, path: '/' });

    expect([calls(), connections()]).toEqual([5, 1]);
  });

  test.each([
    ['signed by itself', good, false],
    ['expired', expired, true],
    ['for another host', otherHost, true],
  ])(
    'with a certificate that is %s is REGISTRAR_TLS, and nothing is sent',
    async (_, certificate, isTrusted) => {
      const { origin, calls } = await serveTls(certificate);
      if (isTrusted) trust(certificate);

      const result = makeClient(origin).send({ method: 'GET', origin, path: '/' });

      expect(await codeOf(result)).toBe('REGISTRAR_TLS');
      expect(calls()).toBe(0);
    },
  );

  test.each<[string, (socket: Socket) => void]>([
    ['reset', (socket) => socket.resetAndDestroy()],
    ['closed', (socket) => socket.end()],
    ['answered in plain HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('whose handshake is %s is REGISTRAR_TLS', async (_, answer) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(async () => void server.close());
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const result = makeClient(origin).send({ method: 'GET', origin, path: '/' });

    expect(await codeOf(result)).toBe('REGISTRAR_TLS');
  });
});

/** Makes Node trust certificates of ours until the test ends, as an operating system's store would. */
function trust(...certificates: readonly { cert: string }[]): void {
  const before = getCACertificates('default');
  onTestFinished(() => setDefaultCACertificates(before));
  setDefaultCACertificates([...before, ...certificates.map(({ cert }) => cert)]);
}

async function serveTls(certificate: { cert: string; key: string }) {
  let calls = 0;
  let connections = 0;
  const server = createTlsServer(certificate, (_request, response) => {
    calls++;
    response.end('{}');
  }).listen(0, '127.0.0.1');
  server.on('secureConnection', () => {
    connections += 1;
  });
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    connections: () => connections,
  };
}
