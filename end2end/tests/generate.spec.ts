// Generate Token, and which actions the list offers to which user.
import { BROKER, Company, ended, GATE, running } from '../support/catalogue.ts';
import { expectFocusOnSomething, tabTo } from '../support/focus.ts';
import {
  action, ask, box, bulkBar, closeSecret, generate, generateButton, generateDialog, names, notice, openGenerate, openTokens, perform, readSecret,
  regenerate, row, secretDialog, signIn, submitGenerate, table, untilRefreshed,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test.describe('as an admin', () => {
  test.beforeEach(async ({ page, company }) => {
    await signIn(page, company.admin);
    await openTokens(page, company.path);
  });

  test('the button works once the form is valid, and not before', async ({ page }) => {
    const dialog = await openGenerate(page);
    const name = dialog.getByRole('textbox', { name: 'Token Name' });
    const submit = dialog.getByRole('button', { name: 'Generate Token' });
    await expect(submit).toBeDisabled();
    for (const bad of ['ab', 'ci_main', 'ci main', '-ci', 'ci-', 'çi-main']) {
      await name.fill(bad);
      await expect(submit, bad).toBeDisabled();
    }
    for (const good of ['abc', 'CI-main-2', 'x'.repeat(64)]) {
      await name.fill(good);
      await expect(submit, good).toBeEnabled();
    }
    await dialog.getByRole('radio', { name: 'Service Token' }).check();
    await expect(submit).toBeDisabled();
    await dialog.getByRole('combobox', { name: 'Service User' }).selectOption({ index: 1 });
    await expect(submit).toBeEnabled();
    await dialog.getByRole('radio', { name: 'User Token' }).check();
    await expect(submit).toBeEnabled();
  });

  test('a bad name is explained at the field, and what was typed stays', async ({ page }) => {
    const dialog = await openGenerate(page);
    const name = dialog.getByRole('textbox', { name: 'Token Name' });
    for (const [typed, message] of [
      ['ci_main', 'Use letters a to z, digits and dashes only.'],
      ['-ci-main', 'Start and end with a letter or a digit.'],
      ['ci', 'Use 3 to 64 characters.'],
    ] as const) {
      await name.fill(typed);
      await name.press('Tab');
      await expect(dialog.getByRole('alert').filter({ hasText: message })).toBeVisible();
      await expect(name).toHaveAttribute('aria-invalid', 'true');
      await expect(name).toHaveAccessibleDescription(new RegExp(message));
      await expect(name).toHaveValue(typed);
      await name.focus();
    }
    await name.fill('ci-main');
    await expect(dialog.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
    await expect(name).not.toHaveAttribute('aria-invalid');
  });

  test('a duplicate name is refused at the field without regard to case, and what was typed stays', async ({ page, watch }) => {
    watch.expectStatus(422);
    await generate(page, 'ci-main');
    const dialog = await openGenerate(page);
    const name = dialog.getByRole('textbox', { name: 'Token Name' });
    await name.fill('CI-Main');
    await dialog.getByRole('button', { name: 'Generate Token' }).click();
    const message = 'CI-Main is already used in this project. Choose another name.';
    await expect(dialog.getByRole('alert').filter({ hasText: message })).toBeVisible();
    await expect(name).toHaveValue('CI-Main');
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await expect(name).toHaveAccessibleDescription(new RegExp(message));
    await name.fill('ci-other');
    await expect(dialog.getByText(message)).toBeHidden();
    await dialog.getByRole('button', { name: 'Generate Token' }).click();
    await expect(secretDialog(page)).toBeVisible();
    await closeSecret(page);
    await expect(names(page)).toHaveText(['ci-other', 'ci-main']);
  });

  test('only active service users are offered', async ({ page, company }) => {
    const dialog = await openGenerate(page);
    await expect(dialog.getByRole('combobox', { name: 'Service User' })).toBeHidden();
    await dialog.getByRole('radio', { name: 'Service Token' }).check();
    const offered = dialog.getByRole('combobox', { name: 'Service User' }).getByRole('option');
    const active = company.project.service_users.filter((user) => user.active !== false);
    await expect(offered).toHaveCount(active.length + 1);
    for (const { email } of active) await expect(offered.filter({ hasText: email })).toHaveCount(1);
  });

  test('the dialog says the login name and the products before the token exists', async ({ page, company }) => {
    const dialog = await openGenerate(page);
    await dialog.getByRole('textbox', { name: 'Token Name' }).fill('CI-Main');
    await expect(dialog.getByText(`${company.project.key.toLowerCase()}.ci-main`)).toBeVisible();
    await expect(dialog.getByText('Opens the images of Fernlight Broker.')).toBeVisible();
  });

  test('a double click generates one token', async ({ page }) => {
    const dialog = await openGenerate(page);
    await dialog.getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
    await dialog.getByRole('button', { name: 'Generate Token' }).dblclick();
    await expect(secretDialog(page)).toHaveCount(1);
    await closeSecret(page);
    await expect(names(page)).toHaveText(['ci-main']);
  });

  test('Cancel and Escape leave everything as it was', async ({ page }) => {
    await generate(page, 'ci-main');
    for (const leave of [() => page.getByRole('button', { name: 'Cancel' }).click(), () => page.keyboard.press('Escape')]) {
      for (const verb of ['Re-sync Products', 'Re-generate Secret', 'Disable Token', 'Delete Token'] as const) {
        const dialog = await ask(page, verb, 'ci-main');
        await leave();
        await expect(dialog).toBeHidden();
        await expect(action(page, verb, 'ci-main')).toBeFocused();
      }
      await openGenerate(page);
      await leave();
      await expect(generateDialog(page)).toBeHidden();
      await expect(generateButton(page)).toBeFocused();
    }
    await expect(names(page)).toHaveText(['ci-main']);
    // The notice is still the one about the generated token.
    await expect(notice(page)).toContainText('ci-main is generated.');
  });

  test('the buttons of every dialog stay in a small window', async ({ page, company }) => {
    const owner = `Build pipeline (${company.project.service_users[0]?.email})`;
    await generate(page, 'ci-main', owner);
    for (const [width, height] of [[390, 844], [320, 568], [360, 225]] as const) {
      await page.setViewportSize({ width, height });
      for (const verb of ['Generate Token', 'Re-sync Products', 'Re-generate Secret', 'Disable Token', 'Delete Token'] as const) {
        // Opened by keyboard, because in such a low viewport the row is hard to click.
        const opener = verb === 'Generate Token' ? generateButton(page) : action(page, verb, 'ci-main');
        // On a phone the button is in a collapsed card.
        if (!(await opener.isVisible())) await row(page, 'ci-main').locator('.more summary').press('Enter');
        await opener.press('Enter');
        const dialog = page.getByRole(/Generate Token|Re-sync/.test(verb) ? 'dialog' : 'alertdialog');
        for (const button of ['Cancel', verb]) {
          await expect(dialog.getByRole('button', { name: button, exact: true }), `${verb} at ${height}`).toBeInViewport({ ratio: 1 });
        }
        if (verb !== 'Generate Token') await expect(dialog).toContainText(`Service token for ${owner}`);
        await page.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
      }
    }
  });

  test('a new token that the filters hide is said, and Show it leads to its row', async ({ page }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await generate(page, 'ci-first');
    for (const [name, copies] of [['ci-main', false], ['ci-other', true]] as const) {
      await page.getByRole('searchbox').fill('nothing has this name');
      await expect(names(page)).toHaveCount(0);
      await submitGenerate(page, name);
      if (copies) await secretDialog(page).getByRole('button', { name: 'Copy secret' }).click();
      await closeSecret(page);
      await expect(notice(page)).toContainText(`${name} is generated. Log in with it wherever you pull. The filters hide it.`);
      await notice(page).getByRole('button', { name: 'Show it' }).click();
      await expect(row(page, name).getByRole('link', { name })).toBeFocused();
      await expect(page).toHaveURL(/registry-tokens$/);
      // The rest of the notice (*Clear clipboard*) stays available.
      await expect(notice(page)).toHaveCount(copies ? 1 : 0);
    }
    await notice(page).getByRole('button', { name: 'Clear clipboard' }).click();
    await expect(notice(page)).toContainText('The clipboard is empty.');
    // A token that the filters do not hide needs no *Show it* button.
    await generate(page, 'ci-shown');
    await expect(notice(page)).toContainText('ci-shown is generated.');
    await expect(notice(page).getByRole('button', { name: 'Show it' })).toHaveCount(0);
  });

  test('Delete of what pulled lately wants its name, and offers Disable', async ({ page, account, company, portal, watch }) => {
    watch.expectStatus(422);
    const used = await account.generate(company.path, 'used');
    await account.generate(company.path, 'new');
    await portal.askToPull('fernlight-broker/any', used);
    const dialog = page.getByRole('alertdialog');
    const field = dialog.getByRole('textbox', { name: 'Type used to delete it' });
    // The portal stores uses within seconds.
    await expect(async () => {
      await openTokens(page, company.path);
      await ask(page, 'Delete Token', 'used');
      await expect(field).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expect(dialog).toContainText(`User token for ${company.admin.name} (${company.admin.email})`);
    for (const [typed, message] of [['', 'Type used, the name of the token, to delete it.'], ['new', 'This is not used, the name of the token. Nothing was deleted.']] as const) {
      await field.fill(typed);
      await dialog.getByRole('button', { name: 'Delete Token' }).click();
      await expect(field).toHaveAccessibleDescription(message);
      await expect(dialog.getByRole('alert').filter({ hasText: message })).toBeVisible();
      await expect(field).toBeFocused();
      await expect(field).toHaveValue(typed);
    }
    await dialog.getByRole('button', { name: 'Disable it first: can be undone' }).click();
    const disabling = page.getByRole('alertdialog', { name: 'Disable used' });
    await expect(disabling.getByRole('button', { name: 'Cancel' })).toBeFocused();
    // The limit is in characters. A browser counts each of these as two (UTF-16 code units).
    const reason = disabling.getByRole('textbox', { name: 'Reason' });
    await reason.fill('🙂'.repeat(201));
    await disabling.getByRole('button', { name: 'Disable Token' }).click();
    await expect(reason).toHaveAccessibleDescription('Use at most 200 characters.');
    await expect(reason).toBeFocused();
    await reason.fill('🙂'.repeat(200));
    await disabling.getByRole('button', { name: 'Disable Token' }).click();
    await expect(notice(page)).toContainText('used is disabled.');
    await expect(row(page, 'used')).toContainText('🙂'.repeat(200));

    // A bulk delete requires the number of tokens. It offers *Disable* only for tokens that are not disabled yet.
    for (const name of ['used', 'new']) await box(page, name).check();
    await bulkBar(page).getByRole('button', { name: 'Delete' }).click();
    const many = page.getByRole('alertdialog', { name: 'Delete 2 tokens' });
    await expect(many.getByRole('button', { name: 'Disable them first: can be undone' })).toBeVisible();
    await many.getByRole('textbox', { name: 'Type 2 to delete 2 tokens' }).fill('used');
    await page.keyboard.press('Enter');
    await expect(many.getByRole('alert').filter({ hasText: 'This is not 2, the number of tokens.' })).toBeVisible();
    await many.getByRole('textbox', { name: 'Type 2 to delete 2 tokens' }).fill('2');
    await page.keyboard.press('Enter');
    await expect(notice(page)).toContainText('1 token is deleted.');
    await expect(page.getByText('No tokens yet.')).toBeVisible();
  });

  test('two admins: a secret re-generated meanwhile is not re-generated again', async ({ page, company, newBrowser, images, watch }) => {
    watch.expectStatus(409);
    await generate(page, 'ci-main');
    const other = await newBrowser();
    await signIn(other, company.admin);
    await openTokens(other, company.path);
    const dialog = await ask(other, 'Re-generate Secret', 'ci-main');
    const renewed = await regenerate(page, 'ci-main');
    await dialog.getByRole('button', { name: 'Re-generate Secret' }).click();
    await expect(dialog.getByRole('alert')).toContainText('The secret of ci-main was re-generated meanwhile.');
    expect(await images.login(renewed)).toBe('done');
    // Once the dialog shows the new state, the next press is about that.
    await expect(async () => {
      await dialog.getByRole('button', { name: 'Re-generate Secret' }).click();
      await expect(other.getByLabel('Token Secret')).toBeVisible({ timeout: 2_000 });
    }).toPass();
  });

  test('the keyboard alone: generate, copy, close, re-sync, re-generate, delete', async ({ page, portal, company }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('heading', { name: 'Registry Tokens' }).focus();

    await tabTo(page, generateButton(page));
    await page.keyboard.press('Enter');
    const dialog = generateDialog(page);
    const name = dialog.getByRole('textbox', { name: 'Token Name' });
    await expect(name).toBeFocused();
    await page.keyboard.type('ci-main');
    await tabTo(page, dialog.getByRole('radio', { name: 'User Token' }), 'Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('radio', { name: 'Service Token' })).toBeChecked();
    await tabTo(page, dialog.getByRole('combobox', { name: 'Service User' }));
    await page.keyboard.type('Build');
    await tabTo(page, dialog.getByRole('button', { name: 'Generate Token' }));
    await page.keyboard.press('Enter');

    await expect(secretDialog(page)).toBeVisible();
    await expectFocusOnSomething(page);
    const { secret } = await readSecret(page);
    await tabTo(page, secretDialog(page).getByRole('button', { name: 'Copy secret' }));
    await page.keyboard.press('Enter');
    await expect(secretDialog(page).getByText('The secret is in the clipboard.')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await tabTo(page, secretDialog(page).getByRole('button', { name: 'Close', exact: true }));
    await untilRefreshed(page, () => page.keyboard.press('Enter'));
    await expect(secretDialog(page)).toBeHidden();
    await expect(row(page, 'ci-main')).toBeVisible();
    await expect(generateButton(page)).toBeFocused();

    company.project.subscriptions.push(running(GATE));
    await portal.import(company.catalogue());
    await openTokens(page, company.path);
    await page.getByRole('heading', { name: 'Registry Tokens' }).focus();
    await tabTo(page, action(page, 'Re-sync Products', 'ci-main'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Re-sync Products' })).toBeFocused();
    await untilRefreshed(page, () => page.keyboard.press('Enter'));
    await expect(notice(page)).toContainText('ci-main opens the images of');
    await expect(action(page, 'Re-sync Products', 'ci-main')).toBeFocused();

    await tabTo(page, action(page, 'Re-generate Secret', 'ci-main'));
    await page.keyboard.press('Enter');
    // The safe button has the focus.
    await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(secretDialog(page)).toBeVisible();
    await tabTo(page, secretDialog(page).getByRole('checkbox', { name: 'I have stored it' }));
    await page.keyboard.press('Space');
    await untilRefreshed(page, () => page.keyboard.press('Escape'));
    await expect(secretDialog(page)).toBeHidden();
    await expect(action(page, 'Re-generate Secret', 'ci-main')).toBeFocused();

    await tabTo(page, action(page, 'Delete Token', 'ci-main'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Tab');
    await untilRefreshed(page, () => page.keyboard.press('Enter'));
    await expect(row(page, 'ci-main')).toHaveCount(0);
    await expect(notice(page)).toContainText('ci-main is deleted.');
    await expectFocusOnSomething(page);
  });

  test('in a dialog, Tab goes round and never into the page behind', async ({ page }) => {
    const dialog = await openGenerate(page);
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      const inside = await dialog.evaluate((element) => {
        const focused = document.activeElement;
        // Between the last control and the first, the focus is on the browser's own toolbar.
        return focused === document.body || element.contains(focused);
      });
      expect(inside).toBe(true);
    }
  });
});

test('a customer has no choice of type and sees their own tokens only', async ({ page, company, newBrowser }) => {
  const admin = await newBrowser();
  await signIn(admin, company.admin);
  await openTokens(admin, company.path);
  await generate(admin, 'of-the-admin');
  await generate(admin, 'of-the-pipeline', `Build pipeline (${company.project.service_users[0]?.email})`);

  await signIn(page, company.developer);
  await expect(page.getByRole('link', { name: company.project.name })).toContainText('0 tokens');
  await openTokens(page, company.path);
  const dialog = await openGenerate(page);
  await expect(dialog.getByRole('radio')).toHaveCount(0);
  await expect(dialog.getByRole('combobox')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await submitGenerate(page, 'of-the-developer');
  await closeSecret(page);
  await expect(names(page)).toHaveText(['of-the-developer']);
  // The first column has the checkbox that selects all tokens.
  const columns = table(page).getByRole('columnheader');
  await expect(columns).toHaveText(['', 'Token Name', 'Subscription End Date', 'Products', 'Created On', 'Last Used', 'Token Status', 'Actions']);

  await openTokens(admin, company.path);
  await expect(names(admin)).toHaveText(['of-the-developer', 'of-the-pipeline', 'of-the-admin']);
  await expect(table(admin).getByRole('columnheader')).toHaveText([
    '', 'Token Name', 'Token Type', 'Created For', 'Created By', 'Subscription End Date', 'Products', 'Created On', 'Last Used',
    'Token Status', 'Actions',
  ]);
  // An admin manages tokens of other users.
  const renewed = await regenerate(admin, 'of-the-developer');
  expect(renewed.loginName).toBe(`${company.project.key.toLowerCase()}.of-the-developer`);
  await perform(admin, 'Delete Token', 'of-the-developer');
  await page.reload();
  await expect(page.getByText('No tokens yet.')).toBeVisible();
});

test('the same name is free in another project', async ({ page, company, found, newBrowser }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await generate(page, 'ci-main');
  const other = await found(new Company(`${company.project.key.toLowerCase()}b`));
  const second = await newBrowser();
  await signIn(second, other.admin);
  await openTokens(second, other.path);
  await generate(second, 'ci-main');
  await expect(names(second)).toHaveText(['ci-main']);
});

test('in a closed project nothing can be done, and the page says why', async ({ page, company, portal, images }) => {
  const why = 'This project is closed. Its tokens can be seen but not changed.';
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const token = await generate(page, 'ci-main');
  // A second page, opened before the project is closed.
  const before = await page.context().newPage();
  await openTokens(before, company.path);

  company.project.closed = true;
  await portal.import(company.catalogue());
  await openTokens(page, company.path);
  await expect(generateButton(page)).toBeDisabled();
  await expect(generateButton(page)).toHaveAccessibleDescription(why);
  await expect(page.getByText(why, { exact: true })).toBeVisible();
  for (const verb of ['Re-sync Products', 'Re-generate Secret', 'Disable Token', 'Delete Token'] as const) {
    await expect(action(page, verb, 'ci-main')).toBeDisabled();
    await expect(action(page, verb, 'ci-main')).toHaveAttribute('title', why);
  }
  expect(await images.login(token)).toBe('done');
});

test.describe('a page that was open when its project closed', () => {
  test.beforeEach(async ({ page, company, watch }) => {
    watch.expectStatus(409);
    await signIn(page, company.admin);
    await openTokens(page, company.path);
    await generate(page, 'ci-main');
  });

  test('is refused a token with the reason, and what was typed stays', async ({ page, company, portal }) => {
    const dialog = await openGenerate(page);
    await dialog.getByRole('textbox', { name: 'Token Name' }).fill('ci-other');
    company.project.closed = true;
    await portal.import(company.catalogue());
    await dialog.getByRole('button', { name: 'Generate Token' }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: 'This project is closed.' })).toBeVisible();
    await expect(dialog.getByRole('textbox', { name: 'Token Name' })).toHaveValue('ci-other');
  });

  test('is refused a change with the reason', async ({ page, company, portal }) => {
    const dialog = await ask(page, 'Delete Token', 'ci-main');
    company.project.closed = true;
    await portal.import(company.catalogue());
    await dialog.getByRole('button', { name: 'Delete Token' }).click();
    await expect(dialog.getByRole('alert')).toContainText('This project is closed.');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expectFocusOnSomething(page);
    await page.reload();
    await expect(names(page)).toHaveText(['ci-main']);
  });
});

test('without a running subscription there is nothing to generate, and the page says why', async ({ page, company, portal }) => {
  company.project.subscriptions = [ended(BROKER)];
  await portal.import(company.catalogue());
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const why = 'No subscription of this project is running, so a token would open nothing.';
  await expect(generateButton(page)).toBeDisabled();
  await expect(generateButton(page)).toHaveAccessibleDescription(why);
  await expect(page.getByText(`No tokens yet. ${why}`)).toBeVisible();
  // The page shows only what a token is, and three steps.
  const section = page.getByRole('region', { name: 'Registry Tokens' });
  await expect(section.getByText('A registry token is a login name and a secret.')).toBeVisible();
  await expect(section.getByRole('listitem')).toHaveCount(3);
  await expect(section.getByRole('button')).toHaveText(['Generate Token']);
  await expect(section.getByRole('link')).toHaveCount(0);
  for (const other of ['search', 'table', 'columnheader'] as const) await expect(section.getByRole(other)).toHaveCount(0);
});

test('a session that ended in another window is said in the dialog', async ({ page, company, watch }) => {
  watch.expectStatus(401);
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const other = await page.context().newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  const dialog = await openGenerate(page);
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'You are signed out. Sign in again to go on.' })).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Token Name' })).toHaveValue('ci-main');
});
