import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildPages } from '#infra/build-site.ts';
import { createApi } from '../support/api-answers.ts';
import { launchBrowser } from '../support/browser.ts';
import { makePortfolio } from '../support/portfolio.ts';
import { type ServedSite, serveSite } from '../support/static-site.ts';
import { expectClean, openPage, type Visit } from '../support/visit.ts';

const COUNT = 1_000;

let folder: string;
let browser: Browser;
let site: ServedSite;
let visit: Visit | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'row-window-'));
  const configFile = join(import.meta.dirname, '../../../packages/web/vite.config.ts');
  await buildPages({ configFile, logLevel: 'warn', build: { outDir: folder } });
  browser = await launchBrowser();
  site = await serveSite({ folder, api: createApi(makePortfolio({ count: COUNT })) });
});

afterEach(async () => {
  await visit?.close();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(path: string, viewport = { width: 1280, height: 800 }): Promise<Page> {
  visit = await openPage(browser, { url: site.url + path, viewport });
  const { page } = visit;
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('status').filter({ hasText: '1,000 domains' }).waitFor();
  return page;
}

interface Drawn {
  /** Place among all, from 1. */
  readonly place: number;
  readonly top: number;
  readonly height: number;
  readonly name: string;
}

/** What is in the page, from top to bottom. */
const readDrawn = (page: Page) =>
  page.evaluate<Drawn[]>(`
    [...document.querySelectorAll('[role=rowgroup] [aria-selected], [aria-posinset]')].map((row) => ({
      place: Number(row.getAttribute('aria-posinset') ?? row.getAttribute('aria-rowindex') - 1),
      top: row.getBoundingClientRect().top,
      height: row.getBoundingClientRect().height,
      name: row.querySelector('[data-row-link]').textContent,
    }))`);

/** Whether rows without a gap cover the window from edge to edge. */
function covers(drawn: readonly Drawn[], height: number): boolean {
  const seen = drawn.filter((row) => row.top + row.height > 0 && row.top < height);
  const [first, last] = [seen.at(0), seen.at(-1)];
  if (!first || !last) return false;
  const hasNoGap = seen.every((row, index) => index === 0 || row.place === (seen[index - 1]?.place ?? 0) + 1);
  return hasNoGap && first.top <= 0 && last.top + last.height >= height;
}

test.each([
  ['/', 48],
  ['/?density=compact', 40],
])('%s has rows of %i pixels, and only those near the window', async (path, height) => {
  const page = await open(path);
  expect(await page.getByRole('table', { name: 'Domains' }).getAttribute('aria-rowcount')).toBe('1001');
  const top = await readDrawn(page);
  expect(new Set(top.map((row) => row.height))).toEqual(new Set([height]));
  expect(top[0]?.place).toBe(1);

  await page.evaluate('scrollTo(0, document.body.scrollHeight / 2)');
  await expect.poll(async () => covers(await readDrawn(page), 800)).toBe(true);
  const middle = await readDrawn(page);
  expect(middle.length).toBeLessThan(60);
  expect(middle.some(({ place }) => place > 400)).toBe(true);

  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await expect.poll(async () => (await readDrawn(page)).at(-1)?.place).toBe(COUNT);
  await expectClean(visit as Visit);
});

test('the row that has the focus keeps it wherever the window is, and the keys go on from there', async () => {
  const page = await open('/');
  const focused = () => page.evaluate<string | null>('document.activeElement.getAttribute("aria-rowindex")');
  await page.locator('[aria-rowindex="2"]').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('4');

  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await expect.poll(async () => (await readDrawn(page)).at(-1)?.place).toBe(COUNT);
  expect(await focused()).toBe('4');
  await page.keyboard.press('k');
  expect(await focused()).toBe('3');
  await expect
    .poll(async () => (await readDrawn(page)).find(({ place }) => place === 2)?.top)
    .toSatisfy((top: number) => top >= 0 && top < 752);
});

test('a longer list above moves the window', async () => {
  const page = await open('/');
  await page.evaluate('scrollTo(0, 6_000)');
  await expect.poll(async () => covers(await readDrawn(page), 800)).toBe(true);
  await page.evaluate(`{
    const filler = document.createElement('div');
    filler.style.height = '3000px';
    document.querySelector('h1').append(filler);
    scrollTo(0, 6_000);
  }`);

  await expect.poll(async () => covers(await readDrawn(page), 800)).toBe(true);
});

test('fewer rows than were scrolled over are shown all the same', async () => {
  const page = await open('/');
  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await expect.poll(async () => (await readDrawn(page)).at(-1)?.place).toBe(COUNT);
  await page.getByRole('searchbox').fill('shop');
  await page.getByRole('status').filter({ hasText: ' of 1,000 domains' }).waitFor();

  await expect
    .poll(async () => (await readDrawn(page)).filter(({ top }) => top < 800 && top > -48).length)
    .toBeGreaterThan(0);
});

test('a phone has cards of one height, each of which says its place', async () => {
  const page = await open('/', { width: 390, height: 844 });
  await page.evaluate('scrollTo(0, document.body.scrollHeight / 2)');

  await expect.poll(async () => covers(await readDrawn(page), 844)).toBe(true);
  const drawn = await readDrawn(page);
  expect(new Set(drawn.map((row) => row.height))).toEqual(new Set([120]));
  expect(drawn.length).toBeLessThan(40);
  await expectClean(visit as Visit);
});
