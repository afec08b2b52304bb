// Moves the focus through a page with the keyboard only.
import { expect, type Locator, type Page } from '@playwright/test';

/** The key that moves the focus towards a control: an arrow within its table row, otherwise Tab. Null if it has the focus. */
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

/** Presses Tab until the control or its table row has the focus; within the row, presses arrows. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const next = await keyTo(control);
    if (next === null) return;
    await page.keyboard.press(next.startsWith('Arrow') ? next : key);
  }
  await expect(control, `${key} leads there`).toBeFocused();
}

/** Waits until a visible element has the focus. */
export async function expectFocusOnSomething(page: Page): Promise<void> {
  const place = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return 'nowhere';
      return element.checkVisibility() ? 'visible' : 'hidden';
    });
  await expect.poll(place, 'where the focus is').toBe('visible');
}
