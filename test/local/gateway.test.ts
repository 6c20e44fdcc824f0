import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '#local/gateway/api.ts';
import { type AuthorizerSettings, authorize } from '#local/gateway/authorizer.ts';
import { fromHttpResult, toHttpEvent } from '#local/gateway/event.ts';
import { matchRoute, toRoutePattern } from '#local/gateway/routes.ts';
import { createThrottle } from '#local/gateway/throttle.ts';
import type { EdgeRequest } from '#local/gateway/types.ts';
import type { LocalFunction } from '#local/lambda/function.ts';
import type { InvokeOutcome } from '#local/lambda/messages.ts';
import { toLedger } from '#local/resources.ts';
import { changeMini, MINI_NAMES } from './fixtures/mini.ts';

const request = (changes: Partial<EdgeRequest> = {}): EdgeRequest => ({
  method: 'GET',
  path: '/v1/health',
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  ...changes,
});

describe('routes', () => {
  const routes = [
    '$default',
    'ANY /v1/{proxy+}',
    'GET /v1/{proxy+}',
    'GET /v1/domains',
    'GET /v1/domains/{name}',
    'GET /v1/domains/export',
    'GET /v1/domains/{name}/records',
  ].map(toRoutePattern);

  test.each([
    ['GET', '/v1/domains', 'GET /v1/domains', {}],
    ['GET', '/v1/domains/export', 'GET /v1/domains/export', {}],
    ['GET', '/v1/domains/a%20b', 'GET /v1/domains/{name}', { name: 'a b' }],
    ['GET', '/v1/domains/a%zz', 'GET /v1/domains/{name}', { name: 'a%zz' }],
    ['GET', '/v1/domains/a/records', 'GET /v1/domains/{name}/records', { name: 'a' }],
    ['GET', '/v1/domains/', 'GET /v1/{proxy+}', { proxy: 'domains/' }],
    ['GET', '/v1/x/y/z', 'GET /v1/{proxy+}', { proxy: 'x/y/z' }],
    ['POST', '/v1/domains', 'ANY /v1/{proxy+}', { proxy: 'domains' }],
    ['GET', '/v2/x', '$default', {}],
    ['GET', '/', '$default', {}],
  ])('%s %s goes to %s', (method, path, key, parameters) => {
    const match = matchRoute(routes, method, path);

    expect([match?.route.key, match?.pathParameters]).toEqual([key, parameters]);
  });

  test('nothing fits without a default route', () => {
    expect(matchRoute([toRoutePattern('GET /a')], 'POST', '/a')).toBeUndefined();
  });

  test.each(['GET', 'FETCH /a', '/a', '$connect'])('the key %s is refused', (key) => {
    expect(() => toRoutePattern(key)).toThrow(/route key/);
  });
});

describe('the JWT authorizer', () => {
  const settings: AuthorizerSettings = { issuer: 'https://issuer.example', audiences: ['web', 'cli'] };
  const now = Math.floor(Date.now() / 1000);
  const good = {
    iss: settings.issuer,
    sub: 'alice',
    aud: 'web',
    scope: 'openid email',
    iat: now - 1,
    exp: now + 60,
  };
  let keys: ReturnType<typeof createLocalJWKSet>;
  let sign: (claims: Record<string, unknown>, alg?: string) => Promise<string>;

  beforeAll(async () => {
    const [rsa, ec] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('ES256')]);
    keys = createLocalJWKSet({
      keys: [
        { ...(await exportJWK(rsa.publicKey)), kid: 'RS256', alg: 'RS256' },
        { ...(await exportJWK(ec.publicKey)), kid: 'ES256', alg: 'ES256' },
      ],
    });
    sign = (claims, alg = 'RS256') =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, kid: alg })
        .sign(alg === 'RS256' ? rsa.privateKey : ec.privateKey);
  });

  test('passes the claims on as texts', async () => {
    const token = await sign({ ...good, groups: ['a', 'b'], email_verified: true, address: { city: 'X' } });

    const result = await authorize(settings, keys, `Bearer ${token}`, ['openid']);

    expect(result).toEqual({
      ok: true,
      scopes: ['openid', 'email'],
      claims: {
        ...good,
        iat: String(good.iat),
        exp: String(good.exp),
        groups: '[a b]',
        email_verified: 'true',
        address: '{"city":"X"}',
      },
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['an audience in a list', { aud: ['other', 'cli'] }],
    ['client_id in place of aud', { aud: undefined, client_id: 'web' }],
    ['scp in place of scope', { scope: undefined, scp: ['openid'] }],
  ])('%s is taken', async (_name, changes) => {
    const token = await sign({ ...good, ...changes });

    expect(await authorize(settings, keys, token, ['openid'])).toMatchObject({ ok: true });
  });

  test.each<[string, Record<string, unknown>, 401 | 403]>([
    ['has expired', { exp: now - 1 }, 401],
    ['has no expiry', { exp: undefined }, 401],
    ['is not valid yet', { nbf: now + 60 }, 401],
    ['comes from the future', { iat: now + 60 }, 401],
    ['has another issuer', { iss: 'https://other.example' }, 401],
    ['is for another audience', { aud: 'other' }, 401],
    ['has another aud, whatever its client_id', { aud: 'other', client_id: 'web' }, 401],
    ['names nobody', { aud: undefined }, 401],
    ['lacks the scope', { scope: 'email' }, 403],
    ['has no scope at all', { scope: undefined }, 403],
  ])('a token that %s is stopped', async (_name, changes, status) => {
    const token = await sign({ ...good, ...changes });

    expect(await authorize(settings, keys, `Bearer ${token}`, ['openid'])).toMatchObject({
      ok: false,
      status,
    });
  });

  test.each([
    ['no token', async () => undefined, 'Bearer'],
    ['no JWT', async () => 'Bearer abc', 'Bearer scope="openid" error="invalid_token"'],
    [
      'a changed token',
      async () => `Bearer ${(await sign(good)).slice(0, -6)}AAAAAA`,
      'Bearer scope="openid" error="invalid_token"',
    ],
    [
      'a token of an EC key',
      async () => `Bearer ${await sign(good, 'ES256')}`,
      'Bearer scope="openid" error="invalid_token"',
    ],
    [
      'an unsigned token',
      async () => `Bearer ${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(good))}.`,
      'Bearer scope="openid" error="invalid_token"',
    ],
  ])('%s is answered with a challenge', async (_name, toHeader, challenge) => {
    const result = await authorize(settings, keys, await toHeader(), ['openid']);

    expect(result).toMatchObject({ ok: false, status: 401, challenge: expect.stringContaining(challenge) });
  });
});

describe('events and results', () => {
  const context = {
    apiId: 'abc',
    routeKey: '$default',
    pathParameters: {},
    authorization: undefined,
    now: new Date('2026-03-12T19:03:58Z'),
  };

  test('an event has the form of payload 2.0', () => {
    const event = toHttpEvent(
      request({
        method: 'POST',
        path: '/v1/a%20b',
        query: 'x=1&x=2&y=%20z',
        headers: {
          cookie: 'a=1; b=2',
          'content-type': 'application/problem+json',
          'x-list': ['1', '2'],
          'user-agent': 'ua',
        },
        body: Buffer.from('{"é":1}'),
      }),
      {
        ...context,
        pathParameters: { id: '7' },
        authorization: { ok: true, claims: { sub: 'a' }, scopes: ['openid'] },
      },
    );

    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/v1/a%20b',
      rawQueryString: 'x=1&x=2&y=%20z',
      queryStringParameters: { x: '1,2', y: ' z' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-list': '1,2' },
      pathParameters: { id: '7' },
      body: '{"é":1}',
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        authorizer: { jwt: { claims: { sub: 'a' }, scopes: ['openid'] } },
        http: { method: 'POST', path: '/v1/a%20b', sourceIp: '127.0.0.1', userAgent: 'ua' },
        stage: '$default',
        time: '12/Mar/2026:19:03:58 +0000',
      },
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test('a body that is no text is passed in base64', () => {
    const event = toHttpEvent(
      request({ headers: { 'content-type': 'image/png' }, body: Buffer.from([0, 255]) }),
      context,
    );

    expect(event).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  test('an event without body, query and cookies leaves them out', () => {
    const event = toHttpEvent(request(), context);

    expect(
      ['body', 'cookies', 'queryStringParameters', 'pathParameters'].filter((name) => name in event),
    ).toEqual([]);
  });

  test.each<[unknown, unknown]>([
    [{ hello: 1 }, { status: 200, headers: { 'content-type': 'application/json' }, body: '{"hello":1}' }],
    ['text', { status: 200, headers: { 'content-type': 'application/json' }, body: 'text' }],
    [
      { statusCode: 204 },
      { status: 204, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: '' },
    ],
    [
      {
        statusCode: 200,
        headers: { 'Content-Type': 'text/css', ETag: 'x' },
        cookies: ['a=1', 'b=2'],
        body: 'b',
      },
      {
        status: 200,
        headers: { 'content-type': 'text/css', etag: 'x', 'set-cookie': ['a=1', 'b=2'] },
        body: 'b',
      },
    ],
    [
      { statusCode: 200, body: 'AP8=', isBase64Encoded: true },
      { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from([0, 255]) },
    ],
    [{ statusCode: 'abc' }, undefined],
    [{ statusCode: 200, body: { no: 'text' } }, undefined],
  ])('the result %j becomes its answer', (result, answer) => {
    expect(fromHttpResult(JSON.stringify(result))).toEqual(answer);
  });
});

test('the throttle lets a burst pass and then its rate', () => {
  let now = 0;
  const mayPass = createThrottle({ rate: 2, burst: 3 }, () => now);
  const burst = [mayPass(), mayPass(), mayPass(), mayPass()];

  now = 500;
  const later = [mayPass(), mayPass()];

  expect([burst, later]).toEqual([
    [true, true, true, false],
    [true, false],
  ]);
});

describe("the gateway's own answers", () => {
  const make = (
    outcome: InvokeOutcome | Promise<never>,
    changes: Parameters<typeof changeMini>[0] = {},
  ): Gateway =>
    createGateway(toLedger(changeMini(changes), MINI_NAMES), {
      findFunction: () =>
        ({ settings: { name: 'api' }, invoke: async () => outcome }) as unknown as LocalFunction,
      keys: createLocalJWKSet({ keys: [] }),
      log: () => undefined,
      now: () => 0,
    });
  const ok: InvokeOutcome = { ok: true, payload: '{"statusCode":200,"body":"fine"}' };
  const error = (errorType: string): InvokeOutcome => ({ ok: false, error: { errorType, errorMessage: '' } });

  test.each<[string, Gateway, Partial<EdgeRequest>, number, string]>([
    ['what the function answers', make(ok), {}, 200, 'fine'],
    ['401 without a token', make(ok), { path: '/v1/items/7' }, 401, '{"message":"Unauthorized"}'],
    [
      '413 beyond 10 MiB',
      make(ok),
      { body: Buffer.alloc(10 * 1024 * 1024 + 1) },
      413,
      '{"message":"Request Entity Too Large"}',
    ],
    [
      '413 beyond what a function takes',
      make(ok),
      { body: Buffer.alloc(6 * 1024 * 1024) },
      413,
      '{"message":"Request Entity Too Large"}',
    ],
    [
      '431 for large headers',
      make(ok),
      { headers: { 'x-large': 'x'.repeat(10_300) } },
      431,
      '{"message":"Request Header Fields Too Large"}',
    ],
    [
      '500 when the function throws',
      make(error('TypeError')),
      {},
      500,
      '{"message":"Internal Server Error"}',
    ],
    [
      '500 when the function times out',
      make(error('Sandbox.Timedout')),
      {},
      500,
      '{"message":"Internal Server Error"}',
    ],
    [
      '500 for a result without form',
      make({ ok: true, payload: '{"statusCode":"x"}' }),
      {},
      500,
      '{"message":"Internal Server Error"}',
    ],
    [
      '503 when the function is throttled',
      make(error('TooManyRequestsException')),
      {},
      503,
      '{"message":"Service Unavailable"}',
    ],
    [
      '503 when the integration times out',
      make(new Promise<never>(() => undefined), { ApiIntegration: { TimeoutInMillis: 50 } }),
      {},
      503,
      '{"message":"Service Unavailable"}',
    ],
  ])('%s', async (_name, gateway, changes, status, body) => {
    const answer = await gateway(request(changes));

    expect([answer.status, answer.body]).toEqual([status, body]);
    expect(answer.headers).toHaveProperty('apigw-requestid');
  });

  test('429 beyond the limit of a route', async () => {
    const gateway = make(ok);
    const slow = request({ method: 'POST', path: '/v1/slow' });

    const answers = [await gateway(slow), await gateway(slow), await gateway(request())];

    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, 'fine'],
      [429, '{"message":"Too Many Requests"}'],
      [200, 'fine'],
    ]);
  });

  test('404 where no route fits', async () => {
    const gateway = make(ok, { DefaultRoute: { RouteKey: 'GET /v1/only' } });

    expect(await gateway(request({ path: '/v1/other' }))).toMatchObject({
      status: 404,
      body: '{"message":"Not Found"}',
    });
  });

  test.each<[string, Parameters<typeof changeMini>[0], RegExp]>([
    ['an IAM route', { ItemRoute: { AuthorizationType: 'AWS_IAM' } }, /AWS_IAM/],
    ['payload format 1.0', { ApiIntegration: { PayloadFormatVersion: '1.0' } }, /payload format 2\.0/],
    ['a named stage', { Stage: { StageName: 'prod' } }, /\$default/],
    ['a WebSocket API', { Api: { ProtocolType: 'WEBSOCKET' } }, /HTTP APIs/],
    [
      'a token elsewhere',
      { Authorizer: { IdentitySource: ['$request.querystring.token'] } },
      /Authorization/,
    ],
    ['a target that is not there', { ItemRoute: { Target: 'integrations/none' } }, /no integration/],
  ])('%s is refused at start', (_name, changes, expected) => {
    expect(() => make(ok, changes)).toThrow(expected);
  });
});
