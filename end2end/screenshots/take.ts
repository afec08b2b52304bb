// Takes the screenshots: every page at three widths, light and dark.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { makeDatabase } from '../support/database.ts';
import {
  action, ask, box, bulkBar, closeSecret, openGenerate, openTokens, row, secretDialog, signIn, submitGenerate,
} from '../support/pages.ts';
import { Portal } from '../support/portal.ts';
import { freePort } from '../support/processes.ts';
import { ADMIN, DEVELOPER, fill, PATH } from './example.ts';

/** Renders the cards below the viewport too, which a full-page screenshot would otherwise leave blank. */
const CARDS = '.rows tr { content-visibility: visible !important; }';

const FOLDER = resolve(process.env['SCREENSHOTS'] || join(import.meta.dirname, '../../docs/screenshots'));
const SIZES = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
] as const;

let folder: string;
let portal: Portal;

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'registry-tokens-screenshots-'));
  const { url: databaseUrl } = await makeDatabase('sqlite', folder);
  portal = new Portal({ folder, databaseUrl, port: await freePort(), registry: 'registry.wso2.example', vendor: 'WSO2' });
  await portal.start();
  await fill(portal, browser);
});

test.afterAll(async () => {
  await portal.stop();
  await rm(folder, { recursive: true });
});

/** Takes one screenshot for each width and each colour scheme. */
async function take(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // No screenshot may contain a secret, not even one of a temporary portal.
      for (const field of await page.getByLabel('Token Secret', { exact: true }).all()) {
        await expect(field).toHaveAttribute('type', 'password');
      }
      // Overlays are positioned in the viewport, so a full-page screenshot would misplace them.
      const fullPage = (await page.getByRole('dialog').or(page.getByRole('alertdialog')).or(bulkBar(page)).count()) === 0;
      const path = join(FOLDER, `${name}-${size.width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage, animations: 'disabled', caret: 'hide', style: CARDS });
    }
  }
  await page.setViewportSize(SIZES[0]);
}

test('sign-in', async ({ page }) => {
  await page.goto(`${portal.url}/sign-in`);
  await take(page, 'sign-in');
});

test.describe('signed in', () => {
  test.use({ baseURL: async ({}, use) => use(portal.url) });

  test('what a customer admin sees', async ({ page }) => {
    await signIn(page, ADMIN);
    await take(page, 'my-projects');
    await openTokens(page, PATH);
    await take(page, 'tokens-admin');
    for (const name of ['ci-main', 'developer-laptop']) await box(page, name).check();
    await take(page, 'chosen');
    await bulkBar(page).getByRole('button', { name: 'Disable' }).click();
    await take(page, 'disable-many');
    await page.keyboard.press('Escape');
    await row(page, 'ci-main').getByRole('link', { name: 'ci-main' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await take(page, 'token');
  });

  test('what a customer sees', async ({ page }) => {
    await signIn(page, DEVELOPER);
    await openTokens(page, PATH);
    await take(page, 'tokens-customer');
  });

  test('the dialogs', async ({ page }) => {
    await signIn(page, ADMIN);
    // The portal stores the pulls within seconds; then the delete dialog shows them.
    await expect(async () => {
      await openTokens(page, PATH);
      await action(page, 'Delete Token', 'ci-main').click();
      await expect(page.getByRole('alertdialog')).toContainText('pulled 214 times', { timeout: 500 });
    }).toPass();
    await take(page, 'delete');
    await page.keyboard.press('Escape');

    const generate = await openGenerate(page);
    await generate.getByRole('radio', { name: 'Service Token' }).check();
    await generate.getByRole('combobox', { name: 'Service User' }).selectOption('jenkins@svc.acme.example');
    await generate.getByRole('textbox', { name: 'Token Name' }).fill('ci-nightly');
    await take(page, 'generate');
    await page.keyboard.press('Escape');

    await ask(page, 'Re-sync Products', 'ci-main');
    await take(page, 'resync');
    await page.keyboard.press('Escape');

    await submitGenerate(page, 'ci-nightly', 'Jenkins pipeline (jenkins@svc.acme.example)');
    await expect(secretDialog(page)).toBeVisible();
    await take(page, 'secret');
    await closeSecret(page);
  });
});
