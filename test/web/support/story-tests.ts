import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Story } from '../stories/story.ts';
import { checkAccessibility } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { type BuiltStories, buildStories } from './built-stories.ts';
import { findSpills, NARROW, openStories, readHeadings, setWidth, showStory } from './story-page.ts';
import { expectClean, type Visit, type VisitOptions } from './visit.ts';

const LOOKS: readonly (readonly [name: string, options: Partial<VisitOptions>])[] = [
  ['forced colours', { forcedColors: 'active' }],
  ['reduced motion', { reducedMotion: 'reduce' }],
  ['more contrast', { contrast: 'more' }],
];

/**
 * Tests of each story: what it shows, one heading, no fault of accessibility in light and dark, nothing that spills
 * over the window, wide or narrow, and a clean record. `firsts` are looked at more closely: one of each page.
 */
export function testStories(stories: readonly Story[], firsts: ReadonlySet<string>): void {
  let browser: Browser;
  let built: BuiltStories;
  let visit: Visit;
  const open: Visit[] = [];
  const start = async (options: Partial<VisitOptions> = {}): Promise<Visit> => {
    const opened = await openStories(browser, built.site, options);
    open.push(opened);
    return opened;
  };

  beforeAll(async () => {
    [browser, built] = await Promise.all([launchBrowser(), buildStories()]);
    visit = await start();
  });
  // what one story did wrong is not held against the next
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') visit = await start();
  });
  afterAll(async () => {
    await Promise.all(open.map((each) => each.close()));
    await browser?.close();
    await built?.close();
  });

  test.each(stories.filter(({ isBroken }) => !isBroken))('$id', async (story) => {
    const { page } = visit;
    await page.emulateMedia({ colorScheme: 'light' });
    await showStory(page, story);

    expect(await readHeadings(page)).toHaveLength(1);
    expect(await findSpills(page)).toEqual([]);
    expect(await checkAccessibility(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await checkAccessibility(page)).toEqual([]);
    await setWidth(page, NARROW);
    expect(await findSpills(page)).toEqual([]);
    if (firsts.has(story.id)) expect(await checkAccessibility(page)).toEqual([]);
    await expectClean(visit);
  });

  test.each(stories.filter(({ isBroken }) => isBroken))('$id, which breaks on purpose', async (story) => {
    const broken = await start();
    await showStory(broken.page, story);

    expect(await readHeadings(broken.page)).toHaveLength(1);
    expect(await checkAccessibility(broken.page)).toEqual([]);
    expect(broken.consoleErrors.length).toBeGreaterThan(0);
    await expectClean(broken, { allowed: [/./s] });
  });

  describe.each(LOOKS)('with %s', (_name, options) => {
    test('one of each page', async () => {
      const special = await start(options);
      for (const story of stories.filter(({ id }) => firsts.has(id))) {
        await showStory(special.page, story);
        expect(await checkAccessibility(special.page), story.id).toEqual([]);
        expect(await findSpills(special.page), story.id).toEqual([]);
      }
      await expectClean(special);
    });
  });
}
