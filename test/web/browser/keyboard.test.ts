import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { makeAccount } from '../support/accounts.ts';
import { card, heading, openApp, sidebar, waitForState } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { focusedName, tabTo } from '../support/keyboard.ts';
import { readNames } from '../support/pages.ts';
import { expectClean, type Visit } from '../support/visit.ts';

/** The guide's walk, and what comes after it, without a pointer; each test goes on where the last one ended. */

let system: RunningSystem;
let browser: Browser;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
  visit = await openApp(browser, system);
  page = visit.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const hasFocus = (role: string, name: string | RegExp) =>
  expect
    .poll(() => focusedName(page))
    .toEqual({ role, name: typeof name === 'string' ? name : expect.stringMatching(name) });

/** The domain of the row that has the focus. */
const readFocusedRow = () =>
  page.evaluate(
    'document.activeElement.matches("[role=row]") && document.activeElement.querySelector("bdi").textContent',
  );

/** From the button of a card's menu to the question whether to delete. */
async function chooseDelete(): Promise<void> {
  await press('Enter');
  await hasFocus('menuitem', /^Rename label/);
  await press('ArrowUp');
  await hasFocus('menuitem', /^Delete integration/);
  await press('Enter');
  await hasFocus('button', 'Cancel');
}

/** Whether something around the focus shows it: an outline of 2 px or more. */
const FOCUS_SHOWS = `(() => {
  for (let element = document.activeElement; element && element !== document.body; element = element.parentElement) {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) return true;
  }
  return false;
})()`;

describe('by keyboard alone', () => {
  test('R7, R8, R16: one signs in, skips to the content, and goes to the form of a registrar', async () => {
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await tabTo(page, 'Sign in', 5, { role: 'button' });
    await press('Enter');
    await page.getByLabel('Your name').waitFor();
    await page.keyboard.type('grace');
    await press('Enter');
    await sidebar(page).waitFor();

    await press('Tab');
    await hasFocus('link', 'Skip to main content');
    expect(await page.evaluate(FOCUS_SHOWS)).toBe(true);
    await press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await press('g', 'i');
    await hasFocus('heading', 'Integrations');
    expect(await page.title()).toBe('Integrations – Domain Collective');
    await page.getByRole('heading', { name: 'No integrations yet' }).waitFor();
    await press('n');
    await hasFocus('heading', 'Add an integration');
    await tabTo(page, 'GoDaddy', 5, { role: 'link' });
    await press('ArrowDown', 'ArrowDown');
    await hasFocus('link', 'Gandi');
    expect(await page.evaluate(FOCUS_SHOWS)).toBe(true);
    await press('Enter');
    await hasFocus('heading', 'Connect Gandi');
  });

  test('R24, R26, R27: the form takes one to its first wrong field, and then to the new card', async () => {
    const { apiToken = '' } = await makeAccount(system, { registrar: 'gandi', id: 'keys', size: 12 });
    const radios = await tabTo(page, 'Production', 10, { role: 'radio' });
    expect(radios.length).toBeLessThan(10);
    await press('ArrowUp');
    await hasFocus('radio', 'Simulator');
    await tabTo(page, 'API Token', 30, { role: 'textbox' });
    await press('Enter');
    await page.locator('form').getByText('API Token is needed.').waitFor();
    await hasFocus('textbox', 'API Token');
    await page.keyboard.type(apiToken);
    await tabTo(page, 'Add Integration', 5, { role: 'button' });
    await press('Enter');

    await heading(page, 'Integrations').waitFor();
    await hasFocus('article', 'Gandi');
    await waitForState(card(page, 'Gandi'), 'Synced');
    await hasFocus('article', 'Gandi');
  });

  test('R41: rows are gone through, ticked and opened, and the focus is at the heading of what opens', async () => {
    await press('g', 'd');
    await hasFocus('heading', 'Dashboard');
    await expect.poll(async () => (await readNames(page)).length).toBe(12);
    const names = await readNames(page);
    await press('/');
    await hasFocus('searchbox', 'Search domains');
    await press('j');
    expect(await page.getByRole('searchbox').inputValue()).toBe('j');
    await press('Escape');
    await expect.poll(async () => (await readNames(page)).length).toBe(12);
    await tabTo(page, /^/, 40, { role: 'row' });
    expect(await readFocusedRow()).toBe(names[0]);
    expect(await page.evaluate(FOCUS_SHOWS)).toBe(true);
    await press('j', 'ArrowDown', 'k', 'x');
    await expect.poll(readFocusedRow).toBe(names[1]);
    await page.getByRole('region', { name: 'Selection' }).getByText('1 selected').waitFor();
    await press('Escape');
    await page.getByRole('region', { name: 'Selection' }).waitFor({ state: 'hidden' });
    await press('Enter');

    await hasFocus('heading', new RegExp(`^${names[1]}`));
    await page.goBack();
    await hasFocus('heading', 'Dashboard');
  });

  test('the palette and the list of keys open, do what was chosen, and give the focus back', async () => {
    await press('Control+k');
    await hasFocus('combobox', 'Search pages, actions and domains');
    await page.keyboard.type('xyzzy');
    await page.getByText("No results for 'xyzzy'.").waitFor();
    await press('Escape');
    await hasFocus('heading', 'Dashboard');
    await press('Control+k');
    await hasFocus('combobox', 'Search pages, actions and domains');
    await page.keyboard.type('settings');
    await page
      .getByRole('option', { name: /Settings/ })
      .first()
      .waitFor();
    await press('Enter');
    await hasFocus('heading', 'Settings');
    await press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' });
    await hasFocus('heading', 'Settings');
  });

  test('R59, R76: a menu and a question are gone through by arrows and Tab, and Escape leads back', async () => {
    await press('g', 'i');
    await hasFocus('heading', 'Integrations');
    await card(page, 'Gandi').waitFor();
    await tabTo(page, /^More actions for Gandi/, 20, { role: 'button' });
    await press('Enter');
    await hasFocus('menuitem', /^Rename label/);
    await press('Escape');
    await hasFocus('button', /^More actions for Gandi/);
    await chooseDelete();
    await press('Tab', 'Tab', 'Tab');
    expect(
      await page.evaluate(
        'document.activeElement === document.body || document.activeElement.closest("dialog") !== null',
      ),
    ).toBe(true);
    await press('Escape');
    await hasFocus('button', /^More actions for Gandi/);
    await chooseDelete();
    await tabTo(page, 'Delete integration', 5, { role: 'button' });
    await press('Enter');
    await page.getByRole('heading', { name: 'No integrations yet' }).waitFor();
    await hasFocus('heading', 'Integrations');
  });

  test('every stop on the way through the dashboard shows where it is', async () => {
    await press('g', 'd');
    await hasFocus('heading', 'Dashboard');
    for (let stop = 0; stop < 20; stop += 1) {
      await press('Tab');
      const { role, name } = await focusedName(page);
      if (role === 'RootWebArea') continue;
      expect([role, name, await page.evaluate(FOCUS_SHOWS)]).toEqual([role, name, true]);
    }
  });

  test('and none of it broke a policy or threw', async () => {
    await expectClean(visit);
  });
});
