import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GROUPS as BENCH } from '../bench/groups.ts';
import { GROUPS as PROOFS } from '../proofs/groups.ts';
import { GUARDED, WHOLE } from '../proofs/mutation/parts.ts';
import { GROUPS as SOAK } from '../proofs/soak-groups.ts';
import { ROOT, readPage } from './markdown.ts';
import { readRows } from './named-tests.ts';

const COUNT = 28;
const groups = new Set(Object.keys({ ...BENCH, ...PROOFS, ...SOAK }));
const code = globSync('test/{bench,proofs}/**/*.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] })
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');

/** Figures whose names are put together from the parts that they are about. */
const MADE = new Set([
  ...Object.keys(WHOLE).map((part) => `mutation-all.${part}`),
  ...Object.keys(GUARDED).map((part) => `coverage.${part}`),
  'coverage.overall',
  'faults.f40',
]);

/** Whether a figure's name stands in the code, alone or before a registrar's. */
function isMeasured(figure: string): boolean {
  const [group = ''] = figure.split('.');
  return (
    groups.has(group) && (MADE.has(figure) || code.includes(`'${figure}'`) || code.includes(`\`${figure}.$`))
  );
}

/** Groups that a command asks for by name. */
const readAsked = (command: string) => /--only ([\w,-]+)/.exec(command)?.[1]?.split(',') ?? [];

describe('docs/figures.md', () => {
  const rows = readRows(readPage('docs/figures.md'), /^G\d/);

  test(`has every figure from G1 to G${COUNT} once, in order`, () => {
    expect(rows.map(([id]) => id)).toEqual(Array.from({ length: COUNT }, (_, index) => `G${index + 1}`));
  });

  test.each(rows)('%s says what is held to what, and names what measures it', (_id, ...cells) => {
    const [what = '', heldTo = '', figures = '', command = ''] = cells;
    expect([what, heldTo, command]).not.toContain('');
    const named = [...figures.matchAll(/`([^`]+)`/g)].map(([, figure = '']) => figure);
    expect(named.filter((figure) => !isMeasured(figure))).toEqual([]);
    expect(named.length > 0 || figures.includes('](../test/')).toBe(true);
    expect(readAsked(command).filter((group) => !groups.has(group))).toEqual([]);
  });

  test.each(['crash.no-such-thing', 'nothing.violated', 'mutation-all.nothing'])(
    '%s is no figure',
    (figure) => {
      expect(isMeasured(figure)).toBe(false);
    },
  );
});
