// The secret is shown once. It cannot be lost by accident, and no copy of it remains.
import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { expectFocusOnSomething } from '../support/focus.ts';
import {
  ask, closeSecret, generate, notice, openGenerate, openTokens, readSecret, regenerate, row, secretDialog, signIn, submitGenerate,
} from '../support/pages.ts';
import type { Credentials } from '../support/portal.ts';
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
  // The message is shown at the checkbox and announced to screen readers.
  const needed = 'Copy or store the secret first, then tick “I have stored it”.';
  await expect(dialog.getByRole('alert')).toHaveText(needed);
  await expect(dialog.getByRole('checkbox', { name: 'I have stored it' })).toHaveAccessibleDescription(needed);
  // The dialog is still modal, not only visible.
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
  await expect(secretDialog(page)).toHaveAccessibleDescription(/^You won't see this secret again\./);
  await expect(close).toBeDisabled();
  await expect(close).toHaveAccessibleDescription('Close works once the secret is copied or downloaded, or the box is ticked.');
  await expect(secretDialog(page).getByRole('alert')).toHaveCount(0);
  // The disabled button can have the focus, and explains what is needed.
  await close.focus();
  await page.keyboard.press('Enter');
  await expect(secretDialog(page).getByRole('alert')).toHaveText(/^Copy or store the secret first/);
  await stored.check();
  await expect(close).toBeEnabled();
  await expect(secretDialog(page).getByRole('alert')).toHaveCount(0);
  await stored.uncheck();
  await expect(close).toBeDisabled();
});

test('the dialog stands still: one place and one size for all its tabs, its foot in the window, the shown secret whole', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  const dialog = secretDialog(page);
  const field = dialog.getByLabel('Token Secret', { exact: true });
  // The last size is a window of 1440 x 900 at 400 %.
  for (const [width, height] of [[1440, 900], [768, 1024], [390, 844], [320, 568], [360, 225]] as const) {
    await page.setViewportSize({ width, height });
    const size = `${width} x ${height}`;
    const place = await dialog.boundingBox();
    const stands = async (what: string) => {
      expect(await dialog.boundingBox(), `${size}, ${what}`).toEqual(place);
      for (const control of [dialog.getByRole('checkbox'), dialog.getByRole('button', { name: 'Close', exact: true })]) {
        await expect(control, `${size}, ${what}`).toBeInViewport({ ratio: 1 });
      }
    };
    for (const tool of ['Docker', 'Kubernetes', 'CI', 'File']) {
      await dialog.getByRole('radio', { name: tool, exact: true }).check();
      await stands(tool);
    }
    await page.keyboard.press('Escape');
    await stands('after Escape');
    await dialog.getByRole('button', { name: 'Show secret' }).click();
    await stands('shown');
    const isWhole = (element: Element) => element.scrollWidth <= element.clientWidth && element.scrollHeight <= element.clientHeight;
    expect(await field.evaluate(isWhole), `${size}: the secret is whole`).toBe(true);
    expect(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth), `${size}: nothing is wider`).toBe(true);
    await dialog.getByRole('button', { name: 'Hide secret' }).click();
  }
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
  await dialog.getByRole('button', { name: 'Copy registry' }).click();
  await expect(dialog.getByText('The registry is in the clipboard.')).toBeVisible();
  expect(await clipboard()).toBe(await dialog.getByLabel('Registry', { exact: true }).inputValue());
  await dialog.getByRole('button', { name: 'Copy docker command' }).click();
  await expect(dialog.getByText('The docker command is in the clipboard.')).toBeVisible();
  const command = await clipboard();
  expect(command).toMatch(new RegExp(`^docker login 127\\.0\\.0\\.1:\\d+ -u ${loginName}$`));
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
  await expect(field).toHaveJSProperty('type', 'textarea');
  await expect(dialog.getByRole('button', { name: 'Hide secret' })).toHaveAttribute('aria-pressed', 'true');
  await dialog.getByRole('button', { name: 'Hide secret' }).click();
  await expect(field).toHaveAttribute('type', 'password');
  await expect(dialog.getByRole('button', { name: 'Close', exact: true })).toBeDisabled();
});

test('what holds the secret in another form is masked and shown with it, and Copy takes the real text', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await submitGenerate(page, 'ci-main');
  const token = await readSecret(page);
  const auth = Buffer.from(`${token.loginName}:${token.secret}`).toString('base64');
  const dialog = secretDialog(page);
  for (const [tool, what, form] of [
    ['Kubernetes', 'manifest', auth],
    ['containerd', 'registries.yaml file', token.secret],
    ['File', 'config.json file', auth],
  ] as const) {
    await dialog.getByRole('radio', { name: tool, exact: true }).check();
    const code = dialog.getByRole('code').filter({ hasText: '••••••••' });
    await expect(code, tool).toHaveCount(1);
    const masked = (await code.textContent()) ?? '';
    expect(await dialog.textContent(), tool).not.toContain(form);
    await dialog.getByRole('button', { name: `Copy ${what}` }).click();
    await expect(dialog.getByText(`The ${what} is in the clipboard.`)).toBeVisible();
    await expect(code, 'a copy shows nothing').toHaveText(masked);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(masked.replace('••••••••', form));
    await dialog.getByRole('button', { name: 'Show secret' }).click();
    await expect(code, tool).toHaveCount(0);
    expect(await dialog.getByRole('code').allTextContents()).toContain(copied);
    await dialog.getByRole('button', { name: 'Hide secret' }).click();
    await expect(code, tool).toHaveText(masked);
    expect(await dialog.textContent(), tool).not.toContain(form);
  }
});

for (const way of ['the older way', 'no way at all'] as const) {
  test(`where there is no clipboard a masked text is copied by ${way}`, async ({ page, company }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript((way) => {
      const own = navigator.clipboard;
      Object.assign(window, { readBack: () => own.readText() });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      if (way === 'no way at all') document.execCommand = () => false;
    }, way);
    await openTokens(page, company.path);
    await submitGenerate(page, 'ci-main');
    const { loginName, secret } = await readSecret(page);
    const auth = Buffer.from(`${loginName}:${secret}`).toString('base64');
    const dialog = secretDialog(page);
    await dialog.getByRole('radio', { name: 'File', exact: true }).check();
    await dialog.getByRole('button', { name: 'Copy config.json file' }).click();
    if (way === 'the older way') {
      await expect(dialog.getByText('The config.json file is in the clipboard.')).toBeVisible();
      expect(await page.evaluate(() => (window as unknown as { readBack: () => Promise<string> }).readBack())).toContain(auth);
      await expect(dialog.getByLabel('Token Secret', { exact: true })).toHaveAttribute('type', 'password');
      await expect(dialog.getByRole('code').first()).toContainText('••••••••');
    } else {
      await expect(dialog.getByText('This browser did not copy it. The config.json file is selected')).toBeVisible();
      expect(await page.evaluate(() => getSelection()?.toString())).toContain(auth);
    }
  });
}

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
    await expect(field).toHaveJSProperty('type', 'textarea');
    await expect(field).toBeFocused();
    const selected = await field.evaluate((element) => {
      const input = element as HTMLInputElement;
      return input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0);
    });
    expect(selected).toBe(secret);
    // Nothing was copied, so the secret does not count as stored.
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
  expect(await traces(page, generated), 'masked, it is in its field only').not.toContain('html as base64');
  await secretDialog(page).getByRole('button', { name: 'Show secret' }).click();
  expect(await traces(page, generated), 'shown, it is found').toEqual(expect.arrayContaining(['fields', 'html as base64']));
  await closeSecret(page);
  expect(await traces(page, generated)).toEqual([]);
  const renewed = await regenerate(page, 'ci-main');
  const nowhere = async () => {
    for (const token of [generated, renewed]) expect(await traces(page, token)).toEqual([]);
  };
  await nowhere();
  // Opens dialogs of the row.
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
  for (const { secret } of [generated, renewed]) expect(portal.log).not.toContain(secret);
});

test('a page left while the secret is shown does not bring it back', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  const token = await readSecret(page);
  const nowhere = async () => {
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await traces(page, token)).toEqual([]);
  };
  await page.goto('/');
  await nowhere();
  await page.goBack();
  await expect(row(page, 'ci-main')).toBeVisible();
  await nowhere();
  await page.reload();
  await expect(row(page, 'ci-main')).toBeVisible();
  await nowhere();
});

test('Back from the open dialog, and Forward, do not bring the secret back', async ({ page, company }) => {
  await page.goto('/');
  await openTokens(page, company.path);
  await submitGenerate(page, 'ci-main');
  const token = await readSecret(page);
  await page.goBack();
  expect(await traces(page, token)).toEqual([]);
  await page.goForward();
  await expect(row(page, 'ci-main')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await traces(page, token)).toEqual([]);
});

test('a page that the browser keeps for Back is kept without the secret', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  const token = await readSecret(page);
  // Dispatches the events of a page in the back/forward cache, because Playwright's browser does not use that cache.
  const tell = (type: 'pagehide' | 'pageshow') =>
    page.evaluate((type) => window.dispatchEvent(new PageTransitionEvent(type, { persisted: true })), type);
  await tell('pagehide');
  expect(await traces(page, token)).toEqual([]);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await tell('pageshow');
  await expect(row(page, 'ci-main')).toBeVisible();
  // No dialog is open any more, so the browser does not ask before leaving.
  const asked = questions(page, 'dismiss');
  await page.reload();
  await expect(row(page, 'ci-main')).toBeVisible();
  expect(asked).toEqual([]);
});

test('the page that shows a secret where the form came before the script is not kept either', async ({ page }) => {
  const dialog = await openGenerate(page);
  await dialog.getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  // Submits the form as the browser does before the page is hydrated.
  await dialog.locator('form').evaluate((form) => (form as HTMLFormElement).submit());
  expect((await answered).headers()['cache-control']).toBe('no-store');
  await expect(page.getByRole('heading', { name: 'Back up the secret of ci-main' })).toBeVisible();
  const token = {
    loginName: await page.getByLabel('Login name', { exact: true }).inputValue(),
    secret: await page.getByLabel('Token Secret', { exact: true }).inputValue(),
  };
  expect(await traces(page, token), 'shown, it is found').toContain('fields');
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  expect(await traces(page, token)).toEqual([]);
  await page.getByRole('link', { name: /back to the tokens/ }).click();
  await expect(row(page, 'ci-main')).toBeVisible();
});

test('another tab shows the token and nothing of its secret', async ({ page, company }) => {
  await submitGenerate(page, 'ci-main');
  const token = await readSecret(page);
  const other = await page.context().newPage();
  await openTokens(other, company.path);
  await expect(row(other, 'ci-main')).toBeVisible();
  await expect(other.getByRole('dialog')).toHaveCount(0);
  expect(await traces(other, token)).toEqual([]);
  await expect(secretDialog(page).getByLabel('Token Secret', { exact: true })).toHaveValue(token.secret);
});

for (const [way, leave] of [
  ['a reload', (page: Page) => page.evaluate(() => void setTimeout(() => location.reload()))],
  ['another address', (page: Page) => page.evaluate(() => void setTimeout(() => location.assign('/')))],
  ['closing the tab', (page: Page) => page.close({ runBeforeUnload: true })],
] as const) {
  test(`${way} asks first while the secret is not stored`, async ({ page }) => {
    await submitGenerate(page, 'ci-main');
    const { secret } = await readSecret(page);
    const asked = questions(page, 'dismiss');
    await leave(page);
    await expect.poll(() => asked).toEqual(['beforeunload']);
    await expect(secretDialog(page).getByLabel('Token Secret', { exact: true })).toHaveValue(secret);
  });
}

test('nothing asks once the secret is stored, nor after Close', async ({ page }) => {
  const asked = questions(page, 'accept');
  await submitGenerate(page, 'ci-main');
  await secretDialog(page).getByRole('checkbox', { name: 'I have stored it' }).check();
  await page.reload();
  await expect(row(page, 'ci-main')).toBeVisible();
  await generate(page, 'ci-other');
  await page.reload();
  await expect(row(page, 'ci-other')).toBeVisible();
  expect(asked).toEqual([]);
});

test('Download as file saves everything from the page itself, and counts as stored', async ({ page }) => {
  await submitGenerate(page, 'ci-main');
  const { loginName, secret } = await readSecret(page);
  const dialog = secretDialog(page);
  const command = await dialog.getByRole('code').first().textContent();
  const registry = /^docker login (\S+) /.exec(command ?? '')?.[1];
  expect(await dialog.getByLabel('Registry', { exact: true }).inputValue()).toBe(registry);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const asked = questions(page, 'dismiss');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download as file' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`${loginName}.txt`);
  expect(download.url()).toMatch(/^blob:/);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toBe(`Registry: ${registry}\nLogin name: ${loginName}\nToken Secret: ${secret}\n\n${command}\n`);
  expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([]);
  expect(asked).toEqual([]);
  await expect(dialog.getByRole('checkbox', { name: 'I have stored it' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(dialog).toBeHidden();
});

test('after a copy of the secret the clipboard can be cleared of it', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await submitGenerate(page, 'ci-main');
  const { secret } = await readSecret(page);
  const dialog = secretDialog(page);
  const clear = dialog.getByRole('button', { name: 'Clear clipboard' });
  await dialog.getByRole('button', { name: 'Copy login name' }).click();
  await expect(dialog.getByText('The login name is in the clipboard.')).toBeVisible();
  await expect(clear).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Copy secret' }).click();
  await expect(dialog.getByText('The secret is in the clipboard. Clear it when you have pasted it.')).toBeVisible();
  expect(await clipboard()).toBe(secret);
  await clear.click();
  await expect(dialog.getByRole('status').filter({ hasText: 'The clipboard is empty.' })).toBeVisible();
  expect(await clipboard()).toBe('');
  await expect(clear).toBeFocused();
  // The secret was copied, so the dialog may be closed.
  await expect(dialog.getByRole('button', { name: 'Close', exact: true })).toBeEnabled();
});

test('the page reminds of the clipboard after the dialog, too', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await submitGenerate(page, 'ci-main');
  const { secret } = await readSecret(page);
  await secretDialog(page).getByRole('button', { name: 'Copy secret' }).click();
  // A copied secret counts as stored.
  await expect(secretDialog(page).getByRole('checkbox', { name: 'I have stored it' })).toBeChecked();
  await closeSecret(page);
  await expect(notice(page)).toContainText('ci-main is generated. Log in with it wherever you pull. The secret is still in the clipboard.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await notice(page).getByRole('button', { name: 'Clear clipboard' }).click();
  await expect(notice(page)).toContainText('The clipboard is empty.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('');
  await expectFocusOnSomething(page);
});

test('a clipboard that cannot be cleared is said to be full', async ({ page, company }) => {
  await page.addInitScript(() => {
    const emptying = { writeText: (text: string) => (text === '' ? Promise.reject(new DOMException('refused')) : Promise.resolve()) };
    Object.setPrototypeOf(emptying, Clipboard.prototype);
    Object.defineProperty(navigator, 'clipboard', { value: emptying });
  });
  await openTokens(page, company.path);
  await submitGenerate(page, 'ci-main');
  await secretDialog(page).getByRole('button', { name: 'Copy secret' }).click();
  await secretDialog(page).getByRole('button', { name: 'Clear clipboard' }).click();
  await expect(secretDialog(page).getByText('This browser did not clear it. Copy something else in its place.')).toBeVisible();
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

/** Handles the browser's own dialogs from now on; the returned list collects their types. */
function questions(page: Page, answer: 'accept' | 'dismiss'): string[] {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog[answer]();
  });
  return asked;
}

/** The places in the page and in the browser's storage that contain a secret, plain or in base64 with its login name. */
function traces(page: Page, { loginName, secret }: Credentials): Promise<string[]> {
  return page.evaluate(
    ([secret, auth]) => {
      const places: Record<string, string> = {
        html: document.documentElement.outerHTML,
        fields: [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value).join('\n'),
        address: location.href,
        state: JSON.stringify(history.state),
        localStorage: JSON.stringify({ ...localStorage }),
        sessionStorage: JSON.stringify({ ...sessionStorage }),
        cookies: document.cookie,
      };
      const holding = (text: string) => Object.keys(places).filter((place) => places[place]?.includes(text));
      return [...holding(secret), ...holding(auth).map((place) => `${place} as base64`)];
    },
    [secret, Buffer.from(`${loginName}:${secret}`).toString('base64')] as const,
  );
}
