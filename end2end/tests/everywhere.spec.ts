// Checks every page and every state of a dialog: no accessibility violations in light, dark and forced colours, and no horizontal
// scrolling from 1440 to 320 px. Console errors fail these tests, as in all others.
import { Account } from '../support/account.ts';
import { BROKER, Company, ended, GATE, LEDGER, running } from '../support/catalogue.ts';
import { checkEverywhere } from '../support/checks.ts';
import { CALLS, holdBack } from '../support/hold.ts';
import {
  appHydrated, ask, box, bulkBar, closeSecret, fillSignIn, generate, heading, hydrated, notice, openFilter, openGenerate, openTokens,
  openWhole, perform, row, secretDialog, signIn, submitGenerate,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(() => test.setTimeout(180_000));

const LONG = 'a-name-as-long-as-names-may-be-in-this-portal-sixty-four-chars-x';

test('sign-in', async ({ page, watch }) => {
  watch.expectStatus(401);
  await page.goto('/sign-in');
  await checkEverywhere(page, 'sign-in');
  await fillSignIn(page, 'nobody@orchard.example', 'a wrong passphrase');
  await expect(page.getByRole('alert')).toBeVisible();
  await checkEverywhere(page, 'sign-in refused');
  watch.expectStatus(429);
  for (let guess = 0; guess < 12; guess += 1) await fillSignIn(page, 'nobody@orchard.example', 'a wrong passphrase');
  await expect(page.getByRole('alert')).toContainText('Too many tries');
  await checkEverywhere(page, 'sign-in slowed down');
});

test('long work, and what was left undone', async ({ page, company, portal, watch }) => {
  watch.expect(/net::ERR_FAILED/);
  await signIn(page, company.admin);
  const account = await Account.of(page.context(), portal.url);
  for (let number = 100; number < 230; number += 1) await account.generate(company.path, `token-${number}`);
  await openWhole(page, company.path);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
  let fail = () => {};
  const failing = new Promise<void>((resolve) => (fail = resolve));
  let calls = 0;
  await page.route('**/api/tokens/change-many', async (route) => {
    calls += 1;
    if (calls === 1) return route.continue();
    await failing;
    return route.abort();
  });
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable 130 tokens', exact: true }).click();
  await expect(page.getByText('100 of 130')).toBeVisible();
  // The list has what is done already; the dialog goes on saying what is being done.
  await expect(row(page, 'token-229')).toContainText('Disabled');
  await expect(page.getByRole('alertdialog')).not.toContainText('do not work already');
  await checkEverywhere(page, 'a change to many under way');
  fail();
  await expect(notice(page)).toContainText('30 tokens failed');
  await checkEverywhere(page, 'an error notice', ['target-size']);
});

test('the dialogs as the server renders them', async ({ page, company, portal, newBrowser }) => {
  await signIn(page, company.admin);
  await (await Account.of(page.context(), portal.url)).generate(company.path, LONG);
  await openTokens(page, company.path);
  const id = await box(page, LONG).inputValue();
  const plain = await newBrowser({ storageState: await page.context().storageState() });
  await plain.route('**/*.wasm', () => {});
  for (const dialog of ['generate', ...['resync', 'regenerate', 'disable', 'delete'].map((action) => `${action}-${id}`)]) {
    await plain.goto(`${company.path}?dialog=${dialog}`, { waitUntil: 'domcontentloaded' });
    await expect(plain.locator('dialog[open]')).toBeVisible();
    await checkEverywhere(plain, `${dialog} without a script`);
  }
});

test('My Projects, empty and not, and a page that is not there', async ({ page, company, portal, watch }) => {
  watch.expectStatus(404);
  const other = new Company(`${company.project.key.toLowerCase()}closed`);
  other.project.name = 'A project with a long name of many words, so that it has to break somewhere';
  other.project.members = [{ email: company.admin.email, role: 'admin' }];
  other.project.closed = true;
  await portal.import({ projects: [other.project] });
  await signIn(page, company.admin);
  await checkEverywhere(page, 'My Projects');
  await page.goto('/projects/NOSUCH/registry-tokens');
  await checkEverywhere(page, 'not found');
  company.project.members = [];
  other.project.members = [];
  await portal.import({ projects: [company.project, other.project] });
  await page.goto('/');
  await expect(page.getByText('You are in no project yet.')).toBeVisible();
  await checkEverywhere(page, 'no projects');
});

test('the tokens of an admin, in every status', async ({ page, company, portal, newBrowser }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await checkEverywhere(page, 'no tokens yet');

  // An expired token, a disabled one, one with products to add, and one with many products.
  await generate(page, 'broker-only');
  company.project.subscriptions = [running(GATE, 10), running(LEDGER)];
  await portal.import(company.catalogue());
  const developer = await newBrowser();
  await signIn(developer, company.developer);
  await openTokens(developer, company.path);
  await generate(developer, 'of-who-leaves');
  await checkEverywhere(developer, 'tokens of a customer');
  // This page would be refused the list that it fetches while its user loses the project.
  await developer.close();
  await openTokens(page, company.path);
  await generate(page, LONG, `Build pipeline (${company.project.service_users[0]?.email})`);
  company.project.subscriptions = [running(BROKER), running(GATE, 10), running(LEDGER)];
  company.project.members.pop();
  await portal.import(company.catalogue());
  await openTokens(page, company.path);
  await generate(page, 'all-products');
  company.project.subscriptions = [ended(BROKER), running(GATE, 10), running(LEDGER, 20)];
  await portal.import(company.catalogue());
  await openTokens(page, company.path);
  for (const status of ['Expired 1', 'Disabled 1', 'Expiring soon 2']) await expect(page.getByRole('link', { name: status })).toBeVisible();
  await checkEverywhere(page, 'tokens of an admin');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await checkEverywhere(page, 'the list of shortcuts');
  await page.keyboard.press('Escape');

  await page.locator('details.details summary').click();
  await checkEverywhere(page, 'project details');
  await page.keyboard.press('Escape');
  await page.locator('summary').filter({ hasText: 'more product' }).first().click();
  // Opens a card of the phone layout too.
  await page.locator('.more').first().evaluate((card) => ((card as HTMLDetailsElement).open = true));
  await checkEverywhere(page, 'all products of a token');
  await page.getByRole('searchbox', { name: 'Search tokens' }).fill('nothing has this name');
  await expect(page.getByText('No token matches.')).toBeVisible();
  await checkEverywhere(page, 'no token matches');
});

test('a closed project', async ({ page, company, portal }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await generate(page, 'ci-main');
  company.project.closed = true;
  await portal.import(company.catalogue());
  await openTokens(page, company.path);
  await checkEverywhere(page, 'closed project');
});

test('the Generate dialog', async ({ page, company, watch, newBrowser }) => {
  watch.expectStatus(422);
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await generate(page, 'ci-main');
  const dialog = await openGenerate(page);
  await checkEverywhere(page, 'Generate');
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill(LONG);
  await dialog.getByRole('radio', { name: 'Service Token' }).check();
  await checkEverywhere(page, 'Generate a Service Token');
  await dialog.getByRole('radio', { name: 'User Token' }).check();
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'already used' })).toBeVisible();
  await checkEverywhere(page, 'Generate refused');

  const developer = await newBrowser();
  await signIn(developer, company.developer);
  await openTokens(developer, company.path);
  await openGenerate(developer);
  await checkEverywhere(developer, 'Generate as a customer');
});

test('a project without service users', async ({ page, company, portal }) => {
  company.project.service_users = [];
  await portal.import(company.catalogue());
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const dialog = await openGenerate(page);
  await dialog.getByRole('radio', { name: 'Service Token' }).check();
  await expect(dialog.getByText('This project has no active service user.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Generate Token' })).toBeDisabled();
  await checkEverywhere(page, 'no service user');
});

test("the secret's dialog", async ({ page, company }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await submitGenerate(page, LONG);
  const dialog = secretDialog(page);
  await checkEverywhere(page, 'secret');
  await dialog.getByRole('button', { name: 'Show secret' }).click();
  await checkEverywhere(page, 'secret shown');
  await dialog.getByRole('button', { name: 'Copy secret' }).click();
  await expect(dialog.getByText('The secret is in the clipboard.')).toBeVisible();
  await checkEverywhere(page, 'secret copied');
});

test('what a secret has been generated for, where the filters hide its token', async ({ page, company }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await generate(page, 'ci-first');
  await page.getByRole('searchbox', { name: 'Search tokens' }).fill('first');
  await submitGenerate(page, LONG);
  await page.keyboard.press('Escape');
  await checkEverywhere(page, 'secret not stored yet');
  await closeSecret(page);
  await notice(page).getByRole('button', { name: 'Show it' }).focus();
  await checkEverywhere(page, 'notice with Show it');
});

test("the secret's dialog where nothing can be copied", async ({ page, company }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await submitGenerate(page, 'ci-main');
  await secretDialog(page).getByRole('button', { name: 'Copy secret' }).click();
  await expect(secretDialog(page).getByText('This browser did not copy it.')).toBeVisible();
  await checkEverywhere(page, 'copy failed');
});

test('the dialogs of a row, and the notices after them', async ({ page, company, portal }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await generate(page, LONG);
  for (const verb of ['Re-sync Products', 'Re-generate Secret', 'Disable Token', 'Delete Token'] as const) {
    await ask(page, verb, LONG);
    await checkEverywhere(page, verb);
    await page.keyboard.press('Escape');
  }
  company.project.subscriptions.push(running(GATE), running(LEDGER));
  await portal.import(company.catalogue());
  await openTokens(page, company.path);
  await ask(page, 'Re-sync Products', LONG);
  await checkEverywhere(page, 'Re-sync Products with something to add');
  await page.keyboard.press('Escape');
  await perform(page, 'Re-sync Products', LONG);
  // A notice with the focus does not disappear.
  await notice(page).getByRole('button', { name: 'Dismiss' }).focus();
  await checkEverywhere(page, 'notice');

  const dialog = await ask(page, 'Disable Token', LONG);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('A reason of many words, so that the line beside the status has to be cut somewhere');
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(notice(page).getByRole('button', { name: 'Undo' })).toBeVisible();
  await expect(row(page, LONG).getByTitle('Disabled by an admin: A reason of many words')).toHaveText(/^By an admin: A reason of many words, so that .* somewhere$/);
  await notice(page).getByRole('button', { name: 'Undo' }).focus();
  await checkEverywhere(page, 'notice with Undo');
  await ask(page, 'Enable Token', LONG);
  await checkEverywhere(page, 'Enable Token');
});

test('a token with two secrets', async ({ page, company }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await generate(page, LONG);
  const dialog = await ask(page, 'Re-generate Secret', LONG);
  await dialog.getByRole('combobox', { name: 'Keep the old secret working' }).selectOption('For 7 days');
  await checkEverywhere(page, 'Re-generate with an overlap');
  await dialog.getByRole('button', { name: 'Re-generate Secret' }).click();
  await secretDialog(page).getByRole('checkbox', { name: 'I have stored it' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: `End overlap now ${LONG}` })).toBeVisible();
  await checkEverywhere(page, 'overlap');
});

test('a long list, narrowed, sorted, with some of it chosen', async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
  await openWhole(page, largeProject.company.path);
  await checkEverywhere(page, 'a long list');
  await page.keyboard.press('End');
  await expect(row(page, largeProject.tokens.at(-1)!.name)).toBeInViewport();
  await checkEverywhere(page, 'the end of a long list');
  await page.keyboard.press('Home');
  await page.getByRole('link', { name: /^Expiring soon \d+$/ }).click();
  await openFilter(page);
  // Of 80 tokens, this many expire soon.
  await page.getByRole('combobox', { name: 'Created For' }).selectOption('Ines Quayle (20)');
  await checkEverywhere(page, 'the filters', ['target-size']);
  await heading(page, 'Token Name').getByRole('link').click();
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await expect(bulkBar(page).getByRole('status')).toHaveText('20 selected');
  // Overlays partly cover controls, which axe reports as too small. Their real size does not change.
  await checkEverywhere(page, 'filters, order and selection', ['target-size']);
  await page.getByText('Columns', { exact: true }).click();
  await checkEverywhere(page, 'the columns menu', ['target-size']);
  for (const column of ['Token Type', 'Created For', 'Created By', 'Products', 'Last Used']) {
    await page.getByRole('group', { name: 'Columns shown' }).getByRole('checkbox', { name: column }).uncheck();
  }
  await page.getByText('Columns', { exact: true }).click();
  await bulkBar(page).getByRole('button', { name: 'Clear selection' }).click();
  await checkEverywhere(page, 'few columns');
});

test('a page that does not come', async ({ page, company, account, watch }) => {
  watch.expectStatus(404);
  watch.expectStatus(502);
  await signIn(page, company.admin);
  await account.generate(company.path, LONG);
  await appHydrated(page);
  const card = page.getByRole('link', { name: company.project.name });
  const answer = await holdBack(page, CALLS);
  await card.click();
  await expect(page.locator('.skeleton')).toBeVisible();
  await checkEverywhere(page, 'a page on its way');
  answer();
  await expect(row(page, LONG)).toBeVisible();
  await page.unrouteAll({ behavior: 'wait' });
  for (const [status, title] of [[404, 'The portal was updated'], [502, 'Not available right now']] as const) {
    await page.route(CALLS, (route) => route.fulfill({ status, contentType: 'text/html', body: '<!DOCTYPE html>' }));
    await row(page, LONG).getByRole('link', { name: LONG }).click();
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await checkEverywhere(page, title);
    await page.unrouteAll({ behavior: 'wait' });
    await page.goBack();
    await expect(row(page, LONG)).toBeVisible();
  }
});

test('a page of who is signed out meanwhile', async ({ page, company, account, watch }) => {
  watch.expectStatus(401);
  await signIn(page, company.admin);
  await account.generate(company.path, LONG);
  await openTokens(page, company.path);
  await page.context().clearCookies();
  const dialog = await ask(page, 'Disable Token', LONG);
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'You are signed out' })).toBeVisible();
  await checkEverywhere(page, 'a dialog of who is signed out');
  await page.keyboard.press('Escape');
  await expect(notice(page)).toContainText('You are signed out.');
  await checkEverywhere(page, 'signed out');
});

test('a page of a long list as the server renders it', async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
  await page.route('**/*.wasm', () => {});
  await page.goto(`${largeProject.company.path}?page=2`, { waitUntil: 'domcontentloaded' });
  await expect(page.getByText('Page 2 of 6')).toBeVisible();
  await checkEverywhere(page, 'page 2 of a long list');
});

test('the dialogs of a change to many, and what they lead to', async ({ page, company, portal, watch }) => {
  watch.expectStatus(404);
  await signIn(page, company.admin);
  const account = await Account.of(page.context(), portal.url);
  for (let number = 1; number <= 14; number += 1) await account.generate(company.path, `${LONG.slice(0, -3)}-${10 + number}`);
  company.project.subscriptions.push(running(GATE));
  await portal.import(company.catalogue());
  await openTokens(page, company.path);
  await page.getByRole('button', { name: 'Re-sync all' }).click();
  await checkEverywhere(page, 'Re-sync all');
  await page.keyboard.press('Escape');
  const first = `${LONG.slice(0, -3)}-11`;
  await box(page, first).click();
  await checkEverywhere(page, 'one of them chosen', ['target-size']);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  for (const verb of ['Disable', 'Enable', 'Delete'] as const) {
    await bulkBar(page).getByRole('button', { name: verb }).click();
    await checkEverywhere(page, `${verb} many`);
    await page.keyboard.press('Escape');
  }
  await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
  await account.post(`${company.path}/delete`, { token_id: await box(page, first).inputValue() });
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable 14 tokens', exact: true }).click();
  await expect(page.getByRole('alertdialog').getByRole('alert')).toBeVisible();
  await checkEverywhere(page, 'a change to many refused');
});

test('the page that shows a secret where the form came before the script', async ({ page, company }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const dialog = await openGenerate(page);
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill(LONG);
  // Submits the form as the browser does before the page is hydrated.
  await dialog.locator('form').evaluate((form) => (form as HTMLFormElement).submit());
  await expect(page.getByRole('heading', { name: /^Back up the secret of/, level: 1 })).toBeVisible();
  await checkEverywhere(page, 'secret page');
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  await hydrated(page);
});
