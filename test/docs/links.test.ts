import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import {
  checkLink,
  findAnchors,
  findLinks,
  findPages,
  findScripts,
  readPage,
  splitBlocks,
} from './markdown.ts';

const pages = findPages();

describe.each(pages)('%s', (page) => {
  const text = readPage(page);
  const { blocks } = splitBlocks(text);
  const ofLanguage = (...languages: string[]) =>
    blocks.filter(({ language }) => languages.includes(language));

  test('has links that resolve, anchors included', () => {
    const broken = findLinks(text).flatMap((link) => {
      const problem = checkLink(page, link);
      return problem === undefined ? [] : [`${link} ${problem}`];
    });

    expect(broken).toEqual([]);
  });

  test('has JSON that parses', () => {
    for (const block of ofLanguage('json')) {
      expect(() => JSON.parse(block.text), `line ${block.line}`).not.toThrow();
    }
  });

  test('has TypeScript that parses', () => {
    for (const block of ofLanguage('ts', 'typescript')) {
      expect(() => stripTypeScriptTypes(block.text), `line ${block.line}`).not.toThrow();
    }
  });

  test('names scripts that package.json has', () => {
    expect(findScripts(text).filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });
});

describe('the checks', () => {
  test('look at the pages of the root and of docs', () => {
    expect(pages).toContain('CONTRIBUTING.md');
    expect(pages).toContain('docs/requirements.md');
    expect(pages.filter((page) => page.includes('node_modules'))).toEqual([]);
  });

  test.each([
    ['[a](nowhere.md)', 'leads nowhere'],
    ['![a](docs/nowhere.png "title")', 'leads nowhere'],
    ['[a]: nowhere.md', 'leads nowhere'],
    ['<img src="nowhere.png">', 'leads nowhere'],
    ['[a](../elsewhere.md)', 'leads out of the project'],
    ['[a](http://example.com)', 'is neither relative nor https'],
    ['[a](CONTRIBUTING.md#no-such-heading)', 'has an anchor that no heading makes'],
    ['[a](package.json#scripts)', 'has an anchor into a file without headings'],
  ])('find what is wrong with %s', (text, problem) => {
    expect(findLinks(text).map((link) => checkLink('CONTRIBUTING.md', link))).toEqual([problem]);
  });

  test.each(['`[a](nowhere.md)`', '```\n[a](nowhere.md)\n```', 'a (b)'])('find no link in %j', (text) => {
    expect(findLinks(text)).toEqual([]);
  });

  test('know the anchors of headings as GitHub makes them', () => {
    const text = '# A `b` & c: d_e\n## Same\n## Same\n```\n# not one\n```\n<a id="own"></a>\n';

    expect([...findAnchors(text)].sort()).toEqual(['a-b--c-d_e', 'own', 'same', 'same-1']);
  });

  test('know the scripts that a text runs', () => {
    const text = 'npm ci && npm start, npm run -s token -- alice, `npm run check:types`';

    expect(findScripts(text).sort()).toEqual(['check:types', 'start', 'token']);
  });

  test('tell a fence that is never closed', () => {
    expect(() => splitBlocks('a\n```json\n{}')).toThrow('line 2');
  });
});
