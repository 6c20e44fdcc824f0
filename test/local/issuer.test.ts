import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorize } from '#local/gateway/authorizer.ts';
import { findAccount, toAccount } from '#local/issuer/accounts.ts';
import { readIssuerKeys } from '#local/issuer/keys.ts';
import { createIssuer, type Issuer } from '#local/issuer/provider.ts';
import { signAccessToken } from '#local/issuer/tokens.ts';
import { makeDataDir } from './fixtures/mini.ts';

const clientId = 'urn:domain-collective:local';
const [dataDir, removeDataDir] = makeDataDir();
let server: Server;
let issuer: Issuer;
let origin: string;

async function open(redirectPath?: string): Promise<void> {
  issuer = await createIssuer({
    dataDir,
    origin,
    clientId,
    audience: clientId,
    redirectUris: redirectPath === undefined ? [] : [origin + redirectPath],
    logoutUris: [`${origin}/`],
    log: () => undefined,
  });
}

beforeAll(async () => {
  server = createServer((request, response) => issuer.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  await open('/signed-in');
});
afterAll(() => {
  issuer.close();
  server.close();
  server.closeAllConnections();
  removeDataDir();
});

/** A browser as far as cookies and redirects go. */
function browse() {
  const jar = new Map<string, string>();
  return async (url: string, form?: Record<string, string>): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const post = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const response = await fetch(new URL(url, origin), { redirect: 'manual', headers: { cookie }, ...post });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      jar.set(name, value);
    }
    return response;
  };
}

const verifier = randomBytes(32).toString('base64url');
const toAuthorizeUrl = (changes: Record<string, string> = {}) =>
  `/oidc/auth?${new URLSearchParams({
    client_id: clientId,
    redirect_uri: `${origin}/signed-in`,
    response_type: 'code',
    scope: 'openid profile',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  })}`;

const locationOf = (response: Response) => response.headers.get('location') ?? '';

async function signIn(go: ReturnType<typeof browse>, name: string): Promise<string> {
  const page = locationOf(await go(toAuthorizeUrl()));
  let response = await go(page, { name });
  while (!locationOf(response).includes('/signed-in')) response = await go(locationOf(response));
  return new URL(locationOf(response)).searchParams.get('code') ?? '';
}

async function redeem(form: Record<string, string>): Promise<Record<string, string>> {
  const body = new URLSearchParams({ client_id: clientId, ...form });
  return (await (await fetch(`${origin}/oidc/token`, { method: 'POST', body })).json()) as Record<
    string,
    string
  >;
}
const redeemCode = (code: string) =>
  redeem({
    grant_type: 'authorization_code',
    code,
    redirect_uri: `${origin}/signed-in`,
    code_verifier: verifier,
  });

describe('signing in', () => {
  test('asks for a name only, and gives tokens like those of Cognito', async () => {
    const tokens = await redeemCode(await signIn(browse(), ' Alice '));

    const access = tokens.access_token ?? '';
    expect(decodeProtectedHeader(access)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(decodeJwt(access)).toMatchObject({
      iss: `${origin}/oidc`,
      sub: 'local|alice',
      aud: clientId,
      client_id: clientId,
      scope: 'openid profile',
      token_use: 'access',
    });
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({
      sub: 'local|alice',
      aud: clientId,
      name: 'alice',
      token_use: 'id',
    });
  });

  test('the gateway takes the access token and stops the ID token', async () => {
    const tokens = await redeemCode(await signIn(browse(), 'alice'));
    const settings = { issuer: `${origin}/oidc`, audiences: [clientId] };
    const check = (token: string | undefined) =>
      authorize(settings, issuer.keys, `Bearer ${token}`, ['openid']);

    expect(await check(tokens.access_token)).toMatchObject({ ok: true });
    expect(await check(tokens.id_token)).toMatchObject({ ok: false, status: 403 });
  });

  test('a session and a refresh token outlive a restart', async () => {
    const go = browse();
    const tokens = await redeemCode(await signIn(go, 'alice'));
    issuer.close();
    await open('/signed-in');

    const again = await go(toAuthorizeUrl());
    const renewed = await redeem({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' });

    expect(locationOf(again)).toContain('/signed-in?code=');
    await expect(jwtVerify(renewed.access_token ?? '', issuer.keys)).resolves.toBeDefined();
  });

  test.each([
    ['an empty name', ''],
    ['a name that is too long', 'x'.repeat(65)],
  ])('%s is asked for again', async (_name, name) => {
    const go = browse();
    const page = locationOf(await go(toAuthorizeUrl()));

    const response = await go(page, { name });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('a name has 1 to 64 characters');
  });

  test.each<[string, Record<string, string>]>([
    ['another redirect address', { redirect_uri: 'http://localhost:1/signed-in' }],
    ['a redirect path that the template does not name', { redirect_uri: 'ORIGIN/other' }],
    ['an unknown client', { client_id: 'stranger' }],
  ])('%s is refused on a page', async (_name, changes) => {
    const named = Object.entries(changes).map(([name, value]) => [name, value.replace('ORIGIN', origin)]);

    const response = await browse()(toAuthorizeUrl(Object.fromEntries(named)));

    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('Sign-in failed'),
    ]);
  });

  test('a request without PKCE is refused', async () => {
    const response = await browse()(toAuthorizeUrl({ code_challenge: '', code_challenge_method: '' }));

    expect(locationOf(response)).toContain('error=invalid_request');
  });

  test('an interaction of nobody is a page, not a crash', async () => {
    const response = await browse()('/oidc/interaction/none');

    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('has expired')]);
  });

  test('the pages hold no script and allow none', async () => {
    const go = browse();
    const page = await go(locationOf(await go(toAuthorizeUrl())));

    expect(await page.text()).not.toMatch(/<script|onclick|javascript:|style="/);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  test('signing out asks, and ends the session', async () => {
    const go = browse();
    const tokens = await redeemCode(await signIn(go, 'alice'));
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: `${origin}/`,
    });

    const page = await (await go(`/oidc/session/end?${query}`)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const left = await go('/oidc/session/end/confirm', { xsrf, logout: 'yes' });

    expect(locationOf(left)).toBe(`${origin}/`);
    expect(locationOf(await go(toAuthorizeUrl()))).toContain('/oidc/interaction/');
  });

  test('where the template names no addresses, every page of the edge will do', async () => {
    issuer.close();
    await open();

    const own = await browse()(toAuthorizeUrl({ redirect_uri: `${origin}/anywhere` }));
    const foreign = await browse()(toAuthorizeUrl({ redirect_uri: 'http://localhost:1/' }));

    expect([own.status, foreign.status]).toEqual([303, 400]);
  });
});

describe('accounts and keys', () => {
  test('the same name has the same subject', () => {
    expect([' Alice', 'ALICE', 'ａｌｉｃｅ'].map((name) => toAccount(name).subject)).toEqual(
      Array(3).fill('local|alice'),
    );
    expect(findAccount('local|alice')).toEqual(toAccount('alice'));
    expect(findAccount('someone')).toBeUndefined();
  });

  test('keys are readable by their owner only', () => {
    expect(statSync(join(dataDir, 'issuer', 'keys.json')).mode & 0o777).toBe(0o600);
  });

  test.each([3600, 1, -5])('a token signed for %i seconds has that life', async (ttl) => {
    const runtime = { issuer: `${origin}/oidc`, audience: clientId, clientId };
    const now = Date.now();

    const token = await signAccessToken('alice', ttl, readIssuerKeys(dataDir), runtime, now);

    const { exp = 0, iat = 0 } = decodeJwt(token);
    expect([exp - Math.floor(now / 1000), exp > iat]).toEqual([ttl, true]);
    const checked = authorize({ issuer: runtime.issuer, audiences: [clientId] }, issuer.keys, token, [
      'openid',
    ]);
    expect((await checked).ok).toBe(ttl > 0);
  });
});
