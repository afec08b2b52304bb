// Live updates: changes by other users appear without a reload, and change neither the focus nor the scroll position.
import type { Page } from '@playwright/test';

import { Account } from '../support/account.ts';
import { GATE, running, type Company } from '../support/catalogue.ts';
import {
  action, ask, box, bulkBar, cell, found, names, notice, openGenerate, openTokens, openWhole, row, signIn,
} from '../support/pages.ts';
import { settled } from '../support/scroll.ts';
import { expect, test } from '../support/test.ts';

/** The server polls for changes every 2 seconds. */
const SOON = { timeout: 5_000 };

let other: Account;

test.beforeEach(async ({ page, company, portal }) => {
  other = await Account.signIn(portal.url, company.admin);
  await signIn(page, company.admin);
});

test('a new token, a change and an end are there within seconds', async ({ page, company }) => {
  await other.generate(company.path, 'first');
  await openTokens(page, company.path);
  await other.generate(company.path, 'second');
  await expect(names(page)).toHaveText(['second', 'first'], SOON);
  await expect(found(page)).toHaveText('2 tokens');
  await change(page, company, 'disable', 'first');
  await expect(cell(page, 'first', 'Token Status')).toContainText('Disabled', SOON);
  await expect(page.getByRole('link', { name: 'Disabled 1' })).toBeVisible();
  await change(page, company, 'delete', 'first');
  await expect(names(page)).toHaveText(['second'], SOON);
  expect(await focused(page)).toBe('BODY');
});

test('a response that arrives late does not take the list back', async ({ page, company }) => {
  await other.generate(company.path, 'first');
  await openWhole(page, company.path);
  // The dialog refreshes the list when it opens. That response is read before the change, and arrives after it.
  let arrive: () => void = () => {};
  const arrives = new Promise<void>((resolve) => (arrive = resolve));
  let read = 0;
  await page.route('**/api/tokens/list', async (route) => {
    const response = await route.fetch();
    read += 1;
    if (read === 1) await arrives;
    await route.fulfill({ response });
  });
  const dialog = await ask(page, 'Disable Token', 'first');
  await expect.poll(() => read).toBe(1);
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(cell(page, 'first', 'Token Status')).toContainText('Disabled', SOON);
  const late = page.waitForResponse('**/api/tokens/list');
  arrive();
  await (await late).finished();
  await settled(page);
  await expect(cell(page, 'first', 'Token Status')).toContainText('Disabled');
});

test('a refresh that gets no answer is said, until one gets an answer', async ({ page, company, watch }) => {
  watch.expect(/net::ERR_FAILED/);
  await other.generate(company.path, 'first');
  await openWhole(page, company.path);
  await page.route('**/api/tokens/list', (route) => route.abort(), { times: 1 });
  await other.generate(company.path, 'second');
  await expect(notice(page)).toContainText('this list may be out of date', SOON);
  await other.generate(company.path, 'third');
  await expect(names(page)).toHaveText(['third', 'second', 'first'], SOON);
  await expect(notice(page)).toHaveCount(0);
});

test('a refresh that gets no answer leaves the result of a change, and its Undo', async ({ page, company, watch }) => {
  watch.expect(/net::ERR_FAILED/);
  await other.generate(company.path, 'first');
  await openWhole(page, company.path);
  const dialog = await ask(page, 'Disable Token', 'first');
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(notice(page)).toContainText('first is disabled.');
  // A notice that is hovered stays.
  await notice(page).hover();
  await page.route('**/api/tokens/list', (route) => route.abort(), { times: 1 });
  await other.generate(company.path, 'second');
  await expect(notice(page)).toContainText(/first is disabled\..* this list may be out of date\./, SOON);
  await other.generate(company.path, 'third');
  await expect(names(page)).toHaveText(['third', 'second', 'first'], SOON);
  await expect(notice(page)).not.toContainText('out of date');
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(cell(page, 'first', 'Token Status')).toHaveText('Active');
});

test('a link to the dialog of a token that is gone says so', async ({ page, company }) => {
  await page.goto(`${company.path}?dialog=delete-0123`);
  await expect(notice(page)).toContainText('This token does not exist, or you may not see it.');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
});

test('a page that shows another user than the one who is signed in does nothing', async ({ page, context, company, watch }) => {
  watch.expectStatus(409);
  await other.generate(company.path, 'first');
  await openWhole(page, company.path);
  const second = await context.newPage();
  await second.goto('/');
  await second.getByRole('button', { name: 'Sign out' }).click();
  await signIn(second, company.developer);
  await second.close();
  const dialog = await ask(page, 'Disable Token', 'first');
  await dialog.getByRole('button', { name: 'Disable Token' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Nothing was done: another user is signed in now. Reload the page.');
  await dialog.getByRole('link', { name: 'Reload' }).click();
  await expect(page.getByRole('banner')).toContainText(company.developer.name);
  expect(await other.get(`${company.path}.csv?status=disabled`)).not.toContain('first');
});

test('what an import changes is there within seconds', async ({ page, company, portal }) => {
  await other.generate(company.path, 'first');
  await openTokens(page, company.path);
  company.project.subscriptions.push(running(GATE));
  await portal.import(company.catalogue());
  await expect(row(page, 'first')).toContainText('1 product to add', SOON);
  await expect(page.getByRole('link', { name: '1 token has products to add' })).toBeVisible();
});

test('the first token takes the place of what to do', async ({ page, company }) => {
  await openTokens(page, company.path);
  await expect(page.getByText('No tokens yet.')).toBeVisible();
  await other.generate(company.path, 'first');
  await expect(names(page)).toHaveText(['first'], SOON);
  await expect(page.getByText('No tokens yet.')).toBeHidden();
});

test.describe('in the middle of a long list', () => {
  test.beforeEach(async ({ page, company }) => {
    for (let number = 0; number < 80; number += 1) await other.generate(company.path, `token-${String(number).padStart(3, '0')}`);
    await openWhole(page, company.path);
    await page.evaluate(() => scrollTo(0, 1800));
    await settled(page);
    await expect(row(page, 'token-040')).toBeInViewport();
  });

  for (const [who, focus, expected] of [
    ['nobody has the focus', async () => {}, 'BODY'],
    ['a button of a row has the focus', (page: Page) => action(page, 'Delete Token', 'token-040').focus(), 'Delete Token token-040'],
    ['a name has the focus', (page: Page) => row(page, 'token-040').getByRole('link').focus(), 'token-040'],
    ['the box of a row has the focus', (page: Page) => box(page, 'token-040').focus(), 'Select token-040'],
  ] as const) {
    test(`nothing moves and the focus stays where it is: ${who}`, async ({ page, company }) => {
      await focus(page);
      const top = async () => (await row(page, 'token-040').boundingBox())?.y;
      const before = await top();
      await other.generate(company.path, 'newest');
      await expect(found(page)).toHaveText('81 tokens', SOON);
      await settled(page);
      expect(await top()).toBeCloseTo(before ?? NaN, 0);
      expect(await focused(page)).toBe(expected);
      // A change of the row itself.
      await change(page, company, 'disable', 'token-040');
      await expect(cell(page, 'token-040', 'Token Status')).toContainText('Disabled', SOON);
      await settled(page);
      expect(await top()).toBeCloseTo(before ?? NaN, 0);
      expect(await focused(page)).toBe(expected);
      // A change of a row above, outside the viewport.
      await other.post(`${company.path}/delete`, { token_id: await idOf(company, 'newest') });
      await expect(found(page)).toHaveText('80 tokens', SOON);
      await settled(page);
      expect(await top()).toBeCloseTo(before ?? NaN, 0);
      expect(await focused(page)).toBe(expected);
    });
  }
});

test('a search that is being typed goes on', async ({ page, company }) => {
  for (const name of ['ci-main', 'ci-nightly', 'desk']) await other.generate(company.path, name);
  await openTokens(page, company.path);
  const search = page.getByRole('searchbox', { name: 'Search tokens' });
  await search.pressSequentially('ci-');
  await page.keyboard.press('ArrowLeft');
  await other.generate(company.path, 'ci-weekly');
  await expect(found(page)).toHaveText('3 of 4 tokens', SOON);
  await expect(names(page)).toHaveText(['ci-weekly', 'ci-nightly', 'ci-main']);
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('ci-');
  expect(await search.evaluate((field) => (field as HTMLInputElement).selectionStart)).toBe(2);
});

test('what is chosen stays chosen, and what is gone is chosen no more', async ({ page, company }) => {
  for (const name of ['first', 'second', 'third']) await other.generate(company.path, name);
  await openTokens(page, company.path);
  for (const name of ['first', 'second']) await box(page, name).check();
  await change(page, company, 'delete', 'first');
  await expect(bulkBar(page).getByRole('status')).toHaveText('1 selected', SOON);
  await expect(box(page, 'second')).toBeChecked();
  await expect(box(page, 'third')).not.toBeChecked();
});

test('a dialog that stands open stays as it is', async ({ page, company }) => {
  await other.generate(company.path, 'first');
  await openTokens(page, company.path);
  const generating = await openGenerate(page);
  const name = generating.getByRole('textbox', { name: 'Token Name' });
  await name.pressSequentially('half-ty');
  await other.generate(company.path, 'second');
  await expect(page.locator('tbody.rows tr')).toHaveCount(2, SOON);
  await expect(name).toBeFocused();
  await page.keyboard.type('ped');
  await expect(name).toHaveValue('half-typed');
  await page.keyboard.press('Escape');
  const deleting = await ask(page, 'Delete Token', 'first');
  await other.generate(company.path, 'third');
  await expect(page.locator('tbody.rows tr')).toHaveCount(3, SOON);
  await expect(deleting.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(action(page, 'Delete Token', 'first')).toBeFocused();
});

test('who becomes a customer while the page is open sees what a customer sees', async ({ page, company, portal }) => {
  await other.generate(company.path, 'of-the-admin');
  await (await Account.signIn(portal.url, company.developer)).generate(company.path, 'of-the-developer');
  await openTokens(page, company.path);
  await expect(names(page)).toHaveText(['of-the-developer', 'of-the-admin']);
  company.project.members[0]!.role = 'customer';
  company.project.members[1]!.role = 'admin';
  await portal.import(company.catalogue());
  await expect(names(page)).toHaveText(['of-the-admin'], SOON);
  await expect(page.getByRole('button', { name: /^Disable Token/ })).toHaveCount(0, SOON);
});

test.describe('an open page that may not go on says so, and asks no more', () => {
  let asked: number;

  test.beforeEach(async ({ page, company }) => {
    asked = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.endsWith('/events')) asked += 1;
    });
    await page.clock.install();
    await other.generate(company.path, 'first');
    await openTokens(page, company.path);
    await expect.poll(() => asked).toBe(1);
  });

  test('who signed out in another tab, until they are back', async ({ page, company }) => {
    await signOut(page);
    await expect(notice(page)).toContainText('You are signed out. Sign in again to go on.', SOON);
    await expect(notice(page).getByRole('link', { name: 'Sign in in another tab' })).toBeVisible();
    await expectNoMoreAsked(page);
    const tab = await page.context().newPage();
    await signIn(tab, company.admin);
    await tab.close();
    await other.generate(company.path, 'second');
    await setVisibility(page, 'visible');
    await expect(names(page)).toHaveText(['second', 'first']);
    await expect(notice(page)).toHaveCount(0);
    // The timer opens the event stream again.
    await page.clock.fastForward(15_000);
    await expect.poll(() => asked).toBe(2);
    await other.generate(company.path, 'third');
    await expect(names(page)).toHaveText(['third', 'second', 'first'], SOON);
  });

  test('who is no member of the project any more', async ({ page, company, portal }) => {
    company.project.members.splice(0, 1);
    await portal.import(company.catalogue());
    await expect(notice(page)).toContainText('You can no longer see this project.', SOON);
    await expectNoMoreAsked(page);
  });

  test('who signed out while nobody looked at the page', async ({ page }) => {
    await setVisibility(page, 'hidden');
    await signOut(page);
    await expectNoMoreAsked(page);
    await setVisibility(page, 'visible');
    await expect(notice(page)).toContainText('You are signed out. Sign in again to go on.');
    await expect.poll(() => asked).toBe(2);
    await expectNoMoreAsked(page);
  });

  /** Checks that the page's timers send no request for five minutes; one would be sent before the fetch that follows. */
  async function expectNoMoreAsked(page: Page): Promise<void> {
    const before = asked;
    await page.clock.fastForward(300_000);
    await page.evaluate(() => fetch('/healthz'));
    expect(asked).toBe(before);
  }
});

/** Signs out, as another tab of this browser would. */
async function signOut(page: Page): Promise<void> {
  await page.evaluate(() => fetch('/sign-out', { method: 'POST', redirect: 'manual' }));
}

/** Simulates the visibility of the page, because a headless browser reports every page as visible. */
async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((shown) => {
    Object.defineProperty(document, 'hidden', { value: shown === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);
}

/** Changes a token, as another window would. */
async function change(page: Page, company: Company, what: 'disable' | 'delete', name: string): Promise<void> {
  await other.post(`${company.path}/${what}`, { token_id: await box(page, name).inputValue() });
}

/** The id of a token, even if its row is not in the document. */
async function idOf(company: Company, name: string): Promise<string> {
  const html = await other.get(`${company.path}?q=${name}`);
  const id = / data-token="([0-9a-f]+)"/.exec(html)?.[1];
  if (id === undefined) throw new Error(`${name} is not in the list`);
  return id;
}

/** The accessible name of the focused element, or its tag name. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element instanceof HTMLAnchorElement) return element.textContent ?? '';
    return element?.getAttribute('aria-label') ?? element?.tagName ?? 'nothing';
  });
}
