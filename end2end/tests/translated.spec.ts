// A page that the browser has translated still works and stays up to date.
import { Account } from '../support/account.ts';
import { day } from '../support/catalogue.ts';
import {
  ask, box, bulkBar, cell, closeSecret, found, generateDialog, names, notice, openGenerate, openTokens, openWhole, readSecret, row,
  secretDialog, signIn,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { translate } from '../support/translation.ts';

test('search, filters, dialogs, a new token and notices, in a translated page', async ({ page, company, portal, watch }) => {
  watch.expectStatus(422);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, company.admin);
  const account = await Account.of(page.context(), portal.url);
  for (const name of ['alpha', 'beta', 'gamma']) await account.generate(company.path, name);
  await openWhole(page, company.path);
  await translate(page);
  await expect(found(page).locator('font').first()).toHaveText('3 tokens');

  await page.getByRole('searchbox').fill('a');
  await page.getByRole('searchbox').fill('alp');
  await expect(found(page)).toHaveText('1 of 3 tokens');
  await expect(names(page)).toHaveText(['alpha']);
  await page.getByRole('searchbox').fill('no such name');
  await expect(page.getByText('No token matches.')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await expect(found(page)).toHaveText('3 tokens');
  await expect(page.getByText('No token matches.')).toHaveCount(0);

  // Generate: refused, then successful. Login name and token name are not translated.
  const dialog = await openGenerate(page);
  const name = dialog.getByRole('textbox', { name: 'Token Name' });
  for (const [typed, message] of [['alpha', 'alpha is already used in this project. Choose another name.'], ['beta', 'beta is already used in this project. Choose another name.']] as const) {
    await name.fill(typed);
    await expect(dialog.getByText(`${company.project.key.toLowerCase()}.${typed}`, { exact: true })).toBeVisible();
    await dialog.getByRole('button', { name: 'Generate Token' }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: /./ })).toHaveText(message);
  }
  await name.fill('delta');
  await expect(dialog.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  const secret = secretDialog(page);
  const token = await readSecret(page);
  await secret.getByRole('button', { name: 'Show secret' }).click();
  await expect(secret.getByRole('button', { name: 'Hide secret' })).toBeVisible();
  await secret.getByRole('button', { name: 'Hide secret' }).click();
  await expect(secret.getByRole('button', { name: 'Show secret' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(secret.getByRole('alert')).toHaveText(/^Copy or store the secret first/);
  await secret.getByRole('radio', { name: 'File', exact: true }).check();
  await secret.getByRole('button', { name: 'Copy config.json file' }).click();
  await expect(secret.getByText('The config.json file is in the clipboard.')).toBeVisible();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())).auths).toBeDefined();
  await secret.getByRole('button', { name: 'Copy secret' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token.secret);
  await expect(secret.getByRole('button', { name: 'Copied secret' })).toBeVisible();
  await closeSecret(page);
  await expect(notice(page)).toContainText('delta is generated.');
  await expect(generateDialog(page)).toHaveCount(0);
  await expect(names(page)).toHaveText(['delta', 'gamma', 'beta', 'alpha']);

  // Several notices in a row, and rows that change.
  const disabling = await ask(page, 'Disable Token', 'delta');
  await expect(disabling).toContainText('delta was never used. It was made today.');
  await disabling.getByRole('textbox', { name: 'Reason' }).fill('x'.repeat(201));
  await disabling.getByRole('button', { name: 'Disable Token' }).click();
  await expect(disabling.getByRole('alert').filter({ hasText: /./ })).toHaveText('Use at most 200 characters.');
  await disabling.getByRole('textbox', { name: 'Reason' }).fill('audit');
  await disabling.getByRole('button', { name: 'Disable Token' }).click();
  await expect(notice(page)).toContainText('delta is disabled.');
  await expect(notice(page)).not.toContainText('is generated');
  await expect(cell(page, 'delta', 'Token Status')).toContainText('By an admin: audit');
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(notice(page)).toContainText('It is as it was before.');
  await expect(cell(page, 'delta', 'Token Status')).toHaveText('Active');
  for (const [at, chosen] of ['alpha', 'beta'].entries()) {
    await box(page, chosen).check();
    await expect(bulkBar(page).getByRole('status')).toHaveText(`${at + 1} selected`);
  }
  await bulkBar(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete 2 tokens', exact: true }).click();
  await expect(notice(page)).toContainText('2 tokens are deleted.');
  await expect(names(page)).toHaveText(['delta', 'gamma']);
  await expect(found(page)).toHaveText('2 tokens');
});

test('names, login names, commands and dates are not translated', async ({ page, company, portal }) => {
  await signIn(page, company.admin);
  const account = await Account.of(page.context(), portal.url);
  await account.generate(company.path, 'ci-main');
  await openTokens(page, company.path);
  await translate(page);
  const untouched = async (texts: readonly string[]) => {
    const translated = (await page.locator('font font').allTextContents()).map((text) => text.trim());
    for (const text of texts) expect(translated, text).not.toContain(text);
  };
  const { key } = company.project;
  await untouched(['ci-main', company.admin.name, company.project.name, key, 'fernlight-broker', 'Fernlight Broker', 'Fernlight']);
  await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
  await expect(page.getByRole('heading', { name: 'ci-main' })).toBeVisible();
  await translate(page);
  await untouched([
    'ci-main', company.admin.name, company.admin.email, company.project.name, `${key.toLowerCase()}.ci-main`, 'fernlight-broker/*',
    'Fernlight Broker', 'fernlight-broker', day(400), ...(await page.getByRole('code').allTextContents()),
  ]);
});
