// A user of the portal, step by step; the steps are the same in every mode.
import { expect, type Locator, type Page } from '@playwright/test';

import type { Person } from './catalogue.ts';
import type { InputMethod } from './input-methods.ts';
import { action, askingDialog, generateButton, generateDialog, heading, hydrated, names, row, type RowAction } from './pages.ts';
import type { Credentials } from './portal.ts';

export class Visitor {
  readonly page: Page;
  /** Whether the page hydrates. */
  readonly hydrates: boolean;
  readonly input: InputMethod;

  constructor(page: Page, hydrates: boolean, input: InputMethod) {
    this.page = page;
    this.hydrates = hydrates;
    this.input = input;
  }

  /** Opens a token list, the start of every journey. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.#ready();
  }

  /** Signs in; the sign-in page must be open. */
  async signIn({ email, password }: Person): Promise<void> {
    await this.input.type(this.page.getByLabel('Email'), email);
    await this.input.type(this.page.getByLabel('Password'), password);
    await this.input.press(this.page.getByRole('button', { name: 'Sign in' }));
    await expect(this.page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  }

  async openGenerate(): Promise<Locator> {
    await this.input.press(generateButton(this.page));
    const dialog = generateDialog(this.page);
    await expect(dialog.getByRole('textbox', { name: 'Token Name' })).toBeFocused();
    return dialog;
  }

  /** Fills in and submits the open dialog. `serviceUser` makes it a Service Token. */
  async submitGenerate(name: string, serviceUser?: string): Promise<void> {
    const dialog = generateDialog(this.page);
    if (serviceUser !== undefined) {
      await this.input.tick(dialog.getByRole('radio', { name: 'Service Token' }));
      await this.input.choose(dialog.getByRole('combobox', { name: 'Service User' }), serviceUser);
    }
    await this.input.type(dialog.getByRole('textbox', { name: 'Token Name' }), name);
    await this.input.press(dialog.getByRole('button', { name: 'Generate Token' }));
  }

  /** Reads the login name and the secret from the dialog or the page that shows them. */
  async readSecret(name: string): Promise<Credentials> {
    await expect(this.page.getByRole('heading', { name: `Back up the secret of ${name}` })).toBeVisible();
    await this.#noteHydration();
    const loginName = await this.page.getByLabel('Login name', { exact: true }).inputValue();
    const secret = await this.page.getByLabel('Token Secret', { exact: true }).inputValue();
    expect(secret).toMatch(/^wrt_[0-9A-Za-z]{38,}$/);
    return { loginName, secret };
  }

  /** Confirms that the secret is stored, and goes back to the list. */
  async leaveSecret(): Promise<void> {
    if (this.hydrates) {
      await this.input.tick(this.page.getByRole('checkbox', { name: 'I have stored it' }));
      await this.input.press(this.page.getByRole('button', { name: 'Close', exact: true }));
      await expect(this.page.getByRole('dialog')).toHaveCount(0);
    } else {
      await this.input.press(this.page.getByRole('link', { name: 'I have stored it: back to the tokens' }));
    }
    await this.#ready();
  }

  /** Presses a token's button; returns the confirmation dialog. */
  async ask(verb: RowAction, name: string): Promise<Locator> {
    const button = action(this.page, verb, name);
    const more = row(this.page, name).locator('.more summary');
    // On a phone, or zoomed in, the card is collapsed.
    if ((await more.isVisible()) && !(await button.isVisible())) await this.input.press(more);
    await this.input.press(button);
    const dialog = askingDialog(this.page, verb);
    await expect(dialog).toHaveAccessibleName(new RegExp(` ${name}$`));
    // An action that ends something focuses Cancel first.
    const first = (await dialog.getAttribute('role')) === 'alertdialog' ? 'Cancel' : verb;
    await this.input.expectFocus(dialog.getByRole('button', { name: first, exact: true }));
    return dialog;
  }

  /** Does an action on a token and confirms it. */
  async perform(verb: RowAction, name: string): Promise<void> {
    await this.agree(await this.ask(verb, name), verb);
  }

  async agree(dialog: Locator, verb: RowAction): Promise<void> {
    await this.input.press(dialog.getByRole('button', { name: verb, exact: true }));
    await expect(dialog).toBeHidden();
  }

  /** Checks the notice above the list. */
  async expectSaid(words: RegExp): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: words })).toBeVisible();
  }

  async search(words: string): Promise<void> {
    await this.input.type(this.page.getByRole('searchbox', { name: 'Search tokens' }), words);
    await this.#send();
  }

  /** Opens *Filter*, unless it is open. */
  async openFilter(): Promise<void> {
    const menu = this.page.locator('details.filter-menu');
    if (await menu.evaluate((details: HTMLDetailsElement) => details.open)) return;
    await this.input.press(menu.getByText('Filter', { exact: true }));
    await expect(menu.getByRole('group').first()).toBeVisible();
  }

  /** Closes *Filter*, which covers a part of the list. */
  async closeFilter(): Promise<void> {
    await this.page.keyboard.press('Escape');
    if (this.hydrates) await expect(this.page.locator('details.filter-menu[open]')).toHaveCount(0);
  }

  /** Selects an option in one of the filter's dropdowns. */
  async pick(list: string, label: string): Promise<void> {
    await this.openFilter();
    await this.input.choose(this.page.getByRole('combobox', { name: list }), label);
    await this.#send();
  }

  /** Sorts by a column. */
  async sort(column: string): Promise<void> {
    await this.input.press(heading(this.page, column).getByRole('link'));
  }

  /** Checks the parameters in the URL. Empty ones are ignored, because a no-JavaScript form sends them too. */
  async expectView(expected: Record<string, string>): Promise<void> {
    const view = () => Object.fromEntries([...new URL(this.page.url()).searchParams].filter(([, value]) => value !== ''));
    await expect.poll(view).toEqual(expected);
  }

  async expectNames(expected: readonly string[]): Promise<void> {
    await expect(names(this.page)).toHaveText([...expected]);
  }

  /** Submits the search form, if the page is not hydrated. */
  async #send(): Promise<void> {
    if (!this.hydrates) await this.input.press(this.page.getByRole('button', { name: 'Search', exact: true }));
  }

  async #ready(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Registry Tokens', level: 2 })).toBeVisible();
    if (this.hydrates) await hydrated(this.page);
    else await this.#noteHydration();
  }

  /** Checks that the page is not hydrated in the modes without hydration. */
  async #noteHydration(): Promise<void> {
    if (!this.hydrates) await expect(this.page.locator('[data-hydrated]')).toHaveCount(0);
  }
}
