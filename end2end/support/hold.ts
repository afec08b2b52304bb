// A slow network.
import type { Page } from '@playwright/test';

/** The requests of a page to the server. */
export const CALLS = '**/api/**';

/** Holds back matching requests, starting with number `from`, until the returned function is called. */
export async function holdBack(page: Page, files: string, from = 1): Promise<() => void> {
  let go: () => void = () => {};
  const going = new Promise<void>((resolve) => (go = resolve));
  let asked = 0;
  await page.route(files, async (route) => {
    asked += 1;
    if (asked >= from) await going;
    await route.continue();
  });
  return () => go();
}
