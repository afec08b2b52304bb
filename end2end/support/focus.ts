// Going through a page with the keyboard alone.
import { expect, type Locator, type Page } from '@playwright/test';

/** The key that leads on to a control; null where it has the focus. In its row that is an arrow, elsewhere Tab. */
export function keyTo(control: Locator): Promise<'Tab' | 'Shift+Tab' | 'ArrowLeft' | 'ArrowRight' | null> {
  return control.evaluate((element) => {
    const active = document.activeElement;
    if (element === active) return null;
    const isBefore = active !== null && (active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
    const row = element.closest('.tokens-table tr');
    if (row?.contains(active)) return isBefore ? 'ArrowLeft' : 'ArrowRight';
    return isBefore ? 'Shift+Tab' : 'Tab';
  });
}

/** Presses Tab until the control has the focus, or its row, and then arrows; on the way the focus is never lost. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const next = await keyTo(control);
    if (next === null) return;
    await page.keyboard.press(next.startsWith('Arrow') ? next : key);
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
