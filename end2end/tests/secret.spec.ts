// The secret is shown once: it cannot be lost by accident, and nothing of it stays behind.
import type { Page } from '@playwright/test';

import {
  ask, closeSecret, generate, openTokens, readSecret, regenerate, row, secretDialog, signIn, submitGenerate,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(async ({ page, company }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
});

test('neither Escape nor a click beside it closes the dialog before the secret is stored', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  const dialog = secretDialog(page);
  const { secret } = await readSecret(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel('Token Secret', { exact: true })).toHaveValue(secret);
  // It is still over the page, not merely on it.
  expect(await dialog.evaluate((element) => element.matches(':modal'))).toBe(true);
});

test('once the secret is stored, Escape closes the dialog', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  await secretDialog(page).getByRole('checkbox', { name: 'I have stored it' }).check();
  await page.keyboard.press('Escape');
  await expect(secretDialog(page)).toBeHidden();
  await expect(row(page, 'ci-main')).toBeVisible();
});

test('Close works after the box is ticked, and only while it is', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  const close = secretDialog(page).getByRole('button', { name: 'Close', exact: true });
  const stored = secretDialog(page).getByRole('checkbox', { name: 'I have stored it' });
  await expect(close).toBeDisabled();
  await stored.check();
  await expect(close).toBeEnabled();
  await stored.uncheck();
  await expect(close).toBeDisabled();
});

test('Close works after a copy of the secret, not of anything else', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await submitGenerate(page, 'ci-main');
  const { loginName, secret } = await readSecret(page);
  const dialog = secretDialog(page);
  const close = dialog.getByRole('button', { name: 'Close', exact: true });

  await dialog.getByRole('button', { name: 'Copy login name' }).click();
  await expect(dialog.getByText('The login name is in the clipboard.')).toBeVisible();
  expect(await clipboard()).toBe(loginName);
  await dialog.getByRole('button', { name: 'Copy command' }).click();
  await expect(dialog.getByText('The command is in the clipboard.')).toBeVisible();
  const command = await clipboard();
  expect(command).toMatch(new RegExp(`^docker login 127\\.0\\.0\\.1:\\d+ -u ${loginName} --password-stdin$`));
  await expect(close).toBeDisabled();

  await dialog.getByRole('button', { name: 'Copy secret' }).click();
  await expect(dialog.getByRole('status').filter({ hasText: 'The secret is in the clipboard.' })).toBeVisible();
  expect(await clipboard()).toBe(secret);
  await expect(dialog.getByRole('checkbox', { name: 'I have stored it' })).toBeChecked();
  await close.click();
  await expect(dialog).toBeHidden();
});

test('the secret is masked until Show, and again after Hide', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  const dialog = secretDialog(page);
  const field = dialog.getByLabel('Token Secret', { exact: true });
  await expect(field).toHaveAttribute('type', 'password');
  await dialog.getByRole('button', { name: 'Show secret' }).click();
  await expect(field).toHaveAttribute('type', 'text');
  await expect(dialog.getByRole('button', { name: 'Hide secret' })).toHaveAttribute('aria-pressed', 'true');
  await dialog.getByRole('button', { name: 'Hide secret' }).click();
  await expect(field).toHaveAttribute('type', 'password');
  await expect(dialog.getByRole('button', { name: 'Close', exact: true })).toBeDisabled();
});

for (const clipboard of ['no clipboard', 'a clipboard that refuses'] as const) {
  test(`with ${clipboard} the secret is selected, and the dialog says so`, async ({ page, company }) => {
    await page.addInitScript((kind) => {
      const refusing = { writeText: () => Promise.reject(new DOMException('refused', 'NotAllowedError')) };
      Object.setPrototypeOf(refusing, Clipboard.prototype);
      Object.defineProperty(navigator, 'clipboard', { value: kind === 'no clipboard' ? undefined : refusing });
      document.execCommand = () => false;
    }, clipboard);
    await openTokens(page, company.path);
    await submitGenerate(page, 'ci-main');
    const dialog = secretDialog(page);
    const { secret } = await readSecret(page);
    await dialog.getByRole('button', { name: 'Copy secret' }).click();
    const said = dialog.getByRole('status').filter({ hasText: 'This browser did not copy it. The secret is selected' });
    await expect(said).toBeVisible();
    const field = dialog.getByLabel('Token Secret', { exact: true });
    await expect(field).toHaveAttribute('type', 'text');
    await expect(field).toBeFocused();
    const selected = await field.evaluate((element) => {
      const input = element as HTMLInputElement;
      return input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0);
    });
    expect(selected).toBe(secret);
    // Nothing was copied, so nothing is stored yet.
    await expect(dialog.getByRole('button', { name: 'Close', exact: true })).toBeDisabled();
    await closeSecret(page);
  });
}

test('without the newer clipboard the older way copies, and the secret stays masked', async ({ page, company }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    const own = navigator.clipboard;
    Object.assign(window, { readBack: () => own.readText() });
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await openTokens(page, company.path);
  await submitGenerate(page, 'ci-main');
  const { secret } = await readSecret(page);
  const dialog = secretDialog(page);
  await dialog.getByRole('button', { name: 'Copy secret' }).click();
  await expect(dialog.getByText('The secret is in the clipboard.')).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { readBack: () => Promise<string> }).readBack())).toBe(secret);
  await expect(dialog.getByLabel('Token Secret', { exact: true })).toHaveAttribute('type', 'password');
  await expect(dialog.getByRole('button', { name: 'Close', exact: true })).toBeEnabled();
});

test('after Close the secret is nowhere: not in the page, a reload, the history, a store or a log', async ({ page, company, portal }) => {
  await submitGenerate(page, 'ci-main');
  const generated = await readSecret(page);
  expect(await traces(page, generated.secret), 'shown, it is found').toContain('fields');
  await closeSecret(page);
  expect(await traces(page, generated.secret)).toEqual([]);
  const renewed = await regenerate(page, 'ci-main');
  const secrets = [generated.secret, renewed.secret];
  const nowhere = async () => {
    for (const secret of secrets) expect(await traces(page, secret)).toEqual([]);
  };
  await nowhere();
  // Every dialog of the row, and the row's details.
  for (const verb of ['Re-sync Products', 'Re-generate Secret', 'Delete Token'] as const) {
    await ask(page, verb, 'ci-main');
    await nowhere();
    await page.getByRole('button', { name: 'Cancel' }).click();
  }
  await page.reload();
  await nowhere();
  await page.goto('/');
  await page.goBack();
  await nowhere();
  await page.goForward();
  await nowhere();
  await openTokens(page, company.path);
  await nowhere();
  for (const secret of secrets) expect(portal.log).not.toContain(secret);
});

test('a page left while the secret is shown does not bring it back', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  const { secret } = await readSecret(page);
  await page.goto('/');
  expect(await traces(page, secret)).toEqual([]);
  await page.goBack();
  await expect(row(page, 'ci-main')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await traces(page, secret)).toEqual([]);
  await page.reload();
  await expect(row(page, 'ci-main')).toBeVisible();
  expect(await traces(page, secret)).toEqual([]);
});

test('the secret comes in one answer, which is not kept, and in no address', async ({ page, company }) => {
  const bodies: { url: string; cache: string | undefined; body: string }[] = [];
  page.on('response', async (response) => {
    const body = await response.body().catch(() => Buffer.alloc(0));
    bodies.push({ url: response.url(), cache: response.headers()['cache-control'], body: body.toString('latin1') });
  });
  const { secret } = await generate(page, 'ci-main');
  await openTokens(page, company.path);
  const carriers = () => bodies.filter(({ body }) => body.includes(secret));
  await expect.poll(() => carriers().length).toBe(1);
  expect(carriers()[0]?.cache).toContain('no-store');
  expect(bodies.filter(({ url }) => url.includes(secret))).toEqual([]);
});

/** Where in the page and in what the browser keeps the text stands. */
function traces(page: Page, text: string): Promise<string[]> {
  return page.evaluate((wanted) => {
    const places: Record<string, string> = {
      html: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value).join('\n'),
      address: location.href,
      state: JSON.stringify(history.state),
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      cookies: document.cookie,
    };
    return Object.keys(places).filter((place) => places[place]?.includes(wanted));
  }, text);
}
