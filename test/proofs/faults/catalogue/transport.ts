import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { makeTestCertificate } from '#test/support/test-certificate.ts';
import { atEach, inListing } from '../places.ts';
import type { Expectation, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const FOR_EVER_MS = 86_400_000;
const BAD: Expectation = { status: 'FAILED', code: 'REGISTRAR_BAD_RESPONSE', mostCalls: 5 };
const AWAY: Expectation = { status: 'FAILED', code: 'REGISTRAR_UNAVAILABLE', mostCalls: 5 };
/** Three attempts of 20 s, and the pauses between them. */
const LATE: Expectation = { status: 'FAILED', code: 'REGISTRAR_TIMEOUT', mostMs: 90_000, mostCalls: 5 };

/** F04: nothing comes. F05: it comes drop by drop. */
const slow: readonly Scenario[] = atEach((registrar): Scenario[] => [
  {
    fault: 'F04',
    variant: 'hangs once',
    registrar,
    stage: { isHanging: true },
    begin: (stage) => stage.spoil(inListing(registrar, { delayMs: FOR_EVER_MS, times: 1 })),
    expect: { status: 'SUCCEEDED' },
  },
  {
    fault: 'F04',
    variant: 'hangs always',
    registrar,
    stage: { isHanging: true },
    begin: (stage) => stage.spoil(inListing(registrar, { delayMs: FOR_EVER_MS })),
    expect: LATE,
  },
  {
    fault: 'F05',
    variant: 'a byte at a time',
    registrar,
    stage: { isHanging: true },
    begin: (stage) => stage.spoil(inListing(registrar, { drip: { bytes: 1, everyMs: 5 } })),
    expect: LATE,
  },
]).flat();

/** F06: the connection ends within the body. */
const cut: readonly Scenario[] = atEach((registrar) =>
  [0, 10, 20, 30, 40, 50, 60, 70, 80, 90].flatMap((percent) =>
    [false, true].map(
      (chunked): Scenario => ({
        fault: 'F06',
        variant: `ends after ${percent} %${chunked ? ' of chunks' : ''}`,
        registrar,
        begin: (stage) => stage.spoil(inListing(registrar, { truncateAt: `${percent}%`, chunked })),
        expect: BAD,
      }),
    ),
  ),
).flat();

/** F10: no connection that can be trusted. */
const untrusted: readonly Scenario[] = atEach((registrar) =>
  (['self-signed', 'expired', 'wrong host', 'reset in the handshake'] as const).map((kind): Scenario => {
    let received: (() => number) | undefined;
    let close: (() => Promise<void>) | undefined;
    return {
      fault: 'F10',
      variant: kind,
      registrar,
      isSilent: true,
      async begin(stage) {
        const server = await (kind === 'reset in the handshake' ? serveResets() : serveTls(kind));
        ({ received, close } = server);
        stage.reroute(server.origin);
      },
      end: () => close?.(),
      expect: { status: 'FAILED', code: 'REGISTRAR_TLS', mostCalls: 0 },
      also: () => (received?.() === 0 ? [] : ['something was sent']),
    };
  }),
).flat();

async function serveTls(kind: 'self-signed' | 'expired' | 'wrong host') {
  const certificate = makeTestCertificate({
    hosts: [kind === 'wrong host' ? 'api.example.com' : '127.0.0.1'],
    ...(kind === 'expired' && { notAfter: new Date(Date.now() - 1_000) }),
  });
  const before = getCACertificates('default');
  if (kind !== 'self-signed') setDefaultCACertificates([...before, certificate.cert]);
  let requests = 0;
  const server = createTlsServer(certificate, (_request, response) => {
    requests += 1;
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => requests,
    async close() {
      setDefaultCACertificates(before);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serveResets() {
  const server = createTcpServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.resetAndDestroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => 0,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** F11: sent elsewhere. */
const elsewhere: readonly Scenario[] = atEach((registrar) =>
  [
    ...[301, 302, 303, 307, 308].map((status) => [status, 'listener'] as const),
    [302, 'http://169.254.169.254/latest/meta-data/'] as const,
    [302, 'file:///etc/passwd'] as const,
    [302, '//[::1]/'] as const,
    [307, '/elsewhere'] as const,
  ].map(([status, target]): Scenario => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    return {
      fault: 'F11',
      variant: `${status} to ${target}`,
      registrar,
      async begin(stage) {
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/domains`;
        const location = target === 'listener' ? own : target;
        stage.spoil(inListing(registrar, { status, headers: { location } }));
      },
      async end() {
        server.close();
        await once(server, 'close');
      },
      expect: BAD,
      also: () => (connections === 0 ? [] : ['it was followed']),
    };
  }),
).flat();

const LOOKUPS = {
  NXDOMAIN: 'ENOTFOUND',
  SERVFAIL: 'EAI_AGAIN',
  'a timeout': 'ETIMEOUT',
} as const;

/** F12: the name leads nowhere, or to us. */
const unnamed: readonly Scenario[] = atEach((registrar) => [
  ...Object.entries(LOOKUPS).map(([variant, code]) => toLookup(registrar, variant, code)),
  ...['10.0.0.1', '127.0.0.1', '169.254.169.254', '::1', '::ffff:10.0.0.1'].map((address) =>
    toLookup(registrar, `an answer of ${address}`, undefined, address),
  ),
]).flat();

function toLookup(registrar: Stage['registrar'], variant: string, code?: string, address = ''): Scenario {
  const lookup = (_host: string, options: unknown, callback?: unknown) => {
    const done = (callback ?? options) as (error: Error | null, address?: unknown, family?: number) => void;
    const family = address.includes(':') ? 6 : 4;
    const isAll = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
    if (code) done(Object.assign(new Error('lookup failed'), { code, syscall: 'getaddrinfo' }));
    else if (isAll) done(null, [{ address, family }]);
    else done(null, address, family);
  };
  return {
    fault: 'F12',
    variant,
    registrar,
    isSilent: true,
    begin: (stage) => stage.reroute('https://api.registrar.test', { lookup: lookup as never }),
    expect: { ...AWAY, mostCalls: 0 },
  };
}

/** F13: refused, or reset at a byte. */
const broken: readonly Scenario[] = atEach((registrar): Scenario[] => [
  {
    fault: 'F13',
    variant: 'connection refused',
    registrar,
    isSilent: true,
    async begin(stage) {
      const server = createTcpServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      server.close();
      await once(server, 'close');
      stage.reroute(`http://127.0.0.1:${port}`);
    },
    expect: { ...AWAY, mostCalls: 0 },
  },
  {
    fault: 'F13',
    variant: 'reset before a byte',
    registrar,
    begin: (stage) => stage.spoil(inListing(registrar, { reset: true })),
    expect: AWAY,
  },
  ...[0, 1, 2, 16, 64, 128, 256, 512].map(
    (byte): Scenario => ({
      fault: 'F13',
      variant: `reset after ${byte} bytes`,
      registrar,
      begin: (stage) => stage.spoil(inListing(registrar, { resetAt: byte })),
      expect: AWAY,
    }),
  ),
  {
    fault: 'F13',
    variant: 'reset once',
    registrar,
    begin: (stage) => stage.spoil(inListing(registrar, { reset: true, times: 1 })),
    expect: { status: 'SUCCEEDED' },
  },
]).flat();

/** F14: more than anybody should read. */
const oversized: readonly Scenario[] = atEach((registrar): Scenario[] => [
  {
    fault: 'F14',
    variant: '300 MiB',
    registrar,
    begin: (stage) => stage.spoil(inListing(registrar, { repeatBodyMiB: 300 })),
    expect: BAD,
  },
  {
    fault: 'F14',
    variant: 'a bomb of 200 MiB in gzip',
    registrar,
    begin: (stage) => stage.spoil(inListing(registrar, { gzipBombMiB: 200 })),
    expect: BAD,
  },
  {
    fault: 'F14',
    variant: 'a header of 1 GiB',
    registrar,
    begin: (stage) => stage.spoil(inListing(registrar, { headerBytes: 2 ** 30 })),
    expect: BAD,
  },
]).flat();

const NESTED = 10_000;
const XML: Readonly<Record<string, string>> = {
  'a billion laughs':
    '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;"><!ENTITY n "&m;&m;&m;&m;">]><ApiResponse Status="OK">&n;</ApiResponse>',
  'an entity from a file':
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ApiResponse Status="OK">&x;</ApiResponse>',
  'an entity from the network':
    '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/x">]><ApiResponse Status="OK">&x;</ApiResponse>',
  'a DOCTYPE alone': '<!DOCTYPE ApiResponse><ApiResponse Status="OK"><CommandResponse/></ApiResponse>',
  'an unknown entity': '<ApiResponse Status="OK"><CommandResponse>&nothing;</CommandResponse></ApiResponse>',
  'nested 10,000 deep': `<ApiResponse Status="OK">${'<a>'.repeat(NESTED)}${'</a>'.repeat(NESTED)}</ApiResponse>`,
  '10,000 attributes': `<ApiResponse Status="OK"><CommandResponse ${Array.from({ length: NESTED }, (_, n) => `a${n}="1"`).join(' ')}/></ApiResponse>`,
  'two roots': '<ApiResponse Status="OK"/><ApiResponse Status="OK"/>',
};

/** F15: XML made to hurt. */
const bombs: readonly Scenario[] = Object.entries(XML).map(([variant, body]) => ({
  fault: 'F15',
  variant,
  registrar: 'namecheap',
  begin: (stage) => stage.spoil(inListing('namecheap', { body })),
  expect: BAD,
}));

export const transport = [
  ...slow,
  ...cut,
  ...untrusted,
  ...elsewhere,
  ...unnamed,
  ...broken,
  ...oversized,
  ...bombs,
];
