// Going through a page with the keyboard alone.
import { expect, type Locator, type Page } from '@playwright/test';

/** Presses Tab until the control has the focus; on the way the focus is never lost. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(control, `${key} leads there`).toBeFocused();
}

/** Waits until the focus is on an element that can be seen. */
export async function expectFocusOnSomething(page: Page): Promise<void> {
  const place = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return 'nowhere';
      return element.checkVisibility() ? 'visible' : 'hidden';
    });
  await expect.poll(place, 'where the focus is').toBe('visible');
}
