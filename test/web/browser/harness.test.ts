import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkAccessibility } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { focusedName, tabTo } from '../support/keyboard.ts';
import { FILE_PATHS } from '../support/site-files.ts';
import { type ServedSite, serveSite } from '../support/static-site.ts';
import { expectClean, openPage, type Visit, type VisitOptions } from '../support/visit.ts';
import { XSS_PAYLOADS } from '../support/xss-corpus.ts';

/** Controls: what the harness has to notice, and that it is silent where nothing is wrong. */

const frame = (body: string, head = '') => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="stylesheet" href="/style.css">${head}</head>
<body><main><h1>Page</h1>${body}</main></body></html>`;

const FILES = {
  'index.html': frame(
    '<p>Nothing is wrong here.</p><button>One</button> <a href="/x">Two</a> <input aria-label="Three">',
  ),
  'inline.html': frame('<p>x</p><script>document.title = "ran";</script><p style="color:red">y</p>'),
  'trusted.html': frame('<p id="p">x</p>', '<script type="module" src="/trusted.js"></script>'),
  'trusted.js': 'document.getElementById("p").innerHTML = "<b>x</b>";',
  'broken.html': frame('<p>x</p>', '<script type="module" src="/broken.js"></script>'),
  'broken.js':
    'console.error("something is wrong"); fetch("/v1/none").then((answer) => answer.text()); throw new Error("thrown by the page");',
  'foreign.html': frame('<img alt="" src="http://other.example.test/picture.png">'),
  'faulty.html': frame('<p class="pale">Hard to read</p><input>'),
  'style.css': 'body { color: #111; background: #fff } .pale { color: #999; background: #aaa }',
};

let browser: Browser;
let folder: string;
let strict: ServedSite;
let lax: ServedSite;
const visits: Visit[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harness-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  browser = await launchBrowser();
  strict = await serveSite({ folder, isOpen: true });
  lax = await serveSite({ folder, isOpen: true, headers: { 'content-security-policy': null } });
});

afterAll(async () => {
  await Promise.all(visits.map((visit) => visit.close()));
  await browser?.close();
  await Promise.all([strict?.close(), lax?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

async function visit(path: string, options: Partial<VisitOptions> = {}, site = strict): Promise<Visit> {
  const opened = await openPage(browser, { url: `${site.url}${path}`, ...options });
  visits.push(opened);
  return opened;
}

describe('the recorder', () => {
  test('finds nothing on a page without a fault, also after axe was there', async () => {
    const opened = await visit('/');

    expect(await checkAccessibility(opened.page)).toEqual([]);
    await expectClean(opened);
  });

  test('catches an inline script and an inline style that the policy stopped', async () => {
    const opened = await visit('/inline.html');

    await expect(expectClean(opened)).rejects.toThrow(/script-src-elem[\s\S]*style-src-attr/);
    expect(await opened.page.title()).toBe('Page');
  });

  test('catches text that is put in as HTML', async () => {
    const opened = await visit('/trusted.html');

    await expect(expectClean(opened)).rejects.toThrow(/require-trusted-types-for/);
    expect(await opened.page.locator('b').count()).toBe(0);
  });

  test('keeps the violations of a page that was left', async () => {
    const opened = await visit('/inline.html');
    await opened.page.goto(`${strict.url}/`);

    await expect(expectClean(opened)).rejects.toThrow(/script-src-elem/);
  });

  test('catches what the page throws and writes to the console, but for what is allowed', async () => {
    const opened = await visit('/broken.html');
    await opened.page.waitForLoadState('networkidle');

    await expect(expectClean(opened)).rejects.toThrow(/thrown by the page/);
    expect(opened.pageErrors).toHaveLength(1);
    expect(opened.consoleErrors).toEqual([
      expect.stringContaining('something is wrong'),
      expect.stringMatching(/status of 404 .*\/v1\/none/),
    ]);
    const allowed = [/something is wrong/, /404.*\/v1\/none/];
    await expect(expectClean(opened, { allowed })).rejects.toThrow(/consoleErrors: \[\]/);
  });

  test('notes what is asked of another origin, stopped or not', async () => {
    for (const site of [strict, lax]) {
      const opened = await visit('/foreign.html', {}, site);

      expect(opened.foreignUrls).toEqual(['http://other.example.test/picture.png']);
      expect(opened.failedRequests).toHaveLength(1);
      await expect(expectClean(opened)).rejects.toThrow(/other\.example\.test/);
    }
  });

  test('opens a page as it is told to', async () => {
    const opened = await visit('/', {
      viewport: { width: 320, height: 640 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
      forcedColors: 'active',
      contrast: 'more',
      timezone: 'Pacific/Kiritimati',
      locale: 'de-DE',
      offline: true,
    });
    const queries = [
      '(width: 320px)',
      '(prefers-color-scheme: dark)',
      '(prefers-reduced-motion: reduce)',
      '(forced-colors: active)',
      '(prefers-contrast: more)',
    ];

    expect(
      await opened.page.evaluate(`${JSON.stringify(queries)}.map((query) => matchMedia(query).matches)`),
    ).toEqual(queries.map(() => true));
    expect(
      await opened.page.evaluate(
        '[Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.language, navigator.onLine]',
      ),
    ).toEqual(['Pacific/Kiritimati', 'de-DE', false]);
  });
});

describe('axe', () => {
  test('finds pale text and an input without a label under the strict policy, and says where', async () => {
    const opened = await visit('/faulty.html');
    const faults = await checkAccessibility(opened.page);

    expect(faults.map(({ rule }) => rule)).toEqual(['color-contrast', 'label']);
    expect(faults[0]?.elements[0]).toMatchObject({
      selector: 'p',
      colours: expect.stringMatching(/^#999999 on #aaaaaa, 1\.2\d of 4\.5:1/),
    });
    await expectClean(opened);
  });

  test('looks at a part, and leaves out rules, where it is told to', async () => {
    const { page } = await visit('/faulty.html');

    expect(await checkAccessibility(page, { within: 'h1' })).toEqual([]);
    expect((await checkAccessibility(page, { without: ['label'] })).map(({ rule }) => rule)).toEqual([
      'color-contrast',
    ]);
  });
});

describe('the payloads', () => {
  /** A frame for each payload, because one can swallow the next. */
  const asHtml = `(texts) => {
    for (const text of texts) {
      const frame = document.createElement('iframe');
      frame.setAttribute('srcdoc', text);
      document.body.append(frame);
    }
  }`;
  const asText = `(texts) => {
    for (const text of texts) {
      const paragraph = document.createElement('p');
      paragraph.textContent = text;
      paragraph.title = text;
      document.body.append(paragraph);
    }
  }`;
  const texts = XSS_PAYLOADS.map(({ text }) => text);
  const put = ({ page }: Visit, how: string) => page.evaluate(`(${how})(${JSON.stringify(texts)})`);

  test('are more than a hundred, each another text with a number of its own', () => {
    expect(new Set(texts.map((text) => text.replaceAll(/\d/g, ''))).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(100);
    expect(XSS_PAYLOADS.map(({ id }) => id)).toEqual(texts.map((_, index) => index + 1));
  });

  test('run, a hundred of them, where a page takes them for HTML', async () => {
    const opened = await visit('/', {}, lax);
    await put(opened, asHtml);

    await expect.poll(() => new Set(opened.marks).size, { timeout: 30_000 }).toBeGreaterThan(100);
    await expect(expectClean(opened)).rejects.toThrow(/marks/);
  });

  test('run nowhere on a page that takes them for text', async () => {
    const opened = await visit('/', {}, lax);
    await put(opened, asText);
    await opened.page.locator('p').last().click();

    await expectClean(opened);
  });

  test('are stopped by the policy where a page takes them for HTML all the same', async () => {
    const opened = await visit('/');

    await expect(put(opened, asHtml)).rejects.toThrow(/TrustedHTML/);
    await expect(expectClean(opened)).rejects.toThrow(/require-trusted-types-for/);
    expect(opened.marks).toEqual([]);
  });
});

describe('the keyboard', () => {
  test('goes from one thing to the next, and tells them as a screen reader would', async () => {
    const { page } = await visit('/');

    expect(await focusedName(page)).toMatchObject({ role: 'RootWebArea' });
    expect(await tabTo(page, /^Th/)).toEqual([
      { role: 'button', name: 'One' },
      { role: 'link', name: 'Two' },
      { role: 'textbox', name: 'Three' },
    ]);
    expect(await tabTo(page, 'One', 5, { role: 'button', backwards: true })).toHaveLength(2);
    await expect(tabTo(page, 'Four', 3)).rejects.toThrow(/link "Two"/);
  });
});

describe('the site that is served', () => {
  test('tells files from pages as the distribution does', () => {
    const edge = readFileSync(join(import.meta.dirname, '../../../infra/constructs/edge.ts'), 'utf8');

    // in a template literal there, where a backslash is two
    expect(edge).toContain(`!${String(FILE_PATHS).replaceAll('\\', '\\\\')}.test(request.uri)`);
  });
});
