// Signing in and out, the URLs of pages, and that users without access learn nothing.
import { readFile } from 'node:fs/promises';

import { Account } from '../support/account.ts';
import { BROKER, Company, GATE, running } from '../support/catalogue.ts';
import { action, cell, csvLink, fillSignIn, found, generate, hydrated, names, openFilter, openTokens, row, search, signIn } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test.describe('sign-in', () => {
  test('a wrong password and an unknown e-mail get the same answer, and the e-mail stays', async ({ page, company, watch }) => {
    watch.expectStatus(401);
    await page.goto('/sign-in');
    for (const [email, password] of [
      [company.admin.email, 'a wrong passphrase'],
      ['nobody@orchard.example', company.admin.password],
    ] as const) {
      await fillSignIn(page, email, password);
      await expect(page.getByRole('alert')).toHaveText('Email or password is wrong.');
      await expect(page.getByLabel('Email')).toHaveValue(email);
      await expect(page.getByLabel('Password')).toHaveValue('');
      await expect(page.getByLabel('Password')).toHaveAccessibleDescription('Email or password is wrong.');
      await expect(page.getByLabel('Password')).toBeFocused();
    }
    await fillSignIn(page, company.admin.email.toUpperCase(), company.admin.password);
    await expect(page.getByRole('heading', { name: 'My Projects' })).toBeVisible();
  });

  test('a person who was deactivated cannot sign in, and is signed out', async ({ page, company, portal, watch }) => {
    watch.expectStatus(401);
    await signIn(page, company.developer);
    await portal.cli(['user', 'deactivate', company.developer.email]);
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await fillSignIn(page, company.developer.email, company.developer.password);
    await expect(page.getByRole('alert')).toHaveText('Email or password is wrong.');
  });

  test('many wrong passwords are slowed down, and the page says for how long', async ({ page, watch }) => {
    watch.expectStatus(401);
    watch.expectStatus(429);
    await page.goto('/sign-in');
    const alert = page.getByRole('alert');
    await expect(async () => {
      await fillSignIn(page, 'guessed@orchard.example', 'a wrong passphrase');
      await expect(alert).toHaveText(/^Too many tries\. Try again in \d+ seconds\.$/, { timeout: 200 });
    }).toPass({ timeout: 20_000, intervals: [0] });
  });

  test('leads to the page that was asked for, with its filters', async ({ page, company, portal }) => {
    await (await Account.signIn(portal.url, company.admin)).generate(company.path, 'ci-main');
    const wanted = `${company.path}?q=ci&status=active`;
    await page.goto(wanted);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await fillSignIn(page, company.admin.email, company.admin.password);
    await expect(page).toHaveURL(wanted);
    await hydrated(page);
    await expect(page.getByRole('searchbox', { name: 'Search tokens' })).toHaveValue('ci');
  });

  test('where a browser keeps no cookie says so, and works once it does, with a script and without', async ({ newBrowser, company, watch }) => {
    watch.expectStatus(403);
    for (const javaScriptEnabled of [true, false]) {
      const page = await newBrowser({ javaScriptEnabled });
      await page.goto(`/sign-in?next=${encodeURIComponent(`${company.path}?q=ci`)}`);
      await page.context().clearCookies();
      await fillSignIn(page, company.admin.email, company.admin.password);
      await expect(page.getByRole('alert')).toHaveText(/^Your browser keeps no cookie from this site, /);
      await expect(page.getByLabel('Email')).toHaveValue(company.admin.email);
      await expect(page.getByLabel('Password')).not.toHaveAttribute('aria-invalid');
      await fillSignIn(page, company.admin.email, company.admin.password);
      await expect(page).toHaveURL(`${company.path}?q=ci`);
      expect(await page.context().cookies()).toHaveLength(1);
    }
  });

  test('under another address than the configured one names that, and leads there', async ({ newBrowser, company, portal }) => {
    const other = portal.url.replace('127.0.0.1', 'localhost');
    for (const javaScriptEnabled of [true, false]) {
      const page = await newBrowser({ javaScriptEnabled });
      await page.goto(`${other}${company.path}?q=ci`);
      await expect(page.getByText("This is not the portal's address")).toBeVisible();
      await page.getByRole('link', { name: portal.url }).click();
      await expect(page).toHaveURL(`${portal.url}/sign-in?next=${encodeURIComponent(`${company.path}?q=ci`)}`);
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      await expect(page.getByText("This is not the portal's address")).toBeHidden();
    }
    // If a proxy sends the wrong Host header, JavaScript in the browser corrects the page.
    const page = await newBrowser();
    await page.route('**/sign-in', async (route) => {
      const response = await route.fetch({ headers: { ...route.request().headers(), host: 'upstream.example:3000' } });
      expect(await response.text()).not.toContain('hidden class="alert"');
      await route.fulfill({ response });
    });
    await page.goto('/sign-in');
    await expect(page.getByText("This is not the portal's address")).toBeHidden();
  });

  test('never leads to another site', async ({ page, company, portal }) => {
    await page.goto('/sign-in?next=https://elsewhere.example/');
    await fillSignIn(page, company.admin.email, company.admin.password);
    await expect(page).toHaveURL(`${portal.url}/`);
  });

  test('Sign out ends the session, in the history too', async ({ page, company }) => {
    await signIn(page, company.admin);
    await openTokens(page, company.path);
    await generate(page, 'ci-main');
    const cookies = await page.context().cookies();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByText('ci-main')).toHaveCount(0);
    // A copy of the cookie is no longer valid either.
    await page.context().addCookies(cookies);
    await page.goto(company.path);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  });

  test('a session lives in a cookie that no script reads', async ({ page, company }) => {
    await signIn(page, company.admin);
    const cookies = await page.context().cookies();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  });
});

test.describe('a stranger', () => {
  test('is told of an unknown project exactly what they are told of a foreign one', async ({ page, company, found, watch }) => {
    watch.expectStatus(404);
    const foreign = await found(new Company(`${company.project.key.toLowerCase()}x`));
    await signIn(page, company.admin);
    const answer = async (path: string) => {
      const response = await page.goto(path);
      await expect(page.getByRole('heading', { name: 'Not found', level: 1 })).toBeVisible();
      await expect(page.getByText("Ask your project's customer admin.")).toBeVisible();
      const { date: _, 'content-security-policy': policy, ...headers } = (await response?.allHeaders()) ?? {};
      const nonce = /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? '';
      expect(nonce).not.toBe('');
      const text = (await response?.text()) ?? '';
      return { status: response?.status(), headers, policy: policy?.replaceAll(nonce, ''), text: text.replaceAll(nonce, '') };
    };
    const unknown = await answer('/projects/NOSUCHPROJECT/registry-tokens');
    expect(unknown.status).toBe(404);
    expect(await answer(foreign.path)).toEqual(unknown);
    expect(await answer('/no/such/page')).toEqual(unknown);
    await page.getByRole('link', { name: 'Go to My Projects' }).click();
    await expect(page.getByRole('heading', { name: 'My Projects' })).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: foreign.project.name })).toHaveCount(0);
  });

  test('who left a project loses its page at the next request', async ({ page, company, portal, watch }) => {
    watch.expectStatus(404);
    await signIn(page, company.developer);
    await openTokens(page, company.path);
    company.project.members.pop();
    await portal.import(company.catalogue());
    expect((await page.reload())?.status()).toBe(404);
    await page.goto('/');
    await expect(page.getByText('You are in no project yet.')).toBeVisible();
  });
});

test.describe('the list', () => {
  test.beforeEach(async ({ page, company }) => {
    await signIn(page, company.admin);
    await openTokens(page, company.path);
    const pipeline = `Build pipeline (${company.project.service_users[0]?.email})`;
    await generate(page, 'ci-main', pipeline);
    await generate(page, 'ci-of-ines');
    await generate(page, 'deploy', pipeline);
  });

  test('is newest first', async ({ page }) => {
    await expect(names(page)).toHaveText(['deploy', 'ci-of-ines', 'ci-main']);
    await page.reload();
    await expect(names(page)).toHaveText(['deploy', 'ci-of-ines', 'ci-main']);
  });

  test('its filters stand in the address and survive a reload and a link', async ({ page, newBrowser, company }) => {
    await page.getByRole('searchbox', { name: 'Search tokens' }).fill('CI');
    await expect(names(page)).toHaveText(['ci-of-ines', 'ci-main']);
    await openFilter(page);
    await page.getByRole('link', { name: 'Service 1' }).click();
    await expect(names(page)).toHaveText(['ci-main']);
    await expect(found(page)).toHaveText('1 of 3 tokens');
    await expect(page).toHaveURL(/\?q=CI&type=service$/);
    await page.reload();
    await hydrated(page);
    await expect(names(page)).toHaveText(['ci-main']);
    await expect(page.getByRole('searchbox', { name: 'Search tokens' })).toHaveValue('CI');
    await openFilter(page);
    await expect(page.getByRole('link', { name: 'Service 1' })).toHaveAttribute('aria-current', 'true');

    const other = await newBrowser();
    await other.goto(page.url());
    await fillSignIn(other, company.admin.email, company.admin.password);
    await hydrated(other);
    await expect(names(other)).toHaveText(['ci-main']);

    await page.getByRole('link', { name: 'Service 1' }).click();
    await page.getByRole('link', { name: 'Expired 0' }).click();
    await expect(page.getByText('No token matches.')).toBeVisible();
    await page.getByRole('link', { name: 'Clear filters' }).last().click();
    await expect(names(page)).toHaveText(['deploy', 'ci-of-ines', 'ci-main']);
    await expect(page).toHaveURL(company.path);
  });

  test('is a file, or without a session the way to sign in and back to the list', async ({ page, company, account }) => {
    await search(page).fill('ci');
    await expect(page).toHaveURL(/\?q=ci$/);
    const link = csvLink(page);
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe(`${company.project.key.toLowerCase()}-registry-tokens.csv`);
    const text = await readFile(await download.path(), 'utf8');
    // Adds the byte order mark, which `text()` removes from the response.
    expect(text).toBe(`\uFEFF${await account.get(`${company.path}.csv?q=ci`)}`);
    expect(text).toContain('ci-of-ines');
    // The page is unchanged.
    await expect(names(page)).toHaveText(['ci-of-ines', 'ci-main']);

    let saved = 0;
    page.on('download', () => (saved += 1));
    await page.context().clearCookies();
    await link.click();
    await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
    expect(saved).toBe(0);
    await fillSignIn(page, company.admin.email, company.admin.password);
    await expect(page).toHaveURL(`${company.path}?q=ci`);
    await hydrated(page);
    await expect(names(page)).toHaveText(['ci-of-ines', 'ci-main']);
  });

  test('finds tokens by the person they are for', async ({ page }) => {
    await page.getByRole('searchbox', { name: 'Search tokens' }).fill('build pipe');
    await expect(names(page)).toHaveText(['deploy', 'ci-main']);
  });

  test('shows what Re-sync would change', async ({ page, company, portal }) => {
    company.project.subscriptions.push(running(GATE));
    await portal.import(company.catalogue());
    await page.reload();
    await hydrated(page);
    await generate(page, 'complete');
    await expect(row(page, 'ci-main')).toContainText('1 product to add');
    await expect(row(page, 'complete')).not.toContainText('to add');
    await openFilter(page);
    await page.getByRole('link', { name: 'Products to add 3' }).click();
    await expect(names(page)).toHaveText(['deploy', 'ci-of-ines', 'ci-main']);
  });

  test('on a phone a token is a card with its name, status and actions', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    // A collapsed card shows the name, the status, the owner and the last use.
    await row(page, 'deploy').locator('.more summary').click();
    const labels = ['Token Type', 'Created For', 'Created By', 'Subscription End Date', 'Products', 'Created On', 'Last Used'] as const;
    for (const label of labels) {
      const fact = cell(page, 'deploy', label);
      await expect(fact).toBeVisible();
      expect(await fact.evaluate((element) => getComputedStyle(element, '::before').content)).toBe(`"${label}"`);
    }
    const name = await row(page, 'deploy').getByRole('rowheader').boundingBox();
    const status = await row(page, 'deploy').getByText('Active').boundingBox();
    expect(Math.abs((name?.y ?? 0) - (status?.y ?? 1000)), 'name and status stand in one line').toBeLessThan(16);
    const thumb = await page.getByRole('checkbox', { name: 'Select deploy' }).evaluate((element) => {
      const cell = element.closest('td')?.getBoundingClientRect();
      return Math.min(cell?.width ?? 0, cell?.height ?? 0);
    });
    expect(thumb, 'the box with its corner fits a thumb').toBeGreaterThanOrEqual(44);
    for (const verb of ['Re-sync Products', 'Re-generate Secret', 'Disable Token', 'Delete Token'] as const) {
      const box = await action(page, verb, 'deploy').boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), `${verb} fits a thumb`).toBeGreaterThanOrEqual(44);
    }
    await action(page, 'Delete Token', 'deploy').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete Token' }).click();
    await expect(names(page)).toHaveText(['ci-of-ines', 'ci-main']);
  });
});

test('My Projects lists the projects of this person, each with a way to its tokens', async ({ page, company, portal }) => {
  const second = new Company(`${company.project.key.toLowerCase()}two`);
  second.project.members = [{ email: company.admin.email, role: 'customer' }];
  second.project.subscriptions = [running(BROKER), running(GATE, 30)];
  second.project.closed = true;
  await portal.import({ projects: [second.project] });
  await signIn(page, company.admin);
  await expect(page.getByRole('link').filter({ hasText: company.project.key }).filter({ hasText: 'Customer admin' })).toBeVisible();
  const card = page.getByRole('link', { name: second.project.name });
  await expect(card).toContainText('Closed');
  await expect(card).toContainText('Customer');
  await card.click();
  await hydrated(page);
  await expect(page.getByRole('heading', { name: second.project.name, level: 1 })).toBeVisible();
  await page.getByText(second.project.key, { exact: true }).first().click();
  const subscriptions = page.getByRole('table', { name: 'Subscriptions' });
  await expect(subscriptions.getByRole('row').filter({ hasText: 'fernlight-gate' })).toContainText('Running');
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'My Projects' }).click();
  await expect(page.getByRole('heading', { name: 'My Projects' })).toBeVisible();
});
