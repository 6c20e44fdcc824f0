import { defineConfig } from 'vitest/config';

/** What takes minutes because a registrar's limit, or a minute of the product's own, has to pass. */
export default defineConfig({
  test: { include: ['test/long/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 120_000 },
});
