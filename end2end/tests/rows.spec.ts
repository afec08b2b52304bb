// A row keeps its element while nothing of its token changes: what is open, selected or focused in it stays.
import { Account } from '../support/account.ts';
import { BROKER, GATE, LEDGER, running } from '../support/catalogue.ts';
import { holdBack } from '../support/hold.ts';
import { appHydrated, box, cell, names, openWhole, row, search, signIn } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

let other: Account;

test.beforeEach(async ({ page, company, portal }) => {
  company.admin.name = 'Zoë Quayle';
  company.project.subscriptions = [running(BROKER), running(GATE), running(LEDGER)];
  await portal.import(company.catalogue());
  other = await Account.signIn(portal.url, company.admin);
  await signIn(page, company.admin);
});

test('the time of the last use goes on in a row that stays', async ({ page, company, portal }) => {
  test.setTimeout(150_000);
  const login = await other.generate(company.path, 'ci-main');
  await portal.askToPull('fernlight-gate/app', login);
  await expect(async () => {
    await openWhole(page, company.path);
    await expect(cell(page, 'ci-main', 'Last Used')).toHaveText('just now', { timeout: 1_000 });
  }).toPass();
  const products = row(page, 'ci-main').locator('details[data-popup]');
  await products.locator('summary').click();
  const before = await row(page, 'ci-main').elementHandle();
  // Each change makes the page fetch the list.
  let made = 0;
  await expect(async () => {
    made += 1;
    await other.generate(company.path, `more-${made}`);
    await expect(names(page).first()).toHaveText(`more-${made}`);
    await expect(cell(page, 'ci-main', 'Last Used')).toHaveText('1 minute ago', { timeout: 1_000 });
  }).toPass({ timeout: 120_000, intervals: [5_000] });
  await expect(products).toHaveAttribute('open', '');
  expect(await before?.evaluate((element) => element.isConnected)).toBe(true);
});

test('the end of an overlap is in local time once the page has hydrated, in a row that stays', async ({ page, company }) => {
  await other.generate(company.path, 'ci-main');
  await openWhole(page, company.path);
  const id = await box(page, 'ci-main').inputValue();
  await other.post(`${company.path}/regenerate`, { token_id: id, overlap: '24h', generation: '1' });
  const answer = await holdBack(page, '**/*.wasm');
  await page.goto(company.path, { waitUntil: 'domcontentloaded' });
  await expect(row(page, 'ci-main')).toContainText(/Two secrets until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  const before = await row(page, 'ci-main').elementHandle();
  answer();
  await appHydrated(page);
  await expect(row(page, 'ci-main')).toContainText(/Two secrets until \d{4}-\d\d-\d\d \d\d:\d\d(?! UTC)/);
  expect(await before?.evaluate((element) => element.isConnected)).toBe(true);
});

test('a search in capital letters with accents finds the name', async ({ page, company }) => {
  await other.generate(company.path, 'of-admin');
  await other.generate(company.path, 'of-pipeline', company.project.service_users[0]!.email);
  await openWhole(page, company.path);
  for (const text of ['ZOË', 'zoe', 'Zoë q']) {
    await search(page).fill(text);
    await expect(names(page), text).toHaveText(['of-pipeline', 'of-admin']);
  }
  await search(page).fill('ZOÉ');
  await expect(page.getByText('No token matches.')).toBeVisible();
});
