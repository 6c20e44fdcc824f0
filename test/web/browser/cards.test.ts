import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { connectByApi, makeAccount } from '../support/accounts.ts';
import { card, goTo, openAs, readFigure, waitForState } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
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

async function openCards(person: string): Promise<Page> {
  const visit = await openAs(browser, system, person, '/integrations');
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  visits.push(visit);
  return visit.page;
}

async function choose(page: Page, registrar: string, action: string, text?: string): Promise<void> {
  await card(page, registrar, text)
    .getByRole('button', { name: /^More actions/ })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

describe('Sync Now', () => {
  test('R28, R57, R60, R61, R62: shows the steps while it goes on, counts down a minute, and 429 is told', async () => {
    const { id } = await connectByApi(system, 'syncs', { registrar: 'gandi', id: 'demo-10' });
    const page = await openCards('syncs');
    const one = card(page, 'Gandi');
    await system.tell('POST', 'gandi/faults', { match: { account: 'demo-10' }, delayMs: 1_500 });
    await one.getByRole('button', { name: 'Sync Now' }).click();
    await waitForState(one, 'Syncing...');

    const steps = one.getByRole('list', { name: 'Steps of the sync' });
    expect((await steps.innerText()).match(/[A-Z][A-Za-z ]+[a-zA-Z]/g)).toEqual([
      'Checking access',
      'Reading domains',
      'Reading DNS records',
      'Saving',
    ]);
    expect(await one.getByRole('progressbar').count()).toBe(1);
    expect(await readFigure(one, 'Total Domains')).toBe(10);
    await goTo(page, 'Dashboard');
    await goTo(page, 'Integrations');
    await waitForState(one, 'Synced');
    expect(await readCountdown(page)).toBeGreaterThan(30);
    expect(await one.getByRole('button', { name: 'Sync Now' }).getAttribute('aria-disabled')).toBe('true');

    // the minute is the server's: a page that knows nothing of it is told
    await page.reload();
    await one.getByRole('button', { name: 'Sync Now' }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: /minute|again/i })
      .waitFor();
    expect(await readCountdown(page)).toBeGreaterThan(20);
    expect((await (await system.person('syncs')).get(`/v1/integrations/${id}/runs`)).body.items).toHaveLength(
      2,
    );
  });

  async function readCountdown(page: Page): Promise<number> {
    const text = await card(page, 'Gandi')
      .getByText(/^Sync again in \d+ s$/)
      .innerText();
    return Number(/\d+/.exec(text)?.[0]);
  }
});

describe('the menu of a card', () => {
  test('R50, R57: renames, copies the id, pauses to Idle and resumes', async () => {
    const { id } = await connectByApi(system, 'menu', { registrar: 'namecom', id: 'demo-10' });
    const page = await openCards('menu');
    await choose(page, 'Name.com', 'Rename label');
    await page.getByRole('textbox', { name: 'Label (optional)' }).fill('client A');
    await page.getByRole('button', { name: 'Save' }).click();
    await card(page, 'Name.com', 'client A').waitFor();
    await page.reload();
    const one = card(page, 'Name.com', 'client A');
    await one.waitFor();

    await choose(page, 'Name.com', 'Copy ID');
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(id);
    await choose(page, 'Name.com', 'Pause syncing');
    await waitForState(one, 'Idle');
    await one.getByText('Syncing is paused.').waitFor();
    await one.getByRole('button', { name: 'Resume' }).click();
    await waitForState(one, 'Synced');
    expect(await one.getByText('Syncing is paused.').count()).toBe(0);
  });

  test('R59, R76, R77: deletes after a question that says what goes and that the registrar is not touched', async () => {
    const integration = await connectByApi(system, 'deletes', { registrar: 'gandi', id: 'demo-10' });
    const page = await openCards('deletes');
    await choose(page, 'Gandi', 'Delete integration');
    const question = page.getByRole('alertdialog', { name: `Delete Gandi (${integration.maskedId})?` });

    expect(await question.innerText()).toContain(
      'This removes the integration and its 10 domains from your dashboard. Your domains at Gandi are not affected.',
    );
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'hidden' });
    expect(await card(page, 'Gandi').count()).toBe(1);
    await choose(page, 'Gandi', 'Delete integration');
    await question.getByRole('button', { name: 'Delete integration' }).click();
    await page.getByText('Integration deleted.').waitFor();
    await page.getByRole('heading', { name: 'No integrations yet' }).waitFor();
    const api = await system.person('deletes');
    expect([await api.all('/v1/integrations'), await api.all('/v1/domains')]).toEqual([[], []]);
    expect(await system.tell('GET', 'gandi/counters')).toMatchObject({ writes: 0 });
  });

  test('R76: more than 50 domains go only after the end of the id was typed', async () => {
    await makeAccount(system, { registrar: 'namecom', id: 'large', size: 51 });
    const { id } = await connectByApi(system, 'large', { registrar: 'namecom', id: 'large' });
    const page = await openCards('large');
    await choose(page, 'Name.com', 'Delete integration');
    const question = page.getByRole('alertdialog');
    const remove = question.getByRole('button', { name: 'Delete integration' });

    await remove.click({ force: true });
    expect(await remove.getAttribute('aria-disabled')).toBe('true');
    await question.getByRole('textbox').fill('wrong');
    await page.keyboard.press('Enter');
    expect(await (await system.person('large')).all('/v1/integrations')).toHaveLength(1);
    await question.getByRole('textbox').fill(id.slice(-5));
    await remove.click();
    await page.getByRole('heading', { name: 'No integrations yet' }).waitFor();
  });
});

test('none of these pages broke a policy or threw', async () => {
  // the browser itself notes 409 and 429 in the console
  for (const visit of visits)
    await expectClean(visit, { allowed: [/status of (409|429) .*\/v1\/integrations/] });
});
