// From the server's page to one that answers: nothing in it is made anew, and what comes later is waited for.
import type { Page } from '@playwright/test';

import { found, generateDialog, hydrated, openGenerate, openTokens, signIn, whole } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

const DEFERRED = '**/*_deferred.wasm';

/** Holds back what is asked for until the function is called that this returns. */
async function holdBack(page: Page, files: string): Promise<() => void> {
  let go: () => void = () => {};
  const going = new Promise<void>((resolve) => (go = resolve));
  await page.route(files, async (route) => {
    await going;
    await route.continue();
  });
  return () => go();
}

test('what the server rendered stays, and what is selected of it', async ({ page, crowd }) => {
  await signIn(page, crowd.company.admin);
  const answer = await holdBack(page, '**/*.wasm');
  await page.goto(crowd.company.path, { waitUntil: 'domcontentloaded' });
  const kept = await page.evaluateHandle(() => {
    const name = document.querySelector('tbody.rows th a')!;
    getSelection()!.selectAllChildren(name);
    return [...document.querySelectorAll('#generate-token, .filters, .filters select, .chip, .tokens-table, th'), name];
  });
  answer();
  await whole(page);
  const gone = await kept.evaluate((elements) => elements.filter((element) => !element.isConnected).map((element) => element.outerHTML));
  // Rows out of the window go.
  expect(gone.filter((html) => !html.startsWith('<th class="col-name"'))).toEqual([]);
  expect(await page.evaluate(() => getSelection()!.toString())).toBe(crowd.tokens[0]!.name);
});

test('a dialog that is asked for before its code is there opens when it is', async ({ page, company }) => {
  await signIn(page, company.admin);
  const answer = await holdBack(page, DEFERRED);
  await openTokens(page, company.path);
  await page.getByRole('button', { name: 'Generate Token' }).click();
  await expect(generateDialog(page)).toHaveCount(0);
  answer();
  await expect(generateDialog(page)).toBeVisible();
  await expect(generateDialog(page).getByRole('textbox', { name: 'Token Name' })).toBeFocused();
});

test('what is typed into a dialog that the server rendered stays when its code comes', async ({ page, company }) => {
  await signIn(page, company.admin);
  const answer = await holdBack(page, DEFERRED);
  await page.goto(`${company.path}?dialog=generate`);
  await hydrated(page);
  const name = generateDialog(page).getByRole('textbox', { name: 'Token Name' });
  await name.fill('ci-main');
  answer();
  // Only a script opens it over the page.
  await expect(page.locator('dialog:modal')).toBeVisible();
  await expect(name).toHaveValue('ci-main');
});

test('where the code of the dialogs does not come, that is said, and the next click asks again', async ({ page, company, watch }) => {
  watch.expect(/Failed to load resource.*_deferred\.wasm/);
  watch.expect(/Failed to fetch/);
  await signIn(page, company.admin);
  await page.route(DEFERRED, (route) => route.abort());
  await openTokens(page, company.path);
  await page.getByRole('button', { name: 'Generate Token' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The portal cannot be reached right now.' })).toBeVisible();
  await expect(generateDialog(page)).toHaveCount(0);
  await page.unroute(DEFERRED);
  const opened = await openGenerate(page);
  await expect(opened.getByRole('textbox', { name: 'Token Name' })).toBeFocused();
});

test('a link opened elsewhere leaves this page as it is', async ({ page, crowd, context }) => {
  await signIn(page, crowd.company.admin);
  await page.goto(crowd.company.path);
  await whole(page);
  const before = await found(page).textContent();
  for (const link of [page.locator('.chip').first(), page.getByRole('columnheader', { name: 'Token Name' }).getByRole('link')]) {
    const [other] = await Promise.all([context.waitForEvent('page'), link.click({ modifiers: ['ControlOrMeta'] })]);
    await other.waitForURL(/[?]/);
    await other.close();
  }
  expect(new URL(page.url()).search).toBe('');
  await expect(found(page)).toHaveText(before!);
});
