// Slow responses and impatient users: an action in progress is not lost, not done twice, and can be stopped.
import type { Page } from '@playwright/test';

import { Account } from '../support/account.ts';
import { holdBack } from '../support/hold.ts';
import {
  action, ask, bulkBar, cell, closeSecret, generate, hydrated, notice, openGenerate, openTokens, openWhole, row, secretDialog, signIn,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(async ({ page, company }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
});

test('a token that is being generated cannot be left before its secret is shown', async ({ page }) => {
  const answer = await holdBack(page, '**/api/tokens/generate');
  const dialog = await openGenerate(page);
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  await expectToStay(page);
  answer();
  await expect(secretDialog(page)).toBeVisible();
  await closeSecret(page);
  await expect(row(page, 'ci-main')).toBeVisible();
});

test('nor can a secret that is being re-generated', async ({ page }) => {
  await generate(page, 'ci-main');
  const answer = await holdBack(page, '**/api/tokens/regenerate');
  const dialog = await ask(page, 'Re-generate Secret', 'ci-main');
  await dialog.getByRole('button', { name: 'Re-generate Secret' }).click();
  await expectToStay(page);
  answer();
  await expect(secretDialog(page)).toBeVisible();
  await closeSecret(page);
});

test('an answer that never comes is said to be unknown, and what was typed stays', async ({ page, watch }) => {
  watch.expect(/net::ERR_FAILED/);
  await page.route('**/api/tokens/generate', (route) => route.abort());
  const dialog = await openGenerate(page);
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'The portal did not answer. See in the list whether it was done' })).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Token Name' })).toHaveValue('ci-main');
  // The dialog can be closed again.
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('an answer of another version is said to be one, and what was typed stays', async ({ page, watch }) => {
  watch.expectStatus(404);
  watch.expectStatus(410);
  watch.expectStatus(502);
  const dialog = await openGenerate(page);
  const name = dialog.getByRole('textbox', { name: 'Token Name' });
  await name.fill('ci-main');
  const reload = dialog.getByRole('link', { name: 'Reload' });
  const unknown = 'The portal was updated. It may have been done: reload the page and look before you try again.';
  const html = { contentType: 'text/html', body: '<!DOCTYPE html><h1>Not found</h1>' };
  for (const [answer, said] of [
    [{ status: 404, ...html }, unknown],
    [{ status: 200, ...html }, unknown],
    [{ status: 200, contentType: 'application/x-postcard', body: Buffer.from([7, 255, 255, 3]) }, unknown],
    [{ status: 502, ...html }, 'The portal did not answer. See in the list whether it was done before you try again.'],
    // The server rejects pages of another build.
    ['another build', 'The portal was updated. Nothing was changed. Reload the page to go on.'],
  ] as const) {
    await page.route('**/api/tokens/generate', (route) =>
      answer === 'another build'
        ? route.continue({ headers: { ...route.request().headers(), 'registry-tokens-build': '/pkg/registry-tokens.old.wasm' } })
        : route.fulfill(answer));
    await dialog.getByRole('button', { name: 'Generate Token' }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: said })).toBeVisible();
    await expect(name).toHaveValue('ci-main');
    await expect(reload).toHaveCount(said.startsWith('The portal was updated') ? 1 : 0);
    await page.unrouteAll({ behavior: 'wait' });
  }
  await reload.click();
  await hydrated(page);
  await expect(page.getByText('No tokens yet.')).toBeVisible();
});

test('an impatient double click ends an overlap once', async ({ page }) => {
  await generate(page, 'ci-main');
  const dialog = await ask(page, 'Re-generate Secret', 'ci-main');
  await dialog.getByRole('combobox', { name: 'Keep the old secret working' }).selectOption('For 1 hour');
  await dialog.getByRole('button', { name: 'Re-generate Secret' }).click();
  await closeSecret(page);
  let calls = 0;
  page.on('request', (request) => (calls += Number(request.url().endsWith('/api/tokens/end-overlap'))));
  // The last click is after the response, while the list still shows the overlap.
  const list = await holdBack(page, '**/api/tokens/list');
  const end = page.getByRole('button', { name: 'End overlap now ci-main' });
  await end.dblclick();
  await expect(notice(page)).toContainText('The overlap is ended');
  await end.click();
  list();
  await expect(row(page, 'ci-main')).not.toContainText('Two secrets');
  expect(calls).toBe(1);
});

test('what is said takes no room from the rows', async ({ page }) => {
  for (const name of ['ci-main', 'ci-other']) await generate(page, name);
  await notice(page).getByRole('button', { name: 'Dismiss' }).click();
  const top = async () => (await row(page, 'ci-main').boundingBox())?.y;
  const before = await top();
  const dialog = await ask(page, 'Disable Token', 'ci-other');
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(notice(page)).toContainText('ci-other is disabled.');
  await expect(notice(page)).toBeInViewport();
  expect(await top()).toBe(before);
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(cell(page, 'ci-other', 'Token Status')).toHaveText('Active');
  expect(await top()).toBe(before);
});

test('long work can be stopped: what is done stays done, the rest as it was, and both are said', async ({ page, company, portal }) => {
  test.setTimeout(120_000);
  const account = await Account.of(page.context(), portal.url);
  for (let number = 100; number < 310; number += 1) await account.generate(company.path, `token-${number}`);
  await openWhole(page, company.path);
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Disable 210 tokens' });
  // Holds back the call for the second hundred tokens.
  const answer = await holdBack(page, '**/api/tokens/change-many', 2);
  await dialog.getByRole('button', { name: 'Disable 210 tokens', exact: true }).click();
  await expect(dialog.getByText('100 of 210')).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeDisabled();
  answer();
  await expect(notice(page)).toContainText('200 tokens are disabled.');
  await expect(notice(page)).toContainText('Stopped: 10 tokens are as before.');
  await expect(page.getByRole('link', { name: 'Disabled 200' })).toBeVisible();
  // The rest stays selected, so that the user can go on.
  await expect(bulkBar(page).getByRole('status')).toHaveText('10 selected');
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Disabled 0' })).toBeVisible();
});

for (const [who, act] of [
  ['its own button', async (page: Page) => {
    const dialog = await ask(page, 'Delete Token', 'token-030');
    await dialog.getByRole('button', { name: 'Delete Token' }).click();
  }],
  ['the bar', async (page: Page) => {
    await page.getByRole('checkbox', { name: 'Select token-030', exact: true }).check();
    // Clicks with the mouse, because `click` would scroll the page to bring the floating bar to the middle.
    const button = await bulkBar(page).getByRole('button', { name: 'Delete' }).boundingBox();
    await page.mouse.click((button?.x ?? NaN) + 5, (button?.y ?? NaN) + 5);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete Token' }).click();
  }],
] as const) {
  test(`in the middle of a long list, Delete by ${who} leaves the place and brings the focus to the next row`, async ({ page, company, portal }) => {
    const account = await Account.of(page.context(), portal.url);
    for (let number = 0; number < 60; number += 1) await account.generate(company.path, `token-${String(number).padStart(3, '0')}`);
    await openWhole(page, company.path);
    await page.evaluate(() => scrollTo(0, 1400));
    await expect(row(page, 'token-030')).toBeInViewport();
    const above = async () => (await row(page, 'token-031').boundingBox())?.y;
    const before = await above();
    await act(page);
    await expect(notice(page)).toContainText('token-030 is deleted.');
    await expect(row(page, 'token-030')).toHaveCount(0);
    await expect(action(page, 'Delete Token', 'token-029')).toBeFocused();
    expect(await above()).toBeCloseTo(before ?? NaN, 0);
  });
}

/** Checks that neither Escape nor Cancel closes the open dialog. */
async function expectToStay(page: Page): Promise<void> {
  const dialog = page.locator('dialog:modal');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  // A browser lets a page prevent closing at the first Escape, but maybe not at the second.
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await expect(dialog.locator('[aria-busy=true]')).toBeVisible();
}
