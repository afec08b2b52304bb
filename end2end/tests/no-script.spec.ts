// The no-JavaScript fallback: everything works with plain forms.
import type { Locator, Page } from '@playwright/test';

import { Account } from '../support/account.ts';
import { GATE, running } from '../support/catalogue.ts';
import { action, found, generateButton, generateDialog, heading, names, openFilter, row, type RowAction, signIn, table } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test.use({ javaScriptEnabled: false });

test.beforeEach(async ({ page, company }) => {
  await signIn(page, company.admin);
  await page.getByRole('link', { name: company.project.name }).click();
  await expect(page.getByRole('heading', { name: 'Registry Tokens' })).toBeVisible();
});

test('a token is generated, and its secret is shown in that answer only', async ({ page, images, watch }) => {
  watch.expectStatus(422);
  await generateButton(page).click();
  await generateDialog(page).getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
  await generateDialog(page).getByRole('button', { name: 'Generate Token' }).click();
  const token = await readSecretPage(page, 'ci-main');
  expect(await images.login(token)).toBe('done');

  // A reload sends the form again. The server refuses it, and the secret does not change.
  const reloaded = await page.reload();
  expect(reloaded?.status()).toBe(422);
  await expect(generateDialog(page).getByText('ci-main is already used in this project. Choose another name.')).toBeVisible();
  await expect(generateDialog(page).getByRole('textbox', { name: 'Token Name' })).toHaveValue('ci-main');
  await expect(page.getByLabel('Token Secret')).toHaveCount(0);
  expect(await page.content()).not.toContain(token.secret);
  expect(await images.login(token)).toBe('done');
});

test('the page of a form that was refused goes on working', async ({ page, company, watch }) => {
  watch.expectStatus(422);
  await generate(page, 'ci-main');
  for (const goOn of [
    async () => page.getByRole('button', { name: 'Cancel' }).click(),
    // Like pressing Enter in the address bar.
    async () => page.goto(page.url()),
  ]) {
    await page.goto(`${company.path}?dialog=generate`);
    await generateDialog(page).getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
    await generateDialog(page).getByRole('button', { name: 'Generate Token' }).click();
    await expect(generateDialog(page).getByText('ci-main is already used in this project.')).toBeVisible();
    await goOn();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(names(page)).toHaveText(['ci-main']);
  }
});

test('the way back from the secret leads to the tokens, and Back does not show it again', async ({ page }) => {
  const { secret } = await generate(page, 'ci-main');
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  await expect(names(page)).toHaveText(['ci-main']);
  expect(await page.content()).not.toContain(secret);
  // The browser has not cached the response. It would have to send the form again, and asks first.
  await expect(page.goBack()).rejects.toThrow('ERR_CACHE_MISS');
  await page.waitForURL('chrome-error://**');
  expect(await page.content()).not.toContain(secret);
});

test('a Service Token with its service user; a mistake keeps what was chosen', async ({ page, company, watch }) => {
  watch.expectStatus(422);
  await generateButton(page).click();
  const dialog = generateDialog(page);
  await dialog.getByRole('radio', { name: 'Service Token' }).check();
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill('bad_name');
  await dialog.getByRole('combobox', { name: 'Service User' }).selectOption(company.project.service_users[1]?.email ?? '');
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  await expect(dialog.getByText('Use letters a to z, digits and dashes only.')).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Token Name' })).toHaveValue('bad_name');
  await expect(dialog.getByRole('radio', { name: 'Service Token' })).toBeChecked();
  await expect(dialog.getByRole('combobox', { name: 'Service User' })).toHaveValue(company.project.service_users[1]?.email ?? '');
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill('good-name');
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  await readSecretPage(page, 'good-name');
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  await expect(row(page, 'good-name')).toContainText('Staging cluster');
});

test('search and filters are links and a form, and stand in the address', async ({ page, company }) => {
  for (const name of ['ci-main', 'ci-nightly', 'desk']) {
    await generate(page, name);
    await page.goto(company.path);
  }
  await expect(names(page)).toHaveText(['desk', 'ci-nightly', 'ci-main']);
  await page.getByRole('searchbox', { name: 'Search tokens' }).fill('ci-');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/\?q=ci-(&\w+=)*$/);
  await expect(names(page)).toHaveText(['ci-nightly', 'ci-main']);
  await expect(found(page)).toHaveText('2 of 3 tokens');
  await page.getByRole('link', { name: /^Active/ }).click();
  await expect(page).toHaveURL(/\?q=ci-&status=active$/);
  await expect(names(page)).toHaveText(['ci-nightly', 'ci-main']);
  // Several statuses can be active, and a search keeps them.
  await page.getByRole('link', { name: 'Expired 0', exact: true }).click();
  await expect(page).toHaveURL(/\?q=ci-&status=active&status=expired$/);
  await page.getByRole('searchbox', { name: 'Search tokens' }).fill('ci-m');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(names(page)).toHaveText(['ci-main']);
  await expect.poll(() => new URL(page.url()).searchParams.getAll('status')).toEqual(['active', 'expired']);
  await page.getByRole('link', { name: 'Active 1', exact: true }).click();
  await expect(page.getByText('No token matches.')).toBeVisible();
  await page.getByRole('link', { name: 'Clear filters' }).first().click();
  await expect(names(page)).toHaveText(['desk', 'ci-nightly', 'ci-main']);
});

test('a search keeps the filter that is on and the order', async ({ page, company }) => {
  await generate(page, 'ci-main');
  await page.goto(`${company.path}?type=service&sort=name`);
  await expect(page.getByText('No token matches.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search tokens' }).fill('ci-');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/[?&]q=ci-/);
  await expect(page).toHaveURL(/[?&]type=service/);
  await expect(page).toHaveURL(/[?&]sort=name/);
  await expect(page.getByText('No token matches.')).toBeVisible();
});

test('every column is a link that sorts by it, and once more turns the order round', async ({ page, company, portal }) => {
  const admin = await Account.of(page.context(), portal.url);
  await admin.generate(company.path, 'beta');
  await admin.generate(company.path, 'alpha', company.project.service_users[0]?.email);
  await admin.generate(company.path, 'gamma');
  await page.goto(`${company.path}?status=active`);
  await expect(heading(page, 'Created On')).toHaveAttribute('aria-sort', 'descending');
  // Equal tokens stay newest first in both directions.
  const newestFirst = ['gamma', 'alpha', 'beta'];
  for (const [column, first, then] of [
    ['Token Name', ['alpha', 'beta', 'gamma'], ['gamma', 'beta', 'alpha']],
    ['Token Type', ['gamma', 'beta', 'alpha'], ['alpha', 'gamma', 'beta']],
    ['Created For', ['alpha', 'gamma', 'beta'], ['gamma', 'beta', 'alpha']],
    ['Created On', newestFirst, newestFirst.toReversed()],
    ...['Created By', 'Subscription End Date', 'Products', 'Last Used', 'Token Status'].map((column) => [column, newestFirst, newestFirst] as const),
  ] as const) {
    for (const expected of [first, then]) {
      await heading(page, column).getByRole('link').click();
      await expect(table(page).locator('[aria-sort$=ending]')).toHaveText([column]);
      await expect(names(page), column).toHaveText([...expected]);
      await expect(page).toHaveURL(/[?&]status=active/);
    }
  }
});

test('what answers only to a script is not offered', async ({ page, company }) => {
  await generate(page, 'ci-main');
  await page.goto(company.path);
  const dialog = await ask(page, 'Disable Token');
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(page.getByText('ci-main is disabled.')).toBeVisible();
  for (const control of [
    page.getByRole('checkbox'),
    page.getByText('Columns', { exact: true }),
    page.getByRole('button', { name: 'Dismiss' }),
    page.getByRole('button', { name: 'Undo' }),
  ]) {
    await expect(control.filter({ visible: true })).toHaveCount(0);
  }
});

test('a change leads back to the same view of the list', async ({ page, company, watch }) => {
  watch.expectStatus(422);
  await generate(page, 'ci-main');
  const isAsBefore = async () => {
    await expect(page.getByRole('searchbox', { name: 'Search tokens' })).toHaveValue('ci');
    await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'ascending');
  };
  await page.goto(`${company.path}?q=ci&sort=name`);
  await generateButton(page).click();
  await generateDialog(page).getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
  await generateDialog(page).getByRole('button', { name: 'Generate Token' }).click();
  await expect(generateDialog(page).getByText('ci-main is already used in this project.')).toBeVisible();
  await isAsBefore();
  await generateDialog(page).getByRole('button', { name: 'Cancel' }).click();
  await isAsBefore();
  await (await ask(page, 'Disable Token')).getByRole('button', { name: 'Disable Token' }).click();
  await expect(page.getByText('ci-main is disabled.')).toBeVisible();
  await isAsBefore();
});

test('a long list comes in pages, sorts by links and narrows by a form', async ({ page, largeProject }) => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, largeProject.company.admin);
  await page.goto(largeProject.company.path);
  const seen = [...(await names(page).allTextContents())];
  for (let number = 2; number <= 6; number += 1) {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
    await expect(page.getByText(`Page ${number} of 6`)).toBeVisible();
    seen.push(...(await names(page).allTextContents()));
  }
  expect(seen).toEqual(largeProject.tokens.map(({ name }) => name));
  await expect(page.getByRole('link', { name: 'Next' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(page.getByText('Page 5 of 6')).toBeVisible();

  // A page number beyond the last page, or an invalid one.
  for (const [asked, given] of [['99', 6], ['0', 1], ['-1', 1], ['second', 1]] as const) {
    await page.goto(`${largeProject.company.path}?page=${asked}`);
    await expect(page.getByText(`Page ${given} of 6`)).toBeVisible();
  }

  // A new order or a new filter starts at the first page.
  await page.goto(`${largeProject.company.path}?page=2`);
  await heading(page, 'Token Name').getByRole('link').click();
  await expect(page.getByText('Page 1 of 6')).toBeVisible();
  await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'ascending');
  await openFilter(page);
  await page.getByRole('combobox', { name: 'Created For' }).selectOption('Staging cluster (20)');
  await page.getByRole('searchbox', { name: 'Search tokens' }).fill('edge');
  await page.getByRole('button', { name: 'Search' }).click();
  const expected = largeProject.those(({ name, createdFor }) => createdFor === 'Staging cluster' && /edge/i.test(name)).map(({ name }) => name);
  await expect(names(page)).toHaveText(expected.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  await expect(found(page)).toHaveText(`${expected.length} of 150 tokens`);
  await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'ascending');
  await openFilter(page);
  await expect(page.getByRole('combobox', { name: 'Created For' }).locator('option:checked')).toHaveText(`Staging cluster (${expected.length})`);
  // The popup has its own button, and one click removes each filter.
  await page.getByRole('combobox', { name: 'Created For' }).selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(found(page)).toHaveText(`${largeProject.those(({ name }) => /edge/i.test(name)).length} of 150 tokens`);
  await openFilter(page);
  await page.getByRole('link', { name: /^Service \d+$/ }).click();
  await page.getByRole('link', { name: 'Remove filter: Service' }).click();
  await expect(found(page)).toHaveText(`${largeProject.those(({ name }) => /edge/i.test(name)).length} of 150 tokens`);
});

test('Disable with a reason, and Enable', async ({ page, images, watch }) => {
  watch.expectStatus(422);
  const token = await generate(page, 'ci-main');
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  const dialog = await ask(page, 'Disable Token');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('x'.repeat(201));
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(dialog.getByText('Use at most 200 characters.')).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue('x'.repeat(201));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('audit');
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(page.getByText('ci-main is disabled. Enable it to let its secret work again.')).toBeVisible();
  await expect(row(page, 'ci-main').getByTitle('Disabled by an admin: audit', { exact: true })).toHaveText('By an admin: audit');
  expect(await images.login(token)).toBe('not let in');
  await (await ask(page, 'Enable Token')).getByRole('button', { name: 'Enable Token' }).click();
  await expect(page.getByText('ci-main is enabled. Its secret works again.')).toBeVisible();
  expect(await images.login(token)).toBe('done');
});

test('two secrets live for a while, until End overlap now', async ({ page, images }) => {
  const old = await generate(page, 'ci-main');
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  const dialog = await ask(page, 'Re-generate Secret');
  await dialog.getByRole('combobox', { name: 'Keep the old secret working' }).selectOption('For 24 hours');
  await dialog.getByRole('button', { name: 'Re-generate Secret' }).click();
  const renewed = await readSecretPage(page, 'ci-main');
  for (const token of [old, renewed]) expect(await images.login(token)).toBe('done');
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  await page.getByRole('button', { name: 'End overlap now ci-main' }).click();
  await expect(page.getByText('The overlap is ended: the former secret no longer works.')).toBeVisible();
  expect(await images.login(old)).toBe('not let in');
  expect(await images.login(renewed)).toBe('done');
});

test('Re-sync Products adds what was subscribed to since', async ({ page, company, portal }) => {
  await generate(page, 'ci-main');
  company.project.subscriptions.push(running(GATE));
  await portal.import(company.catalogue());
  await page.goto(company.path);
  await expect(row(page, 'ci-main')).toContainText('1 product to add');
  const dialog = await ask(page, 'Re-sync Products');
  await expect(dialog).toContainText('fernlight-gate');
  await dialog.getByRole('button', { name: 'Re-sync Products' }).click();
  await expect(page.getByText('ci-main opens the images of the added products from now on. Its secret is the same.')).toBeVisible();
  await expect(row(page, 'ci-main')).not.toContainText('to add');
});

test('Re-generate Secret ends the old secret; a reload makes no third one', async ({ page, images, watch }) => {
  watch.expectStatus(409);
  const old = await generate(page, 'ci-main');
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  const dialog = await ask(page, 'Re-generate Secret');
  await dialog.getByRole('button', { name: 'Re-generate Secret' }).click();
  const renewed = await readSecretPage(page, 'ci-main');
  expect(await images.login(old)).toBe('not let in');
  const reloaded = await page.reload();
  expect(reloaded?.status()).toBe(409);
  await expect(page.getByLabel('Token Secret')).toHaveCount(0);
  expect(await images.login(renewed)).toBe('done');
});

test('why a change was refused is said', async ({ page, company, portal, watch }) => {
  watch.expectStatus(409);
  await generate(page, 'ci-main');
  for (const verb of ['Re-sync Products', 'Re-generate Secret', 'Disable Token', 'Delete Token'] as const) {
    company.project.subscriptions.push(...(verb === 'Re-sync Products' ? [running(GATE)] : []));
    company.project.closed = false;
    await portal.import(company.catalogue());
    await page.goto(company.path);
    const dialog = await ask(page, verb);
    company.project.closed = true;
    await portal.import(company.catalogue());
    await dialog.getByRole('button', { name: verb }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'This project is closed.' }), verb).toBeVisible();
  }
});

test('Delete Token asks, and Cancel leaves the token', async ({ page, images, watch }) => {
  watch.expectStatus(404);
  const token = await generate(page, 'ci-main');
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  let dialog = await ask(page, 'Delete Token');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(names(page)).toHaveText(['ci-main']);
  dialog = await ask(page, 'Delete Token');
  const address = page.url();
  await dialog.getByRole('button', { name: 'Delete Token' }).click();
  await expect(page.getByText('The token is deleted. Logins and pulls fail from now on.')).toBeVisible();
  await expect(names(page)).toHaveCount(0);
  expect(await images.login(token)).toBe('not let in');
  // The dialog's URL shows no dialog for a deleted token.
  await page.goto(address);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  expect((await page.goto('/projects/NOSUCH/registry-tokens'))?.status()).toBe(404);
});

test('Sign out', async ({ page, company }) => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto(company.path);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

/** Reads login name and secret from the page that shows them. */
async function readSecretPage(page: Page, name: string) {
  await expect(page.getByRole('heading', { name: `Back up the secret of ${name}` })).toBeVisible();
  const loginName = await page.getByLabel('Login name').inputValue();
  const secret = await page.getByLabel('Token Secret').inputValue();
  expect(secret).toMatch(/^wrt_/);
  return { loginName, secret };
}

async function generate(page: Page, name: string) {
  await generateButton(page).click();
  await generateDialog(page).getByRole('textbox', { name: 'Token Name' }).fill(name);
  await generateDialog(page).getByRole('button', { name: 'Generate Token' }).click();
  return readSecretPage(page, name);
}

async function ask(page: Page, verb: RowAction): Promise<Locator> {
  await action(page, verb, 'ci-main').click();
  const dialog = page.locator('dialog');
  await expect(dialog).toBeVisible();
  return dialog;
}
