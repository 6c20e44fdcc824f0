import { defineConfig } from 'vitest/config';

/** The tests that mutants are tried on: those of the parts themselves, which take milliseconds. */
export default defineConfig({
  test: {
    include: ['test/{core,vault,store,limits,registrars,sync,api}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
