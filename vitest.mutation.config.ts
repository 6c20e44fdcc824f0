import { defineConfig } from 'vitest/config';

/** Patterns of the tests that mutants are tried on: those beside the code, but for the few that take seconds. */
const { MUTATION_TESTS = '' } = process.env;

export default defineConfig({
  test: {
    // Modules are loaded once for all files: each mutant is tried on many of them.
    isolate: false,
    include: MUTATION_TESTS.split(';'),
    exclude: [
      // A table server, and days of virtual time.
      'test/store/dynalite.test.ts',
      'test/sync/{rounds,trouble,twice-and-again,former-credentials,gathered-turns,sync}.test.ts',
    ],
    // Sound code takes four seconds at most; what hangs is a mutant, and is waited for each time.
    testTimeout: 8_000,
    hookTimeout: 8_000,
  },
});
