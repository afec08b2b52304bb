import { defineConfig } from '@playwright/test';

import { use } from './support/chromium.ts';
import type { WorkerOptions } from './support/test.ts';

export default defineConfig<object, WorkerOptions>({
  testDir: 'tests',
  // Each has a portal, a registry and a browser of its own; while one waits for an answer, the other works.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Generous: a machine that also compiles is slow, and a test that waits says what for.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use,
  projects: [
    { name: 'sqlite', use: { databaseKind: 'sqlite' } },
    // What the database has a part in; how pages look and answer to keys is the same over both.
    {
      name: 'postgres',
      testMatch: /(story|generate|bulk|live|no-script|pages)\.spec\.ts/,
      use: { databaseKind: 'postgres' },
    },
  ],
});
