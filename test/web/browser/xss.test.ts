import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPages } from '#infra/build-site.ts';
import { createApi } from '../support/api-answers.ts';
import { launchBrowser } from '../support/browser.ts';
import { download } from '../support/pages.ts';
import { makePoisonedPortfolio, makePoisonedRrsets } from '../support/poisoned-portfolio.ts';
import { type ServedSite, serveSite } from '../support/static-site.ts';
import { expectClean, openPage, type Visit } from '../support/visit.ts';
import { XSS_PAYLOADS } from '../support/xss-corpus.ts';

/** The shipped site, fed with payloads wherever a registrar, the API or a person writes a text. */

const portfolio = makePoisonedPortfolio();
const payloads = XSS_PAYLOADS.map(({ text }) => text);
const [domain] = portfolio.domains;
/** Tall enough for every row of the table. */
const WHOLE_TABLE = { width: 1_280, height: 12_000 };
const PHONE = { width: 390, height: 800 };

let folder: string;
let browser: Browser;
let site: ServedSite;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xss-'));
  const configFile = join(import.meta.dirname, '../../../packages/web/vite.config.ts');
  await buildPages({ configFile, logLevel: 'warn', build: { outDir: folder } });
  browser = await launchBrowser();
  const answer = createApi(portfolio);
  site = await serveSite({
    folder,
    email: payloads[20] ?? '',
    api: (call) =>
      call.path.endsWith('/records')
        ? { body: { dns: FETCHED, rrsets: makePoisonedRrsets(domain?.name ?? '') } }
        : answer(call),
  });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

const FETCHED = { status: 'FETCHED', provider: payloads[30], fetchedAt: '2026-11-23T09:00:00.000Z' } as const;

async function visit(path: string, viewport = { width: 1_280, height: 900 }): Promise<Visit> {
  const opened = await openPage(browser, { url: site.url + path, viewport });
  await opened.page.getByRole('button', { name: 'Sign in' }).click();
  // Help is there for all: its heading alone says nothing of who is signed in.
  const { page } = opened;
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await navigation
    .or(page.getByRole('button', { name: 'Open menu' }))
    .first()
    .waitFor();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return opened;
}

/** What a payload would have become if it had been taken for HTML. */
const FOREIGN_ELEMENTS =
  'main :is(script, iframe, object, embed, style, link, base, meta, form[action], [onerror], [onload], [onclick], [onfocus], [srcdoc]), img[src="x"], a[href^="javascript:" i]';

/** Nothing ran, nothing became an element; and the pointer has been everywhere, for what waits for somebody. */
async function expectText(opened: Visit): Promise<void> {
  const { page } = opened;
  await page.evaluate(`document.querySelectorAll('main *').forEach((element) => {
    for (const type of ['mouseover', 'pointerdown', 'contextmenu']) {
      element.dispatchEvent(new MouseEvent(type, { bubbles: false }));
    }
  })`);
  expect(await page.locator(FOREIGN_ELEMENTS).count()).toBe(0);
  await expectClean(opened);
}

/** Those of the texts that are nowhere on the page as they are. */
const findLost = (page: Page, texts: readonly string[]): Promise<readonly string[]> =>
  page.evaluate(
    `(${String((wanted: string[], shown: string) => wanted.filter((text) => !shown.includes(text)))})(${JSON.stringify(texts)}, document.body.textContent)`,
  );

describe('texts that would run', () => {
  test('are the names of domains in the table, whole, and in what opens from it', async () => {
    const opened = await visit('/', WHOLE_TABLE);
    const { page } = opened;
    await page.getByRole('table', { name: 'Domains' }).waitFor();
    expect(await findLost(page, payloads)).toEqual([]);
    await page.getByRole('checkbox', { name: /all/i }).first().check();
    await page.getByRole('button', { name: /^Filters/ }).click();
    await expectText(opened);
    await page.keyboard.press('Escape');
    for (const name of ['By registrar', 'Table', 'Calendar']) {
      await page.getByRole('button', { name, exact: true }).click();
    }
    await expectText(opened);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('script');
    await page.getByRole('option').first().waitFor();
    await expectText(opened);
    await opened.close();
  });

  test('are those in the table that is exported, no cell of it a formula', async () => {
    const opened = await visit('/');
    const { page } = opened;
    const { text } = await download(page, page.getByRole('button', { name: 'Export CSV' }));
    const rows = readCsv(text);

    expect(
      rows
        .slice(1)
        .map(([name]) => name)
        .sort(),
    ).toEqual(payloads.map(toCell).sort());
    expect(rows.flat().filter((cell) => FORMULA.test(cell))).toEqual([]);
    await opened.close();
  });

  test('are on the cards of a phone', async () => {
    const opened = await visit('/', PHONE);
    await opened.page
      .getByText(payloads[0] ?? '', { exact: true })
      .first()
      .waitFor();
    await expectText(opened);
    await opened.close();
  });

  test('are on the cards of integrations, and in their dialogs', async () => {
    const opened = await visit('/integrations', { width: 1_280, height: 3_000 });
    const { page } = opened;
    await page.getByRole('article').first().waitFor();
    const texts = portfolio.integrations.flatMap(({ label, problem, notices }) => [
      ...(label === null ? [] : [label]),
      ...(problem ? [problem.detail] : []),
      ...notices.map(({ detail }) => detail),
    ]);
    expect(texts.length).toBeGreaterThan(5);
    expect(await findLost(page, texts)).toEqual([]);
    await expectText(opened);
    for (const item of [/^Rename|^Label/, /^Delete/]) {
      await page
        .getByRole('article')
        .first()
        .getByRole('button', { name: /menu|more|actions/i })
        .click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByRole('dialog').or(page.getByRole('alertdialog')).first().waitFor();
      await expectText(opened);
      await page.keyboard.press('Escape');
    }
    await opened.close();
  });

  test.each([
    ['/integrations/new', 'link'],
    ['/integrations/new/gandi', 'textbox'],
    [`/integrations/${portfolio.integrations[0]?.id}/credentials`, 'textbox'],
    ['/settings', 'spinbutton'],
    ['/help/prerequisites', 'heading'],
  ] as const)('are on %s', async (path, role) => {
    const opened = await visit(path, { width: 1_280, height: 3_000 });
    await opened.page.getByRole('main').getByRole(role).first().waitFor();
    await expectText(opened);
    await opened.close();
  });

  test('are in a refusal of what was sent', async () => {
    const opened = await visit('/integrations/new/gandi');
    const { page } = opened;
    const [title, detail = ''] = payloads;
    site.answers['POST /v1/integrations'] = {
      status: 400,
      body: { type: 'about:blank', title, status: 400, detail, code: 'INVALID_REQUEST', requestId: 'fake-1' },
    };
    await page.locator('input[name="apiToken"]').fill('fake-token-of-forty-characters-0000000000');
    await page.locator('form button[type=submit]').click();
    await page.getByText(detail).first().waitFor();
    await expectClean(opened, { allowed: [/status of 400/] });
    await opened.close();
  });

  test('are what a domain is called, and all that is said of it', async () => {
    const path = `/domains/${encodeURIComponent(domain?.name ?? '')}`;
    const opened = await visit(path, { width: 1_280, height: 2_000 });
    const { page } = opened;
    await page.getByText('First seen').waitFor();
    expect(await findLost(page, [domain?.name ?? '', ...(domain?.rawStatuses ?? [])])).toEqual([]);
    await expectText(opened);
    await page
      .getByRole('tab', { name: 'History' })
      .or(page.getByRole('link', { name: 'History' }))
      .first()
      .click();
    await page.getByText('The last syncs of').waitFor();
    await expectText(opened);
    await opened.close();
  });

  test('are the values of its records, whole, and in what is downloaded of them', async () => {
    const path = `/domains/${encodeURIComponent(domain?.name ?? '')}?tab=records`;
    const opened = await visit(path, { width: 1_280, height: 14_000 });
    const { page } = opened;
    await page.getByRole('table', { name: 'DNS records' }).waitFor();
    expect(await findLost(page, payloads)).toEqual([]);
    await expectText(opened);
    const { text } = await download(page, page.getByRole('button', { name: 'CSV' }));
    const cells = readCsv(text).flat();
    expect(payloads.map(toCell).filter((cell) => !cells.includes(cell))).toEqual([]);
    expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([]);
    await opened.close();
  });
});

/** What a spreadsheet would calculate. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** As a file holds it: no formula; and half a surrogate pair is no character of UTF-8. */
const toCell = (text: string) => (FORMULA.test(text) ? `'${text}` : text).toWellFormed();

/** A file of comma-separated values by RFC 4180, its mark at the beginning left out. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const [, quoted, plain = '', end] of text
    .slice(1)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    const row = rows.at(-1);
    const cell = quoted?.replaceAll('""', '"') ?? plain;
    if (row === undefined || row.at(-1) === END) rows.push([cell]);
    else row.push(cell);
    if (end === '\r\n') rows.at(-1)?.push(END);
  }
  return rows.map((row) => row.slice(0, -1));
}

/** Marks a line that is over, while it is read. */
const END = '\r\n';
