// The portal as users see it: finds every control by its role and its visible name.
import { expect, type Locator, type Page } from '@playwright/test';

import type { Person } from './catalogue.ts';
import type { Credentials } from './portal.ts';

/** Fills in and submits the form of the sign-in page, which must be open. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs a user in; afterwards My Projects is open. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, person.email, person.password);
  await expect(page.getByRole('heading', { name: 'My Projects', level: 1 })).toBeVisible();
}

/** Waits until the application is hydrated, on any page. Before that, the browser follows a link by loading a document. */
export async function appHydrated(page: Page): Promise<void> {
  // The hydrated application restores scroll positions itself.
  await page.waitForFunction(() => history.scrollRestoration === 'manual');
}

/** Opens a token list and waits until it is hydrated. */
export async function openTokens(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

/** Waits until a token list is hydrated, however it was reached. Before that, the server handles a click with a new document. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('section.tokens[data-hydrated=true]')).toBeVisible();
}

/** Opens a token list and waits until every token is loaded, not only the first ones. */
export async function openWhole(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await whole(page);
}

/** Waits until every token is loaded. Before that, only the server-rendered rows exist. */
export async function whole(page: Page): Promise<void> {
  await expect(page.locator('section.tokens[data-hydrated=true][data-complete=true]')).toBeVisible();
}

/** Does something that makes the page reload its list, and waits until the new list is shown. */
export async function untilRefreshed(page: Page, act: () => Promise<void>): Promise<void> {
  const refreshed = page.waitForResponse((response) => response.url().endsWith('/api/tokens/list'));
  await act();
  await (await refreshed).finished();
  // The response has arrived; the page renders it within the next frames.
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))),
  );
}

export function table(page: Page): Locator {
  return page.getByRole('table', { name: 'Registry tokens of this project' });
}

/** A column's heading. */
export function heading(page: Page, column: string): Locator {
  return table(page).getByRole('columnheader', { name: column, exact: true });
}

export function search(page: Page): Locator {
  return page.getByRole('searchbox', { name: 'Search tokens' });
}

/** The text with the number of tokens shown. */
export function found(page: Page): Locator {
  return page.getByRole('search', { name: 'Tokens' }).locator('.found');
}

/** The link to the CSV, with the number of tokens in it. */
export function csvLink(page: Page): Locator {
  return page.getByRole('link', { name: /^Download \d+ as CSV$/ });
}

/** Opens *Filter*, unless it is open; returns the popup with its button. */
export async function openFilter(page: Page): Promise<Locator> {
  const menu = page.locator('details.filter-menu');
  if (!(await menu.evaluate((details: HTMLDetailsElement) => details.open))) await page.getByText('Filter', { exact: true }).click();
  return menu;
}

/** A token's row. */
export function row(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
}

/** The class of a column's cells. */
const COLUMNS = {
  'Login name': 'col-login',
  'Token Type': 'col-type',
  'Created For': 'col-for',
  'Created By': 'col-by',
  'Subscription End Date': 'col-end',
  Products: 'col-products',
  'Created On': 'col-created',
  'Last Used': 'col-used',
  'Pulls (30 days)': 'col-pulls',
  'Token Status': 'col-status',
} as const;

/** The heading of a column other than Token Name. */
export type Column = keyof typeof COLUMNS;

/** A cell of a token's row. */
export function cell(page: Page, name: string, column: Column): Locator {
  return row(page, name).locator(`td.${COLUMNS[column]}`);
}

/** The names of the rendered tokens, from the top. In a long list only the rows near the viewport are rendered. */
export function names(page: Page): Locator {
  return table(page).getByRole('rowheader');
}

/** The checkbox that selects a token for a bulk change. */
export function box(page: Page, name: string): Locator {
  return page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
}

/** The bar with the actions for the selected tokens. */
export function bulkBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Selected tokens' });
}

export type RowAction = 'Re-sync Products' | 'Re-generate Secret' | 'Disable Token' | 'Enable Token' | 'Delete Token' | 'End overlap now';

/** A button in a token's row. */
export function action(page: Page, verb: RowAction, name: string): Locator {
  return page.getByRole('button', { name: `${verb} ${name}`, exact: true });
}

/** The notice about the result of an action. An error is an alert. */
export function notice(page: Page): Locator {
  return page.getByRole('status').or(page.getByRole('alert')).filter({ has: page.getByRole('button', { name: 'Dismiss' }) });
}

export function generateButton(page: Page): Locator {
  return page.locator('section.tokens').getByRole('button', { name: 'Generate Token' });
}

export function generateDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Generate Token' });
}

export function secretDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Back up the secret of / });
}

/** The confirmation dialog of an action; an alert dialog if the action ends something. */
export function askingDialog(page: Page, verb: RowAction): Locator {
  const isHarmless = verb === 'Re-sync Products' || verb === 'Enable Token';
  return page.getByRole(isHarmless ? 'dialog' : 'alertdialog').filter({ has: page.getByRole('button', { name: verb, exact: true }) });
}

export async function openGenerate(page: Page): Promise<Locator> {
  await generateButton(page).click();
  const dialog = generateDialog(page);
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Clicks an action in a token's row; returns its confirmation dialog. */
export async function ask(page: Page, verb: RowAction, name: string): Promise<Locator> {
  await action(page, verb, name).click();
  const dialog = askingDialog(page, verb);
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Clicks an action in a token's row and confirms it. */
export async function perform(page: Page, verb: RowAction, name: string): Promise<void> {
  const dialog = await ask(page, verb, name);
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Reads login name and secret from the secret's dialog. */
export async function readSecret(page: Page): Promise<Credentials> {
  const dialog = secretDialog(page);
  await expect(dialog).toBeVisible();
  return {
    loginName: await dialog.getByLabel('Login name', { exact: true }).inputValue(),
    secret: await dialog.getByLabel('Token Secret', { exact: true }).inputValue(),
  };
}

/** Ticks the box and closes the secret's dialog. */
export async function closeSecret(page: Page): Promise<void> {
  const dialog = secretDialog(page);
  await dialog.getByRole('checkbox', { name: 'I have stored it' }).check();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  // Waits until the dialog is removed, not only hidden: the browser fires its close event in a separate task.
  await expect(page.locator('dialog').filter({ hasText: 'Back up the secret of ' })).toHaveCount(0);
}

/** Opens the dialog and generates a token; `serviceUser` makes it a Service Token. The secret's dialog stays open. */
export async function submitGenerate(page: Page, name: string, serviceUser?: string): Promise<void> {
  const dialog = await openGenerate(page);
  if (serviceUser !== undefined) {
    await dialog.getByRole('radio', { name: 'Service Token' }).check();
    await dialog.getByRole('combobox', { name: 'Service User' }).selectOption({ label: serviceUser });
  }
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Generate Token' }).click();
  await expect(secretDialog(page)).toBeVisible();
}

/** Generates a token, from the button to closing the secret's dialog. */
export async function generate(page: Page, name: string, serviceUser?: string): Promise<Credentials> {
  await submitGenerate(page, name, serviceUser);
  const credentials = await readSecret(page);
  await closeSecret(page);
  await expect(row(page, name)).toBeVisible();
  return credentials;
}

/** Re-generates a token's secret, from the row to closing the secret's dialog. */
export async function regenerate(page: Page, name: string): Promise<Credentials> {
  await perform(page, 'Re-generate Secret', name);
  const credentials = await readSecret(page);
  await closeSecret(page);
  return credentials;
}

/** Submits *Test this token* on a token's page; returns its section. */
export async function submitTest(page: Page, secret: string, loginName?: string): Promise<Locator> {
  const section = page.getByRole('region', { name: 'Test this token' });
  if (loginName !== undefined) await section.getByLabel('Name to test').fill(loginName);
  await section.getByLabel('Secret to test').fill(secret);
  await section.getByRole('button', { name: 'Test', exact: true }).click();
  return section;
}
