// The browser: Debian's Chromium, or the executable in CHROMIUM.
import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from '@playwright/test';

export const use: Partial<PlaywrightTestOptions & PlaywrightWorkerOptions> = {
  browserName: 'chromium',
  launchOptions: {
    executablePath: process.env['CHROMIUM'] || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  viewport: { width: 1440, height: 900 },
  actionTimeout: 20_000,
  contextOptions: { reducedMotion: 'reduce' },
  // A trace, a video or a screenshot could contain secrets.
  trace: 'off',
  video: 'off',
  screenshot: 'off',
};
