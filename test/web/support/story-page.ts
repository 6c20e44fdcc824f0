import type { Browser, Page } from 'playwright-core';
import type { Story } from '../stories/story.ts';
import type { ServedSite } from './static-site.ts';
import { openPage, type Visit, type VisitOptions } from './visit.ts';

/** The day on which all stories play, so that they look the same whenever they are seen. */
const NOW = '2026-11-23T12:00:00Z';
/** The width that fits everybody: a phone, or a desk at 400 % (WCAG 1.4.10). */
export const NARROW = 320;
const DESK = 1280;
const HEIGHT = 800;

/** Opens a window in which one story after the other can be shown. */
export async function openStories(
  browser: Browser,
  { url }: ServedSite,
  options: Partial<VisitOptions> = {},
): Promise<Visit> {
  return openPage(browser, {
    ...options,
    url: `${url}/?story=signin`,
    prepare: async (page) => {
      await page.clock.setFixedTime(NOW);
    },
  });
}

/** Shows a story at its own width, and waits until its state is there. */
export async function showStory(page: Page, { id, shows, width = DESK }: Story): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.goto(new URL(`/?story=${id}`, page.url()).href);
  await waitUntil(page, `document.documentElement.dataset.story === 'ready'`);
  await waitUntil(page, `document.body.innerText.includes(${JSON.stringify(shows)})`);
}

const PATIENCE_MS = 15_000;

/** Playwright's own `waitForFunction` evaluates a text in the page, which the policy forbids. */
async function waitUntil(page: Page, condition: string): Promise<void> {
  const endMs = Date.now() + PATIENCE_MS;
  while (!(await page.evaluate(condition))) {
    if (Date.now() > endMs) {
      throw new Error(
        `not so: ${condition}; the page says: ${await page.evaluate('document.body.innerText')}`,
      );
    }
    await page.waitForTimeout(30);
  }
}

/** Makes the window narrow or wide, and waits until the page has taken that up. */
export async function setWidth(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() => 0)',
  );
}

const SPILLS = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
    .map((element) => element.tagName + '.' + String(element.className).slice(0, 60)
      + ' to ' + Math.round(element.getBoundingClientRect().right))
    .slice(0, 12);
})()`;

/** What makes the page wider than the window; nothing where it isn't. */
export async function findSpills(page: Page): Promise<readonly string[]> {
  return page.evaluate(SPILLS);
}

/** The texts of its headings of the first level. */
export async function readHeadings(page: Page): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll('h1')].map((heading) => heading.innerText)`);
}
