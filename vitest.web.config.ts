import { defineConfig } from 'vitest/config';

/**
 * The web app in a browser, and its texts in other time zones. A browser takes about a core: two files at a time at the
 * most, and no two tests of one file at once.
 */
export default defineConfig({
  test: {
    include: ['test/web/browser/**/*.test.ts', 'test/web/zones/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000, interval: 100 } },
    maxWorkers: 2,
  },
});
