import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    pool: 'threads',
    maxWorkers: 2,
    setupFiles: ['tests/support/property-seed.ts'],
    // Against hanging only: no test fails for being slow.
    testTimeout: 120_000,
  },
});
