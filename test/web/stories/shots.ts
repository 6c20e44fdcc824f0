/**
 * `npm run shots`: pictures of each page, light and dark, on a desk and on a phone, into dist/shots, and the three of the
 * README into docs/screenshots. They are of stories, so that nothing on them changes but what was changed.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { buildStories } from '../support/built-stories.ts';
import { openStories, showStory } from '../support/story-page.ts';
import { STORIES } from './stories.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SHOTS = join(ROOT, 'dist', 'shots');
const SCHEMES = ['light', 'dark'] as const;
const DEVICES = [
  ['desk', 1280],
  ['phone', 390],
] as const;

/** What only a table has: on a phone there are cards. */
const DESK_ONLY = new Set(['dashboard-selected']);

/** One story of each page, and of what opens over it. */
const PAGES = [
  'signin',
  'dashboard',
  'dashboard-calendar',
  'dashboard-registrars',
  'dashboard-filters',
  'dashboard-selected',
  'dashboard-first-run',
  'integrations-varied',
  'integrations-syncing-long',
  'integrations-review',
  'integrations-delete-large',
  'picker',
  'connect-godaddy',
  'connect-wrong',
  'credentials',
  'domain',
  'domain-records',
  'domain-history',
  'domain-records-elsewhere',
  'settings',
  'help',
  'help-troubleshooting',
  'palette-found',
  'shortcuts',
  'not-found',
];

const README = [
  ['dashboard', 'dashboard', 'light'],
  ['integrations', 'integrations-varied', 'dark'],
  ['records', 'domain-records', 'light'],
] as const;

const [browser, built] = await Promise.all([launchBrowser(), buildStories()]);
const { page, close } = await openStories(browser, built.site, { reducedMotion: 'reduce' });
try {
  mkdirSync(SHOTS, { recursive: true });
  for (const id of PAGES) {
    for (const [device, width] of DEVICES) {
      if (device === 'phone' && DESK_ONLY.has(id)) continue;
      await show(page, id, width);
      for (const scheme of SCHEMES) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.screenshot({ path: join(SHOTS, `${id}-${scheme}-${device}.png`), animations: 'disabled' });
      }
    }
  }
  const folder = join(ROOT, 'docs', 'screenshots');
  mkdirSync(folder, { recursive: true });
  for (const [name, id, scheme] of README) {
    await show(page, id, 1280);
    // tall enough for the table below the figures
    await page.setViewportSize({ width: 1280, height: 1000 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }
} finally {
  await close();
  await Promise.all([browser.close(), built.close()]);
}

async function show(into: Page, id: string, width: number): Promise<void> {
  const story = STORIES.find((each) => each.id === id);
  if (!story) throw new Error(`there is no story ${id}`);
  await showStory(into, { ...story, width });
}
