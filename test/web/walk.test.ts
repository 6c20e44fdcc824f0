import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { card, goTo, heading, openApp, readFigure, sidebar, signIn, waitForState } from './support/app.ts';
import { launchBrowser } from './support/browser.ts';
import { fillForm, readCredentials, readFields } from './support/forms.ts';
import { makeGuideAccount } from './support/guide-account.ts';
import { inOrder, readLines, readRecords, toShown } from './support/pages.ts';
import { expectClean, type Visit } from './support/visit.ts';

/** The guide "Your First Integration", step by step, at the real system; each test goes on where the last one ended. */

let system: RunningSystem;
let browser: Browser;
let visit: Visit;
const page = () => visit.page;

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
  await makeGuideAccount(system);
  visit = await openApp(browser, system);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe('R1: from an empty account to a synced integration, in the browser', { timeout: 60_000 }, () => {
  test('R4, R7: there is nothing to see without signing in, which the issuer asks for', async () => {
    await page().getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await sidebar(page()).count()).toBe(0);

    await signIn(page(), 'alice');

    expect(await sidebar(page()).innerText()).toContain('alice@example.test');
  });

  test('R8, R9, R10: Integrations in the sidebar, nothing there yet, Add New Integration', async () => {
    expect((await sidebar(page()).boundingBox())?.x).toBe(0);
    await goTo(page(), 'Integrations');

    await page().getByRole('heading', { name: 'No integrations yet' }).waitFor();
    expect(await page().getByRole('article').count()).toBe(0);

    await page().getByRole('link', { name: 'Add New Integration', exact: true }).click();
    await heading(page(), 'Add an integration').waitFor();
  });

  test('R11 to R16: a card for each of the five registrars, which leads to its form', async () => {
    await page().getByRole('link', { name: 'GoDaddy' }).waitFor();
    const cards = await page().getByRole('main').getByRole('listitem').allInnerTexts();

    expect(cards.map((text) => text.split('\n').filter(Boolean).slice(1, 3))).toEqual([
      ['GoDaddy', "World's largest registrar"],
      ['Namecheap', 'Competitive pricing'],
      ['Gandi', 'Privacy-focused'],
      ['Porkbun', expect.stringMatching(/./)],
      ['Name.com', expect.stringMatching(/./)],
    ]);

    await page().getByRole('link', { name: 'GoDaddy' }).click();
    await heading(page(), 'Connect GoDaddy').waitFor();
  });

  test('R5, R17, R18, R22, R23: its three fields in order with hints, the secret masked, and where to find them', async () => {
    await page().getByRole('radio', { name: 'Simulator' }).check();

    expect(await readFields(page())).toEqual([
      {
        label: 'API Key',
        type: 'text',
        autocomplete: 'off',
        hint: expect.stringMatching(/developer portal/),
      },
      {
        label: 'API Secret',
        type: 'password',
        autocomplete: 'off',
        hint: expect.stringMatching(/only once/),
      },
      {
        label: 'Customer ID',
        type: 'text',
        autocomplete: 'off',
        hint: expect.stringMatching(/customer or shopper number/),
      },
    ]);
    const form = await page().locator('form').innerText();
    expect(form).toContain('Your credentials are encrypted before being stored in our database.');
    const help = page().getByRole('complementary', { name: 'Where do I find these?' });
    expect(await help.getByRole('listitem').count()).toBeGreaterThan(3);
    expect(await help.getByRole('link').first().getAttribute('href')).toMatch(/^https:/);
  });

  test('R27: blanks around what is pasted are taken away, with a word; one inside is pointed out', async () => {
    await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const field = page().getByRole('textbox', { name: 'API Key', exact: true });
    await page().evaluate('navigator.clipboard.writeText("\\u00a0 fake key\\n")');
    await field.focus();
    await page().keyboard.press('Control+V');

    expect(await field.inputValue()).toBe('fake key');
    await page().locator('form').getByText('Removed 2 spaces').waitFor();
    await page().getByRole('textbox', { name: 'Customer ID', exact: true }).focus();
    await page().locator('form').getByText('API Key has a space or line break inside.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
  });

  test('R24, R25, R26: Add Integration leads back at once, the new card first, with Syncing...', async () => {
    await system.tell('POST', 'godaddy/faults', { match: { account: 'guide' }, delayMs: 1_500 });
    await fillForm(page(), await readCredentials(system, 'godaddy', 'guide'));
    await page().getByRole('button', { name: 'Add Integration', exact: true }).dblclick();
    await heading(page(), 'Integrations').waitFor();

    const first = page().getByRole('article').first();
    expect(await first.innerText()).toContain('GoDaddy\nSyncing...\n');
    expect(await page().getByRole('article').count()).toBe(1);
  });

  test('R28a, R40, R50 to R58: it becomes Synced by itself, with the figures of the guide', async () => {
    await page().evaluate('window.__isTheSame = true');
    const one = card(page(), 'GoDaddy');
    await waitForState(one, 'Synced');
    const [integration] = (await (await system.person('alice')).get('/v1/integrations')).body.items;

    expect(await one.innerText()).toContain(`Integration ID: ...${integration.id.slice(-5)}`);
    expect(await one.innerText()).not.toContain(integration.id);
    expect(await readFigure(one, 'Total Domains')).toBe(12);
    expect(await readFigure(one, 'Expiring Soon')).toBe(2);
    expect(await readFigure(one, 'Active')).toBe(10);
    expect(await readFigure(one, 'Expired')).toBe(0);
    expect(await one.innerText()).toMatch(/Last sync\s+just now/);
    expect(await one.getByRole('button', { name: 'Sync Now', exact: true }).count()).toBe(1);
    expect(await one.getByRole('link', { name: 'Update Credentials', exact: true }).count()).toBe(1);
  });

  test('R28a, R41, R42, R43: Dashboard has every domain with its expiry and renewal, without a reload', async () => {
    await goTo(page(), 'Dashboard');
    await page().getByRole('table', { name: 'Domains' }).waitFor();
    const truth = await system.truth('godaddy', 'guide');
    const lines = await readLines(page());

    expect(await page().evaluate('window.__isTheSame')).toBe(true);
    expect(inOrder(lines.map((line) => [line.Domain, line['Auto-renew']]))).toEqual(
      inOrder(truth.domains.map((each: TrueDomain) => [each.unicodeName, each.autoRenew ? 'On' : 'Off'])),
    );
    expect(lines.map((line) => line.Expires).slice(0, 3)).toEqual(['in 3 days', 'in 29 days', 'in 40 days']);
  });

  test('R44: the page of a domain has its records, as the registrar has them', async () => {
    const { domains, records } = await system.truth('godaddy', 'guide');
    const { name, unicodeName } = domains.find(({ dns }: TrueDomain) => dns.status === 'FETCHED');
    await page().getByRole('link', { name: unicodeName, exact: true }).click();
    await page()
      .getByRole('link', { name: /^DNS records/ })
      .click();

    expect(inOrder(await readRecords(page()))).toEqual(inOrder(toShown(records[name], name)));
  });

  test('R1: and the pages broke no policy, threw nothing and asked nobody else', async () => {
    await expectClean(visit);
  });
});

interface TrueDomain {
  readonly name: string;
  readonly unicodeName: string;
  readonly autoRenew: boolean | null;
  readonly dns: { readonly status: string };
}
