// The token page: its access, history and usage, and *Test this token*.
import type { Locator, Page } from '@playwright/test';

import { BROKER, day, ended, GATE, running } from '../support/catalogue.ts';
import { checkEverywhere } from '../support/checks.ts';
import { holdBack } from '../support/hold.ts';
import { appHydrated, closeSecret, generate, openTokens, readSecret, regenerate, row, signIn, submitTest } from '../support/pages.ts';
import type { Credentials } from '../support/portal.ts';
import { expect, test } from '../support/test.ts';

const REPOSITORY = 'fernlight-broker/page';

test.beforeAll(async ({ portal, images }) => {
  const publisher = await portal.createPublisher('fernlight-page', BROKER.repositories);
  expect(await images.push(REPOSITORY, publisher)).toBe('done');
});

test('it shows products with end dates, pulls and history', async ({ page, company, portal, images, newBrowser }) => {
  test.setTimeout(120_000);
  company.project.subscriptions = [running(BROKER, 200), running(GATE, 10)];
  await portal.import(company.catalogue());
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const old = await generate(page, 'ci-main');
  const token = await regenerate(page, 'ci-main');
  expect(await images.login(old)).toBe('not let in');
  expect(await images.pull(REPOSITORY, token)).toBe('done');
  expect(await images.pull('fernlight-ledger/none', token)).toBe('not allowed');
  for (let n = 0; n < 3; n += 1) await portal.askToPull('fernlight-ledger/other', token);
  company.project.subscriptions = [running(BROKER, 200), ended(GATE)];
  await portal.import(company.catalogue());

  await openTokens(page, company.path);
  await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^ci-main/ })).toBeVisible();
  const products = page.getByRole('region', { name: 'Opens', exact: true }).getByRole('row');
  await expect(products).toHaveCount(2);
  const broker = products.filter({ hasText: BROKER.key });
  await expect(broker).toContainText(BROKER.name);
  await expect(broker).toContainText(day(200));
  await expect(broker).toContainText('fernlight-broker/*');
  const closed = page.getByRole('region', { name: 'No longer opens' }).getByRole('row');
  await expect(closed).toHaveCount(2);
  const gate = closed.filter({ hasText: GATE.key });
  await expect(gate).toContainText(day(-1));
  await expect(gate).toContainText('A renewed subscription opens it again. The token needs no change.');

  // Newest first.
  const history = page.getByRole('region', { name: 'History' }).getByRole('row');
  const events = (await history.allTextContents()).join('\n');
  const order = ['Pull refused', 'Login refused: wrong secret', 'Secret re-generated', 'Generated'].map((event) => events.indexOf(event));
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  await expect(history.filter({ hasText: 'Login refused' }).first()).toContainText('127.0.0.1');
  await expect(history.filter({ hasText: 'Pull refused' }).first()).toContainText('No product of this project has a repository of that name.');

  // The repeated requests within one minute are identical, so they are one line with a count.
  const repeated = history.filter({ hasText: 'fernlight-ledger/other' });
  await expect(repeated).toHaveCount(1);
  await expect(repeated).toContainText(/[34] times since \d{4}-/);

  // All times are in one time zone, which is named.
  await expect(history.first()).toContainText('Time (UTC)');
  await expect(page.getByText('Days are in UTC, times in UTC.')).toBeVisible();
  const inIndia = await newBrowser({ timezoneId: 'Asia/Kolkata', storageState: await page.context().storageState() });
  await inIndia.goto(page.url());
  await expect(inIndia.getByText('Days are in UTC, times in UTC+5:30.')).toBeVisible();
  await expect(inIndia.getByRole('columnheader', { name: 'Time (UTC+5:30)' })).toBeVisible();
  for (const moment of await inIndia.locator('time').all()) {
    const utc = Date.parse((await moment.getAttribute('datetime')) ?? '');
    await expect(moment).toHaveText(new Date(utc + 330 * 60_000).toISOString().slice(0, 16).replace('T', ' '));
    await expect(moment).toHaveAttribute('title', new RegExp(`^${new Date(utc).toISOString().slice(0, 16).replace('T', ' ')} UTC`));
  }
  await inIndia.context().close();

  // The portal stores pulls within seconds.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Pulls of the last 30 days: 1' })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByRole('img', { name: /^\d{4}-\d\d-\d\d: 1$/ })).toBeVisible();
  await expect(fact(page, 'Last Used')).toContainText(/^\d{4}-\d\d-\d\d .*from 127\.0\.0\.1 \([\w-]+/);
  await expect(fact(page, 'Secret made')).toHaveText(new RegExp(`^${day(0)} \\d\\d:\\d\\d$`));
  await expect(fact(page, 'Secret made').locator('time')).toHaveAttribute('title', / UTC, (just now|\d+ minutes? ago)$/);
  await expect(fact(page, 'Created For')).toContainText(company.admin.email);
  await expect(page.getByRole('textbox', { name: 'Login name', exact: true })).toHaveValue(token.loginName);
  await checkEverywhere(page, "a token's page");
  const content = await page.content();
  for (const { secret } of [old, token]) expect(content).not.toContain(secret);
});

test('it leads to the dialogs of the list, and shows what came of them', async ({ page, company, portal }) => {
  test.setTimeout(120_000);
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const old = await generate(page, 'ci-main');
  company.project.subscriptions.push(running(GATE));
  await portal.import(company.catalogue());
  const address = `/projects/${company.project.key}/tokens/ci-main`;
  await page.goto(address);
  await expect(page.getByText(`Products to add: ${GATE.key}.`)).toBeVisible();
  await portal.askToPull('fernlight-gate/page', old);
  await page.reload();
  const refusal = page.getByRole('region', { name: 'History' }).getByRole('row').filter({ hasText: 'fernlight-gate/page' });
  await expect(refusal).toContainText(`${GATE.key} is not in this token: Re-sync adds it.`);
  await refusal.getByRole('link', { name: 'Re-sync Products' }).click();
  await expect(page.getByRole('dialog', { name: 'Re-sync products of ci-main' })).toBeVisible();
  await page.goto(address);

  await page.getByRole('button', { name: 'Re-generate Secret' }).click();
  const regenerating = page.getByRole('alertdialog', { name: 'Re-generate the secret of ci-main' });
  await regenerating.getByRole('combobox', { name: 'Keep the old secret working' }).selectOption('For 7 days');
  await regenerating.getByRole('button', { name: 'Re-generate Secret' }).click();
  const token = await readSecret(page);
  await closeSecret(page);
  await page.goto(address);
  await expect(fact(page, 'Former secret works until')).toContainText(day(7));
  expect(await says(page, old.secret)).toMatch(/^The secret is the former one, and works until \d{4}-/);
  expect(await says(page, token.secret)).toMatch(/^The secret is right\./);
  await checkEverywhere(page, "a token's page with two secrets and a test");
  expect(await says(page, 'wrt_nothing')).toMatch(/mistyped or cut/);
  await checkEverywhere(page, "a token's page with a test that failed");

  await page.getByRole('button', { name: 'Disable Token' }).click();
  const disabling = page.getByRole('alertdialog', { name: 'Disable ci-main' });
  await disabling.getByRole('textbox', { name: 'Reason' }).fill('leaked in a build log');
  await disabling.getByRole('button', { name: 'Disable Token' }).click();
  await expect(disabling).toBeHidden();
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ci-main Disabled');
  await expect(page.getByText('Disabled by an admin: leaked in a build log.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Enable Token' })).toBeVisible();
  await checkEverywhere(page, "a disabled token's page");

  company.project.closed = true;
  await portal.import(company.catalogue());
  await page.reload();
  for (const button of ['Re-sync Products', 'Re-generate Secret', 'Enable Token', 'Delete Token']) {
    await expect(page.getByRole('button', { name: button })).toBeDisabled();
  }
  await expect(page.getByText('This project is closed.')).toBeVisible();
});

test('it has registry, login name and commands to copy, and nothing of the secret', async ({ page, company }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const token = await generate(page, 'ci-main');
  await page.goto(`/projects/${company.project.key}/tokens/ci-main`);
  const section = page.getByRole('main');
  const registry = await section.getByLabel('Registry', { exact: true }).inputValue();
  expect(registry).toMatch(/^127\.0\.0\.1:\d+$/);
  for (const [what, text] of [
    ['registry', registry],
    ['login name', token.loginName],
    ['docker command', `docker login ${registry} -u ${token.loginName}`],
    ['docker pull', `docker pull ${registry}/fernlight-broker/IMAGE:TAG`],
  ] as const) {
    await section.getByRole('button', { name: `Copy ${what}`, exact: true }).click();
    await expect(section.getByText(`The ${what} is in the clipboard.`)).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  }
  await section.getByRole('radio', { name: 'File', exact: true }).check();
  await section.getByRole('button', { name: 'Copy config.json file' }).click();
  await expect(section.getByText('The config.json file is in the clipboard.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"auth": "AUTH"');
  await expect(section.getByRole('button', { name: 'Clear clipboard' })).toHaveCount(0);
  await expect(section.getByLabel('Token Secret')).toHaveCount(0);
  expect(await page.content()).not.toContain(token.secret);
  await checkEverywhere(page, "a token's page with copied texts");
});

test.describe('Test this token', () => {
  let token: Credentials;
  let other: Credentials;

  test.beforeEach(async ({ page, company }) => {
    await signIn(page, company.admin);
    await openTokens(page, company.path);
    token = await generate(page, 'ci-main');
    other = await generate(page, 'ci-other');
    await page.goto(`/projects/${company.project.key}/tokens/ci-main`);
  });

  test('says that a secret is right and which repositories it opens', async ({ page }) => {
    expect(await says(page, token.secret)).toBe('The secret is right. It opens fernlight-broker/*.');
  });

  test('says that a secret is wrong, cut, or of another token', async ({ page }) => {
    expect(await says(page, other.secret)).toMatch(/^The secret is wrong/);
    expect(await says(page, token.secret.slice(0, -1))).toMatch(/mistyped or cut/);
    expect(await says(page, other.secret, other.loginName)).toMatch(/^That is not the login name of this token/);
  });

  test('a response clears no other secret that was typed meanwhile', async ({ page }) => {
    await appHydrated(page);
    const release = await holdBack(page, '**/api/tokens/test');
    const section = page.getByRole('region', { name: 'Test this token' });
    const field = section.getByLabel('Secret to test');
    await field.fill(token.secret);
    await section.getByRole('button', { name: 'Test' }).click();
    await expect(section.getByRole('button', { name: 'Test' })).toHaveAttribute('aria-busy', 'true');
    await field.fill('wrt_other');
    release();
    await expect(section.getByRole('status')).toContainText('The secret is right.');
    await expect(section.getByRole('button', { name: 'Test' })).not.toHaveAttribute('aria-busy', 'true');
    await expect(field).toHaveValue('wrt_other');
  });

  test('says that no subscription is running', async ({ page, company, portal, images }) => {
    company.project.subscriptions = [ended(BROKER)];
    await portal.import(company.catalogue());
    expect(await images.login(token)).toBe('not let in');
    expect(await says(page, token.secret)).toMatch(/^The secret is right, but no subscription .* is running/);
  });

  test('says that the token is disabled', async ({ page, company, images }) => {
    await openTokens(page, company.path);
    await page.getByRole('button', { name: 'Disable Token ci-main', exact: true }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Disable ci-main' });
    await dialog.getByRole('button', { name: 'Disable Token', exact: true }).click();
    await expect(dialog).toBeHidden();
    expect(await images.login(token)).toBe('not let in');
    await page.goto(`/projects/${company.project.key}/tokens/ci-main`);
    expect(await says(page, token.secret)).toMatch(/^The secret is right, but the token is disabled/);
    // For a wrong secret, the page does not reveal that the token is disabled.
    expect(await says(page, other.secret)).toMatch(/^The secret is wrong/);
  });
});

/** A fact about the token on its page. */
function fact(page: Page, name: string): Locator {
  return page.locator('.token-facts > div').filter({ has: page.getByText(name, { exact: true }) }).getByRole('definition');
}

/** Tests a secret and returns the result shown; checks that the page does not contain the secret. */
async function says(page: Page, secret: string, loginName?: string): Promise<string> {
  const section = await submitTest(page, secret, loginName);
  // After the response the field is empty.
  await expect(section.getByLabel('Secret to test')).toHaveValue('');
  const said = await section.getByRole('status').textContent();
  expect(await page.content()).not.toContain(secret);
  return said ?? '';
}
