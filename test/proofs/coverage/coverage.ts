import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { atLeast, type Group, told } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { GUARDED, isIn, type Part, WHOLE } from '../mutation/parts.ts';
import { ROOT, runInRoot } from '../support/run-in-root.ts';

/** Of the branches where a mutant that nobody notices would be a hole, each is run; of all others nearly each. */
const PARTS: Readonly<Record<string, Part>> = {
  ...Object.fromEntries(Object.entries(GUARDED).map(([name, part]) => [name, { ...part, least: 1 }])),
  // The functions around it run in processes of their own, where nobody counts.
  overall: { files: Object.values(WHOLE).flatMap(({ files }) => files), least: 0.95 },
};

const ONE_TEST = ['test/core/ids.test.ts'];

const Summary = z.record(
  z.string(),
  z.object({ branches: z.object({ total: z.number(), covered: z.number() }) }),
);

/** What of the code `npm test` runs at all. That it would notice a change of it is what mutants show. */
export const coverage: Group = {
  name: 'coverage',
  about: 'share of the branches that `npm test` takes, by part; the control runs one test file alone',
  async measure(tell) {
    const all = await readBranches();
    const few = await readBranches(ONE_TEST);
    for (const [name, part] of Object.entries(PARTS)) {
      const { least } = part;
      const own = all.filter(({ path }) => isIn(part, path));
      for (const { path, covered, total } of least === 1 ? own : [])
        if (covered < total) say(`${path}: ${covered} of ${total}`);
      const control = toShare(few.filter(({ path }) => isIn(part, path)));
      tell(atLeast(`coverage.${name}`, toShare(own), least, { value: control, caught: control < least }));
      tell(told(`coverage.${name}.branches`, countBranches(own)));
    }
  },
};

interface Branches {
  readonly path: string;
  readonly total: number;
  readonly covered: number;
}

const countBranches = (files: readonly Branches[]) => files.reduce((sum, { total }) => sum + total, 0);

function toShare(files: readonly Branches[]): number {
  return files.reduce((sum, { covered }) => sum + covered, 0) / Math.max(1, countBranches(files));
}

/** Branches of each file of ours, and how many of them tests took. */
async function readBranches(tests: readonly string[] = []): Promise<readonly Branches[]> {
  const { total: _, ...files } = await readSummary(tests);
  return Object.entries(files).map(([path, { branches }]) => ({ path: relative(ROOT, path), ...branches }));
}

async function readSummary(tests: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
  try {
    await runInRoot('node_modules/.bin/vitest', [
      'run',
      ...tests,
      // Code that counts is slower, and nothing here is about time.
      '--testTimeout=120000',
      '--coverage.enabled',
      '--coverage.provider=v8',
      '--coverage.reporter=json-summary',
      `--coverage.reportsDirectory=${folder}`,
      ...Object.values(PARTS)
        .flatMap(({ files }) => files)
        .map((pattern) => `--coverage.include=${pattern}`),
    ]);
    return Summary.parse(JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
