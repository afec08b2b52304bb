// The list on a phone: collapsible cards, a dropdown for the sort order, notices within reach of the thumb.
import type { Page } from '@playwright/test';

import { Account } from '../support/account.ts';
import { running, BROKER, GATE } from '../support/catalogue.ts';
import { action, ask, box, cell, names, notice, openTokens, openWhole, perform, row, signIn } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test.use({ viewport: { width: 390, height: 844 } });

test('cards are folded and of one height, one opens at a time over the others, and without a script too', async ({ page, company, portal, account, newBrowser }) => {
  const twin = { email: `second@${company.admin.email.split('@')[1]}`, name: company.admin.name };
  for (const name of ['first', 'second', 'third']) await account.generate(company.path, name);
  const [pipeline] = company.project.service_users;
  await account.generate(company.path, 'of-the-pipeline', pipeline!.email);
  await signIn(page, company.admin);
  await openWhole(page, company.path);
  await expect(cell(page, 'first', 'Created For')).toHaveText(company.admin.name);
  // Users with the same name are distinguished.
  const catalogue = company.catalogue();
  company.project.members.push({ email: twin.email, role: 'customer' });
  await portal.import({ ...catalogue, users: [...catalogue.users!, twin] });
  await portal.setPassword({ ...twin, password: 'a passphrase of the twin' });
  await (await Account.signIn(portal.url, { ...twin, password: 'a passphrase of the twin' })).generate(company.path, 'of-the-twin');

  const plain = await newBrowser({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, storageState: await page.context().storageState() });
  await plain.goto(company.path);
  await openWhole(page, company.path);
  for (const some of [page, plain]) {
    await expect(cell(some, 'first', 'Created For')).toContainText(`${company.admin.name} (${company.admin.email})`);
    await expect(cell(some, 'of-the-twin', 'Created For')).toContainText(`${twin.name} (${twin.email})`);
    await expect(cell(some, 'of-the-pipeline', 'Created For')).toHaveText(pipeline!.name);
    const heights = await rowHeights(some);
    expect(new Set(heights).size).toBe(1);
    expect(heights[0]).toBeLessThan(110);
    await expectFolded(some, 'second');
    const apart = async () => (await row(some, 'first').boundingBox())!.y - (await row(some, 'second').boundingBox())!.y;
    const before = await apart();
    await more(some, 'second').click();
    await expectOpen(some, 'second');
    expect(await apart()).toBe(before);
    // No part of the open card is covered by the next one.
    for (const verb of ['Re-sync Products', 'Delete Token'] as const) {
      await action(some, verb, 'second').scrollIntoViewIfNeeded();
      const covering = await action(some, verb, 'second').evaluate((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
      expect(covering, verb).toBe(true);
    }
    await more(some, 'third').click();
    await expectOpen(some, 'third');
    await expectFolded(some, 'second');
    await more(some, 'third').click();
    await expectFolded(some, 'third');
  }
  // The last card can be opened too, and all of it is reachable.
  await more(page, 'first').click();
  await action(page, 'Delete Token', 'first').click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  // By keyboard: an open card collapses when the focus moves to another card, so that it never covers it.
  await more(page, 'third').focus();
  await page.keyboard.press('Enter');
  await expectOpen(page, 'third');
  await page.keyboard.press('Tab');
  await expect(box(page, 'second')).toBeFocused();
  await expectFolded(page, 'third');
});

test('one dropdown sorts, and the headings do where no script answers', async ({ page, company, account, newBrowser }) => {
  for (const name of ['node-10', 'edge', 'node-2']) await account.generate(company.path, name);
  await signIn(page, company.admin);
  await openWhole(page, company.path);
  const order = page.getByRole('combobox', { name: 'Sort by' });
  await expect(order.locator('option:checked')).toHaveText('Created On, descending');
  await order.selectOption('Token Name, ascending');
  await expect(names(page)).toHaveText(['edge', 'node-2', 'node-10']);
  await expect(page).toHaveURL(`${company.path}?sort=name`);
  await order.selectOption('Token Name, descending');
  await expect(names(page)).toHaveText(['node-10', 'node-2', 'edge']);
  await page.goBack();
  await expect(order.locator('option:checked')).toHaveText('Token Name, ascending');
  await expect(page.getByRole('columnheader', { name: 'Token Name' })).toBeHidden();

  const plain = await newBrowser({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, storageState: await page.context().storageState() });
  await plain.goto(company.path);
  await expect(plain.getByRole('combobox', { name: 'Sort by' })).toBeHidden();
  await plain.getByRole('columnheader', { name: 'Token Name' }).getByRole('link').click();
  await expect(names(plain)).toHaveText(['edge', 'node-2', 'node-10']);
});

test('what went well is said at the end of the window and goes after 10 s, unless somebody is at it; errors stay', async ({ page, company, account, watch }) => {
  watch.expect(/net::ERR_FAILED/);
  for (const name of ['ci-main', 'ci-other']) await account.generate(company.path, name);
  await page.clock.install();
  await signIn(page, company.admin);
  await openWhole(page, company.path);
  await more(page, 'ci-main').click();
  await perform(page, 'Disable Token', 'ci-main');
  const line = page.getByRole('status').filter({ hasText: 'ci-main is disabled.' });
  await expect(line).toBeVisible();
  const window = page.viewportSize()!;
  const place = (await line.boundingBox())!;
  expect(place.y + place.height).toBe(window.height);
  const [text, undo] = [await line.locator('p').boundingBox(), await line.getByRole('button', { name: 'Undo' }).boundingBox()];
  expect(text!.y + text!.height).toBeLessThanOrEqual(undo!.y);
  await line.getByRole('button', { name: 'Undo' }).focus();
  await page.clock.fastForward(31_000);
  await expect(line).toBeVisible();
  await line.getByRole('button', { name: 'Undo' }).blur();
  await line.hover();
  await page.clock.fastForward(10_000);
  await expect(line).toBeVisible();
  await page.mouse.move(10, 10);
  await page.clock.fastForward(10_000);
  await expect(notice(page)).toHaveCount(0);

  await page.route('**/api/tokens/list', (route) => route.abort());
  await more(page, 'ci-other').click();
  await ask(page, 'Delete Token', 'ci-other');
  const error = page.getByRole('alert').filter({ hasText: 'The portal did not answer' });
  await expect(error).toBeVisible();
  await page.clock.fastForward(61_000);
  await expect(error).toBeVisible();
});

test("a token's page begins with what a login needs", async ({ page, company, account, portal }) => {
  const token = await account.generate(company.path, 'ci-main');
  company.project.subscriptions = [running(BROKER), running(GATE)];
  await portal.import(company.catalogue());
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
  await expect(page.getByLabel('Login name', { exact: true })).toHaveValue(token.loginName);
  for (const label of ['Registry', 'Login name']) await expect(page.getByLabel(label, { exact: true })).toBeInViewport({ ratio: 1 });
  const below = async (label: string) => (await page.getByLabel(label, { exact: true }).boundingBox())!.y;
  expect(await below('Login name')).toBeLessThan((await page.getByRole('button', { name: 'Re-sync Products' }).boundingBox())!.y);
});

function more(page: Page, name: string) {
  return row(page, name).locator('.more summary');
}

async function expectFolded(page: Page, name: string): Promise<void> {
  await expect(row(page, name).getByRole('link', { name })).toBeVisible();
  for (const column of ['Created For', 'Last Used', 'Token Status'] as const) await expect(cell(page, name, column), column).toBeVisible();
  for (const column of ['Token Type', 'Created By', 'Products', 'Created On'] as const) await expect(cell(page, name, column), column).toBeHidden();
  await expect(row(page, name).getByRole('button')).toHaveCount(0);
}

async function expectOpen(page: Page, name: string): Promise<void> {
  for (const column of ['Token Type', 'Created By', 'Products', 'Created On'] as const) await expect(cell(page, name, column), column).toBeVisible();
  await expect(row(page, name).getByRole('button')).toHaveCount(4);
}

function rowHeights(page: Page): Promise<number[]> {
  return page.evaluate(() => [...document.querySelectorAll('.rows > tr')].map((row) => row.getBoundingClientRect().height));
}
