import { handle } from 'hono/aws-lambda';
import { expect, test } from 'vitest';
import { storeDomains } from './fixtures.ts';
import { connect, createHarness, godaddyCredentials, tenantOf, toClaims, toToken } from './harness.ts';

type LambdaEvent = Parameters<ReturnType<typeof handle>>[0];

interface Result {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An event of an HTTP API (payload format 2.0). */
function toEvent(
  method: string,
  rawPath: string,
  more: { body?: Uint8Array; query?: string; nowMs: number },
): LambdaEvent {
  const { body, query = '', nowMs } = more;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query,
    headers: {
      authorization: `Bearer ${toToken()}`,
      host: 'api.example',
      ...(body && { 'content-type': 'application/json' }),
    },
    requestContext: {
      requestId: 'JKJaXmPLvHcESHA=',
      domainName: 'api.example',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      authorizer: { jwt: { claims: toClaims('alice', nowMs), scopes: ['openid'] } },
    },
    ...(body && { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== undefined,
  } as unknown as LambdaEvent;
}

async function invoke(harness: ReturnType<typeof createHarness>, event: LambdaEvent): Promise<Result> {
  return (await handle(harness.app)(event)) as unknown as Result;
}

test('a call through the Lambda adapter is the same call: claims, request id, path, query and body arrive', async () => {
  const harness = createHarness();
  const nowMs = harness.now();
  const body = Buffer.from(
    JSON.stringify({ registrar: 'godaddy', label: 'Größe', credentials: godaddyCredentials() }),
  );

  const added = await invoke(harness, toEvent('POST', '/v1/integrations', { body, nowMs }));
  const { id } = JSON.parse(added.body);
  const listed = await invoke(
    harness,
    toEvent('GET', '/v1/domains', { query: `integration=${id}&limit=5`, nowMs }),
  );
  const missing = await invoke(harness, toEvent('GET', '/v1/integrations/abcdefgh', { nowMs }));

  expect(added.statusCode).toBe(201);
  expect(JSON.parse(added.body)).toMatchObject({ label: 'Größe', status: 'SYNCING' });
  expect(added.headers).toMatchObject({ location: `/v1/integrations/${id}`, 'cache-control': 'no-store' });
  expect(JSON.parse(listed.body)).toEqual({ items: [], nextCursor: null });
  expect(JSON.parse(missing.body)).toMatchObject({ code: 'NOT_FOUND', requestId: 'JKJaXmPLvHcESHA=' });
});

test.each(['/v1/domains/münchen.de', '/v1/domains/m%C3%BCnchen.de'])(
  'a path is understood decoded, as the gateway gives it, and encoded: %s',
  async (path) => {
    const harness = createHarness();
    const id = await connect(harness);
    await storeDomains(harness, id, [{ name: 'xn--mnchen-3ya.de' }], tenantOf('alice'));

    const { statusCode } = await invoke(harness, toEvent('GET', path, { nowMs: harness.now() }));

    expect(statusCode).toBe(200);
  },
);

test('a body that is not UTF-8 is no JSON', async () => {
  const harness = createHarness();
  const body = Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);

  const result = await invoke(harness, toEvent('POST', '/v1/integrations', { body, nowMs: harness.now() }));

  expect(JSON.parse(result.body)).toMatchObject({ status: 400, errors: [{ pointer: '', code: 'NOT_JSON' }] });
});
