import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../support/api-answers.ts';
import { launchBrowser } from '../support/browser.ts';
import { makePortfolio } from '../support/portfolio.ts';
import { type ServedSite, type SiteOptions, serveSite } from '../support/static-site.ts';
import { expectClean, openPage, type Visit, type VisitOptions } from '../support/visit.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PATH = '/?status=ACTIVE&sort=-name';
/** Calls are refused in these tests, and the browser tells. */
const REFUSED = [/status of 401/];

let folder: string;
let browser: Browser;
let site: ServedSite;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'session-'));
  const configFile = join(ROOT, 'packages/web/vite.config.ts');
  await build({ configFile, logLevel: 'warn', build: { outDir: folder } });
  browser = await launchBrowser();
  site = await serve();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

const serve = (options: Partial<SiteOptions> = {}) =>
  serveSite({ folder, api: createApi(makePortfolio({ count: 20 })), ...options });

type Stored = Readonly<Record<string, string>>;

interface Opened extends Visit {
  /** Every request, the method before the path. */
  readonly requests: readonly string[];
}

async function visit(path: string, options: Partial<VisitOptions> = {}, at = site): Promise<Opened> {
  const requests: string[] = [];
  const opened = await openPage(browser, {
    url: at.url + path,
    ...options,
    async prepare(page) {
      page.on('request', (request) =>
        requests.push(`${request.method()} ${new URL(request.url()).pathname}`),
      );
      await options.prepare?.(page);
    },
  });
  open.push(opened);
  return { ...opened, requests };
}

const isIn = (page: Page) => page.getByText('Signed in as ada@example.test').waitFor({ state: 'attached' });

async function signIn(path = '/', at = site): Promise<Opened> {
  const opened = await visit(path, {}, at);
  await enter(opened);
  return opened;
}

async function enter({ page }: Visit): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await isIn(page);
}

const toPath = (page: Page) => page.url().slice(new URL(page.url()).origin.length);

describe('signing in', () => {
  test('comes back to the page that was wanted, and keeps no token but in memory', async () => {
    const opened = await visit(PATH);
    const { page } = opened;
    const bearer = page
      .waitForRequest(/\/v1\//)
      .then(async (request) => (await request.headerValue('authorization'))?.slice('Bearer '.length) ?? '');
    await enter(opened);
    const token = await bearer;
    const [local, inTab] = await page.evaluate<[Stored, Stored]>(
      '[{ ...localStorage }, { ...sessionStorage }]',
    );

    expect(toPath(page)).toBe(PATH);
    expect(local).toEqual({ 'signed-in-here': '1' });
    // the router's places of scrolling are no matter of ours
    expect(Object.keys(inTab)).toEqual([expect.stringMatching(/scroll/)]);
    expect(JSON.stringify(inTab)).not.toContain(token);
    expect(await page.evaluate('document.cookie')).toBe('');
    await expectClean(opened);
  });

  test('needs no click after a reload, and leaves the address and the way back as they were', async () => {
    const { page } = await signIn('/settings');
    await page.getByRole('link', { name: 'Dashboard' }).first().click();
    await page.waitForURL(`${site.url}/`);
    await page.goto(site.url + PATH);
    await isIn(page);
    await page.reload();
    await isIn(page);

    expect(toPath(page)).toBe(PATH);
    await page.goBack();
    await page.waitForURL(`${site.url}/`);
  });

  test.each([
    ['that was not begun in this tab', '/?code=fake&state=fake', /It was not begun in this tab\./],
    ['that is one of another site', '//example.com/?error=access_denied&state=fake', /not begun/],
  ])('refuses an answer %s', async (_what, path, text) => {
    const opened = await visit(path);

    await opened.page.getByRole('alert').filter({ hasText: text }).waitFor();
    expect(toPath(opened.page)).toBe('/');
    expect(opened.requests).not.toContain('POST /oidc/token');
    await expectClean(opened);
  });

  test.each([
    ['nonce', { nonce: 'another' }, /nonce/],
    ['issuer', { iss: 'http://127.0.0.1:1/oidc' }, /iss/],
    ['audience', { aud: 'another-client' }, /aud/],
    ['time', { exp: 1_000_000_000 }, /exp/],
  ])('refuses an id token with another %s', async (_what, wrong, text) => {
    const { page } = await visit('/', {
      async prepare(page) {
        await page.route('**/oidc/token', async (route) => {
          const response = await route.fetch();
          const body = await response.json();
          const [head, claims, signature] = body.id_token.split('.');
          const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), ...wrong };
          const part = Buffer.from(JSON.stringify(changed)).toString('base64url');
          await route.fulfill({ response, json: { ...body, id_token: [head, part, signature].join('.') } });
        });
      },
    });
    await page.getByRole('button', { name: 'Sign in' }).click();

    await page.getByRole('alert').filter({ hasText: text }).waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  test('tells what the issuer says where it refuses', async () => {
    const { page } = await visit('/', {
      async prepare(page) {
        await page.route('**/oidc/auth?**', (route) => {
          const { searchParams } = new URL(route.request().url());
          const answer = { error: 'access_denied', error_description: 'Not today.' };
          const query = new URLSearchParams({ state: searchParams.get('state') ?? '', ...answer });
          return route.fulfill({ status: 303, headers: { location: `${site.url}/?${query}` } });
        });
      },
    });
    await page.getByRole('button', { name: 'Sign in' }).click();

    await page.getByText('Sign-in did not complete. Not today.').waitFor();
  });
});

describe('a session', () => {
  test('is renewed once where calls are refused, however many', async () => {
    const opened = await signIn();
    const { page, requests } = opened;
    await page.getByRole('status').filter({ hasText: '20 domains' }).waitFor();
    site.issuer.revoke();
    const before = requests.length;
    // what is older than half a minute is asked for when it is looked at: three lists at once
    await Promise.all([
      page.waitForResponse((response) => response.url().includes('/v1/domains') && response.status() < 400),
      page.evaluate(`
        const later = Date.now() + 60_000;
        Date.now = () => later;
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      `),
    ]);
    const after = requests.slice(before);

    expect(site.calls.filter((call) => call.endsWith(' 401')).length).toBeGreaterThan(1);
    expect(after.filter((request) => request === 'POST /oidc/token')).toHaveLength(1);
    expect(after.filter((request) => request === 'GET /oidc/auth')).toEqual([]);
    await expectClean(opened, { allowed: REFUSED });
  });

  test('is renewed by itself before its token is over', async () => {
    const brief = await serve({ tokenSeconds: 2 });
    open.push(brief);
    const opened = await signIn('/', brief);
    const { page } = opened;
    await page.waitForResponse((response) => response.url().endsWith('/oidc/token'));

    expect(opened.requests.filter((request) => request === 'POST /oidc/token').length).toBeGreaterThan(1);
    await opened.close();
  });

  test('goes on where the issuer still knows who it is, and says so where it does not', async () => {
    const opened = await signIn(PATH);
    const { page, context } = opened;
    await page.getByRole('status').filter({ hasText: 'domains' }).waitFor();
    const ask = () => page.getByRole('link', { name: 'Settings' }).click();
    site.issuer.revoke('hard');
    await ask();
    await page.waitForURL(/\/settings\?.*state=|\/\?.*state=/);
    await isIn(page);
    expect(toPath(page)).toBe('/settings');

    await context.clearCookies();
    await context.addCookies([{ name: 'fake_issuer', value: 'out', url: site.url }]);
    await page.reload();
    await page.getByText('You were signed out after inactivity.').waitFor();
    expect(toPath(page)).toBe('/settings');
  });

  test('ends at the issuer, too', async () => {
    const opened = await signIn();
    const { page, requests } = opened;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();

    expect(requests).toContain('GET /oidc/end-session');
    expect(await page.evaluate('localStorage.length')).toBe(0);
    const before = requests.length;
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(requests.slice(before)).not.toContain('GET /oidc/auth');
    await expectClean(opened, { allowed: REFUSED });
  });
});
