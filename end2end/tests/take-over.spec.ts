// From the server's page to one that answers: nothing in it is made anew, and what comes later is waited for.
import { Account } from '../support/account.ts';
import { GATE, running } from '../support/catalogue.ts';
import { holdBack } from '../support/hold.ts';
import { cell, found, generateDialog, hydrated, openGenerate, openTokens, signIn, whole } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

const DEFERRED = '**/*_deferred.wasm';

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

test('what is filled into the other dialogs that the server rendered stays, too', async ({ page, company, portal }) => {
  await signIn(page, company.admin);
  await (await Account.of(page.context(), portal.url)).generate(company.path, 'ci-main');
  await openTokens(page, company.path);
  const id = await page.getByRole('checkbox', { name: 'Select ci-main', exact: true }).inputValue();
  const answer = await holdBack(page, DEFERRED);

  await page.goto(`${company.path}?dialog=regenerate-${id}`);
  await hydrated(page);
  const overlap = page.getByRole('combobox', { name: 'Keep the old secret working' });
  await overlap.selectOption('For 24 hours');
  answer();
  await expect(page.locator('dialog:modal')).toBeVisible();
  await expect(overlap.locator('option:checked')).toHaveText('For 24 hours');
  // It is what is sent.
  await page.getByRole('alertdialog').getByRole('button', { name: 'Re-generate Secret' }).click();
  await page.getByRole('checkbox', { name: 'I have stored it' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'End overlap now: ci-main' })).toBeVisible();

  const again = await holdBack(page, DEFERRED);
  await page.goto(`${company.path}?dialog=disable-${id}`);
  await hydrated(page);
  await page.getByRole('textbox', { name: 'Reason' }).fill('leaked in a build log');
  again();
  await expect(page.locator('dialog:modal')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Reason' })).toHaveValue('leaked in a build log');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable Token' }).click();
  await expect(cell(page, 'ci-main', 'Token Status')).toContainText('leaked in a build log');
});

test('a product picked before the page answers is what it shows', async ({ page, crowd }) => {
  await signIn(page, crowd.company.admin);
  const answer = await holdBack(page, '**/*.wasm');
  await page.goto(crowd.company.path, { waitUntil: 'domcontentloaded' });
  await page.getByRole('combobox', { name: 'Created For' }).selectOption('Staging cluster (20)');
  answer();
  await whole(page);
  await expect(found(page)).toHaveText('20 of 150 tokens');
  await expect(page).toHaveURL(/[?]for=/);
});

for (const width of [1440, 768, 390]) {
  test(`at ${width} px nothing moves while the page begins to answer and the list comes`, async ({ page, company, portal }) => {
    await page.setViewportSize({ width, height: 900 });
    await signIn(page, company.admin);
    const account = await Account.of(page.context(), portal.url);
    for (let number = 10; number < 40; number += 1) await account.generate(company.path, `token-${number}`);
    // A sentence with a button stands above the table.
    company.project.subscriptions.push(running(GATE));
    await portal.import(company.catalogue());
    const answer = await holdBack(page, '**/*.wasm');
    const list = await holdBack(page, '**/api/tokens/list');
    await page.goto(company.path, { waitUntil: 'domcontentloaded' });
    await expect(page.getByRole('row').nth(25)).toBeAttached();
    const place = () =>
      page.evaluate(() =>
        ['.attention', '#generate-token', '.filters', '.chips', '.found', '.columns-menu', '.tokens-table thead th', 'tbody.rows tr']
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
  });
}

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
