import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { connectByApi } from '../support/accounts.ts';
import { card, goTo, heading, openAs, readFigure } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { download } from '../support/pages.ts';
import { expectClean, type Visit } from '../support/visit.ts';

const DAY_MS = 86_400_000;

let system: RunningSystem;
let browser: Browser;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
  await connectByApi(system, 'frank', { registrar: 'gandi', id: 'demo-50' });
  visit = await openAs(browser, system, 'frank', '/settings');
  page = visit.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe('settings', () => {
  test('R54: the threshold moves what counts as expiring soon, on card and dashboard', async () => {
    const api = await system.person('frank');
    const domains = await api.all('/v1/domains');
    const soonWithin = (days: number) =>
      domains.filter(({ status, expiresAt }) => {
        const left = Math.floor(Date.parse(expiresAt) / DAY_MS) - Math.floor(Date.now() / DAY_MS);
        return status !== 'EXPIRED' && left <= days;
      }).length;
    expect(soonWithin(200)).toBeGreaterThan(soonWithin(30));

    const field = page.getByRole('spinbutton', { name: 'Expiring soon' });
    await field.fill('0');
    await page.keyboard.press('Enter');
    await page.getByText('Enter a whole number from 1 to 365.').waitFor();
    await field.fill('200');
    await page.keyboard.press('Enter');
    await page.getByText('Settings saved.').waitFor();

    await goTo(page, 'Integrations');
    await expect.poll(() => readFigure(card(page, 'Gandi'), 'Expiring Soon')).toBe(soonWithin(200));
    expect(await readFigure(card(page, 'Gandi'), 'Active')).toBe(
      domains.filter(({ status }) => status !== 'EXPIRED').length - soonWithin(200),
    );
    await goTo(page, 'Dashboard');
    await page.getByRole('button', { name: `${soonWithin(200)} Expiring Soon`, exact: true }).waitFor();
  });

  test('the theme is changed at once, and kept', async () => {
    const colour = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await goTo(page, 'Settings');
    const light = await colour();
    await page.getByRole('main').getByRole('button', { name: 'Dark' }).click();
    await expect.poll(colour).not.toBe(light);
    const dark = await colour();
    await page.reload();
    await heading(page, 'Settings').waitFor();

    expect(await colour()).toBe(dark);
    expect(
      await page.getByRole('main').getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed'),
    ).toBe('true');
  });

  test('R6: everything can be exported, and no credential is part of it', async () => {
    const button = page.getByRole('button', { name: 'Export everything' });
    const file = await download(page, button);
    const whole = JSON.parse(file.text);

    expect(file.name).toBe(`domain-collective-${new Date().toISOString().slice(0, 10)}.json`);
    expect(whole.domains).toHaveLength(50);
    expect(whole.integrations).toHaveLength(1);
    expect(whole.settings).toMatchObject({ expiringSoonDays: 200 });
    expect(file.text).not.toContain('fake-gandi');
  });

  test('R76: the account is deleted only after it was typed, and then everything is gone', async () => {
    await page.getByRole('button', { name: 'Delete account…' }).click();
    const question = page.getByRole('alertdialog', { name: 'Delete your account?' });
    await question.getByRole('button', { name: 'Delete account' }).click();
    await question.getByText('Type “delete my account” to confirm.').waitFor();
    expect(await (await system.person('frank')).all('/v1/integrations')).toHaveLength(1);
    await question.getByRole('textbox').fill('delete my account');
    await question.getByRole('button', { name: 'Delete account' }).click();
    await page
      .getByRole('heading', { name: 'Sign out' })
      .or(page.getByRole('button', { name: 'Sign in' }))
      .first()
      .waitFor();

    const api = await system.person('frank');
    expect([await api.all('/v1/integrations'), await api.all('/v1/domains')]).toEqual([[], []]);
  });

  test('and none of it broke a policy or threw', async () => {
    await expectClean(visit);
  });
});
