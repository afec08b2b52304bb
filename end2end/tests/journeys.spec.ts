// Everything that users do, in every mode: hydrated, without the WebAssembly, without JavaScript, and by keyboard only.
// Each journey is written once; the differences are in `Visitor` and its input method.
import type { Locator, Page } from '@playwright/test';

import { BROKER, type Company, GATE, running } from '../support/catalogue.ts';
import { tabTo } from '../support/focus.ts';
import { expect, KEYBOARD, MODES, test } from '../support/modes.ts';
import { action, box, bulkBar, found, generateButton, generateDialog, heading, hydrated, names, row, whole } from '../support/pages.ts';
import { atRest } from '../support/scroll.ts';

/** An active service user, with its label in the dialog's dropdown. */
function pipeline(company: Company): { email: string; label: string } {
  const user = company.project.service_users[0];
  if (user === undefined) throw new Error('the company has no service user');
  return { email: user.email, label: `${user.name} (${user.email})` };
}

for (const mode of MODES) {
  test.describe(mode.title, () => {
    test.use({ mode });

    test('sign in, on to what was asked for, and out', async ({ page, company, visitor }) => {
      await page.goto(`${company.path}?q=ci`);
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await visitor.signIn(company.admin);
      await expect(page).toHaveURL(`${company.path}?q=ci`);
      await expect(page.getByRole('heading', { name: company.project.name, level: 1 })).toBeVisible();
      await visitor.input.press(page.getByRole('button', { name: 'Sign out' }));
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await page.goto(company.path);
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    });

    test('a User Token and a Service Token, whose secrets are shown once', async ({ page, company, visitor, images, watch }) => {
      // Without hydration the secret's page is the response to a form, so a reload sends the form again.
      if (!mode.hydrates) watch.expectStatus(422);
      await page.goto(company.path);
      await visitor.signIn(company.admin);
      for (const [name, serviceUser] of [['of-ines', undefined], ['of-the-pipeline', pipeline(company).label]] as const) {
        await visitor.open(company.path);
        await visitor.openGenerate();
        await visitor.submitGenerate(name, serviceUser);
        const token = await visitor.readSecret(name);
        expect(token.loginName).toBe(`${company.project.key.toLowerCase()}.${name}`);
        expect(await images.login(token)).toBe('done');
        if (mode.hydrates) await visitor.input.tick(page.getByRole('checkbox', { name: 'I have stored it' }));
        await page.reload();
        await expect(page.getByRole('heading', { name: 'Registry Tokens', level: 2 })).toBeVisible();
        await expect(page.getByLabel('Token Secret')).toHaveCount(0);
        expect(await page.content()).not.toContain(token.secret);
        expect(await images.login(token)).toBe('done');
      }
      await visitor.open(company.path);
      await visitor.expectNames(['of-the-pipeline', 'of-ines']);
      await expect(row(page, 'of-ines').getByRole('cell', { name: 'User', exact: true })).toBeVisible();
      await expect(row(page, 'of-the-pipeline').getByRole('cell', { name: 'Service', exact: true })).toBeVisible();
      await expect(row(page, 'of-the-pipeline')).toContainText('Build pipeline');
    });

    test('from the secret back to the list', async ({ page, company, visitor }) => {
      await page.goto(company.path);
      await visitor.signIn(company.admin);
      await visitor.openGenerate();
      await visitor.submitGenerate('ci-main');
      const { secret } = await visitor.readSecret('ci-main');
      await visitor.leaveSecret();
      await visitor.expectNames(['ci-main']);
      expect(await page.content()).not.toContain(secret);
      if (mode.hydrates) await visitor.input.expectFocus(generateButton(page));
    });

    test('a name that is taken is refused at the field, and what was typed stays', async ({ page, company, visitor, watch, admin }) => {
      watch.expectStatus(422);
      const { email, label } = pipeline(company);
      await admin.generate(company.path, 'ci-main');
      await visitor.open(company.path);
      const dialog = await visitor.openGenerate();
      const name = dialog.getByRole('textbox', { name: 'Token Name' });
      await visitor.submitGenerate('CI-Main', label);
      const message = 'CI-Main is already used in this project. Choose another name.';
      await expect(dialog.getByRole('alert').filter({ hasText: message })).toBeVisible();
      await expect(name).toHaveAttribute('aria-invalid', 'true');
      await expect(name).toHaveAccessibleDescription(new RegExp(message));
      await expect(name).toHaveValue('CI-Main');
      await expect(dialog.getByRole('radio', { name: 'Service Token' })).toBeChecked();
      await expect(dialog.getByRole('combobox', { name: 'Service User' })).toHaveValue(email);
      await visitor.input.expectFocus(name);
      await visitor.input.type(name, 'ci-other');
      await visitor.input.press(dialog.getByRole('button', { name: 'Generate Token' }));
      await visitor.readSecret('ci-other');
      await visitor.leaveSecret();
      await visitor.expectNames(['ci-other', 'ci-main']);
      await expect(row(page, 'ci-other').getByRole('cell', { name: 'Service', exact: true })).toBeVisible();
    });

    test('search, filters and sort', async ({ page, company, visitor, portal, admin }) => {
      await admin.generate(company.path, 'ci-nightly');
      company.project.subscriptions.push(running(GATE));
      await portal.import(company.catalogue());
      await admin.generate(company.path, 'ci-main', pipeline(company).email);
      await admin.generate(company.path, 'deploy', pipeline(company).email);
      await visitor.open(company.path);
      await visitor.expectNames(['deploy', 'ci-main', 'ci-nightly']);

      await visitor.search('CI-');
      await visitor.expectNames(['ci-main', 'ci-nightly']);
      await expect(found(page)).toHaveText('2 of 3 tokens');
      // Of the two tokens found, one is a Service Token.
      const service = page.getByRole('link', { name: 'Service 1' });
      await visitor.openFilter();
      await visitor.input.press(service);
      await visitor.expectNames(['ci-main']);
      await visitor.openFilter();
      await expect(service).toHaveAttribute('aria-current', 'true');
      await visitor.expectView({ q: 'CI-', type: 'service' });
      await expect(page.getByRole('searchbox', { name: 'Search tokens' })).toHaveValue('CI-');
      await visitor.input.press(service);
      await visitor.expectNames(['ci-main', 'ci-nightly']);

      await visitor.pick('Product', `${GATE.key} (1)`);
      await visitor.expectNames(['ci-main']);
      await visitor.expectView({ q: 'CI-', product: GATE.key });
      await visitor.pick('Created For', 'Ines Quayle (0)');
      await expect(page.getByText('No token matches.')).toBeVisible();
      await visitor.closeFilter();
      await visitor.input.press(page.getByRole('link', { name: 'Clear filters' }).first());
      await visitor.expectNames(['deploy', 'ci-main', 'ci-nightly']);
      await visitor.expectView({});
      await visitor.input.expectFocus();
      await visitor.openFilter();
      await expect(page.getByRole('combobox', { name: 'Product' })).toHaveValue('');
      await visitor.pick('Product', `${BROKER.key} (3)`);
      await visitor.pick('Created For', 'Build pipeline (2)');
      await visitor.expectNames(['deploy', 'ci-main']);

      await visitor.sort('Token Name');
      await visitor.expectNames(['ci-main', 'deploy']);
      const header = heading(page, 'Token Name');
      await expect(header).toHaveAttribute('aria-sort', 'ascending');
      await visitor.sort('Token Name');
      await visitor.expectNames(['deploy', 'ci-main']);
      await expect(header).toHaveAttribute('aria-sort', 'descending');
      // The URL contains the whole view.
      await visitor.expectView({ product: BROKER.key, for: pipeline(company).email, sort: '-name' });
      await page.reload();
      await visitor.expectNames(['deploy', 'ci-main']);
      if (mode.hydrates) await hydrated(page);
      await visitor.openFilter();
      await expect(page.getByRole('combobox', { name: 'Created For' })).toHaveValue(pipeline(company).email);
      // One click removes each filter.
      await visitor.input.press(page.getByRole('link', { name: 'Remove filter: Created For: Build pipeline' }));
      await visitor.expectView({ product: BROKER.key, sort: '-name' });
      await visitor.expectNames(['deploy', 'ci-nightly', 'ci-main']);
      await visitor.input.expectFocus();
    });

    test('an order in the address, and then another', async ({ page, company, visitor, admin }) => {
      for (const name of ['beta', 'gamma', 'alpha']) await admin.generate(company.path, name);
      await visitor.open(`${company.path}?sort=name`);
      await visitor.expectNames(['alpha', 'beta', 'gamma']);
      await visitor.sort('Created On');
      await visitor.expectNames(['alpha', 'gamma', 'beta']);
      await visitor.sort('Created On');
      await visitor.expectNames(['beta', 'gamma', 'alpha']);
      await visitor.expectView({ sort: 'created' });
      await page.reload();
      await visitor.expectNames(['beta', 'gamma', 'alpha']);
    });

    test('a list of more than one page', async ({ page, company, visitor, admin }) => {
      const all = Array.from({ length: 27 }, (_, at) => `token-${String(at + 1).padStart(2, '0')}`);
      for (const name of all) await admin.generate(company.path, name);
      const newestFirst = all.toReversed();
      await visitor.open(company.path);
      await expect(found(page)).toHaveText('27 tokens');
      await expect(names(page).first()).toHaveText('token-27');
      const pages = page.getByRole('navigation', { name: 'Pages' });
      if (mode.hydrates) {
        // When hydrated, the list scrolls instead of having pages.
        await expect(pages).toBeHidden();
        await visitor.input.toTheEnd();
        await expect(row(page, 'token-01')).toBeInViewport();
        await visitor.sort('Token Name');
        await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'ascending');
        await page.keyboard.press('Home');
        await expect(names(page).first()).toHaveText('token-01');
        return;
      }
      await visitor.expectNames(newestFirst.slice(0, 25));
      await expect(pages).toContainText('Page 1 of 2');
      await expect(pages.getByRole('link')).toHaveText(['Next']);
      await visitor.input.press(pages.getByRole('link', { name: 'Next' }));
      await visitor.expectNames(newestFirst.slice(25));
      await expect(found(page)).toHaveText('27 tokens');
      await expect(pages).toContainText('Page 2 of 2');
      await visitor.input.press(pages.getByRole('link', { name: 'Previous' }));
      await visitor.expectNames(newestFirst.slice(0, 25));
      // Sorting goes back to the first page, and the next page keeps the order.
      await visitor.input.press(pages.getByRole('link', { name: 'Next' }));
      await visitor.sort('Token Name');
      await visitor.expectNames(all.slice(0, 25));
      await visitor.input.press(pages.getByRole('link', { name: 'Next' }));
      await visitor.expectNames(all.slice(25));
      // Cancelling a dialog keeps the page and the order too.
      const dialog = await visitor.ask('Delete Token', 'token-27');
      await visitor.input.press(dialog.getByRole('button', { name: 'Cancel' }));
      await expect(page.getByRole('alertdialog')).toHaveCount(0);
      await visitor.expectNames(all.slice(25));
      // A search covers all pages, and its results may fit on one page.
      await visitor.search('token-0');
      await visitor.expectNames(all.slice(0, 9));
      await expect(pages).toHaveCount(0);
    });

    test('Re-sync Products', async ({ page, company, portal, visitor, images, admin }) => {
      const token = await admin.generate(company.path, 'ci-main');
      company.project.subscriptions.push(running(GATE));
      await portal.import(company.catalogue());
      await visitor.open(company.path);
      await expect(row(page, 'ci-main')).toContainText('1 product to add');
      const dialog = await visitor.ask('Re-sync Products', 'ci-main');
      await expect(dialog.getByRole('listitem')).toHaveText([GATE.key]);
      await visitor.agree(dialog, 'Re-sync Products');
      await visitor.expectSaid(/ opens? .*images.* from now on/);
      await expect(row(page, 'ci-main')).not.toContainText('to add');
      await expect(row(page, 'ci-main').getByRole('listitem')).toHaveText([BROKER.key, GATE.key]);
      if (mode.hydrates) await visitor.input.expectFocus(action(page, 'Re-sync Products', 'ci-main'));
      expect(await images.login(token)).toBe('done');
    });

    test('Re-generate Secret, which ends the old one at once', async ({ page, company, visitor, images, admin }) => {
      const old = await admin.generate(company.path, 'ci-main');
      await visitor.open(company.path);
      await visitor.perform('Re-generate Secret', 'ci-main');
      const token = await visitor.readSecret('ci-main');
      expect(token.loginName).toBe(old.loginName);
      expect(await images.login(old)).toBe('not let in');
      expect(await images.login(token)).toBe('done');
      await visitor.leaveSecret();
      if (mode.hydrates) await visitor.input.expectFocus(action(page, 'Re-generate Secret', 'ci-main'));
    });

    test('Re-generate Secret with an overlap, and the end of it', async ({ page, company, visitor, images, admin }) => {
      const old = await admin.generate(company.path, 'ci-main');
      await visitor.open(company.path);
      const dialog = await visitor.ask('Re-generate Secret', 'ci-main');
      await visitor.input.choose(dialog.getByRole('combobox', { name: 'Keep the old secret working' }), 'For 24 hours');
      await visitor.agree(dialog, 'Re-generate Secret');
      const token = await visitor.readSecret('ci-main');
      await visitor.leaveSecret();
      for (const secret of [old, token]) expect(await images.login(secret)).toBe('done');
      await expect(row(page, 'ci-main')).toContainText('Two secrets until');
      await visitor.input.press(page.getByRole('button', { name: 'End overlap now ci-main' }));
      await visitor.expectSaid(/The overlap is ended: the former secret no longer works\./);
      await expect(row(page, 'ci-main')).not.toContainText('Two secrets');
      if (mode.hydrates) await visitor.input.expectFocus(action(page, 'Re-generate Secret', 'ci-main'));
      expect(await images.login(old)).toBe('not let in');
      expect(await images.login(token)).toBe('done');
    });

    test('Disable with a reason, and Enable', async ({ page, company, visitor, images, admin }) => {
      const token = await admin.generate(company.path, 'ci-main');
      await visitor.open(company.path);
      const dialog = await visitor.ask('Disable Token', 'ci-main');
      await visitor.input.type(dialog.getByRole('textbox', { name: 'Reason' }), 'leaked in a build log');
      await visitor.agree(dialog, 'Disable Token');
      await visitor.expectSaid(/ is disabled\./);
      await expect(row(page, 'ci-main')).toContainText('Disabled');
      await expect(row(page, 'ci-main')).toContainText('leaked in a build log');
      expect(await images.login(token)).toBe('not let in');
      // The button that opened the dialog is gone; the focus is on the one that replaces it.
      if (mode.hydrates) await visitor.input.expectFocus(action(page, 'Enable Token', 'ci-main'));

      await expect(await visitor.ask('Enable Token', 'ci-main')).toContainText('leaked in a build log');
      await visitor.agree(page.getByRole('dialog'), 'Enable Token');
      await visitor.expectSaid(/ is enabled\. \w+ secret works again\./);
      await expect(row(page, 'ci-main')).toContainText('Active');
      if (mode.hydrates) await visitor.input.expectFocus(action(page, 'Disable Token', 'ci-main'));
      expect(await images.login(token)).toBe('done');
    });

    test('Delete Token asks first, and is for good', async ({ page, company, visitor, images, admin }) => {
      const [token, other] = [await admin.generate(company.path, 'ci-main'), await admin.generate(company.path, 'ci-other')];
      await visitor.open(company.path);
      const dialog = await visitor.ask('Delete Token', 'ci-main');
      await visitor.input.press(dialog.getByRole('button', { name: 'Cancel' }));
      await expect(dialog).toBeHidden();
      await visitor.expectNames(['ci-other', 'ci-main']);
      if (mode.hydrates) await visitor.input.expectFocus(action(page, 'Delete Token', 'ci-main'));
      expect(await images.login(token)).toBe('done');
      await visitor.perform('Delete Token', 'ci-main');
      await visitor.expectSaid(/ is deleted\. Logins and pulls .*fail from now on\./);
      await visitor.expectNames(['ci-other']);
      if (mode.hydrates) await visitor.input.expectFocus();
      expect(await images.login(token)).toBe('not let in');
      expect(await images.login(other)).toBe('done');
    });

    test("a secret is tested on its token's page", async ({ page, company, visitor, admin }) => {
      const [token, other] = [await admin.generate(company.path, 'ci-main'), await admin.generate(company.path, 'ci-other')];
      await visitor.open(company.path);
      await visitor.input.press(row(page, 'ci-main').getByRole('link', { name: 'ci-main' }));
      await expect(page.getByRole('heading', { name: /^ci-main/, level: 1 })).toBeVisible();
      const section = page.getByRole('region', { name: 'Test this token' });
      // On a phone the form is far below the top of the page.
      await page.setViewportSize({ width: 390, height: 700 });
      for (const [secret, said] of [
        [token.secret, 'The secret is right. It opens fernlight-broker/*.'],
        [other.secret, 'The secret is wrong'],
        [token.secret.slice(0, -1), 'mistyped or cut'],
      ] as const) {
        await visitor.input.type(section.getByLabel('Secret to test'), secret);
        await visitor.input.press(section.getByRole('button', { name: 'Test', exact: true }));
        await expect(section.getByRole('status').filter({ hasText: said })).toBeInViewport();
        await expect(section.getByLabel('Secret to test')).toHaveValue('');
        expect(await page.content()).not.toContain(secret);
      }
      // Like pressing Enter in the address bar.
      await page.goto(page.url().replace(/#.*/, ''));
      await expect(page.getByRole('heading', { name: /^ci-main/, level: 1 })).toBeVisible();
      await visitor.input.press(page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: company.project.name }));
      await visitor.expectNames(['ci-other', 'ci-main']);
    });

    test('the theme is switched, and the view of the list stays', async ({ page, company, visitor, admin }) => {
      await admin.generate(company.path, 'ci-main');
      await visitor.open(company.path);
      await visitor.input.press(page.getByRole('link', { name: 'Active 1' }));
      await visitor.expectView({ status: 'active' });
      const colour = async () => {
        // Waits until the style sheet has loaded.
        await page.waitForLoadState();
        return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      };
      const seen = new Map<string, string>();
      for (const theme of ['Dark theme', 'Light theme', 'Theme of the system']) {
        await visitor.input.press(page.getByRole('button', { name: theme }));
        await expect(page.getByRole('button', { name: theme })).toHaveAttribute('aria-pressed', 'true');
        await visitor.expectView({ status: 'active' });
        await expect(page.getByRole('link', { name: 'Active 1' })).toHaveAttribute('aria-current', 'true');
        seen.set(theme, await colour());
      }
      // The browser's own setting is light.
      expect(seen.get('Theme of the system')).toBe(seen.get('Light theme'));
      expect(seen.get('Dark theme')).not.toBe(seen.get('Light theme'));
    });
  });
}

// Simulates a window of 1280 × 1024 pixels at 400 %.
test.describe('at 400 % zoom, by the keyboard alone', () => {
  test.use({ mode: KEYBOARD, viewport: { width: 320, height: 256 } });

  test('a token from Generate to Delete', async ({ page, company, visitor, images, admin }) => {
    for (const name of ['first', 'second']) await admin.generate(company.path, name);
    await visitor.open(company.path);
    await visitor.openGenerate();
    await visitor.submitGenerate('ci-main');
    const token = await visitor.readSecret('ci-main');
    expect(await images.login(token)).toBe('done');
    await visitor.leaveSecret();
    await visitor.search('ci');
    await visitor.expectNames(['ci-main']);
    const dialog = await visitor.ask('Disable Token', 'ci-main');
    await visitor.input.type(dialog.getByRole('textbox', { name: 'Reason' }), 'leaked in a build log');
    await visitor.agree(dialog, 'Disable Token');
    await visitor.expectSaid(/ci-main is disabled/);
    await visitor.input.press(page.getByRole('button', { name: 'Undo' }));
    await expect(row(page, 'ci-main')).toContainText('Active');
    await visitor.perform('Delete Token', 'ci-main');
    await visitor.input.press(page.getByRole('button', { name: 'Dismiss' }));
    const nothing = page.getByRole('paragraph').filter({ hasText: 'No token matches.' });
    await visitor.input.press(nothing.getByRole('link', { name: 'Clear filters' }));
    await visitor.expectNames(['second', 'first']);
    await visitor.input.tick(box(page, 'second'));
    await visitor.input.press(bulkBar(page).getByRole('button', { name: 'Clear selection' }));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

test.describe('with many tokens, by the keyboard alone', () => {
  test.use({ mode: KEYBOARD });

  const ALL = ['token-5', 'token-4', 'token-3', 'token-2', 'token-1'];

  test.beforeEach(async ({ company, visitor, admin }) => {
    for (const name of ALL.toReversed()) await admin.generate(company.path, name);
    await visitor.open(company.path);
  });

  test('a range is selected and deleted', async ({ page, visitor }) => {
    await visitor.input.tick(box(page, 'token-4'));
    await tabTo(page, box(page, 'token-2'));
    await page.keyboard.press('Shift+Space');
    for (const name of ALL) {
      const isChosen = ['token-4', 'token-3', 'token-2'].includes(name);
      await expect(box(page, name), name).toBeChecked({ checked: isChosen });
    }
    const bar = bulkBar(page);
    await expect(bar).toContainText('3 selected');
    await visitor.input.press(bar.getByRole('button', { name: 'Delete' }));
    const dialog = page.getByRole('alertdialog', { name: 'Delete 3 tokens' });
    await visitor.input.expectFocus(dialog.getByRole('button', { name: 'Cancel' }));
    await expect(dialog.getByRole('list', { name: 'Tokens' }).getByRole('listitem')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await visitor.input.expectFocus(bar.getByRole('button', { name: 'Delete' }));
    await visitor.expectNames(ALL);
    await page.keyboard.press('Enter');
    await visitor.input.press(dialog.getByRole('button', { name: 'Delete 3 tokens' }));
    await visitor.expectSaid(/3 tokens are deleted\. Logins and pulls fail from now on\./);
    await visitor.expectNames(['token-5', 'token-1']);
    await expect(bar).toHaveCount(0);
    await visitor.input.expectFocus();
  });

  test('all that a search finds are selected and disabled, and Undo takes it back', async ({ page, visitor }) => {
    await visitor.search('token-');
    await visitor.input.tick(page.getByRole('checkbox', { name: 'Select all' }));
    const bar = bulkBar(page);
    await expect(bar).toContainText('5 selected');
    await visitor.input.press(bar.getByRole('button', { name: 'Disable' }));
    const dialog = page.getByRole('alertdialog', { name: 'Disable 5 tokens' });
    await visitor.input.type(dialog.getByRole('textbox', { name: 'Reason' }), 'moving house');
    await visitor.input.press(dialog.getByRole('button', { name: 'Disable 5 tokens' }));
    for (const name of ALL) await expect(row(page, name)).toContainText('moving house');
    await visitor.input.press(page.getByRole('button', { name: 'Undo' }));
    for (const name of ALL) await expect(row(page, name)).toContainText('Active');
    await visitor.input.expectFocus();
  });

  for (const [what, prepare, control] of [
    ['Clear selection', (page) => box(page, 'token-3'), (page) => page.getByRole('button', { name: 'Clear selection' })],
    ['Clear filters', (page) => page.getByRole('link', { name: /^Active/ }), (page) => page.getByRole('link', { name: 'Clear filters' })],
  ] as const satisfies [string, (page: Page) => Locator, (page: Page) => Locator][]) {
    test(`${what} goes with what it did, and the focus is not lost`, async ({ page, visitor }) => {
      await visitor.input.press(prepare(page));
      await visitor.input.press(control(page));
      await expect(control(page)).toHaveCount(0);
      await visitor.input.expectFocus();
    });
  }

  test('Dismiss goes with its line, and the focus is not lost', async ({ page, visitor }) => {
    await visitor.perform('Delete Token', 'token-3');
    await visitor.expectSaid(/token-3 is deleted/);
    await visitor.input.press(page.getByRole('button', { name: 'Dismiss' }));
    await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
    await visitor.input.expectFocus();
  });

  test('Escape leaves every dialog, and the focus is where it was', async ({ page, visitor }) => {
    await visitor.openGenerate();
    await page.keyboard.press('Escape');
    await expect(generateDialog(page)).toBeHidden();
    await visitor.input.expectFocus(generateButton(page));
    for (const verb of ['Re-sync Products', 'Re-generate Secret', 'Disable Token', 'Delete Token'] as const) {
      await visitor.input.press(action(page, verb, 'token-3'));
      await expect(page.locator('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.locator('dialog')).toHaveCount(0);
      await visitor.input.expectFocus(action(page, verb, 'token-3'));
    }
  });

  test('where a change is refused, the focus stays in its dialog', async ({ page, company, portal, visitor, watch }) => {
    watch.expectStatus(409);
    const dialog = await visitor.ask('Delete Token', 'token-3');
    company.project.closed = true;
    await portal.import(company.catalogue());
    await visitor.input.press(dialog.getByRole('button', { name: 'Delete Token' }));
    await expect(dialog.getByRole('alert')).toContainText('This project is closed.');
    await visitor.input.expectFocus(dialog.locator(':focus'));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await visitor.input.expectFocus();
  });

  test('the skip link leads past the head of the page', async ({ page, visitor }) => {
    await page.keyboard.press('Tab');
    await visitor.input.expectFocus(page.getByRole('link', { name: 'Skip to the content' }));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await visitor.input.expectFocus(page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'My Projects' }));
  });
});

test.describe('through a long list, by the keyboard alone', () => {
  test.use({ mode: KEYBOARD });

  test('Shift+Tab leads back up, row by row', async ({ page, largeProject, visitor }) => {
    await page.goto(largeProject.company.path);
    await visitor.signIn(largeProject.company.admin);
    await whole(page);
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).focus();
    await atRest(page);
    const reached = new Set<string>();
    for (let step = 0; step < 400 && reached.size < 45; step += 1) {
      await page.keyboard.press('Shift+Tab');
      await visitor.input.expectFocus();
      reached.add(await page.evaluate(() => document.activeElement?.closest('tr')?.querySelector('th')?.textContent ?? 'no row'));
    }
    expect([...reached]).toEqual(largeProject.tokens.map(({ name }) => name).toReversed().slice(0, 45));
  });
});
