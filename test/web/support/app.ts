import type { Browser, Locator, Page } from 'playwright-core';
import type { RunningSystem } from '#test/support/running-system.ts';
import { openPage, type Visit, type VisitOptions } from './visit.ts';

/** As long as anything may take that is no sync. */
const PATIENCE_MS = 30_000;
const TALL = { width: 1440, height: 1800 };
/** As long as a sync of a demo account may take, on a busy machine. */
export const SYNC_MS = 60_000;

/** Opens the app of a running system in a browser context of its own, as tall as some 20 rows of domains. */
export async function openApp(
  browser: Browser,
  { url }: RunningSystem,
  path = '/',
  options: Partial<VisitOptions> = {},
): Promise<Visit> {
  const visit = await openPage(browser, { viewport: TALL, ...options, url: `${url}${path}` });
  visit.page.setDefaultTimeout(PATIENCE_MS);
  return visit;
}

/** Signs in at the local issuer, from the sign-in page to whatever page was asked for. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await enterName(page, name);
}

/** Answers the issuer's question, and waits until the app is there. */
export async function enterName(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await sidebar(page).waitFor();
}

/** Opens the app and signs in. */
export async function openAs(
  browser: Browser,
  system: RunningSystem,
  name: string,
  path = '/',
  options: Partial<VisitOptions> = {},
): Promise<Visit> {
  const visit = await openApp(browser, system, path, options);
  await signIn(visit.page, name);
  return visit;
}

export const sidebar = (page: Page): Locator => page.getByRole('navigation', { name: 'Main' });

/** Goes by the sidebar, as people do. */
export async function goTo(page: Page, item: 'Dashboard' | 'Integrations' | 'Settings'): Promise<void> {
  await sidebar(page).getByRole('link', { name: item, exact: true }).click();
  await heading(page, item).waitFor();
}

/** Headings of pages. */
export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { level: 1, name, ...(typeof name === 'string' && { exact: true }) });

/** Opens a page by its address, which signs in anew on the issuer's session. */
export async function visitPath(page: Page, path: string, title: string | RegExp): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await heading(page, title).waitFor();
}

/** The cards of a registrar's integrations; `text` tells several apart: a label, the end of an id. */
export function card(page: Page, registrar: string, text?: string): Locator {
  const cards = page.getByRole('article', { name: registrar, exact: true });
  return text === undefined ? cards : cards.filter({ hasText: text });
}

/** Waits, without a reload, until a card has the state. */
export async function waitForState(
  one: Locator,
  state: 'Idle' | 'Syncing...' | 'Synced' | 'Failed',
): Promise<void> {
  await one.getByText(state, { exact: true }).waitFor({ timeout: SYNC_MS });
}

/** A number of a card: `Total Domains`. */
export async function readFigure(one: Locator, label: string): Promise<number> {
  const group = one.locator('dl > div').filter({ has: one.page().getByText(label, { exact: true }) });
  return Number((await group.locator('dd').innerText()).replaceAll(',', ''));
}
