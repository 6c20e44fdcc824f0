import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { connectByApi, makeAccount } from '../support/accounts.ts';
import { card, heading, openAs, readFigure, waitForState } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { connect, fillForm, readCredentials } from '../support/forms.ts';
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
  visits.push(visit);
  return visit.page;
}

describe('a listing that shrank', () => {
  test('R31: is held, and nothing goes before somebody has accepted it', async () => {
    await makeAccount(system, { registrar: 'gandi', id: 'shrinks', size: 12 });
    const { id } = await connectByApi(system, 'shrinks', { registrar: 'gandi', id: 'shrinks' });
    const gone = (await system.truth('gandi', 'shrinks')).domains
      .slice(0, 8)
      .map((each: { name: string }) => each.name);
    await system.tell('PUT', 'gandi/accounts/shrinks', { remove: gone });
    const api = await system.person('shrinks');
    await api.call('PUT', `/v1/integrations/${id}/credentials`, {
      credentials: await readCredentials(system, 'gandi', 'shrinks'),
    });
    await api.settled(id);
    const page = await openCards('shrinks');
    const one = card(page, 'Gandi');
    await one.getByText('Listing Held').waitFor();

    expect(await one.innerText()).toContain('Gandi listed 4 of 12 domains');
    expect(await readFigure(one, 'Total Domains')).toBe(12);
    await one.getByRole('button', { name: 'Review' }).click();
    const question = page.getByRole('alertdialog', { name: 'Is the shorter list of Gandi right?' });
    await question.getByRole('button', { name: 'Keep what we have' }).click();
    await one.getByRole('button', { name: 'Review' }).click();
    await question.getByRole('button', { name: 'Accept the shorter list' }).click();
    await page.getByText('Listing accepted. A sync applies it now.').waitFor();
    await waitForState(one, 'Synced');
    await expect.poll(async () => await one.getByText('Listing Held').count()).toBe(0);
  });
});

describe('two accounts of one registrar', () => {
  test('R45, R74, R82: are two cards, each with its label and figures; the same key twice is noticed', async () => {
    await makeAccount(system, { registrar: 'gandi', id: 'second', size: 3 });
    const page = await openCards('two');
    await page.getByRole('heading', { name: 'No integrations yet' }).waitFor();
    const accounts = [
      ['demo-10', 'client A', 10],
      ['second', 'client B', 3],
    ] as const;
    for (const [account, label, size] of accounts) {
      const one = await connect(page, system, { registrar: 'gandi', name: 'Gandi', account, label });
      await waitForState(one, 'Synced');
      expect(await readFigure(one, 'Total Domains')).toBe(size);
    }
    expect(await card(page, 'Gandi').count()).toBe(2);

    await page.getByRole('link', { name: 'Add New Integration' }).click();
    await page.getByText('2 connected').waitFor();
    await page.getByRole('link', { name: 'Gandi', exact: true }).click();
    await heading(page, 'Connect Gandi').waitFor();
    await fillForm(page, { ...(await readCredentials(system, 'gandi', 'second')), label: 'once more' });
    await page.getByRole('button', { name: 'Add Integration' }).click();
    const notice = page.getByRole('alert').filter({ hasText: /already connected as \.\.\.\w{5}\./ });
    expect(await notice.getByRole('link', { name: 'View' }).getAttribute('href')).toMatch(
      /^\/integrations\?added=/,
    );
    await notice.getByRole('button', { name: 'Add anyway' }).click();
    await waitForState(card(page, 'Gandi', 'once more'), 'Synced');
    expect(await card(page, 'Gandi').count()).toBe(3);
  });
});

test('none of these pages broke a policy or threw', async () => {
  // the browser itself notes 409 and 429 in the console
  for (const visit of visits)
    await expectClean(visit, { allowed: [/status of (409|429) .*\/v1\/integrations/] });
});
