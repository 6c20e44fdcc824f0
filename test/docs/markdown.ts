import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Folders that hold nothing that we wrote. */
const NOT_OURS = new Set(['node_modules', '.git', 'cdk.out', 'dist', 'coverage', '.local', '.stryker-tmp']);

/** A fenced block: its language (empty where none is said), its text, and the line on which it begins. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** The markdown files of the project, relative to its root, in order. */
export function findPages(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : findPages(path);
      return entry.name.endsWith('.md') ? [relative(ROOT, path)] : [];
    })
    .sort();
}

/** The text of a file of the project. */
export function readPage(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The fenced blocks of a page, and its text without them (same number of lines). */
export function splitBlocks(text: string): { readonly blocks: readonly Block[]; readonly prose: string } {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let open: { readonly fence: string; readonly language: string; readonly line: number } | undefined;
  let inside: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [, fence = '', language = ''] = /^\s*(`{3,}|~{3,})\s*([\w-]*)/.exec(line) ?? [];
    if (!open && fence === '') {
      prose.push(line);
      continue;
    }
    prose.push('');
    if (!open) {
      open = { fence, language, line: index + 1 };
      inside = [];
    } else if (fence.startsWith(open.fence) && language === '') {
      blocks.push({ language: open.language, text: inside.join('\n'), line: open.line });
      open = undefined;
    } else {
      inside.push(line);
    }
  }
  if (open) throw new Error(`the fence of line ${open.line} is never closed`);
  return { blocks, prose: prose.join('\n') };
}

/** Targets of links and images in a page, inline, by reference or in HTML; code is left out. */
export function findLinks(text: string): string[] {
  const prose = splitBlocks(text).prose.replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));
  const forms = [
    /\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)?)>?(?:\s+"[^"]*")?\s*\)/g,
    /^\s{0,3}\[[^\]^]+\]:\s*<?(\S+?)>?(?:\s|$)/gm,
    /<(?:a|img)\s[^>]*?(?:href|src)="([^"]+)"/g,
  ];
  return forms.flatMap((form) => [...prose.matchAll(form)].map((match) => match[1] ?? ''));
}

/** The anchors of a page's headings, as GitHub makes them, and those set by `id` or `name`. */
export function findAnchors(text: string): Set<string> {
  const { prose } = splitBlocks(text);
  const anchors = new Set(
    [...prose.matchAll(/<\w+\s[^>]*?(?:id|name)="([^"]+)"/g)].map((match) => match[1] ?? ''),
  );
  const seen = new Map<string, number>();
  for (const [, heading = ''] of prose.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const slug = toSlug(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

/** What is wrong with a link of a page; undefined for one that resolves, or that leads out of the project by https. */
export function checkLink(page: string, link: string): string | undefined {
  if (/^(https|mailto):/.test(link)) return undefined;
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return 'is neither relative nor https';
  const [path = '', anchor] = link.split('#', 2);
  const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), decodeURIComponent(path));
  const own = relative(ROOT, target);
  if (own.startsWith('..')) return 'leads out of the project';
  if (!existsSync(target)) return 'leads nowhere';
  if (path.endsWith('/') && !statSync(target).isDirectory()) return 'is no folder';
  if (anchor === undefined) return undefined;
  if (!target.endsWith('.md')) return 'has an anchor into a file without headings';
  return findAnchors(readPage(own)).has(anchor.toLowerCase())
    ? undefined
    : 'has an anchor that no heading makes';
}

/** Scripts that a text runs by npm: `npm run x`, and `npm test` and `npm start` by their own names. */
export function findScripts(text: string): string[] {
  const runs = [...text.matchAll(/\bnpm run (?:-s |--silent )?([a-z][\w:-]*)/g)].map(
    (match) => match[1] ?? '',
  );
  const short = [...text.matchAll(/\bnpm (test|start)\b/g)].map((match) => match[1] ?? '');
  return [...new Set([...runs, ...short])];
}

function toSlug(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
