// Bulk changes: selecting tokens, and actions that apply to all of them or to none.
import type { Locator, Page } from '@playwright/test';

import { Account } from '../support/account.ts';
import { BROKER, GATE, running, type Company } from '../support/catalogue.ts';
import { expectFocusOnSomething, tabTo } from '../support/focus.ts';
import { holdBack } from '../support/hold.ts';
import { action, box, bulkBar, cell, found, names, notice, openFilter, openTokens, openWhole, row, signIn, table } from '../support/pages.ts';
import type { Credentials, Portal } from '../support/portal.ts';
import { atRest } from '../support/scroll.ts';
import { expect, test } from '../support/test.ts';

test.describe('choosing', () => {
  test.beforeEach(async ({ page, largeProject }) => {
    await signIn(page, largeProject.company.admin);
    await openWhole(page, largeProject.company.path);
  });

  test('one, and no longer', async ({ page, largeProject }) => {
    const [first, second] = largeProject.tokens.map(({ name }) => name);
    await expect(bulkBar(page)).toHaveCount(0);
    await box(page, first!).click();
    await expect(box(page, first!)).toBeChecked();
    await expect(box(page, second!)).not.toBeChecked();
    await expect(bulkBar(page).getByRole('status')).toHaveText('1 selected');
    await box(page, second!).click();
    await expect(bulkBar(page).getByRole('status')).toHaveText('2 selected');
    await box(page, first!).click();
    await box(page, second!).click();
    await expect(bulkBar(page)).toHaveCount(0);
  });

  test('Shift and a click choose every one up to there, far away too, and give them up again', async ({ page, largeProject }) => {
    const name = (at: number) => largeProject.tokens.at(at)!.name;
    await box(page, name(2)).click();
    await box(page, name(6)).click({ modifiers: ['Shift'] });
    await expectChosen(page, largeProject.tokens.slice(2, 7).map(({ name }) => name));
    await expect(bulkBar(page).getByRole('status')).toHaveText('5 selected');
    await box(page, name(4)).click({ modifiers: ['Shift'] });
    await expectChosen(page, [2, 3].map(name));
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await box(page, name(1)).click();
    await page.keyboard.press('End');
    await box(page, name(-1)).click({ modifiers: ['Shift'] });
    await expect(bulkBar(page).getByRole('status')).toHaveText('149 selected');
    // A click with Shift must not select text.
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  });

  test('the keyboard alone: Space, Shift and Space, the bar, and away', async ({ page, largeProject }) => {
    const name = (at: number) => largeProject.tokens[at]!.name;
    await heading(page).focus();
    await tabTo(page, box(page, name(1)));
    await page.keyboard.press('Space');
    await expectChosen(page, [name(1)]);
    await tabTo(page, box(page, name(4)));
    await page.keyboard.press('Shift+Space');
    await expectChosen(page, [1, 2, 3, 4].map(name));
    await expect(box(page, name(4))).toBeFocused();
    await bulkBar(page).getByRole('button', { name: 'Clear selection' }).focus();
    await page.keyboard.press('Enter');
    await expect(bulkBar(page)).toHaveCount(0);
    await expectFocusOnSomething(page);
  });

  test('all that the view shows, some of them, none', async ({ page, largeProject }) => {
    const all = page.getByRole('checkbox', { name: 'Select all' });
    const isMixed = () => all.evaluate((element) => (element as HTMLInputElement).indeterminate);
    await all.click();
    await expect(bulkBar(page).getByRole('status')).toHaveText('150 selected');
    await expect(all).toBeChecked();
    expect(await isMixed()).toBe(false);
    await box(page, largeProject.tokens[3]!.name).click();
    await expect(bulkBar(page).getByRole('status')).toHaveText('149 selected');
    await expect.poll(isMixed).toBe(true);
    await expect(all).not.toBeChecked();
    await all.click();
    await expect(bulkBar(page).getByRole('status')).toHaveText('150 selected');
    await expect.poll(isMixed).toBe(false);
    await all.click();
    await expect(bulkBar(page)).toHaveCount(0);

    await page.getByRole('link', { name: /^Expiring soon \d+$/ }).click();
    await expect(found(page)).toHaveText('30 of 150 tokens');
    await expect(all).not.toBeChecked();
    await all.click();
    await expect(bulkBar(page).getByRole('status')).toHaveText('30 selected');
    await page.getByRole('link', { name: /^Expiring soon \d+$/ }).click();
    await expect(found(page)).toHaveText('150 tokens');
    await expect.poll(isMixed).toBe(true);
  });

  test('lasts while the view changes', async ({ page, largeProject }) => {
    const expiring = largeProject.those(({ status }) => status === 'Expiring soon');
    await page.getByRole('link', { name: /^Expiring soon \d+$/ }).click();
    await box(page, expiring[0]!.name).click();
    await page.getByRole('columnheader', { name: 'Token Name' }).getByRole('link').click();
    await page.getByRole('searchbox').fill(expiring[0]!.name);
    await expect(box(page, expiring[0]!.name)).toBeChecked();
    await expect(bulkBar(page).getByRole('status')).toHaveText('1 selected');
  });

  test('the bar stays in view, and over nothing that is chosen with the keyboard', async ({ page, largeProject }) => {
    await box(page, largeProject.tokens[0]!.name).click();
    for (const key of ['End', 'Home']) {
      await page.keyboard.press(key);
      await expect(bulkBar(page)).toBeInViewport({ ratio: 1 });
      await atRest(page);
    }
    await expect.poll(() => page.evaluate(() => window.scrollY), 'back at the top').toBe(0);
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      const isCovered = await bulkBar(page).evaluate((bar) => {
        const focused = document.activeElement;
        const [a, b] = [focused?.getBoundingClientRect(), bar.getBoundingClientRect()];
        if (!focused || !a || bar.contains(focused)) return false;
        return a.bottom > b.top + 1 && a.top < b.bottom && a.right > b.left && a.left < b.right;
      });
      expect(isCovered).toBe(false);
    }
  });
});

test.describe('changing', () => {
  let tokens: Credentials[];

  test.beforeEach(async ({ page, company, portal }) => {
    tokens = await openWith(page, portal, company, 12);
  });

  test('Disable names all of them, says whether they are used, and Undo takes it back', async ({ page, images, portal }) => {
    await portal.askToPull('fernlight-broker/any', tokens[2]!);
    await choose(page, ['token-001', 'token-002', 'token-003']);
    // The portal stores uses within seconds.
    await expect(async () => {
      await page.reload();
      await choose(page, ['token-001', 'token-002', 'token-003']);
      await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
      await expect(page.getByRole('alertdialog')).toContainText('1 of them pulled in the last 30 days: token-003.', { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    const dialog = page.getByRole('alertdialog', { name: 'Disable 3 tokens' });
    await expect(dialog.getByRole('list', { name: 'Tokens' }).getByRole('listitem')).toHaveText(['token-003', 'token-002', 'token-001']);
    await expect(dialog).toContainText('Logins and pulls with them fail until somebody enables them. Their secrets stay the same.');
    // The safe button has the focus.
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('audit of November');
    await dialog.getByRole('button', { name: 'Disable 3 tokens', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(notice(page)).toContainText('3 tokens are disabled.');
    await expect(bulkBar(page)).toHaveCount(0);
    await expectFocusOnSomething(page);
    for (const name of ['token-001', 'token-002', 'token-003']) await expect(row(page, name).getByTitle('Disabled by an admin: audit of November', { exact: true })).toHaveText('By an admin: audit of November');
    await expect(row(page, 'token-004')).not.toContainText('Disabled');
    expect(await images.login(tokens[0]!)).toBe('not let in');
    expect(await images.login(tokens[3]!)).toBe('done');

    await notice(page).getByRole('button', { name: 'Undo' }).click();
    await expect(notice(page)).toContainText('It is as it was before.');
    await expect(notice(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
    for (const name of ['token-001', 'token-002', 'token-003']) await expect(cell(page, name, 'Token Status')).toHaveText('Active');
    expect(await images.login(tokens[0]!)).toBe('done');
    await expectFocusOnSomething(page);
  });

  test('Undo leaves disabled what was disabled before', async ({ page }) => {
    await change(page, ['token-001'], 'Disable', 'Disable Token');
    await expect(cell(page, 'token-001', 'Token Status')).toContainText('Disabled');
    await change(page, ['token-001', 'token-002', 'token-003'], 'Disable', 'Disable 3 tokens');
    await expect(notice(page)).toContainText('2 tokens are disabled.');
    await expect(notice(page)).toContainText('1 token had nothing to change.');
    await notice(page).getByRole('button', { name: 'Undo' }).click();
    await expect(notice(page)).toContainText('It is as it was before.');
    await expect(cell(page, 'token-002', 'Token Status')).toHaveText('Active');
    await expect(cell(page, 'token-001', 'Token Status')).toContainText('Disabled');
  });

  test('Disable of one in its row can be undone, and Enable lets it work again', async ({ page, images }) => {
    await action(page, 'Disable Token', 'token-001').click();
    await page.getByRole('alertdialog', { name: 'Disable token-001' }).getByRole('button', { name: 'Disable Token' }).click();
    await expect(notice(page)).toContainText('token-001 is disabled.');
    await expect(action(page, 'Disable Token', 'token-001')).toHaveCount(0);
    await notice(page).getByRole('button', { name: 'Undo' }).click();
    await expect(cell(page, 'token-001', 'Token Status')).toHaveText('Active');
    await expect(action(page, 'Disable Token', 'token-001')).toBeVisible();
    await notice(page).getByRole('button', { name: 'Dismiss' }).focus();
    await page.keyboard.press('Enter');
    await expect(notice(page)).toHaveCount(0);
    await expectFocusOnSomething(page);

    await action(page, 'Disable Token', 'token-001').click();
    await page.getByRole('alertdialog', { name: 'Disable token-001' }).getByRole('button', { name: 'Disable Token' }).click();
    await expect(action(page, 'Enable Token', 'token-001')).toBeVisible();
    expect(await images.login(tokens[0]!)).toBe('not let in');
    await action(page, 'Enable Token', 'token-001').click();
    await page.getByRole('dialog', { name: 'Enable token-001' }).getByRole('button', { name: 'Enable Token' }).click();
    await expect(notice(page)).toContainText('token-001 is enabled. Its secret works again.');
    await expect(cell(page, 'token-001', 'Token Status')).toHaveText('Active');
    expect(await images.login(tokens[0]!)).toBe('done');
    await expectFocusOnSomething(page);
  });

  test('Enable says how many an admin disabled', async ({ page, images }) => {
    await change(page, ['token-001', 'token-002'], 'Disable', 'Disable 2 tokens');
    await expect(cell(page, 'token-002', 'Token Status')).toContainText('Disabled');
    await choose(page, ['token-001', 'token-002', 'token-003']);
    await bulkBar(page).getByRole('button', { name: 'Enable' }).click();
    const dialog = page.getByRole('dialog', { name: 'Enable 3 tokens' });
    await expect(dialog).toContainText('An admin disabled 2 of them.');
    await dialog.getByRole('button', { name: 'Enable 3 tokens', exact: true }).click();
    await expect(notice(page)).toContainText('2 tokens are enabled.');
    await expect(notice(page)).toContainText('1 token had nothing to change.');
    await expect(cell(page, 'token-001', 'Token Status')).toHaveText('Active');
    expect(await images.login(tokens[0]!)).toBe('done');
  });

  test('Re-sync adds to those that lack something, and their secrets go on', async ({ page, company, portal, images }) => {
    company.project.subscriptions.push(running(GATE));
    await portal.import(company.catalogue());
    const account = await Account.of(page.context(), portal.url);
    await account.generate(company.path, 'complete');
    await openTokens(page, company.path);
    await choose(page, ['complete', 'token-001', 'token-002']);
    await bulkBar(page).getByRole('button', { name: 'Re-sync' }).click();
    const dialog = page.getByRole('dialog', { name: 'Re-sync products of 3 tokens' });
    await expect(dialog).toContainText('2 of 3 have products to add.');
    await dialog.getByRole('button', { name: 'Re-sync Products' }).click();
    await expect(notice(page)).toContainText('2 tokens open the images of the added products from now on.');
    await expect(notice(page)).toContainText('1 token had nothing to change.');
    for (const name of ['token-001', 'token-002']) await expect(cell(page, name, 'Products')).toContainText(GATE.key);
    await expect(row(page, 'token-003')).toContainText('1 product to add');
    expect(await images.login(tokens[0]!)).toBe('done');
  });

  test('Re-sync of those that lack nothing cannot be done, and says so', async ({ page }) => {
    await choose(page, ['token-001', 'token-002']);
    await bulkBar(page).getByRole('button', { name: 'Re-sync' }).click();
    const dialog = page.getByRole('dialog', { name: 'Re-sync products of 2 tokens' });
    await expect(dialog).toContainText('0 of 2 have products to add.');
    await expect(dialog.getByRole('button', { name: 'Re-sync Products' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(bulkBar(page).getByRole('status')).toHaveText('2 selected');
    await expectFocusOnSomething(page);
  });

  test('"Re-sync all" re-syncs every token that lacks something', async ({ page, company, portal }) => {
    company.project.subscriptions.push(running(GATE));
    await portal.import(company.catalogue());
    await (await Account.of(page.context(), portal.url)).generate(company.path, 'complete');
    await openTokens(page, company.path);
    const sentence = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: '12 tokens have products to add' }) });
    // *Re-sync all* ignores the current filters.
    await page.getByRole('searchbox').fill('complete');
    await sentence.getByRole('button', { name: 'Re-sync all' }).click();
    const dialog = page.getByRole('dialog', { name: 'Re-sync products of 12 tokens' });
    await expect(dialog.getByRole('list', { name: 'Tokens' }).getByRole('listitem')).toHaveCount(12);
    await dialog.getByRole('button', { name: 'Re-sync Products' }).click();
    await expect(notice(page)).toContainText('12 tokens open the images of the added products from now on.');
    await expect(sentence).toHaveCount(0);
    await openFilter(page);
    await expect(page.getByRole('link', { name: 'Products to add 0' })).toBeVisible();
    await expectFocusOnSomething(page);
  });

  test('Delete is for good, and says so before', async ({ page, images }) => {
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await box(page, 'token-012').click();
    await bulkBar(page).getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete 11 tokens' });
    await expect(dialog).toContainText('None of them pulled in the last 30 days.');
    await expect(dialog).toContainText('This cannot be undone.');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await expect(bulkBar(page).getByRole('status')).toHaveText('11 selected');
    await bulkBar(page).getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete 11 tokens', exact: true }).click();
    await expect(notice(page)).toContainText('11 tokens are deleted.');
    await expect(notice(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await expect(names(page)).toHaveText(['token-012']);
    await expect(bulkBar(page)).toHaveCount(0);
    expect(await images.login(tokens[0]!)).toBe('not let in');
    expect(await images.login(tokens[11]!)).toBe('done');
    await expectFocusOnSomething(page);
  });

  test('a token that somebody else deleted meanwhile is named, and is none of them any more', async ({ page, company, portal, watch }) => {
    watch.expectStatus(404);
    await choose(page, ['token-001', 'token-002']);
    await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Disable 2 tokens' });
    const id = await box(page, 'token-001').inputValue();
    await (await Account.of(page.context(), portal.url)).post(`${company.path}/delete`, { token_id: id });
    await dialog.getByRole('button', { name: 'Disable 2 tokens', exact: true }).click();
    await expect(dialog.getByRole('alert')).toHaveText(refusedFor('token-001'));
    await page.keyboard.press('Escape');
    await expect(row(page, 'token-001')).toHaveCount(0);
    await expect(cell(page, 'token-002', 'Token Status')).toHaveText('Active');
    await expect(bulkBar(page).getByRole('status')).toHaveText('1 selected');
    await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disable Token' }).click();
    await expect(cell(page, 'token-002', 'Token Status')).toHaveText(/^Disabled/);
  });

  test('a double click changes once', async ({ page }) => {
    let calls = 0;
    page.on('request', (request) => (calls += Number(request.url().endsWith('/api/tokens/change-many'))));
    await choose(page, ['token-001', 'token-002']);
    await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disable 2 tokens', exact: true }).dblclick();
    await expect(notice(page)).toContainText('2 tokens are disabled.');
    expect(calls).toBe(1);
  });
});

for (const [who, word] of [
  ['of others, too', refusedFor('of-the-developer')],
  ['of their own', 'Only a customer admin can disable or enable a token.'],
] as const) {
  test(`an admin who is none any more changes nothing, and is told why: tokens ${who}`, async ({ page, company, portal, watch }) => {
    watch.expectStatus(who === 'of their own' ? 403 : 404);
    await openWith(page, portal, company, 2);
    if (who !== 'of their own') {
      await (await Account.signIn(portal.url, company.developer)).generate(company.path, 'of-the-developer');
      await openTokens(page, company.path);
    }
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('alertdialog', { name: /^Disable \d tokens$/ });
    company.project.members[0]!.role = 'customer';
    company.project.members[1]!.role = 'admin';
    await portal.import(company.catalogue());
    await dialog.getByRole('button', { name: /^Disable \d tokens$/ }).click();
    await expect(dialog.getByRole('alert')).toHaveText(word);
    const admin = await Account.signIn(portal.url, company.developer);
    expect(await admin.get(`${company.path}.csv?status=disabled`)).not.toContain('token-');
    // The page is updated: it no longer offers actions that this user may not do.
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: /^Disable/ })).toHaveCount(0);
    await openFilter(page);
    await expect(page.getByRole('combobox', { name: 'Product' })).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Created For' })).toHaveCount(0);
  });
}

test('a customer can re-sync and delete their own, and not disable or enable', async ({ page, company, portal }) => {
  const account = await Account.signIn(portal.url, company.developer);
  for (const name of ['desk', 'laptop']) await account.generate(company.path, name);
  await signIn(page, company.developer);
  await openTokens(page, company.path);
  await expect(page.getByRole('button', { name: /^(Disable|Enable) Token/ })).toHaveCount(0);
  await openFilter(page);
  await expect(page.getByRole('combobox')).toHaveCount(1);
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await expect(bulkBar(page).getByRole('button')).toHaveText(['Re-sync', 'Delete', 'Clear selection']);
  await bulkBar(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete 2 tokens', exact: true }).click();
  await expect(page.getByText('No tokens yet.')).toBeVisible();
});

test('in a closed project nothing can be done to many', async ({ page, company, portal }) => {
  await openWith(page, portal, company, 2);
  company.project.closed = true;
  await portal.import(company.catalogue());
  await openTokens(page, company.path);
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  for (const button of await bulkBar(page).getByRole('button', { name: /^(Re-sync|Disable|Enable|Delete)$/ }).all()) {
    await expect(button).toBeDisabled();
  }
});

test.describe('more than fit into one request', () => {
  const CALL = '**/api/tokens/change-many';

  test.beforeEach(async ({ page, company, portal }) => {
    await openWith(page, portal, company, 120);
    await page.getByRole('checkbox', { name: 'Select all' }).click();
    await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
  });

  test('the dialog shows how far it is, and Undo takes all of them back', async ({ page }) => {
    const release = await holdBack(page, CALL, 2);
    const dialog = page.getByRole('alertdialog', { name: 'Disable 120 tokens' });
    await expect(dialog.getByRole('listitem')).toHaveCount(120);
    await expect(dialog.getByRole('progressbar')).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Disable 120 tokens', exact: true }).click();
    const progress = dialog.getByRole('progressbar', { name: 'Tokens done' });
    await expect(progress).toHaveJSProperty('value', 100);
    await expect(progress).toHaveJSProperty('max', 120);
    await expect(dialog.getByRole('button', { name: 'Disable 120 tokens', exact: true })).toBeDisabled();
    release();
    await expect(notice(page)).toContainText('120 tokens are disabled.');
    await expect(page.getByRole('link', { name: 'Disabled 120' })).toBeVisible();
    await notice(page).getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('link', { name: 'Disabled 0' })).toBeVisible();
    await expect(notice(page)).toContainText('It is as it was before.');
  });

  test('a connection that breaks in between: what is done stays done and is said, and can be undone', async ({ page, watch }) => {
    watch.expect(/net::ERR_FAILED/);
    let calls = 0;
    await page.route(CALL, (route) => ((calls += 1) === 2 ? route.abort() : route.continue()));
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disable 120 tokens', exact: true }).click();
    await expect(notice(page)).toContainText('100 tokens are disabled.');
    await expect(notice(page)).toContainText('20 tokens failed');
    // The failed tokens stay selected, so that the user can try again.
    await expect(bulkBar(page).getByRole('status')).toHaveText('20 selected');
    await expect(page.getByRole('link', { name: 'Disabled 100' })).toBeVisible();
    await notice(page).getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('link', { name: 'Disabled 0' })).toBeVisible();
  });

  test('an admin who is none any more changes none of them', async ({ page, company, portal, watch }) => {
    watch.expectStatus(403);
    company.project.members[0]!.role = 'customer';
    company.project.members[1]!.role = 'admin';
    await portal.import(company.catalogue());
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Disable 120 tokens', exact: true }).click();
    await expect(dialog.getByRole('alert')).toHaveText('Only a customer admin can disable or enable a token.');
    const admin = await Account.signIn(portal.url, company.developer);
    expect(await admin.get(`${company.path}.csv?status=disabled`)).not.toContain('token-');
  });
});

test('an Undo that breaks in the middle can be pressed again for all that is left', async ({ page, company, portal, watch }) => {
  test.setTimeout(120_000);
  watch.expect(/net::ERR_FAILED/);
  await openWith(page, portal, company, 210);
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable 210 tokens', exact: true }).click();
  await expect(notice(page)).toContainText('210 tokens are disabled.');
  let calls = 0;
  await page.route('**/api/tokens/change-many', (route) => ((calls += 1) === 2 ? route.abort() : route.continue()));
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Disabled 110' })).toBeVisible();
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Disabled 0' })).toBeVisible();
  await expect(notice(page)).toContainText('It is as it was before.');
  expect(calls).toBe(4);
});

test('a token that is gone meanwhile is left out of the change and of its Undo', async ({ page, company, portal, watch }) => {
  test.setTimeout(120_000);
  watch.expectStatus(404);
  await openWith(page, portal, company, 110);
  const account = await Account.of(page.context(), portal.url);
  const remove = async (name: string) => {
    const [, id] = / data-token="([0-9a-f]+)"/.exec(await account.get(`${company.path}?q=${name}`)) ?? [];
    await account.post(`${company.path}/delete`, { token_id: id! });
  };
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
  const release = await holdBack(page, '**/api/tokens/change-many', 2);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable 110 tokens', exact: true }).click();
  await expect(page.getByRole('progressbar')).toHaveJSProperty('value', 100);
  // Newest first, so the oldest are in the second request.
  await remove('token-003');
  release();
  await expect(notice(page)).toContainText('109 tokens are disabled.');
  await expect(notice(page)).toContainText('1 token failed (token-003): It does not exist, or you may not see it.');
  await remove('token-108');
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(notice(page)).toContainText('It is as it was before, but for 1 token that is gone.');
  await expect(page.getByRole('link', { name: 'Disabled 0' })).toBeVisible();
});

test('a change of one token keeps the selection of others', async ({ page, company, portal }) => {
  await openWith(page, portal, company, 3);
  await box(page, 'token-001').click();
  await box(page, 'token-002').click();
  await action(page, 'Disable Token', 'token-003').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable Token' }).click();
  await expect(notice(page)).toContainText('token-003 is disabled.');
  await expect(bulkBar(page).getByRole('status')).toHaveText('2 selected');
});

test('Undo takes back more than the server changes at once', async ({ page, company, portal }) => {
  test.setTimeout(120_000);
  await openWith(page, portal, company, 510);
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable 510 tokens', exact: true }).click();
  await expect(notice(page)).toContainText('510 tokens are disabled.', { timeout: 30_000 });
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(notice(page)).toContainText('It is as it was before.', { timeout: 30_000 });
  await expect(page.getByRole('link', { name: 'Disabled 0' })).toBeVisible();
});

test('End overlap now ends the former secret in one click', async ({ page, company, portal, images }) => {
  const [old] = await openWith(page, portal, company, 1);
  await action(page, 'Re-generate Secret', 'token-001').click();
  const asking = page.getByRole('alertdialog');
  await asking.getByRole('combobox', { name: 'Keep the old secret working' }).selectOption('For 24 hours');
  await asking.getByRole('button', { name: 'Re-generate Secret' }).click();
  const secret = page.getByRole('dialog', { name: 'Back up the secret of token-001' });
  const renewed = { loginName: old!.loginName, secret: await secret.getByLabel('Token Secret', { exact: true }).inputValue() };
  await secret.getByRole('checkbox', { name: 'I have stored it' }).check();
  await secret.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(row(page, 'token-001')).toContainText(/Two secrets until \d{4}-\d\d-\d\d \d\d:\d\d/);
  for (const token of [old!, renewed]) expect(await images.login(token)).toBe('done');
  await page.getByRole('button', { name: 'End overlap now token-001', exact: true }).click();
  await expect(notice(page)).toContainText('The overlap is ended: the former secret no longer works.');
  await expect(row(page, 'token-001')).not.toContainText('Two secrets');
  expect(await images.login(old!)).toBe('not let in');
  expect(await images.login(renewed)).toBe('done');
  await expectFocusOnSomething(page);
});

/** The message if one token prevents the whole change. */
function refusedFor(name: string): string {
  return `Nothing was changed. Gone, or not yours to see: ${name}. Close this, and go on with the others.`;
}

/** Signs the admin in and opens a page with `count` tokens of theirs: token-001 (the oldest), token-002 and so on. */
async function openWith(page: Page, portal: Portal, company: Company, count: number): Promise<Credentials[]> {
  expect(company.project.subscriptions.map(({ product }) => product)).toEqual([BROKER.key]);
  await signIn(page, company.admin);
  const account = await Account.of(page.context(), portal.url);
  const made: Credentials[] = [];
  for (let number = 1; number <= count; number += 1) {
    made.push(await account.generate(company.path, `token-${String(number).padStart(3, '0')}`));
  }
  await openWhole(page, company.path);
  return made;
}

async function choose(page: Page, tokens: readonly string[]): Promise<void> {
  for (const name of tokens) await box(page, name).check();
  await expect(bulkBar(page).getByRole('status')).toHaveText(`${tokens.length} selected`);
}

/** Selects tokens and confirms a bulk change. */
async function change(page: Page, tokens: readonly string[], verb: string, button: string): Promise<void> {
  await choose(page, tokens);
  await bulkBar(page).getByRole('button', { name: verb }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
}

/** Checks that exactly these rows in the document are selected. */
async function expectChosen(page: Page, tokens: readonly string[]): Promise<void> {
  const chosen = table(page).getByRole('row').filter({ has: page.getByRole('checkbox', { checked: true }) });
  await expect(chosen.getByRole('rowheader')).toHaveText([...tokens]);
}

function heading(page: Page): Locator {
  return page.getByRole('columnheader', { name: 'Token Status' }).getByRole('link');
}
