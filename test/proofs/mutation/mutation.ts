import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob, relative } from 'node:path';
import { atLeast, exactly, type Group, told } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { ROOT, runInRoot } from '../support/run-in-root.ts';
import type { Part } from './parts.ts';

/** Survivors that are told in words. */
const MOST_TOLD = 40;

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const SEEN = ['Killed', 'Timeout'];
const UNSEEN = ['Survived', 'NoCoverage'];

/**
 * Changes the code in one small way after another, and runs the tests that reach it: the share of changes that a test
 * notices. What runs once when a file is loaded is left out: each such mutant would take the whole suite.
 */
export function toMutation(
  name: string,
  parts: Readonly<Record<string, Part>>,
  tests: readonly string[] = [],
): Group {
  return {
    name,
    about: 'share of small changes of our code that the tests beside it notice, by part',
    async measure(tell) {
      await install();
      const files = [...new Set(Object.values(parts).flatMap((part) => part.files))];
      const report = await mutate(files, tests);
      const all = Object.entries(report.files).flatMap(([path, { mutants }]) =>
        mutants.map((mutant) => ({ ...mutant, path })),
      );
      const unseen = all.filter(({ status }) => UNSEEN.includes(status));
      for (const { path, location, mutatorName, replacement = '' } of unseen.slice(0, MOST_TOLD))
        say(
          `${path}:${location.start.line}:${location.start.column} ${mutatorName}: ${replacement.slice(0, 80)}`,
        );
      for (const [part, { files: patterns, least }] of Object.entries(parts)) {
        const own = all.filter(({ path }) => patterns.some((pattern) => matchesGlob(path, pattern)));
        const seen = own.filter(({ status }) => SEEN.includes(status)).length;
        const missed = own.filter(({ status }) => UNSEEN.includes(status)).length;
        tell(atLeast(`${name}.${part}`, seen / Math.max(1, seen + missed), least));
        tell(told(`${name}.${part}.mutants`, seen + missed));
      }
      const holes = unseen.filter(({ path }) => /read-only|encryption-context/.test(path)).length;
      tell(exactly(`${name}.unseen-in-guard-and-context`, holes, 0));
    },
  };
}

/** The tool has a lockfile of its own: nobody else needs it. */
async function install(): Promise<void> {
  if (existsSync(join(import.meta.dirname, 'node_modules'))) return;
  await runInRoot('npm', ['ci', '--prefix', import.meta.dirname]);
}

async function mutate(files: readonly string[], tests: readonly string[]): Promise<Report> {
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
    const env = tests.length > 0 ? { MUTATION_TESTS: tests.join(';') } : {};
    await runInRoot(stryker, ['run', relative(ROOT, config)], env);
    return JSON.parse(readFileSync(fileName, 'utf8')) as Report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(ROOT, '.stryker-tmp'), { recursive: true, force: true });
  }
}
