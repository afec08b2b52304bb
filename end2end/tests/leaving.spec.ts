// Leaving a page ends everything in progress on it: no errors, no effects on other pages, and no leaks.
import type { Page, Request } from '@playwright/test';

import type { Account } from '../support/account.ts';
import type { Company } from '../support/catalogue.ts';
import { holdBack } from '../support/hold.ts';
import {
  breadcrumb, card, expectArrived, expectListAnswers, expectSameDocument, follow, goToTokens, MY_PROJECTS, openProjects, portalLink,
  tokenOf, tokensOf, type Place,
} from '../support/navigation.ts';
import {
  ask, box, bulkBar, closeSecret, found, names, openGenerate, openTokens, row, search, secretDialog, submitGenerate, whole,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { UsageMeter, type Usage } from '../support/usage.ts';

/** Starts an action on the list; returns a function that releases the calls held back. */
type Begin = (page: Page) => Promise<(() => void) | void>;

/** Actions in progress, and whether each adds a history entry. */
const UNDER_WAY: [string, Begin, isStep?: true][] = [
  ['the Generate dialog open and a name typed', async (page) => {
    await (await openGenerate(page)).getByRole('textbox', { name: 'Token Name' }).fill('half-typed');
  }],
  ['a dialog open that asks', async (page) => {
    await ask(page, 'Delete Token', 'token-44');
  }],
  ['a dialog open that asks about all, which are selected', async (page) => {
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
  }],
  ['a secret shown that is stored', async (page) => {
    await submitGenerate(page, 'ci-main');
    await secretDialog(page).getByRole('checkbox', { name: 'I have stored it' }).check();
  }],
  ['its list on its way', async (page) => {
    const answer = await holdBack(page, '**/api/tokens/list');
    const asked = page.waitForRequest('**/api/tokens/list');
    // A dialog for an action that ends something reloads the list.
    await ask(page, 'Delete Token', 'token-44');
    await asked;
    return answer;
  }],
  ['many tokens being changed', async (page) => {
    const answer = await holdBack(page, '**/api/tokens/change-many');
    const asked = page.waitForRequest('**/api/tokens/change-many');
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: /^Disable \d+ tokens$/ }).click();
    await asked;
    return answer;
  }],
  ['an overlap being ended', async (page) => {
    const answer = await holdBack(page, '**/api/tokens/end-overlap');
    const asked = page.waitForRequest('**/api/tokens/end-overlap');
    await page.getByRole('button', { name: 'End overlap now token-34' }).click();
    await asked;
    return answer;
  }],
  ['a word just typed', async (page) => {
    await search(page).pressSequentially('token-3');
  }, true],
  ['the list being scrolled', async (page) => {
    await page.mouse.move(700, 600);
    for (let step = 0; step < 3; step += 1) await page.mouse.wheel(0, 400);
  }],
  ['a column just hidden, and the menu open', async (page) => {
    await page.getByText('Columns', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'Two lines a row' }).click();
  }],
];

test.describe('left with', () => {
  test.beforeEach(async ({ page, company, account }) => {
    for (let number = 10; number < 50; number += 1) await account.generate(company.path, `token-${number}`);
    await restore(company, account);
    await openProjects(page, company);
    await goToTokens(page, company);
  });

  for (const [what, begin, isStep] of UNDER_WAY) {
    test(`${what}, by Forward, by Back and by a link, a list leaves nothing behind`, async ({ page, company, account }) => {
      test.setTimeout(120_000);
      const token = tokenOf(company, 'token-40');
      const calls = callsOf(page);
      // Creates a forward entry in the history.
      await row(page, 'token-40').getByRole('link', { name: 'token-40' }).click();
      await expectArrived(page, token);
      await page.goBack();
      await expectArrived(page, tokensOf(company));
      const forward: Way = [() => page.goForward(), token, () => page.goBack()];
      const back: Way = [() => page.evaluate((by) => history.go(by), isStep ? -2 : -1), MY_PROJECTS, () => page.goForward()];
      const link: Way = [() => follow(page, token.path), token, () => breadcrumb(page, company.project.name).click()];
      // A new history entry removes the forward entries.
      for (const [leave, place, comeBack] of isStep ? [back, link] : [forward, back, link]) {
        const answer = await begin(page);
        await leave();
        await expectArrived(page, place);
        answer?.();
        await page.unrouteAll({ behavior: 'wait' });
        await expect.poll(() => [...calls].map((call) => call.url())).toEqual([]);
        await restore(company, account);
        await comeBack();
        await expectArrived(page, tokensOf(company));
        await expect(bulkBar(page)).toHaveCount(0);
        // The list shows the current tokens.
        await expect(found(page)).toHaveText('40 tokens');
        await expect(page.getByRole('link', { name: 'Disabled 0' })).toBeVisible();
        await expect(page.getByRole('button', { name: 'End overlap now token-34' })).toBeVisible();
        await expectSameDocument(page);
      }
      await expectListAnswers(page);
      await box(page, 'token-49').check();
      await expect(bulkBar(page)).toBeVisible();
    });
  }

  /** How to leave the list, the page it leads to, and how to come back. */
  type Way = [() => Promise<unknown>, Place, () => Promise<unknown>];

  test('a token being generated, a list does not lose it', async ({ page, company }) => {
    const answer = await holdBack(page, '**/api/tokens/generate');
    const dialog = await openGenerate(page);
    await dialog.getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
    const asked = page.waitForRequest('**/api/tokens/generate');
    await dialog.getByRole('button', { name: 'Generate Token' }).click();
    await asked;
    const questions = answerQuestions(page, 'dismiss');
    await page.evaluate(() => history.back());
    // The browser asks first, because leaving would lose the secret in the pending response.
    await expect.poll(() => questions.length).toBe(1);
    await expect(page).toHaveURL(company.path);
    answer();
    await expect(secretDialog(page)).toBeVisible();
    await closeSecret(page);
    await expect(row(page, 'ci-main')).toBeVisible();
  });
});

test('a secret that is not stored is not lost by Back: that asks first', async ({ page, company }) => {
  await openProjects(page, company);
  await goToTokens(page, company);
  await submitGenerate(page, 'ci-main');
  const secret = secretDialog(page).getByLabel('Token Secret', { exact: true });
  const before = await secret.inputValue();
  const questions = answerQuestions(page, 'dismiss');
  await page.evaluate(() => history.back());
  await expect.poll(() => questions.length).toBe(1);
  await expect(page).toHaveURL(company.path);
  await expect(secret).toHaveValue(before);
  await expect(secretDialog(page).getByRole('button', { name: 'Close', exact: true })).toBeDisabled();
  page.removeAllListeners('dialog');
  const more = answerQuestions(page, 'accept');
  await page.evaluate(() => history.back());
  await expect.poll(() => more.length).toBe(1);
  await expectArrived(page, MY_PROJECTS);
  expect(await page.content()).not.toContain(before);
  await page.goForward();
  await expectArrived(page, tokensOf(company));
  await expect(row(page, 'ci-main')).toBeVisible();
});

test('a secret is on no page once its dialog is closed, nor when the list is come back to', async ({ page, company }) => {
  await openProjects(page, company);
  await goToTokens(page, company);
  await submitGenerate(page, 'ci-main');
  const secret = await secretDialog(page).getByLabel('Token Secret', { exact: true }).inputValue();
  await closeSecret(page);
  await portalLink(page).click();
  await expectArrived(page, MY_PROJECTS);
  expect(await page.content()).not.toContain(secret);
  await page.goBack();
  await expectArrived(page, tokensOf(company));
  await expect(row(page, 'ci-main')).toBeVisible();
  expect(await page.content()).not.toContain(secret);
});

test.describe('nothing of a page that was left goes on', () => {
  test('its stream of changes ends with it, and another comes with the next', async ({ page, company, second }) => {
    const open: string[] = [];
    let opened = 0;
    const path = (url: string) => new URL(url).pathname;
    page.on('request', (request) => {
      if (!request.url().includes('/events?')) return;
      opened += 1;
      open.push(path(request.url()));
    });
    const close = (url: string) => open.includes(path(url)) && open.splice(open.indexOf(path(url)), 1);
    page.on('requestfinished', (request) => close(request.url()));
    page.on('requestfailed', (request) => close(request.url()));
    await openProjects(page, company);
    for (const [at, project] of [company, second, company].entries()) {
      await goToTokens(page, project);
      await expect.poll(() => open).toEqual([`${project.path}/events`]);
      expect(opened).toBe(at + 1);
      await portalLink(page).click();
      await expectArrived(page, MY_PROJECTS);
      await expect.poll(() => open).toEqual([]);
    }
    // Directly from one project to another.
    await goToTokens(page, company);
    await expect.poll(() => open).toEqual([`${company.path}/events`]);
    await follow(page, second.path);
    await expectArrived(page, tokensOf(second));
    await expect.poll(() => open).toEqual([`${second.path}/events`]);
  });

  test('its timers end with it', async ({ page, company, account, watch }) => {
    watch.expectStatus(503);
    await account.generate(company.path, 'ci-main');
    await page.clock.install();
    const asked: string[] = [];
    page.on('request', (request) => /\/api\/|\/events\?/.test(request.url()) && asked.push(request.url()));
    const streams = () => asked.filter((url) => url.includes('/events?')).length;
    // A timer retries a refused event stream.
    await page.route('**/events?*', (route) => route.fulfill({ status: 503 }));
    await openProjects(page, company);
    await goToTokens(page, company);
    const again = async () => {
      await page.clock.fastForward(15_000);
      return streams();
    };
    await expect.poll(again).toBeGreaterThan(1);
    await search(page).fill('ci');
    await expect(page).toHaveURL(`${company.path}?q=ci`);
    await portalLink(page).click();
    await expectArrived(page, MY_PROJECTS);
    // My Projects itself loads its data once.
    await expect.poll(() => asked.at(-1)).toMatch(/\/api\/projects\/list$/);
    const before = [...asked];
    await page.clock.fastForward(60_000);
    // A request by a timer would be sent before this one.
    await page.evaluate(async () => void (await fetch('/healthz')));
    expect(asked).toEqual(before);
    await expectArrived(page, MY_PROJECTS);
  });

  test('its calls are given up with it', async ({ page, company, account }) => {
    await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    await goToTokens(page, company);
    const answer = await holdBack(page, '**/api/tokens/list');
    // A dialog for an action that ends something reloads the list.
    await ask(page, 'Delete Token', 'ci-main');
    const given = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/tokens/list'));
    await page.goBack();
    await expectArrived(page, MY_PROJECTS);
    await given;
    answer();
  });

  test('what others change in a project that was left asks for nothing', async ({ page, company, account }) => {
    await openProjects(page, company);
    const streaming = page.waitForEvent('requestfailed', (request) => request.url().includes('/events?'));
    await goToTokens(page, company);
    await portalLink(page).click();
    await expectArrived(page, MY_PROJECTS);
    await streaming;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const other = await page.context().newPage();
    await openTokens(other, company.path);
    await account.generate(company.path, 'ci-main');
    // A page that shows the list is notified.
    await expect(names(other)).toHaveText(['ci-main']);
    expect(asked.filter((path) => path.startsWith('/api/tokens') || path.endsWith('/events'))).toEqual([]);
  });

  test('listeners, nodes and memory are level after 50 rounds', async ({ page, company, account }) => {
    test.setTimeout(300_000);
    for (let number = 10; number < 40; number += 1) await account.generate(company.path, `token-${number}`);
    const meter = await UsageMeter.of(page);
    await openProjects(page, company);
    let early: Usage | undefined;
    for (let round = 1; round <= 50; round += 1) {
      await card(page, company).click();
      await whole(page);
      if (round % 2 === 0) await openGenerate(page);
      else await ask(page, 'Delete Token', 'token-30');
      await page.keyboard.press('Escape');
      await expect(page.locator('dialog')).toHaveCount(0);
      await row(page, 'token-30').getByRole('link', { name: 'token-30' }).click();
      await expectArrived(page, tokenOf(company, 'token-30'));
      await page.goBack();
      await expectArrived(page, tokensOf(company));
      await page.goBack();
      await expectArrived(page, MY_PROJECTS);
      if (round === 10) early = await meter.read();
    }
    const late = await meter.read();
    await expectSameDocument(page);
    const what = JSON.stringify({ early, late });
    expect(late.listeners - early!.listeners, what).toBeLessThanOrEqual(10);
    expect(late.nodes - early!.nodes, what).toBeLessThanOrEqual(100);
    expect(late.heap - early!.heap, what).toBeLessThan(2_000_000);
    expect(late.wasm - early!.wasm, what).toBeLessThan(2_000_000);
  });
});

/** Restores the initial 40 tokens, one of them with two secrets. */
async function restore(company: Company, account: Account): Promise<void> {
  const ids = async (query: string) => {
    const html = await account.get(`${company.path}?${query}`);
    return [...html.matchAll(/ data-token="([^"]+)"/g)].map(([, id]) => id!);
  };
  for (const id of await ids('q=ci-main')) await account.post(`${company.path}/delete`, { token_id: id });
  for (let disabled = await ids('status=disabled'); disabled.length > 0; disabled = await ids('status=disabled')) {
    for (const id of disabled) await account.post(`${company.path}/enable`, { token_id: id });
  }
  const [id] = await ids('q=token-34');
  if ((await account.get(`${company.path}?q=token-34`)).includes('Two secrets')) return;
  const dialog = await account.get(`${company.path}?dialog=regenerate-${id}`);
  const generation = /<input[^>]* name="generation"[^>]*>/.exec(dialog)?.[0].match(/ value="(\d+)"/)?.[1];
  await account.post(`${company.path}/regenerate`, { token_id: id!, generation: generation!, overlap: '24h' });
}

/** The API calls in progress, tracked from now on. */
function callsOf(page: Page): Set<Request> {
  const calls = new Set<Request>();
  page.on('request', (request) => request.url().includes('/api/') && calls.add(request));
  page.on('requestfinished', (request) => calls.delete(request));
  page.on('requestfailed', (request) => calls.delete(request));
  return calls;
}

/** Handles the browser's own dialogs from now on; the returned list collects their types. */
function answerQuestions(page: Page, answer: 'accept' | 'dismiss'): string[] {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog[answer]();
  });
  return asked;
}
