import { defineConfig } from '@playwright/test';

import { use } from './support/chromium.ts';
import type { WorkerOptions } from './support/test.ts';

export default defineConfig<object, WorkerOptions>({
  testDir: 'tests',
  // Each worker has its own portal, registry and browser. While one waits for a response, the other can run.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Long timeouts, for a machine that compiles at the same time. A test that times out reports what it waited for.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use,
  projects: [
    { name: 'sqlite', use: { databaseKind: 'sqlite' } },
    // Only the tests that depend on the database. Layout and keyboard handling are the same on both databases.
    {
      name: 'postgres',
      testMatch: /(story|generate|bulk|live|no-script|pages)\.spec\.ts/,
      use: { databaseKind: 'postgres' },
    },
  ],
});
