// The portal as people see it: every control by its role and its visible name.
import { expect, type Locator, type Page } from '@playwright/test';

import type { Person } from './catalogue.ts';
import type { Credentials } from './portal.ts';

/** Fills in the form of the sign-in page, which is open. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs a person in; afterwards My Projects is open. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, person.email, person.password);
  await expect(page.getByRole('heading', { name: 'My Projects', level: 1 })).toBeVisible();
}

/** Waits until the application answers, on any page. Until then the browser follows a link, with a whole document. */
export async function appHydrated(page: Page): Promise<void> {
  // It restores positions itself from then on.
  await page.waitForFunction(() => history.scrollRestoration === 'manual');
}

/** Opens a page of tokens and waits until it answers to clicks. */
export async function openTokens(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

/** Waits until a page of tokens answers, however it was reached. Until then a click is answered by the server, with a whole document. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('section.tokens[data-hydrated=true]')).toBeVisible();
}

/** Opens a page of tokens and waits until every token is in it, not only the first ones. */
export async function openWhole(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await whole(page);
}

/** Until then only the rows that the server rendered are there. */
export async function whole(page: Page): Promise<void> {
  await expect(page.locator('section.tokens[data-hydrated=true][data-complete=true]')).toBeVisible();
}

/** Does something after which the page fetches its list anew, and waits until it shows the new one. */
export async function untilRefreshed(page: Page, act: () => Promise<void>): Promise<void> {
  const refreshed = page.waitForResponse((response) => response.url().endsWith('/api/tokens/list'));
  await act();
  await (await refreshed).finished();
  // The answer is in the page; what follows of it there takes no more than the next frames.
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

/** How many tokens the page shows, in words. */
export function found(page: Page): Locator {
  return page.getByRole('search', { name: 'Tokens' }).locator('.found');
}

/** The list as a file, with the number of tokens in it. */
export function csvLink(page: Page): Locator {
  return page.getByRole('link', { name: /^Download \d+ as CSV$/ });
}

/** Opens *Filter*, unless it is open; answers the popup with its button. */
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

/** A column by its heading, other than the name's. */
export type Column = keyof typeof COLUMNS;

/** A cell of a token's row. */
export function cell(page: Page, name: string, column: Column): Locator {
  return row(page, name).locator(`td.${COLUMNS[column]}`);
}

/** The names of the tokens that the page shows, from the top; of a long list the rows near the window are there. */
export function names(page: Page): Locator {
  return table(page).getByRole('rowheader');
}

/** The box that chooses a token for a change to many. */
export function box(page: Page, name: string): Locator {
  return page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
}

/** What can be done with the chosen tokens. */
export function bulkBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Selected tokens' });
}

export type RowAction = 'Re-sync Products' | 'Re-generate Secret' | 'Disable Token' | 'Enable Token' | 'Delete Token' | 'End overlap now';

/** A button in a token's row. */
export function action(page: Page, verb: RowAction, name: string): Locator {
  return page.getByRole('button', { name: `${verb} ${name}`, exact: true });
}

/** What happened, said over the page. What went wrong is an alert. */
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

/** The dialog that asks before an action; what ends something alerts. */
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

/** Clicks an action in a token's row; answers the dialog that asks. */
export async function ask(page: Page, verb: RowAction, name: string): Promise<Locator> {
  await action(page, verb, name).click();
  const dialog = askingDialog(page, verb);
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Does an action of a token's row and agrees to it. */
export async function perform(page: Page, verb: RowAction, name: string): Promise<void> {
  const dialog = await ask(page, verb, name);
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Login name and secret, from the dialog that shows them. */
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
  // Not merely hidden: a browser tells the page in a task of its own that the dialog is closed.
  await expect(page.locator('dialog').filter({ hasText: 'Back up the secret of ' })).toHaveCount(0);
}

/** Opens the dialog and generates a token; `serviceUser` makes it a Service Token. The secret's dialog stands open. */
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

/** Generates a token from the button to the closed dialog. */
export async function generate(page: Page, name: string, serviceUser?: string): Promise<Credentials> {
  await submitGenerate(page, name, serviceUser);
  const credentials = await readSecret(page);
  await closeSecret(page);
  await expect(row(page, name)).toBeVisible();
  return credentials;
}

/** Re-generates a token's secret from the row to the closed dialog. */
export async function regenerate(page: Page, name: string): Promise<Credentials> {
  await perform(page, 'Re-generate Secret', name);
  const credentials = await readSecret(page);
  await closeSecret(page);
  return credentials;
}
