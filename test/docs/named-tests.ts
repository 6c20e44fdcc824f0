import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './markdown.ts';

/** A test that a page names: its file, relative to the root, and a part of its title; or a proof and its figure. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** Rows of the tables of a page whose first cell is an id of a form: `[id, …other cells]`. */
export function readRows(text: string, id: RegExp): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([first = '']) => id.test(first));
}

/** The tests that a cell names, each a link to its file followed by titles: `[test/a.test.ts](../test/a.test.ts) "t", "u"`. */
export function readNamedTests(cell: string): NamedTest[] {
  return [...cell.matchAll(/\[(test\/[^\]]+)\]\(\.\.\/[^)]+\)((?:,? "[^"]+")*)/g)].flatMap(
    ([, file = '', titles = '']) => {
      const named = [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title }));
      return named.length > 0 ? named : [{ file, title: '' }];
    },
  );
}

/** What is wrong with a named test; undefined where its file exists and holds that title. */
export function checkNamedTest({ file, title }: NamedTest): string | undefined {
  if (title === '') return `${file} is named without a title`;
  if (!existsSync(join(ROOT, file))) return `${file} is missing`;
  // What a proof measures is a figure, whose whole name stands there as a literal.
  const wanted = file.startsWith('test/proofs/') ? `'${title}'` : title;
  return readFileSync(join(ROOT, file), 'utf8').includes(wanted) ? undefined : `${file} has no "${title}"`;
}
