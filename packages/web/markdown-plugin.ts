import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { Plugin } from 'vite';
import type { Article, Block, Inline } from './src/pages/help/article-tokens.ts';

/** Lets a `.md` file be imported as data: `import { article } from './page.md'`. Nothing of markdown is in the site. */
export function markdown(): Plugin {
  return {
    name: 'markdown',
    transform: {
      filter: { id: /\.md$/ },
      handler: (code) => ({
        code: `export const article = ${JSON.stringify(toArticle(code))};`,
        moduleType: 'js',
        map: null,
      }),
    },
  };
}

/** Reads a page that begins with its title. @throws Error for what pages can't show: HTML, images, other links */
export function toArticle(text: string): Article {
  const [first, ...rest] = lexer(text);
  if (first?.type !== 'heading' || first.depth !== 1) throw new Error('A page begins with its title');
  return { title: first.text, blocks: toBlocks(rest) };
}

function toBlocks(tokens: readonly Token[]): readonly Block[] {
  const ids = new Map<string, number>();
  return tokens.flatMap((token) => toBlock(token as MarkedToken, ids));
}

function toBlock(token: MarkedToken, ids: Map<string, number>): readonly Block[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return [
        {
          type: 'heading',
          depth: toDepth(token.depth),
          id: toId(token.text, ids),
          children: toInlines(token.tokens),
        },
      ];
    case 'paragraph':
      return [{ type: 'paragraph', children: toInlines(token.tokens) }];
    // a tight item's text
    case 'text':
      return [{ type: 'text', children: token.tokens ? toInlines(token.tokens) : [token.text] }];
    case 'list':
      return [
        {
          type: 'list',
          start: token.ordered ? Number(token.start) : null,
          items: token.items.map((item) => toBlocks(item.tokens)),
        },
      ];
    case 'table':
      return [
        { type: 'table', header: token.header.map(toCell), rows: token.rows.map((row) => row.map(toCell)) },
      ];
    case 'code':
      return [{ type: 'code', text: token.text }];
    default:
      throw new Error(`Pages have no ${token.type}: ${token.raw}`);
  }
}

const toCell = ({ tokens }: Tokens.TableCell): readonly Inline[] => toInlines(tokens);

function toInlines(tokens: readonly Token[]): readonly Inline[] {
  return tokens.map((token) => toInline(token as MarkedToken));
}

function toInline(token: MarkedToken): Inline {
  switch (token.type) {
    case 'text':
    case 'escape':
      return token.text.replaceAll('\n', ' ');
    case 'codespan':
      return { type: 'code', text: token.text };
    case 'strong':
    case 'em':
      return { type: token.type, children: toInlines(token.tokens) };
    case 'link':
      return { type: 'link', href: toHref(token.href), children: toInlines(token.tokens) };
    default:
      throw new Error(`Pages have no ${token.type} within a text: ${token.raw}`);
  }
}

/** A page beside this one is `/help/<name>` in the app. */
function toHref(href: string): string {
  const [, name, hash = ''] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  if (name !== undefined) return `/help/${name}${hash}`;
  if (/^(https:\/\/|mailto:|#|\/(?!\/))/.test(href)) return href;
  throw new Error(`Pages have no link to ${href}`);
}

/** The title is the first heading; the others stand below it, and HTML knows no more than six. */
function toDepth(depth: number): 2 | 3 | 4 {
  if (depth === 2 || depth === 3 || depth === 4) return depth;
  throw new Error(`Pages have headings of two to four #, not ${depth}`);
}

/** The anchor of a heading, as GitHub makes it. */
function toId(text: string, ids: Map<string, number>): string {
  const slug = text
    .replaceAll(/\[([^\][]*)\]\([^()]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
  const count = ids.get(slug) ?? 0;
  ids.set(slug, count + 1);
  return count === 0 ? slug : `${slug}-${count}`;
}
