// Not tests: pictures of the portal with the example catalogue. `npm run screenshots`; SCREENSHOTS names the folder.
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
