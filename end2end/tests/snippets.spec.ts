// Every snippet is pasted into the real tool. Of a tool that is not on this machine the title says so.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { BROKER } from '../support/catalogue.ts';
import { checkEverywhere } from '../support/checks.ts';
import {
  closeSecret, generateButton, generateDialog, openTokens, readSecret, secretDialog, signIn, submitGenerate,
} from '../support/pages.ts';
import type { Credentials } from '../support/portal.ts';
import { expect, test } from '../support/test.ts';
import { argumentsOf, has, opens, paste, unless } from '../support/tools.ts';

const REPOSITORY = 'fernlight-broker/snippets';

test.beforeAll(async ({ portal, images }) => {
  const publisher = await portal.createPublisher('fernlight-snippets', BROKER.repositories);
  expect(await images.push(REPOSITORY, publisher)).toBe('done');
});

test.describe("from the secret's dialog", () => {
  let token: Credentials;
  let registry: string;
  let image: string;
  let folder: string;

  test.beforeEach(async ({ page, company }) => {
    folder = await mkdtemp(join(tmpdir(), 'registry-tokens-snippets-'));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await signIn(page, company.admin);
    await openTokens(page, company.path);
    await submitGenerate(page, 'ci-main');
    token = await readSecret(page);
    registry = / login (\S+) /.exec(await copy(page, 'Docker', 'docker command'))?.[1] ?? '';
    expect(registry).toMatch(/^127\.0\.0\.1:\d+$/);
    image = `${registry}/${REPOSITORY}:1.0`;
  });

  test.afterEach(() => rm(folder, { recursive: true }));

  test(`the docker command logs docker in${unless('docker')}`, async ({ page }) => {
    test.skip(!has('docker'), 'docker is not on this machine');
    const command = await copy(page, 'Docker', 'docker command');
    const env = { DOCKER_CONFIG: folder };
    expect((await paste(command, { env, stdin: 'wrt_wrong\n' })).code).not.toBe(0);
    expect(await paste(command, { env, stdin: `${token.secret}\n` })).toMatchObject({ code: 0, stdout: expect.stringContaining('Login Succeeded') });
    const written = await readFile(join(folder, 'config.json'), 'utf8');
    expect(await opens(written, image)).toBe(true);
    // What docker writes for itself is what the File tab gives.
    expect(JSON.parse(await copy(page, 'File', 'config.json file')).auths).toEqual(JSON.parse(written).auths);
  });

  const podman = has('podman') ? 'podman' : 'skopeo';
  test(`the podman command logs in (with ${podman}: podman's own login code, and its flags)`, async ({ page }) => {
    const command = await copy(page, 'Podman', 'podman command');
    const file = join(folder, 'auth.json');
    // The tests' registry has no TLS.
    const prelude = `podman() { command ${podman} "$@" --tls-verify=false; }`;
    const env = { REGISTRY_AUTH_FILE: file };
    expect((await paste(command, { prelude, env, stdin: 'wrt_wrong\n' })).code).not.toBe(0);
    expect(await paste(command, { prelude, env, stdin: `${token.secret}\n` })).toMatchObject({ code: 0, stdout: expect.stringContaining('Login Succeeded') });
    const written = await readFile(file, 'utf8');
    expect(await opens(written, image)).toBe(true);
    expect(JSON.parse(await copy(page, 'File', 'config.json file')).auths).toEqual(JSON.parse(written).auths);
  });

  test(`the kubectl command makes a secret that pulls${unless('kubectl')}`, async ({ page, company }) => {
    test.skip(!has('kubectl'), 'kubectl is not on this machine');
    const command = await copy(page, 'Kubernetes', 'kubectl command');
    const prelude = 'kubectl() { command kubectl "$@" --dry-run=client -o json; }';
    const made = await paste(command, { prelude, stdin: `${token.secret}\n` });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const secret = JSON.parse(made.stdout);
    expect(secret).toMatchObject({
      kind: 'Secret',
      type: 'kubernetes.io/dockerconfigjson',
      metadata: { name: `${company.project.key.toLowerCase()}-ci-main` },
    });
    const config = Buffer.from(secret.data['.dockerconfigjson'], 'base64').toString();
    expect(JSON.parse(config).auths[registry]).toMatchObject({ username: token.loginName, password: token.secret });
    expect(await opens(config, image)).toBe(true);
    // Nothing is left behind in the shell.
    const after = await paste(`${command}; printf '[%s]' "\${SECRET-unset}"`, { prelude, stdin: `${token.secret}\n` });
    expect(after.stdout).toMatch(/\[unset\]$/);
  });

  test(`the manifest holds a secret that pulls, and a pod that uses it${unless('kubectl')}`, async ({ page }) => {
    test.skip(!has('kubectl'), 'kubectl is not on this machine');
    const manifest = await copy(page, 'Kubernetes', 'manifest');
    // Without a cluster kubectl reads a manifest as it would for one.
    const read = await paste('kubectl annotate --local -f - -o json tests/read=yes', { stdin: manifest });
    expect(read).toMatchObject({ code: 0, stderr: '' });
    const [secret, pod, ...more] = read.stdout.split(/(?<=^\})\n/m).filter(Boolean).map((text) => JSON.parse(text));
    expect(more).toEqual([]);
    expect(secret).toMatchObject({ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/dockerconfigjson' });
    expect(await opens(secret.stringData['.dockerconfigjson'], image)).toBe(true);
    expect(pod).toMatchObject({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: {
        imagePullSecrets: [{ name: secret.metadata.name }],
        containers: [{ image: `${registry}/fernlight-broker/IMAGE:TAG` }],
      },
    });
    await expect(panel(page)).toContainText('It holds the secret in base64, which hides nothing');
  });

  test('the config.json file lets skopeo in', async ({ page }) => {
    const file = await copy(page, 'File', 'config.json file');
    expect(JSON.parse(file)).toEqual(JSON.parse(logins(registry, token)));
    expect(await opens(JSON.stringify({ auths: {} }), image), 'without a login').toBe(false);
    expect(await opens(logins(registry, { ...token, secret: 'wrt_wrong' }), image), 'with a wrong secret').toBe(false);
    expect(await opens(file, image)).toBe(true);
    await expect(panel(page)).toContainText('It holds the secret in base64, which hides nothing');
  });

  test('the helm, nerdctl and ctr commands have the arguments of those tools (not run)', async ({ page }) => {
    const login = ['login', registry, '-u', token.loginName, '--password-stdin'];
    expect(await argumentsOf('helm', await copy(page, 'Helm', 'helm command'))).toEqual(['registry', ...login]);
    expect(await argumentsOf('nerdctl', await copy(page, 'containerd', 'nerdctl command'))).toEqual(login);
    // A name without a secret after it: ctr asks.
    const pull = ['images', 'pull', '--user', token.loginName, `${registry}/fernlight-broker/IMAGE:TAG`];
    expect(await argumentsOf('ctr', await copy(page, 'containerd', 'ctr command'))).toEqual(pull);
  });

  test('no command has the secret in it, in any form', async ({ page }) => {
    const auth = Buffer.from(`${token.loginName}:${token.secret}`).toString('base64');
    for (const [tool, what] of [
      ['Docker', 'docker command'],
      ['Podman', 'podman command'],
      ['Kubernetes', 'kubectl command'],
      ['Helm', 'helm command'],
      ['containerd', 'nerdctl command'],
      ['containerd', 'ctr command'],
    ] as const) {
      const command = await copy(page, tool, what);
      expect(command, what).toContain(token.loginName);
      expect(command, what).not.toContain(token.secret);
      expect(command, what).not.toContain(auth);
      await expect(panel(page).getByRole('button', { name: 'Clear clipboard' }).first(), what).toBeHidden();
    }
    // The other way round: what has it in it says so.
    expect(await copy(page, 'File', 'config.json file')).toContain(auth);
    await expect(panel(page).getByRole('button', { name: 'Clear clipboard' })).toBeVisible();
    await expect(secretDialog(page).getByRole('button', { name: 'Close', exact: true })).toBeDisabled();
  });

  test('the tabs go by keyboard, and every one can be read at every width', async ({ page }) => {
    test.setTimeout(180_000);
    const dialog = secretDialog(page);
    await expect(dialog.getByRole('radio', { name: 'Docker', exact: true })).toBeChecked();
    await dialog.getByRole('radio', { name: 'Docker', exact: true }).focus();
    for (const tool of ['Podman', 'Kubernetes', 'Helm', 'containerd', 'File', 'Docker', 'Podman', 'Kubernetes']) {
      await page.keyboard.press('ArrowRight');
      await expect(dialog.getByRole('radio', { name: tool, exact: true })).toBeChecked();
    }
    await expect(panel(page).getByRole('code')).toHaveText([/^read -rs SECRET/, /^apiVersion: v1/]);
    await checkEverywhere(page, 'secret, Kubernetes');
    await copy(page, 'File', 'config.json file');
    await checkEverywhere(page, 'secret, File copied');
  });

  test('where nothing can be copied, the text is selected', async ({ page }) => {
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    });
    await secretDialog(page).getByRole('radio', { name: 'Helm' }).check();
    await secretDialog(page).getByRole('button', { name: 'Copy helm command' }).click();
    await expect(secretDialog(page).getByText('This browser did not copy it. The helm command is selected')).toBeVisible();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(await panel(page).getByRole('code').textContent());
  });
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('the page of a new secret has the snippets, and the file lets skopeo in', async ({ page, company }) => {
    await signIn(page, company.admin);
    await page.goto(company.path);
    await generateButton(page).click();
    await generateDialog(page).getByRole('textbox', { name: 'Token Name' }).fill('ci-main');
    await generateDialog(page).getByRole('button', { name: 'Generate Token' }).click();
    await expect(page.getByRole('heading', { name: 'Back up the secret of ci-main' })).toBeVisible();
    await expect(panel(page).getByRole('code')).toHaveText([/^docker login /]);
    await expect(page.getByRole('button', { name: /^Copy/ })).toHaveCount(0);
    await page.getByRole('radio', { name: 'File' }).check();
    const file = (await panel(page).getByRole('code').textContent()) ?? '';
    const [registry] = Object.keys(JSON.parse(file).auths);
    expect(await opens(file, `${registry}/${REPOSITORY}:1.0`)).toBe(true);
  });
});

test("a token's page has them with a place for the secret, and the command that fills it in", async ({ page, company, newBrowser }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  await submitGenerate(page, 'ci-main');
  const token = await readSecret(page);
  await closeSecret(page);
  const plain = await newBrowser({ javaScriptEnabled: false });
  await signIn(plain, company.admin);
  await plain.goto(`/projects/${company.project.key}/tokens/ci-main`);
  for (const [tool, ...texts] of [
    ['Docker', /^docker login /],
    ['Podman', /^podman login /],
    ['Kubernetes', /^read -rs SECRET && kubectl create secret /, /^apiVersion: v1\n[^]*"auth": "AUTH"/],
    ['Helm', /^helm registry login /],
    ['containerd', /^nerdctl login /, /^ctr images pull --user /],
    ['File', /"auth": "AUTH"/, /^read -rs SECRET && /],
  ] as const) {
    await plain.getByRole('radio', { name: tool, exact: true }).check();
    const codes = panel(plain).getByRole('code');
    await expect(codes, tool).toHaveCount(texts.length);
    for (const [at, text] of texts.entries()) expect(await codes.nth(at).textContent(), tool).toMatch(text);
  }
  await expect(plain.getByRole('button', { name: /^Copy/ })).toHaveCount(0);
  expect(await plain.content()).not.toContain(token.secret);

  const [file = '', command = ''] = await panel(plain).getByRole('code').allTextContents();
  const { stdout: auth } = await paste(command, { stdin: `${token.secret}\n` });
  const image = `${Object.keys(JSON.parse(file).auths)[0]}/${REPOSITORY}:1.0`;
  expect(await opens(file, image), 'with the placeholder').toBe(false);
  expect(await opens(file.replace('AUTH', auth.trimEnd()), image)).toBe(true);
});

/** Copies a snippet of the secret's dialog; answers what the clipboard holds, which is what the dialog shows. */
async function copy(page: Page, tool: string, what: string): Promise<string> {
  const dialog = secretDialog(page);
  await dialog.getByRole('radio', { name: tool, exact: true }).check();
  await dialog.getByRole('button', { name: new RegExp(`^(Copy|Copied) ${what}$`) }).click();
  await expect(dialog.getByText(`The ${what} is in the clipboard.`)).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(await panel(page).getByRole('code').allTextContents()).toContain(text);
  return text;
}

/** The tabs; only the open one has anything to find. */
function panel(page: Page) {
  return page.getByRole('group', { name: 'Tool' });
}

/** A file of logins with one login. */
function logins(registry: string, { loginName, secret }: Credentials): string {
  return JSON.stringify({ auths: { [registry]: { auth: Buffer.from(`${loginName}:${secret}`).toString('base64') } } });
}
