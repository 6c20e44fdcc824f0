import { describe, expect, test } from 'vitest';
import type { ApiEvent } from '#api/principal.ts';
import { operations } from '../support/documented-answers.ts';
import { type Claims, connect, createHarness, toClaims, toToken } from './harness.ts';

function toEvent(claims: Claims): ApiEvent {
  return { requestContext: { requestId: 'request-1', authorizer: { jwt: { claims } } } };
}

const good = createHarness();
const claims = toClaims('alice', good.now());
const nowSeconds = good.now() / 1000;

async function statusOf(event: ApiEvent | undefined, token: string | undefined): Promise<number> {
  const init = { headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) } };
  return (await good.send('/v1/settings', init, event)).status;
}

function without(name: string): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
}

describe('a request is let in', () => {
  test.each<[string, Claims]>([
    ['with an access token of our client', claims],
    ['without token_use, which not every issuer sets', without('token_use')],
    ['by azp where there is no client_id', { ...without('client_id'), azp: 'web-app' }],
    ['by its audience where there is neither', { ...without('client_id'), aud: 'web-app' }],
    ['by one of several audiences', { ...without('client_id'), aud: '[api web-app]' }],
  ])('%s', async (_title, given) => {
    expect(await statusOf(toEvent(given), toToken())).toBe(200);
  });
});

describe('a request is refused with 401', () => {
  test.each<[string, ApiEvent | undefined]>([
    ['without an event', undefined],
    ['without claims', { requestContext: { requestId: 'request-1' } }],
    ['without a subject', toEvent(without('sub'))],
    ['with an empty subject', toEvent({ ...claims, sub: '' })],
    ['without an issuer', toEvent(without('iss'))],
    ['without an end', toEvent(without('exp'))],
    ['after its end', toEvent({ ...claims, exp: String(nowSeconds - 1) })],
    ['at its end', toEvent({ ...claims, exp: String(nowSeconds) })],
    ['with an end that is no number', toEvent({ ...claims, exp: 'never' })],
    ['with an end beyond all times', toEvent({ ...claims, exp: 'Infinity' })],
    ['with an ID token', toEvent({ ...claims, token_use: 'id' })],
    ['with a token of another client', toEvent({ ...claims, client_id: 'other' })],
    [
      'with a token of another client for our audience',
      toEvent({ ...claims, client_id: 'other', aud: 'web-app' }),
    ],
    ['with another authorised party', toEvent({ ...without('client_id'), azp: 'other', aud: 'web-app' })],
    ['for another audience', toEvent({ ...without('client_id'), aud: '[web-app-2 other]' })],
    ['for nobody', toEvent(without('client_id'))],
  ])('%s', async (_title, event) => {
    expect(await statusOf(event, toToken())).toBe(401);
  });

  test.each<[string, string | undefined]>([
    ['without a token', undefined],
    ['unsigned', toToken({ alg: 'none' })],
    ['unsigned in capitals', toToken({ alg: 'NONE' })],
    ['signed by a shared secret', toToken({ alg: 'HS256' })],
    ['without an algorithm', toToken({ kid: 'k1' })],
    ['with critical extensions', toToken({ alg: 'RS256', crit: ['exp'] })],
    ['with a header that is no object', toToken('RS256')],
    ['with a header of null', toToken(null)],
    ['with a subject in a list', toToken(undefined, { sub: ['alice'] })],
    ['with a subject that is a number', toToken(undefined, { sub: 7 })],
    ['without a subject of its own', toToken(undefined, {})],
    ['with claims that are no object', toToken(undefined, 'alice')],
    ['with a tab before its signature', toToken().replace(/[.](?=[^.]*$)/, '.\t')],
    ['with a fourth part', `${toToken()}.c2ln`],
    ['without a signature', toToken().replace(/[^.]*$/, '')],
    ['that is no token', 'abc'],
  ])('%s, whatever the claims say', async (_title, token) => {
    expect(await statusOf(toEvent(claims), token)).toBe(401);
  });

  test('as a problem that names the scheme and the request', async () => {
    const reply = await good.call('/v1/settings', { user: null });

    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(reply.json).toMatchObject({ code: 'UNAUTHENTICATED', requestId: 'request-1' });
  });

  test.each([...operations.keys()].filter((name) => !/health|openapi/.test(name)))('on %s', async (name) => {
    const [method = '', path = ''] = name.split(' ');

    const reply = await good.call(path.replaceAll(/\{\w+\}/g, 'abcdefgh'), { method, user: null });

    expect(reply.status).toBe(401);
  });
});

describe('nobody needs to be signed in', () => {
  test.each(['/v1/health', '/v1/openapi.json'])('for %s', async (path) => {
    expect((await good.call(path, { user: null })).status).toBe(200);
  });
});

test('no header names the tenant: only the claims of the authorizer do', async () => {
  const harness = createHarness();
  await connect(harness, 'fake-godaddy-key-mallory', 'mallory');
  const headers = {
    'x-user-id': 'mallory',
    'x-tenant-id': 'mallory',
    'x-amzn-oidc-identity': 'mallory',
    'x-amzn-requestcontext': JSON.stringify(toEvent(toClaims('mallory', harness.now())).requestContext),
  };

  const { json } = await harness.call('/v1/integrations', { headers });

  expect(json).toEqual({ items: [], nextCursor: null });
});
