import { matchesGlob } from 'node:path';

/** Files that are mutated together, and the share of their mutants that tests must notice. */
export interface Part {
  /** Patterns, relative to the root. */
  readonly files: readonly string[];
  readonly least: number;
}

/** Whether a file, by its path from the root, is one of a part's. */
export function isIn({ files }: Pick<Part, 'files'>, path: string): boolean {
  return files.some((pattern) => matchesGlob(path, pattern));
}

/**
 * Where a mutant that nobody notices would be a hole: a secret told, a tenant mixed up, two runs at once, a call that changes
 * something.
 */
export const GUARDED: Readonly<Record<string, Part>> = {
  crypto: { files: ['packages/vault/*.ts'], least: 0.95 },
  tenancy: {
    files: [
      'packages/api/principal.ts',
      'packages/api/load.ts',
      'packages/api/cursor.ts',
      'packages/store/table.ts',
    ],
    least: 0.95,
  },
  fence: {
    files: [
      'packages/sync/fence.ts',
      'packages/store/conditions.ts',
      'packages/store/integrations.ts',
      'packages/limits/leased-gate.ts',
    ],
    least: 0.95,
  },
  guard: {
    files: [
      'packages/registrars/read-only.ts',
      'packages/registrars/http-target.ts',
      'packages/registrars/http-addresses.ts',
    ],
    least: 0.95,
  },
  redaction: {
    files: ['packages/core/secret.ts', 'packages/lambda/log.ts', 'packages/registrars/http-errors.ts'],
    least: 0.95,
  },
};

/** The tests of just these parts: their mutants have to be noticed there, and not somewhere far away. */
export const GUARDED_TESTS: readonly string[] = [
  'test/{vault,store,limits,lambda}/**/*.test.ts',
  'test/api/{principal,cursor,load,sign-in,integrations}.test.ts',
  'test/registrars/{read-only,http,http-*}.test.ts',
  'test/core/{secret,errors}.test.ts',
  'test/sync/fence.test.ts',
];

/** A part whose mutants are tried on its own tests. */
export interface WholePart {
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** The share that tests must notice of this part alone; null: only together with the others. */
  readonly least: number | null;
}

/**
 * The code of the product that has tests beside it, each with these; the local run and the web app have tests of another
 * kind. Tests of syncs that play days are left out by vitest.mutation.config.ts.
 */
export const WHOLE: Readonly<Record<string, WholePart>> = {
  adapters: { ...toWholePart('registrars'), least: 0.9 },
  core: toWholePart('core'),
  vault: toWholePart('vault'),
  limits: toWholePart('limits'),
  store: toWholePart('store'),
  sync: toWholePart('sync'),
  api: toWholePart('api'),
};
export const WHOLE_LEAST = 0.8;

function toWholePart(name: string): WholePart {
  return { files: [`packages/${name}/**/*.ts`], tests: [`test/${name}/**/*.test.ts`], least: null };
}
