// Takes screenshots of the portal with the example catalogue; not tests. Run `npm run screenshots`. SCREENSHOTS sets the folder.
import { defineConfig } from '@playwright/test';

import { use } from './support/chromium.ts';

export default defineConfig({
  testDir: 'screenshots',
  testMatch: 'take.ts',
  workers: 1,
  timeout: 120_000,
  reporter: [['list']],
  use,
});
