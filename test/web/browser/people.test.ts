import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { connectByApi } from '../support/accounts.ts';
import { card, enterName, goTo, heading, openApp, openAs, signIn, visitPath } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { inOrder, readNames } from '../support/pages.ts';
import { expectClean, type Visit } from '../support/visit.ts';

let system: RunningSystem;
let browser: Browser;
let ofAlice: { readonly id: string; readonly names: readonly string[] };
let ofBob: typeof ofAlice;
const visits: Visit[] = [];

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
  const prepare = async (person: string, registrar: string) => {
    const { id } = await connectByApi(system, person, { registrar, id: 'demo-10' });
    const { domains } = await system.truth(registrar, 'demo-10');
    return { id, names: domains.map((each: { unicodeName: string }) => each.unicodeName) };
  };
  [ofAlice, ofBob] = await Promise.all([prepare('alice', 'gandi'), prepare('bob', 'namecom')]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

async function keep(opening: Promise<Visit>): Promise<Page> {
  const visit = await opening;
  visits.push(visit);
  return visit.page;
}
const showsNames = (page: Page, names: readonly string[]) =>
  expect.poll(async () => inOrder(await readNames(page))).toEqual(inOrder(names));

describe('R4: of two people at once', () => {
  test('R4: each sees integrations and domains of their own, and nothing of the other', async () => {
    const pages = await Promise.all(['alice', 'bob'].map((who) => keep(openAs(browser, system, who))));
    const [alice, bob] = pages as [Page, Page];
    await showsNames(alice, ofAlice.names);
    await showsNames(bob, ofBob.names);
    await goTo(bob, 'Integrations');

    await card(bob, 'Name.com').waitFor();
    expect(await bob.getByRole('article').count()).toBe(1);
  });

  test('R4: links to what is another person’s lead to the page that they lead to where there is nothing', async () => {
    const page = await keep(openAs(browser, system, 'bob'));
    const [name = ''] = ofAlice.names;

    const isUnknown = page.getByRole('heading', { name: 'Not found' });
    await visitPath(page, `/domains/${name}`, name);
    await isUnknown.waitFor();
    const foreign = await page.getByRole('main').innerText();
    expect(foreign).toContain(`We do not know ${name}. It may have been removed at the last sync.`);
    await visitPath(page, '/domains/nowhere.example', 'nowhere.example');
    await isUnknown.waitFor();
    expect(await page.getByRole('main').innerText()).toBe(foreign.replaceAll(name, 'nowhere.example'));
    await visitPath(page, `/integrations/${ofAlice.id}/credentials`, 'Update Credentials');
    await page.getByRole('heading', { name: 'There is no such integration' }).waitFor();
    await visitPath(page, `/?integration=${ofAlice.id}`, 'Dashboard');
    await page.getByText('No domains match these filters.').waitFor();
    await visitPath(page, '/no/such/page', 'Page not found');
  });
});

describe('R7: whoever is not signed in', () => {
  test('R7: and follows a link signs in first, and comes to the place that it names', async () => {
    const [name = ''] = ofAlice.names;
    const path = `/domains/${name}?tab=records`;
    const page = await keep(openApp(browser, system, path));
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.content()).not.toContain('DNS records');
    await signIn(page, 'alice');

    await heading(page, new RegExp(`^${name}`)).waitFor();
    expect(page.url()).toBe(`${system.url}${path}`);
    await page
      .getByRole('table', { name: 'DNS records' })
      .or(page.getByText('No DNS records at'))
      .first()
      .waitFor();
  });

  test('R7: because the session has ended is told so, and comes back to the same place', async () => {
    const page = await keep(openAs(browser, system, 'alice', '/?status=ACTIVE&sort=-name'));
    await expect.poll(async () => (await readNames(page)).length).toBeGreaterThan(0);
    const before = await readNames(page);
    await page.context().clearCookies();
    await page.reload();

    await page.getByText('You were signed out after inactivity.').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await enterName(page, 'alice');
    await expect.poll(() => readNames(page)).toEqual(before);
    expect(new URL(page.url()).search).toBe('?status=ACTIVE&sort=-name');
  });

  test('R4: because they signed out sees nothing, also after a reload, and neither does who comes next', async () => {
    const page = await keep(openAs(browser, system, 'alice'));
    await showsNames(page, ofAlice.names);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign out' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goBack();
    expect(await page.content()).not.toContain(ofAlice.names[0]);
    await page.goto(system.url);
    await signIn(page, 'bob');

    await showsNames(page, ofBob.names);
  });
});

test('none of these pages broke a policy or threw', async () => {
  // the browser itself notes the 404 of a foreign name in the console
  for (const visit of visits) await expectClean(visit, { allowed: [/status of 404 .*\/v1\/domains\//] });
});
