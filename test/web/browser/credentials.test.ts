import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { makeAccount } from '../support/accounts.ts';
import { card, goTo, heading, openAs, readFigure, waitForState } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { connect, fillForm, readCredentials, readFields } from '../support/forms.ts';
import { readDocument, readKept } from '../support/storages.ts';
import { expectClean, type Visit } from '../support/visit.ts';

let system: RunningSystem;
let browser: Browser;
const visits: Visit[] = [];

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

async function openPageAs(person: string): Promise<Page> {
  const visit = await openAs(browser, system, person);
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  visits.push(visit);
  return visit.page;
}

async function updateCredentials(page: Page, registrar: string, name: string, account: string) {
  await card(page, name).getByRole('link', { name: 'Update Credentials' }).click();
  await heading(page, 'Update Credentials').waitFor();
  await page.getByRole('button', { name: 'Save and sync' }).waitFor();
  const shown = await readDocument(page);
  await fillForm(page, await readCredentials(system, registrar, account));
  await page.getByRole('button', { name: 'Save and sync' }).click();
  await page.getByText('Credentials updated. Syncing…').waitFor();
  return shown;
}

describe('credentials that the registrar refuses', () => {
  const refusals = [
    ['godaddy', 'GoDaddy', 'wrong-customer-id', 'Authentication Failed', 'verify your account number'],
    ['gandi', 'Gandi', 'token-expired', 'Authentication Failed', 'generate a new PAT'],
    ['gandi', 'Gandi', 'access-not-granted', 'API Access Not Granted', 'Generate a PAT that may'],
    [
      'namecheap',
      'Namecheap',
      'address-not-allowed',
      'Authentication Failed',
      'Add 127.0.0.1 to your allow-list',
    ],
  ] as const;

  test.each(refusals)(
    'R67, R70: %s %s %s: the card says %s, and what to do',
    async (registrar, name, account, title, advice) => {
      const page = await openPageAs(`${registrar}-${account}`);
      const one = await connect(page, system, { registrar, name, account });
      await waitForState(one, 'Failed');

      expect(await one.getByRole('heading', { level: 3 }).innerText()).toBe(title);
      expect(await one.innerText()).toContain(advice);
      expect(await one.innerText()).toContain('Never synced');
    },
  );

  test('R69: an account without domains is Synced, with No Domains Found', async () => {
    const page = await openPageAs('empty');
    const one = await connect(page, system, { registrar: 'namecom', name: 'Name.com', account: 'demo-0' });
    await waitForState(one, 'Synced');

    expect(await one.innerText()).toContain('No Domains Found');
    expect(await one.getByRole('heading', { level: 3 }).count()).toBe(0);
    expect(await readFigure(one, 'Total Domains')).toBe(0);
  });
});

describe('wrong credentials, and their repair', () => {
  let page: Page;

  test('R66, R71, R73: Failed, Invalid Credentials, the three pieces of advice, and what support asks for', async () => {
    page = await openPageAs('carol');
    const one = await connect(page, system, { registrar: 'godaddy', name: 'GoDaddy', account: 'wrong-key' });
    await waitForState(one, 'Failed');

    expect(await one.getByRole('heading', { level: 3 }).innerText()).toBe('Invalid Credentials');
    expect(await one.locator('section li').allInnerTexts()).toEqual([
      'Double-check your API key and secret',
      'Remove spaces - ensure no extra spaces when pasting',
      "Verify environment - ensure you're using production credentials",
    ]);
    await one.getByRole('button', { name: 'Copy details' }).click();
    const details = expect.poll(() => page.evaluate('navigator.clipboard.readText()'));
    await details.toMatch(
      /^Registrar: GoDaddy\nProblem: Invalid Credentials\nDetail: .+\nCode: INVALID_CREDENTIALS\nTime: .+ UTC\nRequest ID: \S+$/,
    );
    await details.not.toContain('fake-godaddy');
  });

  test('R6, R59, R72: Update Credentials shows nothing of the old ones, and the new ones mend it', async () => {
    const shown = await updateCredentials(page, 'godaddy', 'GoDaddy', 'demo-10');
    const one = card(page, 'GoDaddy');
    await waitForState(one, 'Synced');

    expect(shown).not.toContain('fake-godaddy');
    expect(await readFigure(one, 'Total Domains')).toBe(10);
    expect(await one.innerText()).not.toContain('Invalid Credentials');
  });

  test('R58, R71, R72: ones that are refused leave data and former ones in force, and the next sync clears it', async () => {
    await updateCredentials(page, 'godaddy', 'GoDaddy', 'wrong-secret');
    const one = card(page, 'GoDaddy');
    await waitForState(one, 'Failed');

    expect(await one.innerText()).toContain('the former credentials stay in force');
    expect(await one.innerText()).toMatch(/Showing data from \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    expect(await readFigure(one, 'Total Domains')).toBe(10);
    await one.getByRole('button', { name: 'Sync Now' }).click();
    await waitForState(one, 'Synced');
    expect(await one.innerText()).not.toContain('Invalid Credentials');
  });
});

describe('R22, R80: what is typed into the form', () => {
  const secrets = ['fake-own-typed', 'fake-own-token-typed'];
  const findIn = (text: string) => secrets.filter((secret) => text.includes(secret));

  test('is kept nowhere while it is typed, and secrets are hidden from sight and from autofill', async () => {
    const credentials = await makeAccount(system, { registrar: 'namecom', id: 'typed', size: 3 });
    const page = await openPageAs('dora');
    await goTo(page, 'Integrations');
    await page.getByRole('link', { name: 'Add New Integration' }).click();
    await page.getByRole('link', { name: 'Name.com', exact: true }).click();
    await fillForm(page, { ...credentials, label: 'for dora' });

    expect(findIn(await readDocument(page))).toEqual(secrets);
    expect(findIn(await readKept(page))).toEqual([]);
    const secret = (await readFields(page)).find(({ label }) => label === 'API Token');
    expect(secret).toMatchObject({ type: 'password', autocomplete: 'off' });
  });

  test('is nowhere once it was sent: not in the page, its address, or anything that the browser keeps', async () => {
    const page = visits.at(-1)?.page as Page;
    await page.getByRole('button', { name: 'Add Integration' }).click();
    await heading(page, 'Integrations').waitFor();
    const one = card(page, 'Name.com', 'for dora');
    await waitForState(one, 'Synced');

    expect(findIn((await readKept(page)) + (await readDocument(page)))).toEqual([]);
    await page.goBack();
    await page.getByRole('button', { name: 'Add Integration' }).waitFor();
    expect(findIn((await readKept(page)) + (await readDocument(page)))).toEqual([]);
  });
});

test('none of these pages broke a policy or threw', async () => {
  for (const visit of visits) await expectClean(visit);
});
