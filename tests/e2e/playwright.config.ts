import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** One window at a time; the report goes where PLAYWRIGHT_JSON_OUTPUT_NAME says, as `npm test` reads it. */
export default defineConfig({
  testDir: here,
  testMatch: '**/*.spec.ts',
  outputDir: join(here, '..', '..', 'test-results', 'e2e'),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
});
