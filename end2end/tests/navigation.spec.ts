// Client-side navigation, without loading a document: what is shown at once, the focus and the scroll position, and unexpected
// responses of a server.
import type { Locator, Page } from '@playwright/test';

import type { Account } from '../support/account.ts';
import type { Company } from '../support/catalogue.ts';
import { CALLS, holdBack } from '../support/hold.ts';
import {
  breadcrumb, card, expectArrived, expectListAnswers, expectSameDocument, follow, goToTokens, markDocument, MY_PROJECTS, NOT_FOUND,
  openProjects, portalLink, tokenOf, tokensOf, type Place,
} from '../support/navigation.ts';
import {
  appHydrated, ask, box, bulkBar, cell, fillSignIn, found, heading, hydrated, names, openGenerate, row, search, signIn,
  submitTest, whole,
} from '../support/pages.ts';
import { atRest } from '../support/scroll.ts';
import { expect, test } from '../support/test.ts';

const UPDATED = { title: 'The portal was updated', text: 'The portal was updated. Nothing was changed. Reload the page to go on.' };
/** Responses to a call that do not come from this build of the portal. */
const ANSWERS = [
  { what: 'not found by the next version', status: 404, contentType: 'text/html', body: '<!DOCTYPE html><h1>Not found</h1>', ...UPDATED },
  { what: 'a page in place of an answer', status: 200, contentType: 'text/html', body: '<!DOCTYPE html><h1>Portal</h1>', ...UPDATED },
  { what: 'bytes of another version', status: 200, contentType: 'application/x-postcard', body: Buffer.from([9, 255, 255, 3, 7]), ...UPDATED },
  {
    what: 'a proxy that cannot reach the portal', status: 502, contentType: 'text/html', body: '<html><h1>Bad Gateway</h1></html>',
    title: 'Not available right now', text: 'The portal cannot be reached right now. Nothing was changed. Try again.',
  },
] as const;
/** Length of a frame in milliseconds, as a tolerance: an animation starts with the previous frame. */
const FRAME = 1000 / 60;

test.describe('links, Back and Forward', () => {
  test('load no document, and lead to the heading of the page, which is at its top', async ({ page, company, account }) => {
    await account.generate(company.path, 'ci-main');
    const documents: string[] = [];
    page.on('request', (request) => request.resourceType() === 'document' && documents.push(request.url()));
    await openProjects(page, company);
    // After loading a document, the page does not set the focus.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    documents.length = 0;
    const [tokens, token] = [tokensOf(company), tokenOf(company, 'ci-main')];
    const steps: [() => Promise<unknown>, Place][] = [
      [() => card(page, company).click(), tokens],
      [() => row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click(), token],
      [() => page.goBack(), tokens],
      [() => page.goBack(), MY_PROJECTS],
      [() => page.goForward(), tokens],
      [() => page.goForward(), token],
      [() => breadcrumb(page, company.project.name).click(), tokens],
      [() => breadcrumb(page, 'My Projects').click(), MY_PROJECTS],
      [() => page.goBack(), tokens],
      [() => portalLink(page).click(), MY_PROJECTS],
      [() => card(page, company).click(), tokens],
      [() => row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click(), token],
      [() => page.getByRole('banner').getByRole('link', { name: 'Registry Tokens' }).click(), MY_PROJECTS],
    ];
    for (const [step, place] of steps) {
      await step();
      await expectArrived(page, place);
      expect(await page.evaluate(() => scrollY)).toBe(0);
    }
    await expectSameDocument(page);
    expect(documents).toEqual([]);
  });

  test("the browser's own reload shows the same page, and links and Back go on working", async ({ page, company, account }) => {
    await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    await goToTokens(page, company);
    await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
    await expectArrived(page, tokenOf(company, 'ci-main'));
    await page.reload();
    await appHydrated(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^ci-main /);
    await markDocument(page);
    await page.goBack();
    await expectArrived(page, tokensOf(company));
    await expect(names(page)).toHaveText(['ci-main']);
    await page.goBack();
    await expectArrived(page, MY_PROJECTS);
    await expectSameDocument(page);
  });

  test('from a long list and back to the same place of the same view', async ({ page, largeProject }) => {
    await openProjects(page, largeProject.company);
    await goToTokens(page, largeProject.company);
    await search(page).fill('-0');
    await heading(page, 'Token Name').getByRole('link').click();
    const address = `${largeProject.company.path}?q=-0&sort=name`;
    await expect(page).toHaveURL(address);
    await expect(found(page)).toHaveText('100 of 150 tokens');
    await page.mouse.move(700, 600);
    await page.mouse.wheel(0, 2500);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(2000);
    await atRest(page);
    const before = await rowsInWindow(page);
    expect(before.length).toBeGreaterThan(10);
    const name = before[5]![0];
    for (const leave of [() => row(page, name).getByRole('link', { name, exact: true }).click(), () => page.goForward()]) {
      await leave();
      await expectArrived(page, tokenOf(largeProject.company, name));
      expect(await page.evaluate(() => scrollY)).toBe(0);
      const refreshed = page.waitForResponse('**/api/tokens/list');
      await page.goBack();
      await expectArrived(page, { ...tokensOf(largeProject.company), path: address });
      await expect.poll(() => rowsInWindow(page)).toEqual(before);
      await expect(search(page)).toHaveValue('-0');
      await expect(found(page)).toHaveText('100 of 150 tokens');
      await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'ascending');
      // The list is loaded again, and nothing moves.
      await (await refreshed).finished();
      await atRest(page);
      expect(await rowsInWindow(page)).toEqual(before);
    }
    await expectSameDocument(page);
  });

  test('history.go leads from one project to another, with nothing of the first', async ({ page, company, second, account }) => {
    await account.generate(company.path, 'of-the-first');
    for (const name of ['of-the-second', 'more-of-the-second']) await account.generate(second.path, name);
    await openProjects(page, company);
    await goToTokens(page, company);
    await portalLink(page).click();
    await expectArrived(page, MY_PROJECTS);
    await goToTokens(page, second);
    await box(page, 'of-the-second').check();
    await expect(bulkBar(page)).toBeVisible();
    await openGenerate(page);

    await page.evaluate(() => history.go(-2));
    await expectArrived(page, tokensOf(company));
    await expect(names(page)).toHaveText(['of-the-first']);
    await expect(found(page)).toHaveText('1 token');
    await expect(bulkBar(page)).toHaveCount(0);
    await box(page, 'of-the-first').check();
    await expect(bulkBar(page).getByRole('status')).toHaveText('1 selected');
    await ask(page, 'Delete Token', 'of-the-first');

    await page.evaluate(() => history.go(2));
    await expectArrived(page, tokensOf(second));
    await expect(names(page)).toHaveText(['more-of-the-second', 'of-the-second']);
    await expect(bulkBar(page)).toHaveCount(0);
    // An action applies to this project's token.
    const dialog = await ask(page, 'Delete Token', 'of-the-second');
    await dialog.getByRole('button', { name: 'Delete Token' }).click();
    await expect(names(page)).toHaveText(['more-of-the-second']);
    expect(await account.get(`${company.path}.csv`)).toContain('of-the-first');
    await expectSameDocument(page);
  });

  test('lead from every page to every other one, there and back', async ({ page, company, second, account, watch }) => {
    test.setTimeout(180_000);
    watch.expectStatus(404);
    await account.generate(company.path, 'ci-main');
    await account.generate(second.path, 'ci-other');
    await openProjects(page, company);
    const places = [MY_PROJECTS, tokensOf(company), tokensOf(second), tokenOf(company, 'ci-main'), tokenOf(second, 'ci-other'), NOT_FOUND];
    const walk = places.flatMap((from, at) => [...places.slice(at + 1).flatMap((to) => [from, to]), from]);
    const steps = walk.filter((place, at) => place !== walk[at - 1]);
    // The steps contain every pair, in both directions.
    const pairs = new Set(steps.slice(1).map((place, at) => `${places.indexOf(steps[at]!)} to ${places.indexOf(place)}`));
    expect(pairs.size).toBe(places.length * (places.length - 1));
    const check = async (place: Place) => {
      await expectArrived(page, place);
      if (place.path === company.path) await expect(names(page)).toHaveText(['ci-main']);
      if (place.path === second.path) await expect(names(page)).toHaveText(['ci-other']);
    };
    for (const place of steps.slice(1)) {
      await follow(page, place.path);
      await check(place);
    }
    for (const place of steps.toReversed().slice(1)) {
      await page.goBack();
      await check(place);
    }
    for (const place of steps.slice(1)) {
      await page.goForward();
      await check(place);
    }
    await follow(page, company.path);
    await check(tokensOf(company));
    await expectListAnswers(page);
    await expectSameDocument(page);
  });

  test('an address that leads nowhere is a page of the portal, with the way back', async ({ page, company, watch }) => {
    watch.expectStatus(404);
    await signIn(page, company.admin);
    await page.goto('/no/such/page');
    await expect(page.getByRole('heading', { name: 'Not found', level: 1 })).toBeVisible();
    await page.getByRole('link', { name: 'Go to My Projects' }).click();
    await expect(page.getByRole('heading', { name: 'My Projects', level: 1 })).toBeVisible();
    await appHydrated(page);
    await markDocument(page);
    // A link leads to it within the same document.
    await follow(page, '/no/such/page');
    await expectArrived(page, { ...NOT_FOUND, path: '/no/such/page' });
    await page.getByRole('link', { name: 'Go to My Projects' }).click();
    await expectArrived(page, MY_PROJECTS);
    await page.goBack();
    await expectArrived(page, { ...NOT_FOUND, path: '/no/such/page' });
    await expectSameDocument(page);
  });

  test('the skip link leads past the header, and to no other page', async ({ page, company }) => {
    await openProjects(page, company);
    await goToTokens(page, company);
    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(breadcrumb(page, 'My Projects')).toBeFocused();
    await page.keyboard.press('Enter');
    await expectArrived(page, MY_PROJECTS);
    await expectSameDocument(page);
  });
});

test.describe('a page that was just seen', () => {
  test('is there at once, and what changed meanwhile comes afterwards', async ({ page, company, account }) => {
    test.setTimeout(120_000);
    await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    await goToTokens(page, company);
    const id = await box(page, 'ci-main').inputValue();
    const [tokens, token] = [tokensOf(company), tokenOf(company, 'ci-main')];
    await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
    await expectArrived(page, token);

    const title = page.getByRole('heading', { level: 1 });
    const nothing = async () => {};
    const listed = (...expected: string[]) => expect(names(page)).toHaveText(expected);
    /** How to go there, the page, what is shown before the response, what changes meanwhile, and what is shown afterwards. */
    type Visit = [() => Promise<unknown>, Place, () => Promise<void>, () => Promise<unknown>, () => Promise<void>];
    const visits: Visit[] = [
      [() => page.goBack(), tokens, () => listed('ci-main'), () => account.generate(company.path, 'second'), () => listed('second', 'ci-main')],
      [
        () => page.goBack(), MY_PROJECTS,
        () => expect(card(page, company)).toContainText('1 token ·'), nothing,
        () => expect(card(page, company)).toContainText('2 tokens'),
      ],
      [
        () => page.goForward(), tokens, () => listed('second', 'ci-main'),
        () => account.post(`${company.path}/disable`, { token_id: id, reason: 'leaked' }),
        () => expect(cell(page, 'ci-main', 'Token Status')).toContainText('leaked'),
      ],
      [() => page.goForward(), token, () => expect(title).toHaveText('ci-main Active'), nothing, () => expect(title).toHaveText('ci-main Disabled')],
      [
        () => breadcrumb(page, company.project.name).click(), tokens, () => listed('second', 'ci-main'),
        () => account.generate(company.path, 'third'), () => listed('third', 'second', 'ci-main'),
      ],
    ];
    for (const [go, place, before, change, after] of visits) {
      const answer = await holdBack(page, CALLS);
      await go();
      await expectArrived(page, place);
      await before();
      await change();
      await before();
      answer();
      await after();
      await page.unrouteAll({ behavior: 'wait' });
      // The new data does not move the focus.
      await expect(title).toBeFocused();
    }
    await expectSameDocument(page);
  });

  test('answers while its list is on its way', async ({ page, company, account }) => {
    for (const name of ['ci-main', 'deploy']) await account.generate(company.path, name);
    await openProjects(page, company);
    await goToTokens(page, company);
    await portalLink(page).click();
    await expectArrived(page, MY_PROJECTS);
    const answer = await holdBack(page, '**/api/tokens/list');
    await page.goBack();
    await expectArrived(page, tokensOf(company));
    await box(page, 'ci-main').check();
    await search(page).fill('ci');
    await expect(names(page)).toHaveText(['ci-main']);
    const name = (await openGenerate(page)).getByRole('textbox', { name: 'Token Name' });
    await name.fill('half-typed');
    await account.generate(company.path, 'ci-new');
    answer();
    await expect(names(page)).toHaveText(['ci-new', 'ci-main']);
    await expect(name).toHaveValue('half-typed');
    await expect(name).toBeFocused();
    await expect(bulkBar(page)).toContainText('1 selected');
  });

  test('keeps what is typed and chosen in it when the answer comes', async ({ page, company, account }) => {
    const { secret } = await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    await goToTokens(page, company);
    await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
    await expectArrived(page, tokenOf(company, 'ci-main'));
    await page.goBack();
    await expectArrived(page, tokensOf(company));
    const answer = await holdBack(page, '**/api/tokens/details');
    const answered = page.waitForResponse('**/api/tokens/details');
    await page.goForward();
    await expectArrived(page, tokenOf(company, 'ci-main'));
    const field = page.getByRole('region', { name: 'Test this token' }).getByLabel('Secret to test');
    await page.getByRole('radio', { name: 'Helm' }).check();
    await field.fill(secret);
    await account.post(`${company.path}/disable`, { token_id: await idOf(account, company, 'ci-main'), reason: 'leaked' });
    answer();
    await (await answered).finished();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('ci-main Disabled');
    await expect(field).toHaveValue(secret);
    await expect(field).toBeFocused();
    await expect(page.getByRole('radio', { name: 'Helm' })).toBeChecked();
  });

  test('does not come back over another one of its kind', async ({ page, company, second, account }) => {
    await account.generate(company.path, 'ci-main');
    await account.generate(second.path, 'ci-other');
    await openProjects(page, company);
    await follow(page, tokenOf(company, 'ci-main').path);
    await expectArrived(page, tokenOf(company, 'ci-main'));
    await portalLink(page).click();
    await expectArrived(page, MY_PROJECTS);
    // The page is shown from the cache at once, and its new response arrives late.
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/tokens/details', async (route) => {
      await held;
      await route.continue();
    }, { times: 1 });
    await page.goBack();
    await expectArrived(page, tokenOf(company, 'ci-main'));
    await follow(page, tokenOf(second, 'ci-other').path);
    await expectArrived(page, tokenOf(second, 'ci-other'));
    const answered = page.waitForResponse('**/api/tokens/details');
    answer();
    await (await answered).finished();
    await atRest(page);
    await expectArrived(page, tokenOf(second, 'ci-other'));
  });

  test('does not end another one of its kind, where its test comes back late and finds it gone', async ({ page, company, second, account, watch }) => {
    watch.expectStatus(404);
    const { secret } = await account.generate(company.path, 'ci-main');
    await account.generate(second.path, 'ci-other');
    await openProjects(page, company);
    await follow(page, tokenOf(company, 'ci-main').path);
    await expectArrived(page, tokenOf(company, 'ci-main'));
    const answer = await holdBack(page, '**/api/tokens/test');
    await submitTest(page, secret);
    await account.post(`${company.path}/delete`, { token_id: await idOf(account, company, 'ci-main') });
    await follow(page, tokenOf(second, 'ci-other').path);
    await expectArrived(page, tokenOf(second, 'ci-other'));
    const answered = page.waitForResponse('**/api/tokens/test');
    answer();
    await (await answered).finished();
    await atRest(page);
    await expectArrived(page, tokenOf(second, 'ci-other'));
  });

  test('says nothing of its test on the page of a token of the same name', async ({ page, company, second, account }) => {
    const { secret } = await account.generate(company.path, 'ci-main');
    await account.generate(second.path, 'ci-main');
    await openProjects(page, company);
    await follow(page, tokenOf(company, 'ci-main').path);
    await expectArrived(page, tokenOf(company, 'ci-main'));
    const region = await submitTest(page, secret);
    await expect(region.getByRole('status')).toContainText('right');
    await follow(page, tokenOf(second, 'ci-main').path);
    await expectArrived(page, tokenOf(second, 'ci-main'));
    await expect(region.getByRole('status')).toBeEmpty();
  });

  test('is not shown to whoever signs in next', async ({ page, company, account }) => {
    await account.generate(company.path, 'of-the-admin');
    await openProjects(page, company);
    await goToTokens(page, company);
    await portalLink(page).click();
    await expectArrived(page, MY_PROJECTS);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await fillSignIn(page, company.developer.email, company.developer.password);
    await expect(page.getByRole('heading', { name: 'My Projects', level: 1 })).toBeVisible();
    await appHydrated(page);
    const answer = await holdBack(page, CALLS);
    await card(page, company).click();
    await expect(page.locator('.skeleton')).toBeVisible();
    await expect(page.getByText('of-the-admin')).toHaveCount(0);
    answer();
    await whole(page);
    await expect(page.getByText('No tokens yet.')).toBeVisible();
  });
});

test.describe('a page that is not known yet', () => {
  for (const [what, held] of [['a slow answer', true], ['a quick answer', false]] as const) {
    test(`${what}: progress shows after 150 ms, and nothing is shifted`, async ({ page, company, account }) => {
      for (let number = 10; number < 40; number += 1) await account.generate(company.path, `token-${number}`);
      await signIn(page, company.admin);
      const routes: [string, Locator, Place][] = [
        [MY_PROJECTS.path, card(page, company), tokensOf(company)],
        [company.path, row(page, 'token-30').getByRole('link', { name: 'token-30' }), tokenOf(company, 'token-30')],
        [company.path, portalLink(page), MY_PROJECTS],
      ];
      for (const [from, link, to] of routes) {
        // A new document has no cached pages.
        await page.goto(from);
        if (from === company.path) await whole(page);
        else await appHydrated(page);
        const arrival = await watchArrival(page, link, to, held);
        expect(arrival.shift, to.title).toBe(0);
        if (held) expect(arrival.progress, to.title).not.toBeNull();
        if (arrival.progress !== null) expect(arrival.progress - arrival.clicked, to.title).toBeGreaterThanOrEqual(150 - FRAME);
      }
    });
  }

  test('can be left again before it has come', async ({ page, company, second, account }) => {
    await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    const progress = page.locator('.skeleton');
    const answer = await holdBack(page, CALLS);
    await card(page, company).click();
    await expect(progress).toBeVisible();
    await page.goBack();
    await expectArrived(page, MY_PROJECTS);
    await card(page, second).click();
    await expect(progress).toBeVisible();
    // From a page that is still loading to another one.
    await follow(page, company.path);
    await expect(page).toHaveURL(company.path);
    await follow(page, tokenOf(company, 'ci-main').path);
    await expect(progress).toBeVisible();
    answer();
    await expectArrived(page, tokenOf(company, 'ci-main'));
    await page.goBack();
    await expectArrived(page, tokensOf(company));
    await expect(names(page)).toHaveText(['ci-main']);
    await page.goBack();
    await expectArrived(page, tokensOf(second));
    await expect(page.getByText('No tokens yet.')).toBeVisible();
    await expectSameDocument(page);
  });
});

test.describe('what a server may answer to a link', () => {
  test('nobody is signed in any more: the way to sign in, and then to the page', async ({ page, company, account, watch }) => {
    watch.expectStatus(401);
    await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    await goToTokens(page, company);
    await page.context().clearCookies();
    await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
    await fillSignIn(page, company.admin.email, company.admin.password);
    await expect(page).toHaveURL(tokenOf(company, 'ci-main').path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('ci-main Active');
  });

  test('nobody is signed in any more: a page that was seen does not go on showing what it showed', async ({ page, company, account, watch }) => {
    watch.expectStatus(401);
    await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    await goToTokens(page, company);
    await page.context().clearCookies();
    await portalLink(page).click();
    await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
    await fillSignIn(page, company.admin.email, company.admin.password);
    await expect(page.getByRole('heading', { name: 'My Projects', level: 1 })).toBeVisible();
  });

  test('nobody is signed in any more: a list that was seen says so, and leads to a new session', async ({ page, context, company, account, watch }) => {
    watch.expectStatus(401);
    await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    await goToTokens(page, company);
    await portalLink(page).click();
    await expectArrived(page, MY_PROJECTS);
    await page.context().clearCookies();
    await page.goBack();
    await expect(page.getByText('You are signed out. Sign in again to go on.')).toBeVisible();
    const [other] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: 'Sign in in another tab' }).click()]);
    await fillSignIn(other, company.admin.email, company.admin.password);
    await expect(other.getByRole('heading', { name: 'My Projects', level: 1 })).toBeVisible();
    // The page continues where it is.
    await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
    await expectArrived(page, tokenOf(company, 'ci-main'));
  });

  test("a project that is one's own no more: the error page, in the portal", async ({ page, company, second, portal, watch }) => {
    watch.expectStatus(404);
    await openProjects(page, company);
    second.project.members = [];
    await portal.import({ projects: [second.project] });
    await card(page, second).click();
    await expectArrived(page, { ...NOT_FOUND, path: second.path });
    await expect(page.getByText('It does not exist, or you may not see it.')).toBeVisible();
    await page.getByRole('link', { name: 'Go to My Projects' }).click();
    await expectArrived(page, MY_PROJECTS);
    await expect(card(page, second)).toHaveCount(0);
    await expectSameDocument(page);
  });

  test('a token that is deleted meanwhile: the error page, and Back to a list without it', async ({ page, company, account, watch }) => {
    watch.expectStatus(404);
    for (const name of ['ci-main', 'ci-other']) await account.generate(company.path, name);
    await openProjects(page, company);
    await goToTokens(page, company);
    const token = tokenOf(company, 'ci-main');
    await account.post(`${company.path}/delete`, { token_id: await box(page, 'ci-main').inputValue() });
    await follow(page, token.path);
    await expectArrived(page, { ...NOT_FOUND, path: token.path });
    await page.goBack();
    await expectArrived(page, tokensOf(company));
    await expect(names(page)).toHaveText(['ci-other']);
    await expectSameDocument(page);
  });

  for (const { what, title, text, ...answer } of ANSWERS) {
    test(`${what}: that is said, and a button loads the page anew`, async ({ page, company, account, watch }) => {
      if (answer.status >= 400) watch.expectStatus(answer.status);
      await account.generate(company.path, 'ci-main');
      await openProjects(page, company);
      await page.route(CALLS, (route) => route.fulfill(answer));
      await card(page, company).click();
      await expectArrived(page, { ...tokensOf(company), heading: title, title });
      await expect(page.getByText(text)).toBeVisible();
      await expectSameDocument(page);
      await page.unrouteAll({ behavior: 'wait' });
      await page.getByRole('link', { name: /^(Reload|Try again)$/ }).click();
      await hydrated(page);
      await expect(names(page)).toHaveText(['ci-main']);
    });
  }

  test('nothing, as the server is stopped: that is said, and a button tries again', async ({ page, company, account, portal, watch }) => {
    watch.expect(/net::ERR_CONNECTION_REFUSED/);
    await account.generate(company.path, 'ci-main');
    await openProjects(page, company);
    await portal.stop();
    try {
      await card(page, company).click();
      await expectArrived(page, { ...tokensOf(company), heading: 'Not available right now', title: 'Not available right now' });
      await expect(page.getByText('The portal cannot be reached right now. Nothing was changed. Try again.')).toBeVisible();
      await expectSameDocument(page);
    } finally {
      await portal.start();
    }
    await page.getByRole('link', { name: 'Try again' }).or(page.getByRole('button', { name: 'Try again' })).click();
    await hydrated(page);
    await expect(names(page)).toHaveText(['ci-main']);
  });
});

/** The id of a token, from its server-rendered row. */
async function idOf(account: Account, { path }: Company, name: string): Promise<string> {
  const id = / data-token="([0-9a-f]+)"/.exec(await account.get(`${path}?q=${name}`))?.[1];
  if (id === undefined) throw new Error(`${name} is not in the list`);
  return id;
}

/** The rows in the viewport: their names and their distances from its top, in pixels. */
function rowsInWindow(page: Page): Promise<[string, number][]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('tbody.rows tr')]
      .map((row): [string, number] => [row.querySelector('th')!.textContent!, Math.round(row.getBoundingClientRect().top)])
      .filter(([, top]) => top > 0 && top < innerHeight));
}

/** What was visible while a page loaded; times in milliseconds of the document's timeline. */
interface Arrival {
  clicked: number;
  /** When the progress was first shown; null if never. */
  progress: number | null;
  /** The sum of all layout shifts. */
  shift: number;
}

/** Follows a link and watches every frame. With `held`, the response is held back until the progress is shown. */
async function watchArrival(page: Page, link: Locator, to: Place, held: boolean): Promise<Arrival> {
  const answer = held ? await holdBack(page, CALLS) : undefined;
  const watching = await page.evaluateHandle(() => {
    const arrival = { clicked: 0, progress: null as number | null, shift: 0, isOver: false };
    // Uses the frame clock, as animations do: on a busy machine a click is handled late in its frame.
    const now = () => Number(document.timeline.currentTime);
    addEventListener('click', () => (arrival.clicked = now()), { capture: true, once: true });
    const shifts = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) arrival.shift += (entry as unknown as { value: number }).value;
    });
    shifts.observe({ type: 'layout-shift' });
    // Runs before a frame is painted.
    const look = () => {
      const progress = document.querySelector('.skeleton');
      if (progress?.checkVisibility({ visibilityProperty: true })) arrival.progress ??= now();
      if (!arrival.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return arrival;
  });
  await link.click();
  if (answer) {
    await expect(page.locator('.skeleton')).toBeVisible();
    answer();
  }
  await expectArrived(page, to);
  await page.unrouteAll({ behavior: 'wait' });
  if (to.title.endsWith('registry tokens')) await whole(page);
  return watching.evaluate(async (arrival) => {
    // A layout shift is reported after its frame.
    await new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))));
    arrival.isOver = true;
    return arrival;
  });
}
