import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../support/api-answers.ts';
import { launchBrowser } from '../support/browser.ts';
import { makePortfolio } from '../support/portfolio.ts';
import { type ServedSite, serveSite } from '../support/static-site.ts';
import { openPage } from '../support/visit.ts';

const SECRET = 'fake-secret-that-must-be-forgotten';
const REFUSAL = {
  status: 400,
  body: {
    type: 'about:blank',
    title: 'Not accepted',
    status: 400,
    detail: 'This is no key.',
    code: 'VALIDATION_FAILED',
    requestId: 'fake-request-1',
  },
};

let folder: string;
let browser: Browser;
let site: ServedSite;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-in-page-'));
  const configFile = join(import.meta.dirname, '../../../packages/web/vite.config.ts');
  await build({ configFile, logLevel: 'warn', build: { outDir: folder } });
  browser = await launchBrowser();
  site = await serveSite({ folder, api: createApi(makePortfolio({ count: 20 })) });
  ({ page } = await openPage(browser, { url: `${site.url}/integrations/new/namecheap` }));
  await page.getByRole('button', { name: 'Sign in' }).click();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the cache of mutations was given: its client is found in React's tree. */
const readMutations = () =>
  page.evaluate<string>(`(() => {
    const container = document.getElementById('app');
    const key = Object.keys(container).find((name) => name.startsWith('__reactContainer'));
    const find = (fiber) => {
      for (let each = fiber; each; each = each.sibling) {
        const found = each.memoizedProps?.client?.getMutationCache ? each.memoizedProps.client : find(each.child);
        if (found) return found;
      }
    };
    const client = find(container[key].stateNode.current);
    return JSON.stringify(client.getMutationCache().getAll().map(({ state }) => state));
  })()`);

async function fill(): Promise<void> {
  await page.getByLabel('Username').fill('fake-user-name');
  await page.getByLabel('API Key', { exact: true }).fill(SECRET);
  await page.getByLabel('Label').fill('Client A');
}

const submit = () => page.getByRole('button', { name: 'Add Integration' }).click();

test('what was sent is forgotten once it has been answered', async () => {
  site.answers['POST /v1/integrations'] = { ...REFUSAL, delayMs: 3_000 };
  await fill();
  await submit();

  await expect.poll(readMutations, { timeout: 2_500 }).toContain(SECRET);
  await page.getByText('This is no key.').waitFor();
  await expect.poll(readMutations).toBe('[]');
});

test('no part of a credential is kept for the time of a sign-in, and the label is', async () => {
  await fill();
  const kept = await page.evaluate<string>('JSON.stringify({ ...sessionStorage })');
  expect(kept).not.toMatch(/fake-user-name|fake-secret/);
  expect(kept).toContain('Client A');

  site.issuer.revoke('hard');
  await submit();
  await page.waitForURL(/state=/);
  await expect.poll(() => page.getByLabel('Label').inputValue()).toBe('Client A');
  expect(await page.getByLabel('Username').inputValue()).toBe('');
  expect(await page.getByLabel('API Key', { exact: true }).inputValue()).toBe('');
});
