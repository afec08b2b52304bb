// The list by keyboard: one Tab stop per row, arrow keys, and letters as shortcuts.
import type { Page } from '@playwright/test';

import { box, bulkBar, heading, names, openGenerate, openWhole, row, search, signIn, table, whole } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
  await openWhole(page, largeProject.company.path);
});

test('from the opened page to the bar with one row chosen it is at most 12 keys, from the last row too', async ({ page, largeProject }) => {
  const [first, second] = largeProject.tokens.map(({ name }) => name);
  const keys = counted(page);
  for (const key of ['j', 'j', 'x']) await keys.press(key);
  await expect(box(page, second!)).toBeChecked();
  await expect(box(page, first!)).not.toBeChecked();
  await toTheBar(page, keys);
  expect(keys.count()).toBeLessThanOrEqual(12);
  await page.keyboard.press('Enter');
  await expect(bulkBar(page)).toHaveCount(0);

  // Without letter shortcuts: Tab to the table, go to the last row, and back.
  await heading(page, 'Token Name').getByRole('link').focus();
  const others = counted(page);
  for (const key of ['Tab', 'End']) await others.press(key);
  await expect(box(page, largeProject.tokens.at(-1)!.name)).toBeFocused();
  for (const key of ['Space', 'Home']) await others.press(key);
  await expect(box(page, first!)).toBeFocused();
  await toTheBar(page, others);
  expect(others.count()).toBeLessThanOrEqual(12);
  await expect(bulkBar(page).getByRole('status')).toHaveText('1 selected');
});

test('arrows lead along a row and from row to row, and no row is more than one Tab stop', async ({ page, largeProject }) => {
  const name = (at: number) => largeProject.tokens[at]!.name;
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
  await box(page, name(3)).focus();
  const more = await row(page, name(3)).locator('.more-products').count();
  const verbs = ['Re-sync Products', 'Re-generate Secret', 'Disable Token', 'Delete Token'].map((verb) => `${verb} ${name(3)}`);
  for (const label of [`Select ${name(3)}`, name(3), ...Array<string>(more).fill('+1 more products'), ...verbs]) {
    expect(await focused()).toBe(label);
    await page.keyboard.press('ArrowRight');
  }
  // At the last control the focus stays. Up and down arrows move to the same control of other rows.
  expect(await focused()).toBe(`Delete Token ${name(3)}`);
  for (const [key, at] of [['ArrowDown', 4], ['ArrowDown', 5], ['ArrowDown', 6], ['ArrowUp', 5]] as const) {
    await page.keyboard.press(key);
    expect(await focused()).toBe(`Delete Token ${name(at)}`);
  }
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toBe(`Disable Token ${name(5)}`);
  await page.keyboard.press('Tab');
  await expect(box(page, name(6))).toBeFocused();
  // Above the first row are the headings.
  for (let step = 0; step < 7; step += 1) await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('checkbox', { name: 'Select all' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(heading(page, 'Token Name').getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(box(page, name(0))).toBeFocused();
  const stops = await table(page).getByRole('row').evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll<HTMLElement>('a, button, input, summary')].filter(({ tabIndex }) => tabIndex === 0).length));
  expect(new Set(stops)).toEqual(new Set([1]));
});

test('a link leads past the table, and back up each row is one step', async ({ page }) => {
  await heading(page, 'Token Name').getByRole('link').focus();
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('Shift+Tab');
  const skip = page.getByRole('link', { name: 'Skip the table' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Keyboard shortcuts' })).toBeFocused();
});

test('the letters: search, down, up, choose, and their list', async ({ page, largeProject, newBrowser }) => {
  const name = (at: number) => largeProject.tokens[at]!.name;
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  // In a text field, letters are typed and are no shortcuts.
  await page.keyboard.type('jx/?k');
  await expect(search(page)).toHaveValue('jx/?k');
  await search(page).fill('');
  await expect(row(page, name(0))).toBeVisible();
  await search(page).blur();
  for (const [key, at] of [['j', 0], ['j', 1], ['j', 2], ['k', 1]] as const) {
    await page.keyboard.press(key);
    await expect(box(page, name(at))).toBeFocused();
  }
  await page.keyboard.press('x');
  await expect(box(page, name(1))).toBeChecked();
  await page.keyboard.press('Control+x');
  await expect(box(page, name(1))).toBeChecked();
  await page.keyboard.press('x');
  await expect(box(page, name(1))).not.toBeChecked();
  // The shortcuts also reach rows that are not in the document yet.
  const held = await names(page).count();
  for (let step = 0; step < held + 5; step += 1) await page.keyboard.press('j');
  await expect(box(page, name(held + 6))).toBeFocused();
  await expect(box(page, name(held + 6))).toBeInViewport({ ratio: 1 });

  // Shortcuts do nothing while a dialog is open.
  const dialog = await openGenerate(page);
  await dialog.getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toContainText('Next token, previous token');
  await help.getByRole('checkbox', { name: 'Single letters are shortcuts' }).uncheck();
  await help.getByRole('button', { name: 'Close' }).click();
  await expect(help).toBeHidden();
  await box(page, name(1)).focus();
  for (const key of ['x', 'j', '/', '?']) await page.keyboard.press(key);
  await expect(box(page, name(1))).toBeFocused();
  await expect(box(page, name(1))).not.toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(box(page, name(2))).toBeFocused();

  // The setting survives a reload, and is undone in the same place.
  await page.reload();
  await whole(page);
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await help.getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(page.locator('.rows :focus')).toHaveCount(1);

  // Without hydration, each control of a row is a Tab stop.
  const plain = await newBrowser({ storageState: await page.context().storageState() });
  await plain.route('**/*.wasm', () => {});
  await plain.goto(largeProject.company.path, { waitUntil: 'domcontentloaded' });
  await plain.getByRole('link', { name: name(0), exact: true }).focus();
  await plain.keyboard.press('Tab');
  await expect(row(plain, name(0)).locator(':focus')).toHaveCount(1);
});

/** Presses keys and counts them. */
function counted(page: Page): { press: (key: string) => Promise<void>; count: () => number } {
  let count = 0;
  return {
    press: async (key) => {
      count += 1;
      await page.keyboard.press(key);
    },
    count: () => count,
  };
}

/** Presses Shift+Tab until a button of the bulk bar has the focus. */
async function toTheBar(page: Page, keys: { press: (key: string) => Promise<void> }): Promise<void> {
  await expect(bulkBar(page)).toBeVisible();
  const button = bulkBar(page).getByRole('button', { name: 'Clear selection' });
  for (let step = 0; step < 12 && !(await button.evaluate((element) => element === document.activeElement)); step += 1) {
    await keys.press('Shift+Tab');
  }
  await expect(button).toBeFocused();
}
