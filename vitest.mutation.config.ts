import { defineConfig } from 'vitest/config';

/**
 * The tests that mutants are tried on, many hundred times over: those beside the code, without the few that take seconds
 * (a table server, days of virtual time).
 */
export default defineConfig({
  test: {
    include: ['test/{core,vault,store,limits,registrars,sync,api,lambda}/**/*.test.ts'],
    exclude: [
      'test/store/dynalite.test.ts',
      'test/sync/{rounds,trouble,twice-and-again,former-credentials,gathered-turns,sync}.test.ts',
    ],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
