import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { measureSizes } from './bundle-sizes.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-sizes-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<script type="module" src="/assets/first-aaaaaaaa.js"></script>',
  );
  put('first-aaaaaaaa.js', 100);
  put('list-bbbbbbbb.js', 20);
  put('help-cccccccc.js', 40);
  put('help-dddddddd.js', 1);
  put('first-eeeeeeee.css', 8);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file that compresses to about as many kB. */
function put(name: string, kb: number): void {
  writeFileSync(join(folder, 'assets', name), randomBytes(kb * 1000));
}

const FIRST = ['first-aaaaaaaa.js', 'list-bbbbbbbb.js'];

const measure = (phone = FIRST) => measureSizes(folder, { desk: FIRST, phone });

const toFailed = (figures: ReturnType<typeof measure>) =>
  figures.filter(({ ok }) => !ok).map(({ figure }) => figure);

describe('sizes', () => {
  test('pass where all are within their bounds, each a figure of its own', () => {
    const figures = measure();

    expect(toFailed(figures)).toEqual([]);
    expect(Object.fromEntries(figures.map(({ figure, value }) => [figure, Math.round(value)]))).toEqual({
      'web.js.first': 120,
      'web.js.first.phone': 120,
      'web.js.entry': 100,
      'web.js.dashboard': 20,
      'web.css': 8,
      'web.js.lazy.help': 40,
      'web.js.lazy.help.2': 1,
    });
  });

  test.each([
    ['list-bbbbbbbb.js', 45, ['web.js.first', 'web.js.first.phone']],
    ['help-cccccccc.js', 51, ['web.js.lazy.help']],
    ['more-ffffffff.css', 3, ['web.css']],
  ])('%s of %i kB is caught', (name, kb, failed) => {
    put(name, kb);

    expect(toFailed(measure())).toEqual(failed);
  });

  test('what only a phone asks for counts there', () => {
    expect(toFailed(measure([...FIRST, 'help-cccccccc.js']))).toEqual(['web.js.first.phone']);
  });
});
