import { describe, expect, test } from 'vitest';
import { SyncError } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { type Call, connect, createHarness, godaddyCredentials } from './harness.ts';

const body = { registrar: 'godaddy', credentials: godaddyCredentials() };

describe('a body', () => {
  const cases: readonly [
    title: string,
    request: Call,
    status: number,
    code: string,
    pointers?: readonly string[],
  ][] = [
    ['that is not JSON', { text: '{"registrar":' }, 400, 'INVALID_REQUEST', ['']],
    ['that is not UTF-8 in its escapes', { text: '"\\ud800' }, 400, 'INVALID_REQUEST', ['']],
    ['that is missing', { headers: { 'content-type': 'application/json' } }, 400, 'INVALID_REQUEST', ['']],
    ['that is a list', { body: [] }, 400, 'INVALID_REQUEST', ['']],
    ['that is null', { body: null }, 400, 'INVALID_REQUEST', ['']],
    [
      'with an unknown registrar',
      { body: { ...body, registrar: 'dyn' } },
      400,
      'INVALID_REQUEST',
      ['/registrar'],
    ],
    ['without a registrar', { body: { credentials: {} } }, 400, 'INVALID_REQUEST', ['/registrar']],
    ['with an unknown field', { body: { ...body, tenantId: 'x' } }, 400, 'INVALID_REQUEST', ['/tenantId']],
    [
      'with unknown fields',
      { body: { ...body, epoch: 1, status: 'SYNCED' } },
      400,
      'INVALID_REQUEST',
      ['/epoch', '/status'],
    ],
    [
      'with a field of a slash in its name',
      { body: { ...body, 'a/b~': 1 } },
      400,
      'INVALID_REQUEST',
      ['/a~1b~0'],
    ],
    ['with a label of a wrong type', { body: { ...body, label: 5 } }, 400, 'INVALID_REQUEST', ['/label']],
    [
      'with a label too long',
      { body: { ...body, label: 'x'.repeat(101) } },
      400,
      'INVALID_REQUEST',
      ['/label'],
    ],
    ['with a label that rings', { body: { ...body, label: 'a\u0007b' } }, 400, 'INVALID_REQUEST', ['/label']],
    [
      'with a credential of a wrong type',
      { body: { ...body, credentials: { apiKey: 5 } } },
      400,
      'INVALID_REQUEST',
      ['/credentials/apiKey'],
    ],
    [
      'for the simulator, where there is none',
      { body: { ...body, environment: 'simulator' } },
      400,
      'INVALID_REQUEST',
      ['/environment'],
    ],
    [
      'for an unknown environment',
      { body: { ...body, environment: 'staging' } },
      400,
      'INVALID_REQUEST',
      ['/environment'],
    ],
    [
      'that is a form',
      { text: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'that is called a text',
      { text: '{}', headers: { 'content-type': 'text/plain' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['above 16 KiB', { body: { ...body, label: 'x'.repeat(16 * 1024) } }, 413, 'BODY_TOO_LARGE'],
  ];

  test.each(cases)('%s is refused', async (_title, request, status, code, pointers) => {
    const harness = createHarness();

    const reply = await harness.call<{ errors?: { pointer: string }[] }>('/v1/integrations', {
      method: 'POST',
      ...request,
    });

    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(reply.json).toMatchObject({ code });
    expect(reply.json.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(harness.started).toEqual([]);
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/merge-patch+json',
  ])('is taken as %s', async (type) => {
    const harness = createHarness();
    const headers = { 'content-type': type };

    const reply = await harness.call('/v1/settings', {
      method: 'PATCH',
      body: { expiringSoonDays: 7 },
      headers,
    });

    expect(reply.status).toBe(200);
  });

  test.each([
    ['nothing', {}],
    ['nothing, called JSON', { headers: { 'content-type': 'application/json' } }],
    ['an empty object', { body: {} }],
  ])('of a call that needs none may be %s', async (_title, request) => {
    const harness = createHarness();
    const id = await connect(harness);

    const reply = await harness.call(`/v1/integrations/${id}/sync`, { method: 'POST', ...request });

    expect(reply.status).toBe(409);
  });

  test('of a call that needs none may not hold fields', async () => {
    const harness = createHarness();
    const id = await connect(harness);

    const reply = await harness.call(`/v1/integrations/${id}/sync`, {
      method: 'POST',
      body: { force: true },
    });

    expect(reply.json).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('what is not there', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/v1'],
    ['GET', '/v1/unknown'],
    ['GET', '/v2/integrations'],
    ['GET', '/v1/integrations/'],
    ['POST', '/v1/domains'],
    ['PUT', '/v1/settings'],
    ['DELETE', '/v1/integrations'],
    ['PROPFIND', '/v1/integrations'],
  ])('is 404 as a problem: %s %s', async (method, path) => {
    const reply = await createHarness().call(path, { method });

    expect(reply.status).toBe(404);
    expect(reply.json).toMatchObject({ code: 'NOT_FOUND', title: 'Not found' });
  });

  test('OPTIONS says what a path can do', async () => {
    const harness = createHarness();

    const reply = await harness.call('/v1/integrations', { method: 'OPTIONS' });

    expect(reply.status).toBe(204);
    expect(reply.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
    expect((await harness.call('/v1/unknown', { method: 'OPTIONS' })).status).toBe(404);
  });

  test('HEAD is GET without a body', async () => {
    const harness = createHarness();
    const get = await harness.call('/v1/settings');

    const head = await harness.call('/v1/settings', { method: 'HEAD' });

    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });
});

describe('what goes wrong inside', () => {
  test('is a 500 that says nothing of it, and is logged by its class alone', async () => {
    const secret = 'table arn:aws:dynamodb:eu-west-1:123456789012:table/Portfolio is away';
    const harness = createHarness({
      stores: (stores) => ({
        ...stores,
        tenants: {
          ...stores.tenants,
          settings: async () => {
            throw new TypeError(secret);
          },
        },
      }),
    });

    const reply = await harness.call('/v1/settings');

    expect(reply.status).toBe(500);
    expect(reply.json).toMatchObject({ code: 'INTERNAL', requestId: 'request-1' });
    expect(reply.text).not.toMatch(/arn|TypeError|at /);
    expect(harness.logged).toEqual([{ event: 'request failed', error: 'TypeError', code: 'INTERNAL' }]);
  });

  test('keys that can not be used just now are a 503 that says when to come back', async () => {
    const harness = createHarness();
    harness.vault.failWith('ENCRYPTION_UNAVAILABLE');

    const reply = await harness.call('/v1/integrations', { method: 'POST', body });

    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('5');
    expect(reply.json).toMatchObject({ code: 'ENCRYPTION_UNAVAILABLE' });
  });

  test('errors of a sync that have no business here are a 500', async () => {
    const harness = createHarness({
      commands: {
        requestSync: async () => {
          throw new SyncError('REGISTRAR_TIMEOUT');
        },
      },
    });
    const id = await connect(harness);

    const reply = await harness.call(`/v1/integrations/${id}/sync`, { method: 'POST' });

    expect(reply.json).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(harness.logged).toMatchObject([{ error: 'SyncError', code: 'REGISTRAR_TIMEOUT' }]);
  });
});

test.each([
  ['/v1/settings', 200],
  ['/v1/unknown', 404],
  ['/v1/domains?limit=0', 400],
])('no answer may be kept by anybody: %s', async (path, status) => {
  const reply = await createHarness().call(path);

  expect(reply.status).toBe(status);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  expect(reply.headers.get('x-request-id')).toBe('request-1');
});

test('a request without an id of its platform gets one', async () => {
  const response = await createHarness().app.request('/v1/settings');

  const { requestId } = (await response.json()) as { requestId: string };

  expect(requestId).toHaveLength(newId().length);
});
