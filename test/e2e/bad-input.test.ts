import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPerson, type Person, type RunningSystem, startSystem } from '#test/support/running-system.ts';

let system: RunningSystem;
let alice: Person;

beforeAll(async () => {
  system = await startSystem();
  alice = await system.person('alice');
}, 120_000);
afterAll(() => system.stop());

const credentials = { apiKey: 'fake-key', secretApiKey: 'fake-secret' };

describe('a bad request', () => {
  test.each([
    ['an unknown registrar', { registrar: 'nobody', credentials }, 400, 'INVALID_REQUEST', '/registrar'],
    [
      'an unknown field',
      { registrar: 'porkbun', credentials, tenantId: 'x' },
      400,
      'INVALID_REQUEST',
      '/tenantId',
    ],
    [
      'a missing credential',
      { registrar: 'porkbun', credentials: { apiKey: 'fake-key' } },
      400,
      'INVALID_REQUEST',
      '/credentials/secretApiKey',
    ],
    [
      'an unknown credential',
      { registrar: 'porkbun', credentials: { ...credentials, extra: 'x' } },
      400,
      'INVALID_REQUEST',
      '/credentials/extra',
    ],
    [
      'white space inside',
      { registrar: 'porkbun', credentials: { ...credentials, apiKey: 'fake key' } },
      400,
      'INVALID_REQUEST',
      '/credentials/apiKey',
    ],
    [
      'an environment that the registrar lacks',
      { registrar: 'porkbun', environment: 'moon', credentials },
      400,
      'INVALID_REQUEST',
      '/environment',
    ],
    [
      'a body that is too large',
      { registrar: 'porkbun', label: 'x'.repeat(17_000), credentials },
      413,
      'BODY_TOO_LARGE',
      undefined,
    ],
    ['text that is no JSON', '{"registrar":', 400, 'INVALID_REQUEST', undefined],
  ])('with %s gets a clear error and stores nothing', async (_what, body, status, code, pointer) => {
    const answer = await alice.post('/v1/integrations', body);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.body.requestId).toMatch(/^\S+$/);
    if (pointer)
      expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(JSON.stringify(answer.body)).not.toContain('fake-');
    expect((await alice.get('/v1/integrations')).body.items).toEqual([]);
  });

  test('with another content type is 415', async () => {
    const answer = await alice.call('POST', '/v1/integrations', 'registrar=porkbun', {
      'content-type': 'text/plain',
    });

    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  test.each(['/v1/domains?cursor=tampered', '/v1/domains?cursor=eyJhIjoxfQ.AAAA'])(
    'with the cursor of %s is 400',
    async (path) => {
      expect(await alice.get(path)).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
    },
  );

  test('for a path that is not there is 404, like one for what is not hers', async () => {
    for (const path of [
      '/v1/nothing',
      '/v1/integrations/aaaaaaaaaaaaaaaaaaaaaaaaaa',
      '/v1/domains/nowhere.example',
    ]) {
      expect(await alice.get(path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
  });
});

describe('a token', () => {
  test.each([
    ['none', ''],
    ['one that is no token', 'nonsense'],
  ])('%s: the gateway answers 401 with its own body', async (_what, token) => {
    const answer = await createPerson(system.url, token).get('/v1/integrations');

    expect(answer).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
  });

  test('that expired is refused', async () => {
    const expired = createPerson(system.url, await system.token('alice', -60));

    expect((await expired.get('/v1/integrations')).status).toBe(401);
  });

  test('is not needed for health and description', async () => {
    const nobody = createPerson(system.url, '');

    expect(await nobody.get('/v1/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect((await nobody.get('/v1/openapi.json')).body.openapi).toMatch(/^3\.1/);
  });
});

describe('If-Match', () => {
  test('that is stale is 412 and changes nothing; the present one is taken', {
    timeout: 60_000,
  }, async () => {
    const added = await alice.connect('namecom', 'demo-10');
    await alice.settled(added.body.id);
    const path = `/v1/integrations/${added.body.id}`;
    const etag = (await alice.get(path)).headers.get('etag') ?? '';

    const stale = await alice.call('PATCH', path, { label: 'stale' }, { 'if-match': '"something-else"' });
    const fresh = await alice.call('PATCH', path, { label: 'fresh' }, { 'if-match': etag });
    const repeated = await alice.call('GET', path, undefined, {
      'if-none-match': (await alice.get(path)).headers.get('etag') ?? '',
    });

    expect(stale).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
    expect(fresh).toMatchObject({ status: 200, body: { label: 'fresh' } });
    expect(repeated.status).toBe(304);
  });
});
