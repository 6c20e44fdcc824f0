import { describe, expect, test } from 'vitest';
import { findSiteFolders } from '#local/assembly.ts';
import { createDistribution } from '#local/edge/distribution.ts';
import { toHeaderPolicy } from '#local/edge/response-headers.ts';
import { toViewerFunction } from '#local/edge/viewer-function.ts';
import type { EdgeRequest } from '#local/gateway/types.ts';
import { toLedger } from '#local/resources.ts';
import { changeMini, MINI_NAMES, readMini } from './fixtures/mini.ts';

const request = (path: string, changes: Partial<EdgeRequest> = {}): EdgeRequest => ({
  method: 'GET',
  path,
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  ...changes,
});

const make = (changes: Parameters<typeof changeMini>[0] = {}) =>
  createDistribution(
    toLedger(changeMini(changes), MINI_NAMES),
    async ({ path }) => ({ status: 200, headers: { 'cache-control': 'private' }, body: `api ${path}` }),
    findSiteFolders(readMini().assembly),
  );

describe('the distribution', () => {
  test.each([
    ['/', 200, 'mini site'],
    ['/integrations/new', 200, 'mini site'],
    ['/app.js', 200, 'export const mini'],
    ['/none.js', 403, 'Access Denied'],
    ['/%zz.js', 403, 'Access Denied'],
    ['/../manifest.json', 403, 'Access Denied'],
    ['/%2e%2e/manifest.json', 403, 'Access Denied'],
    ['/..%2fmanifest.json', 403, 'Access Denied'],
    ['/v1/health', 200, 'api /v1/health'],
  ])('%s answers %i with %s', async (path, status, text) => {
    const answer = await make().answer(request(path));

    expect([answer.status, answer.body.toString()]).toEqual([status, expect.stringContaining(text)]);
  });

  test("sends the template's headers on every answer, over those of the origin where it says so", async () => {
    const { headers: site } = await make().answer(request('/'));
    const { headers: api } = await make().answer(request('/v1/health'));

    for (const headers of [site, api])
      expect(headers).toMatchObject({
        'content-security-policy': "default-src 'none'",
        'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'permissions-policy': 'camera=()',
      });
    expect([site['cache-control'], api['cache-control']]).toEqual(['no-cache', 'private']);
  });

  test('answers 304 for what has not changed', async () => {
    const first = await make().answer(request('/app.js'));

    const again = await make().answer(
      request('/app.js', { headers: { 'if-none-match': String(first.headers.etag) } }),
    );

    expect([again.status, again.body]).toEqual([304, '']);
  });

  test('refuses a method that the behavior does not allow', async () => {
    expect(await make().answer(request('/', { method: 'POST' }))).toMatchObject({ status: 403 });
    expect(await make().answer(request('/v1/x', { method: 'DELETE' }))).toMatchObject({ status: 200 });
  });

  const { ledger } = readMini();
  const config = ledger.ofType('AWS::CloudFront::Distribution')[0]?.properties.DistributionConfig as object;
  test.each<[string, object, RegExp]>([
    ['error pages', { CustomErrorResponses: [] }, /CustomErrorResponses/],
    [
      'an origin path',
      { Origins: [{ Id: 'site', DomainName: 'b.s3.amazonaws.com', OriginPath: '/x' }] },
      /OriginPath/,
    ],
    ['a strange origin', { Origins: [{ Id: 'site', DomainName: 'example.com' }] }, /neither/],
    ['a missing origin', { DefaultCacheBehavior: { TargetOriginId: 'none' } }, /no origin none/],
    [
      'Lambda@Edge',
      { DefaultCacheBehavior: { TargetOriginId: 'site', LambdaFunctionAssociations: [] } },
      /LambdaFunctionAssociations/,
    ],
    [
      'a managed policy',
      { DefaultCacheBehavior: { TargetOriginId: 'site', ResponseHeadersPolicyId: 'x' } },
      /no response headers policy x/,
    ],
    [
      'a function at the answer',
      {
        DefaultCacheBehavior: {
          TargetOriginId: 'site',
          FunctionAssociations: [{ EventType: 'viewer-response' }],
        },
      },
      /viewer-request/,
    ],
  ])('%s is refused at start', (_name, changes, expected) => {
    expect(() => make({ Distribution: { DistributionConfig: { ...config, ...changes } } })).toThrow(expected);
  });
});

describe('a viewer function', () => {
  const load = (FunctionCode: string) => {
    const [resource] = toLedger(changeMini({ SpaFunction: { FunctionCode } }), MINI_NAMES).ofType(
      'AWS::CloudFront::Function',
    );
    if (!resource) throw new Error('the mini stack has a function');
    return toViewerFunction(resource);
  };

  test('sees the request in the form of CloudFront', async () => {
    const run = load(
      'async function handler({ request, viewer }) { request.uri = JSON.stringify([request.method, request.querystring.a, request.headers.host, request.cookies.c, viewer.ip]); return request; }',
    );

    const result = await run(request('/', { query: 'a=1', headers: { host: 'h', cookie: 'c=2' } }));

    expect(JSON.parse('path' in result ? result.path : '')).toEqual([
      'GET',
      { value: '1' },
      { value: 'h' },
      { value: '2' },
      '127.0.0.1',
    ]);
  });

  test('may answer itself', async () => {
    const run = load(
      "function handler() { return { statusCode: 302, headers: { location: { value: '/x' } }, body: { data: 'moved' } }; }",
    );

    expect(await run(request('/'))).toEqual({ status: 302, headers: { location: '/x' }, body: 'moved' });
  });

  test("reaches none of Node's own objects, and may not run for ever", async () => {
    await expect(load('function handler() { return process; }')(request('/'))).rejects.toThrow(
      /process is not defined/,
    );
    await expect(load('function handler() { for (;;); }')(request('/'))).rejects.toThrow(/timed out/);
  });
});

describe('a response headers policy', () => {
  const read = (config: object) => {
    const changes = { Headers: { ResponseHeadersPolicyConfig: config } };
    const [policy] = toLedger(changeMini(changes), MINI_NAMES).ofType(
      'AWS::CloudFront::ResponseHeadersPolicy',
    );
    if (!policy) throw new Error('the mini stack has a policy');
    return toHeaderPolicy(policy);
  };

  test('sets, keeps and removes headers', () => {
    const policy = read({
      SecurityHeadersConfig: {
        FrameOptions: { FrameOption: 'DENY', Override: true },
        XSSProtection: { Protection: true, ModeBlock: true, Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 60, Override: false },
      },
      RemoveHeadersConfig: { Items: [{ Header: 'Server' }] },
    });

    expect(policy({ server: 'x', 'strict-transport-security': 'own', etag: 'e' })).toEqual({
      'strict-transport-security': 'own',
      etag: 'e',
      'x-frame-options': 'DENY',
      'x-xss-protection': '1; mode=block',
    });
  });

  test.each([{ CorsConfig: {} }, { SecurityHeadersConfig: { Mystery: {} } }])('%j is refused', (config) => {
    expect(() => read(config)).toThrow(/not known locally/);
  });
});
