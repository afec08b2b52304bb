// Hydration: no element is created again, nothing moves, and earlier user input is preserved.
import type { Page } from '@playwright/test';

import { Account } from '../support/account.ts';
import { GATE, running } from '../support/catalogue.ts';
import { holdBack } from '../support/hold.ts';
import {
  appHydrated, cell, closeSecret, found, generateDialog, hydrated, openFilter, openTokens, readSecret, row, signIn, whole,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

/** The application's WebAssembly; without it the page cannot hydrate. */
const APP = '**/*.wasm';

test('what the server rendered stays, and what is selected of it', async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
  const answer = await holdBack(page, APP);
  await page.goto(largeProject.company.path, { waitUntil: 'domcontentloaded' });
  const kept = await page.evaluateHandle(() => {
    const name = document.querySelector('tbody.rows th a')!;
    getSelection()!.selectAllChildren(name);
    const parts = ['h1', '#generate-token', '.filters', '.filters select', '.filters input', '.chip', '.attention', '.tokens-table', 'thead th'];
    // Rows outside the viewport are removed at hydration.
    const rows = [...document.querySelectorAll('tbody.rows tr')].filter((row) => row.getBoundingClientRect().top < innerHeight);
    return [...parts.map((part) => document.querySelectorAll(part)), rows, [name]].map((elements) => [...elements]);
  });
  expect(await kept.evaluate((parts) => parts.filter((elements) => elements.length === 0).length)).toBe(0);
  answer();
  await whole(page);
  const gone = await kept.evaluate((parts) => parts.flat().filter((element) => !element.isConnected).map((element) => element.outerHTML));
  expect(gone).toEqual([]);
  expect(await page.evaluate(() => getSelection()!.toString())).toBe(largeProject.tokens[0]!.name);
});

test('what was opened before stays open', async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
  const answer = await holdBack(page, APP);
  await page.goto(largeProject.company.path, { waitUntil: 'domcontentloaded' });
  await page.locator('details.details summary').click();
  await expect(page.getByRole('table', { name: 'Subscriptions' })).toBeVisible();
  answer();
  await whole(page);
  await expect(page.getByRole('table', { name: 'Subscriptions' })).toBeVisible();
});

test('a page that is opened with its key in another case keeps its dialog, and what is typed there', async ({ page, company }) => {
  await signIn(page, company.admin);
  const other = company.path.replace(/\/projects\/[^/]+/, (key) => key.toLowerCase());
  expect(other).not.toBe(company.path);
  await page.goto(`${other}?dialog=generate`);
  const name = generateDialog(page).getByRole('textbox', { name: 'Token Name' });
  await name.fill('ci-main');
  await expect(page).toHaveURL(company.path);
  await hydrated(page);
  await page.waitForLoadState('networkidle');
  await expect(name).toHaveValue('ci-main');
});

test('a click on Generate Token is answered by the server, and what is typed there stays', async ({ page, company }) => {
  await signIn(page, company.admin);
  const answer = await holdBack(page, APP);
  await page.goto(company.path, { waitUntil: 'domcontentloaded' });
  await page.getByRole('button', { name: 'Generate Token' }).click({ noWaitAfter: true });
  await expect(page).toHaveURL(`${company.path}?dialog=generate`);
  const name = generateDialog(page).getByRole('textbox', { name: 'Token Name' });
  await expect(name).toBeFocused();
  await page.keyboard.type('ci-');
  await expect(page.locator('[data-hydrated]')).toHaveCount(0);
  answer();
  await expectOverPage(page);
  // A user who is typing can continue.
  await expect(name).toBeFocused();
  await page.keyboard.type('main');
  await expect(name).toHaveValue('ci-main');
  await generateDialog(page).getByRole('button', { name: 'Generate Token' }).click();
  await closeSecret(page);
  await expect(row(page, 'ci-main')).toBeVisible();
});

test('what is filled into the Generate dialog that the server rendered stays, and is what is sent', async ({ page, company }) => {
  await signIn(page, company.admin);
  const answer = await holdBack(page, APP);
  await page.goto(`${company.path}?dialog=generate`, { waitUntil: 'domcontentloaded' });
  const dialog = generateDialog(page);
  const name = dialog.getByRole('textbox', { name: 'Token Name' });
  const serviceUser = dialog.getByRole('combobox', { name: 'Service User' });
  await dialog.getByRole('radio', { name: 'Service Token' }).check();
  await serviceUser.selectOption(company.project.service_users[1]!.email);
  await name.fill('ci-main');
  const kept = await dialog.evaluateHandle((element) => [element, ...element.querySelectorAll('input, select, button')]);
  answer();
  await expectOverPage(page);
  expect(await kept.evaluate((elements) => elements.every((element) => element.isConnected))).toBe(true);
  await expect(name).toHaveValue('ci-main');
  await expect(dialog.getByRole('radio', { name: 'Service Token' })).toBeChecked();
  await expect(serviceUser).toHaveValue(company.project.service_users[1]!.email);
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  expect((await readSecret(page)).loginName).toBe(`${company.project.key.toLowerCase()}.ci-main`);
  await closeSecret(page);
  await expect(cell(page, 'ci-main', 'Token Type')).toHaveText('Service');
  await expect(cell(page, 'ci-main', 'Created For')).toHaveText(company.project.service_users[1]!.name);
});

test('what is filled into the other dialogs that the server rendered stays, too', async ({ page, company, portal }) => {
  await signIn(page, company.admin);
  await (await Account.of(page.context(), portal.url)).generate(company.path, 'ci-main');
  await openTokens(page, company.path);
  const id = await page.getByRole('checkbox', { name: 'Select ci-main', exact: true }).inputValue();
  const answer = await holdBack(page, APP);

  await page.goto(`${company.path}?dialog=regenerate-${id}`, { waitUntil: 'domcontentloaded' });
  const overlap = page.getByRole('combobox', { name: 'Keep the old secret working' });
  await overlap.selectOption('For 24 hours');
  answer();
  await expectOverPage(page);
  await expect(overlap.locator('option:checked')).toHaveText('For 24 hours');
  // The form sends the selected value.
  await page.getByRole('alertdialog').getByRole('button', { name: 'Re-generate Secret' }).click();
  await page.getByRole('checkbox', { name: 'I have stored it' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'End overlap now ci-main' })).toBeVisible();

  const again = await holdBack(page, APP);
  await page.goto(`${company.path}?dialog=disable-${id}`, { waitUntil: 'domcontentloaded' });
  const reason = page.getByRole('textbox', { name: 'Reason' });
  await reason.fill('leaked in a build log');
  again();
  await expectOverPage(page);
  await expect(reason).toHaveValue('leaked in a build log');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable Token' }).click();
  await expect(cell(page, 'ci-main', 'Token Status')).toContainText('leaked in a build log');
});

test('a product picked before the page answers is what it shows', async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
  const answer = await holdBack(page, APP);
  await page.goto(largeProject.company.path, { waitUntil: 'domcontentloaded' });
  await openFilter(page);
  await page.getByRole('combobox', { name: 'Created For' }).selectOption('Staging cluster (20)');
  answer();
  await whole(page);
  await expect(found(page)).toHaveText('20 of 150 tokens');
  await expect(page).toHaveURL(/[?]for=/);
});

test("what is typed and chosen on a token's page stays, and is what is sent", async ({ page, company, portal }) => {
  await signIn(page, company.admin);
  const { secret } = await (await Account.of(page.context(), portal.url)).generate(company.path, 'ci-main');
  const answer = await holdBack(page, APP);
  await page.goto(`/projects/${company.project.key}/tokens/ci-main`, { waitUntil: 'domcontentloaded' });
  await page.getByRole('radio', { name: 'Helm' }).check();
  const section = page.getByRole('region', { name: 'Test this token' });
  await section.getByLabel('Secret to test').fill(secret);
  const kept = await page.evaluateHandle(() => [...document.querySelectorAll('main h1, main h2, main input, main tr, main code')]);
  answer();
  await appHydrated(page);
  expect(await kept.evaluate((elements) => elements.every((element) => element.isConnected))).toBe(true);
  await expect(page.getByRole('radio', { name: 'Helm' })).toBeChecked();
  await expect(section.getByLabel('Secret to test')).toHaveValue(secret);
  await section.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(section.getByRole('status')).toHaveText(/^The secret is right\./);
});

test('an e-mail typed before the sign-in page answers stays', async ({ page, company }) => {
  const answer = await holdBack(page, APP);
  await page.goto('/sign-in', { waitUntil: 'domcontentloaded' });
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.keyboard.type(company.admin.email);
  answer();
  await appHydrated(page);
  await expect(page.getByLabel('Email')).toHaveValue(company.admin.email);
  await expect(page.getByLabel('Email')).toBeFocused();
});

for (const width of [1440, 768, 390]) {
  test(`at ${width} px nothing moves while the page begins to answer and the list comes`, async ({ page, company, portal }) => {
    await page.setViewportSize({ width, height: 900 });
    await signIn(page, company.admin);
    const account = await Account.of(page.context(), portal.url);
    for (let number = 10; number < 40; number += 1) await account.generate(company.path, `token-${number}`);
    // A product to add shows an attention line with a button above the table.
    company.project.subscriptions.push(running(GATE));
    await portal.import(company.catalogue());
    const answer = await holdBack(page, APP);
    const list = await holdBack(page, '**/api/tokens/list');
    await page.goto(company.path, { waitUntil: 'domcontentloaded' });
    await expect(page.getByRole('row').nth(25)).toBeAttached();
    const place = () =>
      page.evaluate(() =>
        ['.attention', '#generate-token', '.filters', '.filter-menu', '.status-chips', '.csv', '.found', '.columns-menu', '.tokens-table thead th', 'tbody.rows tr']
          .map((selector) => ({ selector, box: document.querySelector(selector)!.getBoundingClientRect() }))
          .map(({ selector, box }) => `${selector}: ${Math.round(box.left)}, ${Math.round(box.top)}`));
    const before = await place();
    answer();
    await hydrated(page);
    expect(await place()).toEqual(before);
    list();
    await whole(page);
    await expect(page.getByRole('button', { name: 'Re-sync all' })).toBeVisible();
    expect(await place()).toEqual(before);
    const first = await page.evaluate(() => document.querySelector('tbody.rows tr')!.getBoundingClientRect().top);
    expect(first, 'the first row').toBeLessThanOrEqual({ 1440: 260, 390: 430 }[width] ?? 400);
  });
}

test('a link opened elsewhere leaves this page as it is', async ({ page, largeProject, context }) => {
  await signIn(page, largeProject.company.admin);
  await page.goto(largeProject.company.path);
  await whole(page);
  const before = await found(page).textContent();
  for (const [link, address] of [
    [page.locator('.status-chips .chip').first(), /[?]/],
    [page.getByRole('columnheader', { name: 'Token Name' }).getByRole('link'), /[?]/],
    [row(page, largeProject.tokens[0]!.name).getByRole('link').first(), /\/tokens\//],
    [page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'My Projects' }), /\/$/],
  ] as const) {
    const [other] = await Promise.all([context.waitForEvent('page'), link.click({ modifiers: ['ControlOrMeta'] })]);
    await other.waitForURL(address);
    await other.close();
  }
  await expect(page).toHaveURL(largeProject.company.path);
  await expect(found(page)).toHaveText(before!);
});

/** Checks that the dialog is modal, which needs JavaScript. */
async function expectOverPage(page: Page): Promise<void> {
  await expect(page.locator('dialog:modal')).toBeVisible();
}
