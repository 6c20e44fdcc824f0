import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildSite, SITE_DIR } from '#infra/build-site.ts';
import { CONNECT_STORIES } from '../stories/stories/connect-stories.ts';
import { DOMAIN_STORIES } from '../stories/stories/domain-stories.ts';
import { FAILURE_STORIES } from '../stories/stories/failure-stories.ts';
import { INTEGRATIONS_STORIES } from '../stories/stories/integrations-stories.ts';
import { STORIES } from '../stories/stories.ts';
import { testStories } from '../support/story-tests.ts';

/** The pages of accounts and domains; the others are in stories.test.ts. */
testStories(
  [...INTEGRATIONS_STORIES, ...FAILURE_STORIES, ...CONNECT_STORIES, ...DOMAIN_STORIES],
  new Set(['integrations-varied', 'picker', 'connect-godaddy', 'credentials', 'domain', 'domain-records']),
);

describe('the stories', () => {
  test('are many, each with an id of its own', () => {
    const ids = STORIES.map(({ id }) => id);

    expect(ids.length).toBeGreaterThanOrEqual(50);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are not in the site', async () => {
    await buildSite();
    const texts = readdirSync(SITE_DIR, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(js|html|css)$/.test(name))
      .map((name) => readFileSync(join(SITE_DIR, name), 'utf8'))
      .join('\n');
    // the site is there, with words of its pages
    expect(texts).toContain('No integrations yet');

    const marks = [
      'harbour-coffee',
      'Every page in every state',
      'made-up data',
      ...STORIES.map(({ id }) => `"${id}"`),
    ];
    // ids of one word are words of the app, too
    expect(
      marks.filter((mark) => mark.includes('-') || mark.includes(' ')).filter((mark) => texts.includes(mark)),
    ).toEqual([]);
  });
});
