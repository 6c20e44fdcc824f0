import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../support/api-answers.ts';
import { launchBrowser } from '../support/browser.ts';
import { makePortfolio } from '../support/portfolio.ts';
import { type ServedSite, serveSite } from '../support/static-site.ts';
import { expectClean, openPage, type Visit } from '../support/visit.ts';

/** The issuer's client in the form in which the app uses it, and nothing else of the app. */
const APP = `
  import * as oauth from '/oauth.js';
  const config = await (await fetch('/config.json')).json();
  const issuer = new URL(config.issuer);
  const options = { [oauth.allowInsecureRequests]: true };
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  const client = { client_id: config.clientId };
  const back = location.origin + '/';

  window.leave = async (parameters) => {
    const [state, verifier, nonce] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier(), oauth.generateRandomNonce()];
    const url = new URL(server.authorization_endpoint);
    url.search = new URLSearchParams({
      client_id: config.clientId, redirect_uri: back, response_type: 'code', scope: 'openid email', state, nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...parameters,
    });
    sessionStorage.setItem(state, JSON.stringify([verifier, nonce]));
    location.assign(url);
  };
  const read = (result) => ({ ...result, profile: oauth.getValidatedIdTokenClaims(result) });
  const redeem = async (parameters) => {
    const state = parameters.get('state');
    const [verifier, expectedNonce] = JSON.parse(sessionStorage.getItem(state));
    const code = oauth.validateAuthResponse(server, client, parameters, state);
    const response = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), code, back, verifier, options);
    return read(await oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce, requireIdToken: true }));
  };
  window.renew = async () => {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), user.refresh_token, options);
    return read(await oauth.processRefreshTokenResponse(server, client, response));
  };

  const parameters = new URLSearchParams(location.search);
  const out = document.getElementById('out');
  try {
    if (parameters.has('state')) window.user = await redeem(parameters);
    out.textContent = window.user ? 'in as ' + window.user.profile.email : 'out';
  } catch (error) { out.textContent = 'refused: ' + error.error; }
`;
const PAGE =
  '<!doctype html><html lang="en"><title>Page</title><script type="module" src="/app.js"></script><main><h1 id="out"></h1></main></html>';

const portfolio = makePortfolio({ count: 250, now: Date.parse('2026-11-23T12:00:00Z') });
let folder: string;
let browser: Browser;
let site: ServedSite;
const visits: Visit[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'static-site-'));
  const client = createRequire(import.meta.url).resolve('oauth4webapi');
  writeFileSync(join(folder, 'oauth.js'), readFileSync(client));
  writeFileSync(join(folder, 'app.js'), APP);
  writeFileSync(join(folder, 'index.html'), PAGE);
  browser = await launchBrowser();
  site = await serveSite({ folder, api: createApi(portfolio) });
});

afterAll(async () => {
  await Promise.all(visits.map((visit) => visit.close()));
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(): Promise<Visit> {
  const opened = await openPage(browser, { url: `${site.url}/` });
  visits.push(opened);
  await said(opened, 'out');
  await leave(opened, {});
  await said(opened, 'in as ada@example.test');
  return opened;
}

const said = ({ page }: Visit, text: string) => page.getByText(text, { exact: true }).waitFor();

/** Goes to the issuer, which sends back at once. */
async function leave({ page }: Visit, parameters: Readonly<Record<string, string>>): Promise<void> {
  const back = page.waitForURL(/state=/);
  await page.evaluate(`void leave(${JSON.stringify(parameters)})`);
  await back;
}

/** Status and body of an answer to the signed-in page. */
const ask = ({ page }: Visit, path: string) =>
  page.evaluate(
    `fetch(${JSON.stringify(path)}, { headers: { authorization: 'Bearer ' + user.access_token } }).then(async (answer) => [answer.status, await answer.json()])`,
  ) as Promise<[number, { items: { name: string }[]; nextCursor: string | null }]>;

describe('the issuer', () => {
  test('signs in, renews, and signs in again without asking', async () => {
    const opened = await signIn();
    const renewed = opened.page.evaluate(
      'renew().then((next) => next.access_token !== user.access_token && next.profile.sub === user.profile.sub)',
    );

    expect(await renewed).toBe(true);
    await leave(opened, { prompt: 'none' });
    await said(opened, 'in as ada@example.test');
    await expectClean(opened);
  });

  test('says that a sign-in is needed once somebody signed out, until they sign in again', async () => {
    const opened = await signIn();
    await opened.page.goto(`${site.url}/oidc/end-session?post_logout_redirect_uri=${site.url}/`);
    await said(opened, 'out');

    await leave(opened, { prompt: 'none' });
    await said(opened, 'refused: login_required');
    await leave(opened, {});
    await said(opened, 'in as ada@example.test');
  });

  test('gives nothing for a code without its verifier, nor for a code that was used', async () => {
    const redirectUri = `${site.url}/`;
    const start = new URL(`${site.url}/oidc/auth`);
    const query = {
      client_id: 'fake-client',
      redirect_uri: redirectUri,
      state: 's',
      // the example of RFC 7636, appendix B
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    };
    start.search = new URLSearchParams(query).toString();
    const getCode = async () => {
      const { headers } = await fetch(start, { redirect: 'manual' });
      return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
    };
    const redeem = async (code: string, verifier: string) => {
      const grant = { grant_type: 'authorization_code', client_id: 'fake-client', redirect_uri: redirectUri };
      const body = new URLSearchParams({ ...grant, code, code_verifier: verifier });
      return (await fetch(`${site.url}/oidc/token`, { method: 'POST', body })).status;
    };
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const code = await getCode();

    expect(await redeem(await getCode(), 'another verifier')).toBe(400);
    expect(await redeem(code, verifier)).toBe(200);
    expect(await redeem(code, verifier)).toBe(400);
  });
});

describe('the answers', () => {
  test('are for tokens of the issuer only, and for as long as they hold', async () => {
    const opened = await signIn();

    expect((await fetch(`${site.url}/v1/domains`)).status).toBe(401);
    expect((await ask(opened, '/v1/summary'))[0]).toBe(200);
    site.issuer.revoke();
    expect((await ask(opened, '/v1/summary'))[0]).toBe(401);
  });

  test('give a list page by page, and what is in it', async () => {
    const opened = await signIn();
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const [, page] = await ask(opened, `/v1/domains?limit=100${cursor && `&cursor=${cursor}`}`);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    const [domain] = portfolio.domains;
    const [integration] = portfolio.integrations;

    expect(names).toEqual(portfolio.domains.map(({ name }) => name));
    expect((await ask(opened, `/v1/domains/${domain?.name}`))[1]).toMatchObject({ registrations: [domain] });
    expect(
      (await ask(opened, `/v1/domains/${domain?.name}/records?integration=${domain?.integrationId}`))[0],
    ).toBe(200);
    expect((await ask(opened, `/v1/integrations/${integration?.id}/runs?limit=20`))[1].items).toHaveLength(
      20,
    );
    expect((await ask(opened, '/v1/integrations'))[1].items).toEqual(portfolio.integrations);
  });

  test('can be set one by one, the most exact first, while a page is open', async () => {
    const opened = await signIn();
    site.answers['/v1/summary'] = { body: { is: 'set' } };
    site.answers['/v1/summary?x=1'] = { status: 503, headers: { 'retry-after': '7' }, body: { is: 'exact' } };
    const answers = [await ask(opened, '/v1/summary?x=2'), await ask(opened, '/v1/summary?x=1')];
    delete site.answers['/v1/summary'];
    delete site.answers['/v1/summary?x=1'];

    expect(answers).toEqual([
      [200, { is: 'set' }],
      [503, { is: 'exact' }],
    ]);
    expect((await ask(opened, '/v1/none'))[0]).toBe(404);
    expect(site.calls.at(-1)).toBe('GET /v1/none 404');
  });
});

describe('the files', () => {
  test('come compressed, with the headers of the product, and are not sent twice', async () => {
    const first = await fetch(`${site.url}/domains/example.com`);

    expect(await first.text()).toBe(PAGE);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("require-trusted-types-for 'script'"),
      'content-encoding': 'gzip',
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await fetch(`${site.url}/`, { headers })).status).toBe(304);
  });

  test.each([
    ['/none.js', 403],
    ['/assets/none.js', 403],
    ['/assets/..%2f..%2fpackage.json', 403],
    ['/settings', 200],
  ])('%s answers %i', async (path, status) => {
    expect((await fetch(site.url + path)).status).toBe(status);
  });
});
