import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { atLeast, exactly, type Group, told } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { ROOT, runInRoot } from '../support/run-in-root.ts';
import { GUARDED, GUARDED_TESTS, isIn, WHOLE, WHOLE_LEAST } from './parts.ts';

/** Survivors that are told in words. */
const MOST_TOLD = 40;

interface Mutant {
  readonly path: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Omit<Mutant, 'path'>[] }>>;
}

const SEEN = ['Killed', 'Timeout'];
const UNSEEN = ['Survived', 'NoCoverage'];

/**
 * Changes the code in one small way after another, and runs the tests that reach it: the share of changes that a test
 * notices. What runs once when a file is loaded is left out: each such mutant would take the whole suite.
 */
export const guarded: Group = {
  name: 'mutation',
  about: 'share of small changes of our code that the tests beside it notice, by part',
  async measure(tell) {
    const patterns = [...new Set(Object.values(GUARDED).flatMap(({ files }) => files))];
    const all = await mutate(patterns, GUARDED_TESTS);
    sayUnseen(all);
    for (const [name, part] of Object.entries(GUARDED)) {
      const own = all.filter(({ path }) => isIn(part, path));
      tell(atLeast(`mutation.${name}`, toShare(own), part.least));
      tell(told(`mutation.${name}.mutants`, countTried(own)));
    }
    const holes = all.filter(isUnseen).filter(({ path }) => /read-only|encryption-context/.test(path)).length;
    tell(exactly('mutation.unseen-in-guard-and-context', holes, 0));
  },
};

/** The same of all the code that has tests beside it, part by part: each is told when it is done. */
export const whole: Group = {
  name: 'mutation-all',
  about: 'the same of all the code that has tests beside it',
  async measure(tell) {
    const all: Mutant[] = [];
    for (const [part, { files, tests, least }] of Object.entries(WHOLE)) {
      const own = await mutate(files, tests);
      sayUnseen(own);
      const figure = `mutation-all.${part}`;
      tell(least === null ? told(figure, toShare(own)) : atLeast(figure, toShare(own), least));
      tell(told(`${figure}.mutants`, countTried(own)));
      all.push(...own);
    }
    tell(atLeast('mutation-all.overall', toShare(all), WHOLE_LEAST));
    tell(told('mutation-all.overall.mutants', countTried(all)));
  },
};

const isUnseen = ({ status }: Mutant) => UNSEEN.includes(status);
const isSeen = ({ status }: Mutant) => SEEN.includes(status);
const countTried = (mutants: readonly Mutant[]) =>
  mutants.filter((mutant) => isSeen(mutant) || isUnseen(mutant)).length;
const toShare = (mutants: readonly Mutant[]) =>
  mutants.filter(isSeen).length / Math.max(1, countTried(mutants));

function sayUnseen(mutants: readonly Mutant[]): void {
  for (const { path, location, mutatorName, replacement = '' } of mutants
    .filter(isUnseen)
    .slice(0, MOST_TOLD))
    say(
      `${path}:${location.start.line}:${location.start.column} ${mutatorName}: ${replacement.slice(0, 80)}`,
    );
}

/** The tool has a lockfile of its own: nobody else needs it. */
async function install(): Promise<void> {
  if (existsSync(join(import.meta.dirname, 'node_modules'))) return;
  await runInRoot('npm', ['ci', '--prefix', import.meta.dirname]);
}

async function mutate(files: readonly string[], tests: readonly string[]): Promise<readonly Mutant[]> {
  await install();
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
  try {
    const fileName = join(folder, 'report.json');
    const config = join(folder, 'stryker.json');
    writeFileSync(
      config,
      JSON.stringify({
        mutate: files,
        testRunner: 'vitest',
        plugins: ['@stryker-mutator/vitest-runner'],
        vitest: { configFile: 'vitest.mutation.config.ts', related: false },
        coverageAnalysis: 'perTest',
        ignoreStatic: true,
        reporters: ['json', 'progress-append-only'],
        jsonReporter: { fileName },
        concurrency: 2,
        tempDirName: '.stryker-tmp',
        // Types are stripped, not compiled: there is no project to rewrite.
        tsconfigFile: 'none',
        disableTypeChecks: false,
        ignorePatterns: ['cdk.out', 'dist', 'docs', 'packages/web', 'test/web'],
      }),
    );
    const stryker = join(import.meta.dirname, 'node_modules/.bin/stryker');
    await runInRoot(stryker, ['run', relative(ROOT, config)], { MUTATION_TESTS: tests.join(';') });
    const report = JSON.parse(readFileSync(fileName, 'utf8')) as Report;
    return Object.entries(report.files).flatMap(([path, { mutants }]) =>
      mutants.map((mutant) => ({ ...mutant, path })),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(ROOT, '.stryker-tmp'), { recursive: true, force: true });
  }
}
