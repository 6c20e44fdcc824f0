import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { connectByApi } from '../support/accounts.ts';
import { openAs } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { download, readLines, readNames } from '../support/pages.ts';
import { expectClean, type Visit } from '../support/visit.ts';

const DAY_MS = 86_400_000;

/** As much of a domain as these tests look at. */
interface Known {
  readonly name: string;
  readonly unicodeName: string;
  readonly registrar: string;
  readonly status: 'ACTIVE' | 'EXPIRING_SOON' | 'EXPIRED';
  readonly expiresAt: string | null;
  readonly autoRenew: boolean | null;
}

let system: RunningSystem;
let browser: Browser;
let visit: Visit;
let page: Page;
/** What the API knows, which other tests hold against the registrars' truth. */
let known: readonly Known[];

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
  await Promise.all([
    connectByApi(system, 'erin', { registrar: 'gandi', id: 'demo-50' }),
    connectByApi(system, 'erin', { registrar: 'namecom', id: 'demo-10' }),
  ]);
  known = await (await system.person('erin')).all('/v1/domains');
  visit = await openAs(browser, system, 'erin', '/', { viewport: { width: 2_000, height: 4_400 } });
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  page = visit.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dashboard' }).click();
  await showsOnly(() => true);
});

const startOfDay = () => Math.floor(Date.now() / DAY_MS) * DAY_MS;
const toNames = (domains: readonly Known[]) => domains.map(({ unicodeName }) => unicodeName);
const byExpiry = (one: Known, other: Known) =>
  Number(one.status !== 'EXPIRED') - Number(other.status !== 'EXPIRED') ||
  (one.expiresAt ?? '9').localeCompare(other.expiresAt ?? '9');
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const readClipboard = () => page.evaluate('navigator.clipboard.readText()');

/** Waits until the table has exactly these domains, soonest expiry first. */
async function showsOnly(isWanted: (domain: Known) => boolean): Promise<void> {
  const wanted = toNames(known.filter(isWanted).sort(byExpiry));
  await expect.poll(() => readNames(page)).toEqual(wanted);
}

describe('the list', () => {
  test('R41, R42, R48: holds all integrations, expired ones first, then by expiry, and says how many', async () => {
    expect(known).toHaveLength(60);
    await page.getByText('60 domains', { exact: true }).waitFor();
    expect(await page.getByRole('table', { name: 'Domains' }).getAttribute('aria-rowcount')).toBe('61');
  });

  test('R48: figures are filters, and equal what the API counts', async () => {
    const { body } = await (await system.person('erin')).get('/v1/summary');
    const figures = await page.getByRole('list', { name: 'Figures' }).innerText();

    expect(figures.match(/\d+/g)?.slice(0, 4).map(Number)).toEqual([
      body.total,
      body.active,
      body.expiringSoon,
      body.expired,
    ]);
    await press(/Expiring Soon$/);
    await showsOnly(({ status }) => status === 'EXPIRING_SOON');
    await expect.poll(() => new URL(page.url()).search).toBe('?status=EXPIRING_SOON');
    await press(/Auto-renew off$/);
    await showsOnly(({ autoRenew }) => autoRenew === false);
  });

  test('is sorted by a head up, down and not, and by a second one with Shift', async () => {
    const head = (name: string) => page.getByRole('columnheader', { name, exact: true }).getByRole('button');
    const sortOf = (name: string) =>
      page.getByRole('columnheader', { name: new RegExp(`^${name}`) }).getAttribute('aria-sort');
    const readTimes = async (): Promise<readonly string[]> =>
      page.evaluate(
        `[...document.querySelectorAll('[role=row] [role=cell]:nth-child(5) time')].map((time) => time.dateTime)`,
      );
    const ascending = known.flatMap(({ expiresAt }) => expiresAt ?? []).sort();

    await head('Expires').click();
    await expect.poll(readTimes).toEqual(ascending);
    expect(await sortOf('Expires')).toBe('ascending');
    await head('Expires').click();
    await expect.poll(readTimes).toEqual([...ascending].reverse());
    expect(await sortOf('Expires')).toBe('descending');
    await head('Expires').click();
    await showsOnly(() => true);
    expect(await sortOf('Expires')).toBe('none');

    await head('Registrar').click();
    await head('Expires').click({ modifiers: ['Shift'] });
    await expect.poll(() => new URL(page.url()).search).toBe('?sort=registrar,expires');
    const byBoth = [...known].sort(
      (one, other) =>
        one.registrar.localeCompare(other.registrar) ||
        (one.expiresAt ?? '9').localeCompare(other.expiresAt ?? '9'),
    );
    await expect.poll(() => readNames(page)).toEqual(toNames(byBoth));
  });

  test('R47: is searched by name, as it is written and as the DNS has it', async () => {
    const idn = known.find(({ name, unicodeName }) => name !== unicodeName) as Known;
    const search = page.getByRole('searchbox', { name: 'Search domains' });
    for (const text of [idn.unicodeName, idn.unicodeName.toUpperCase(), idn.name, idn.name.slice(0, 12)]) {
      await search.fill(text);
      await showsOnly(({ name }) => name === idn.name);
    }
    await search.fill('no-such-name');
    await page.getByText('No domains match these filters.').waitFor();
    await press('Clear filters');
    await showsOnly(() => true);
    expect(await search.inputValue()).toBe('');
  });

  test('R47, R48: is narrowed down by registrar, renewal and time, each a chip that can be taken away', async () => {
    await press(/^Filters/);
    const filters = page.getByRole('dialog', { name: 'Filters' }).or(page.getByLabel('Filters'));
    await filters
      .getByRole('checkbox', { name: /^Gandi \(50\)/ })
      .first()
      .check();
    await filters.getByRole('group', { name: 'Auto-renew' }).getByRole('checkbox', { name: 'Off' }).check();
    await filters.getByRole('button', { name: 'Within 90 days' }).click();
    const isSoon = ({ status, expiresAt }: Known) =>
      status !== 'EXPIRED' && expiresAt !== null && Date.parse(expiresAt) < startOfDay() + 91 * DAY_MS;
    await showsOnly((each) => each.registrar === 'gandi' && each.autoRenew === false && isSoon(each));
    await page.keyboard.press('Escape');

    const chips = page.getByRole('list', { name: 'Active filters' });
    expect(await chips.getByRole('button', { name: /^Remove filter/ }).count()).toBe(3);
    await chips.getByRole('button', { name: /^Remove filter.*Off/i }).click();
    await showsOnly((each) => each.registrar === 'gandi' && isSoon(each));
    await page.goBack();
    await showsOnly((each) => each.registrar === 'gandi' && each.autoRenew === false && isSoon(each));
    await chips.getByRole('button', { name: 'Clear all' }).click();
    await showsOnly(() => true);
  });
});

describe('what is seen', () => {
  test('can be taken along: as a link that shows the same after a reload, and as a CSV of exactly these rows', async () => {
    await page.getByRole('searchbox', { name: 'Search domains' }).fill('.com');
    await press(/^View/);
    await page.getByRole('checkbox', { name: 'Privacy' }).uncheck();
    await page.getByRole('radio', { name: 'Exact' }).check();
    await page.keyboard.press('Escape');
    const expires = page.getByRole('columnheader', { name: 'Expires' }).getByRole('button');
    await expires.click();
    await expires.click();
    const wanted = known
      .filter(({ name }) => name.endsWith('.com'))
      .sort((one, other) => (other.expiresAt ?? '0').localeCompare(one.expiresAt ?? '0'));
    await expect.poll(() => readNames(page)).toEqual(toNames(wanted));
    await expect.poll(() => page.url()).toMatch(/q=\.com.*sort=-expires.*columns=.*dates=exact/);
    const before = await readLines(page);

    await press('Copy link');
    await expect.poll(readClipboard).toBe(page.url());
    await page.reload();
    await expect.poll(() => readNames(page)).toEqual(toNames(wanted));
    const after = await readLines(page);
    expect(after.map((line) => line.Expires)).toEqual(before.map((line) => line.Expires));
    expect(Object.keys(after[0] ?? {})).toEqual(Object.keys(before[0] ?? {}));
    expect(Object.keys(before[0] ?? {})).not.toContain('Privacy');
    expect(before[0]?.Expires).toMatch(/^\d+ \w{3} \d{4}/);

    const file = await download(page, page.getByRole('button', { name: 'Export CSV' }));
    expect(file.name).toBe(`domains-${new Date().toISOString().slice(0, 10)}.csv`);
    const [head, ...rows] = file.text
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(head?.slice(0, 4)).toEqual(['Name', 'Unicode name', 'Registrar', 'Integration']);
    expect(rows.map((row) => row[1])).toEqual(before.map((line) => line.Domain));
    expect(rows.map((row) => row[4])).toEqual(before.map((line) => line.Status));
  });

  test('can be selected: the bar exports and copies the selected rows only', async () => {
    const [first, second, third] = await readNames(page);
    await page.getByRole('checkbox', { name: `Select ${first}` }).check();
    await page.getByRole('checkbox', { name: `Select ${third}` }).click({ modifiers: ['Shift'] });
    const bar = page.getByRole('region', { name: 'Selection' });
    await bar.getByText('3 selected').waitFor();
    await bar.getByRole('button', { name: 'Copy names' }).click();
    const names = [first, second, third].map((text) => known.find((each) => each.unicodeName === text)?.name);

    await expect.poll(readClipboard).toBe(names.join('\n'));
    const file = await download(page, bar.getByRole('button', { name: 'Export CSV' }));
    expect(
      file.text
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
    ).toEqual(names);
    await bar.getByRole('button', { name: 'Clear selection' }).click();
    await bar.waitFor({ state: 'hidden' });
  });
});

describe('registrars and time', () => {
  test('R47: registrars stand side by side with what they hold, and can be sorted', async () => {
    await press('By registrar');
    const table = page.getByRole('table').filter({ hasText: 'Next expiry' });
    await table.waitFor();
    const rows = await table.locator('tbody tr').allInnerTexts();
    const count = (registrar: string, status: string) =>
      String(known.filter((each) => each.registrar === registrar && each.status === status).length);

    expect(rows.map((text) => text.split('\t').slice(0, 5))).toEqual(
      [
        ['Gandi', 'gandi', '50'],
        ['Name.com', 'namecom', '10'],
      ].map(([name = '', id = '', total = '']) => [
        name,
        total,
        ...['ACTIVE', 'EXPIRING_SOON', 'EXPIRED'].map((status) => count(id, status)),
      ]),
    );
    await table.getByRole('button', { name: 'Domains' }).click();
    await expect.poll(() => table.locator('tbody th').allInnerTexts()).toEqual(['Name.com', 'Gandi']);
    await page.reload();
    await table.waitFor();
    await expect.poll(() => page.url()).toContain('tab=registrars');
  });

  test('R48: a month of the plot shows what expires in it; the same as a table and a calendar', async () => {
    const names: string[] = await page.evaluate(
      `[...document.querySelectorAll('[aria-label="Domains that expire, by month"] button')].map((bar) => bar.textContent.trim())`,
    );
    const bar = names.find((name) => !name.startsWith('0 ')) ?? '';
    await page.getByRole('button', { name: bar, exact: true }).click();
    const [, count = '', month = ''] = /^(\d+) domains? in (.+)$/.exec(bar) ?? [];
    await showsOnly(({ expiresAt }) => expiresAt !== null && toMonth(expiresAt) === month);

    expect(await readNames(page)).toHaveLength(Number(count));
    await press('Table');
    await page.getByRole('row', { name: `${month} ${count}` }).waitFor();
    await press('Calendar');
    await expect.poll(() => page.url()).toContain('plot=calendar');
  });

  test('none of it broke a policy or threw', async () => {
    await expectClean(visit);
  });
});

function toMonth(iso: string): string {
  return new Date(iso).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });
}
