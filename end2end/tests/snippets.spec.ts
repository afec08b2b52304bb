// Pastes every snippet into the real tool. If a tool is not installed, the test's title says that it is skipped.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
import { argumentsOf, has, opens, paste, typeAtTerminal, unless } from '../support/tools.ts';

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
    await expect(secretDialog(page).getByLabel('Registry', { exact: true })).toHaveValue(registry);
    expect(registry).toMatch(/^127\.0\.0\.1:\d+$/);
    image = `${registry}/${REPOSITORY}:1.0`;
  });

  test.afterEach(() => rm(folder, { recursive: true }));

  test(`the docker script logs docker in${unless('docker')}`, async ({ page }) => {
    test.skip(!has('docker'), 'docker is not on this machine');
    const command = await copy(page, 'Docker', 'docker script');
    const env = { DOCKER_CONFIG: folder };
    expect((await paste(command, { env: { ...env, SECRET: 'wrt_wrong' } })).code).not.toBe(0);
    const login = await paste(command, { env: { ...env, SECRET: token.secret } });
    expect(login).toMatchObject({ code: 0, stdout: expect.stringContaining('Login Succeeded') });
    const written = await readFile(join(folder, 'config.json'), 'utf8');
    expect(await opens(written, image)).toBe(true);
    // The file that docker writes has the same logins as the one from the File tab.
    expect(JSON.parse(await copy(page, 'File', 'config.json file')).auths).toEqual(JSON.parse(written).auths);
  });

  const podman = has('podman') ? 'podman' : 'skopeo';
  test(`the podman script logs in (with ${podman}: podman's own login code, and its flags)`, async ({ page }) => {
    const command = await copy(page, 'Podman', 'podman script');
    const file = join(folder, 'auth.json');
    // The tests' registry has no TLS.
    const prelude = `podman() { command ${podman} "$@" --tls-verify=false; }`;
    const env = { REGISTRY_AUTH_FILE: file };
    expect((await paste(command, { prelude, env: { ...env, SECRET: 'wrt_wrong' } })).code).not.toBe(0);
    const login = await paste(command, { prelude, env: { ...env, SECRET: token.secret } });
    expect(login).toMatchObject({ code: 0, stdout: expect.stringContaining('Login Succeeded') });
    const written = await readFile(file, 'utf8');
    expect(await opens(written, image)).toBe(true);
    expect(JSON.parse(await copy(page, 'File', 'config.json file')).auths).toEqual(JSON.parse(written).auths);
  });

  for (const [tool, program] of [['Docker', 'docker'], ['Podman', podman]] as const) {
    test(`at a terminal the ${tool} command asks for the secret and does not show it${unless(program)}${unless('script')}`, async ({ page }) => {
      test.skip(!has(program) || !has('script'), `${program} or script is not on this machine`);
      const command = await copy(page, tool, `${tool.toLowerCase()} command`);
      const file = join(folder, 'auth.json');
      const env = { DOCKER_CONFIG: folder, REGISTRY_AUTH_FILE: file };
      const flags = tool === 'Podman' ? ' --tls-verify=false' : '';
      const typed = `${command.replace(tool.toLowerCase(), program)}${flags}`;
      const { stdout } = await typeAtTerminal(typed, token.secret, env);
      expect(stdout).toContain('Password:');
      expect(stdout).toContain('Login Succeeded');
      expect(stdout).not.toContain(token.secret);
      const written = await readFile(tool === 'Docker' ? join(folder, 'config.json') : file, 'utf8');
      expect(await opens(written, image)).toBe(true);
    });
  }

  test(`the kubectl command makes a secret that pulls${unless('kubectl')}`, async ({ page, company }) => {
    test.skip(!has('kubectl'), 'kubectl is not on this machine');
    const command = await copy(page, 'Kubernetes', 'kubectl command');
    // There is no cluster, so `apply` prints what would be applied.
    const prelude = 'kubectl() { case $1 in apply) cat ;; *) command kubectl "$@" -o json ;; esac; }';
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
    // If the secret cannot be created or applied, the command fails.
    const failing = (which: string) => `kubectl() { case $1 in ${which}) cat > /dev/null; return 1 ;; apply) grep -q . ;; *) command kubectl "$@" ;; esac; }`;
    expect((await paste(command, { prelude: failing('none'), stdin: `${token.secret}\n` })).code).toBe(0);
    for (const which of ['create', 'apply']) {
      expect((await paste(command, { prelude: failing(which), stdin: `${token.secret}\n` })).code, which).not.toBe(0);
    }
    // The shell variable is unset afterwards.
    const after = await paste(`${command}; printf '[%s]' "\${SECRET-unset}"`, { prelude, stdin: `${token.secret}\n` });
    expect(after.stdout).toMatch(/\[unset\]$/);
  });

  test(`the manifest holds a secret that pulls, and a pod that uses it${unless('kubectl')}`, async ({ page }) => {
    test.skip(!has('kubectl'), 'kubectl is not on this machine');
    const manifest = await copy(page, 'Kubernetes', 'manifest');
    // `annotate --local` parses the manifest as `apply` would, without a cluster.
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

  test('the service account, a chart and the registries of k3s get what they ask for', async ({ page }) => {
    const name = token.loginName.replace('.', '-');
    const [patch, serviceAccount, account, flag, json = '', ...more] = await argumentsOf('kubectl', await copy(page, 'Kubernetes', 'service account command'));
    expect([patch, serviceAccount, account, flag, more]).toEqual(['patch', 'serviceaccount', 'default', '-p', []]);
    expect(JSON.parse(json)).toEqual({ imagePullSecrets: [{ name }] });
    expect(await copy(page, 'Helm', 'Helm values')).toBe(
      `global:\n  imagePullSecrets:\n    - name: "${name}"\ndeployment:\n  image:\n    imagePullSecret: "${name}"\n` +
        `    registry: "${registry}"\n    repository: "fernlight-broker/IMAGE"\n    tag: "TAG"\n`,
    );
    expect(await copy(page, 'containerd', 'registries.yaml file')).toBe(
      `configs:\n  "${registry}":\n    auth:\n      username: "${token.loginName}"\n      password: "${token.secret}"\n`,
    );
    await expect(panel(page)).toContainText('It holds the secret');
  });

  test('the skopeo command copies a repository with the login of the file', async ({ page }) => {
    const file = join(folder, 'auth.json');
    await writeFile(file, await copy(page, 'File', 'config.json file'));
    const command = await copy(page, 'File', 'skopeo command');
    expect(await argumentsOf('skopeo', command)).toEqual([
      'sync', '--src', 'docker', '--dest', 'docker', `${registry}/fernlight-broker/IMAGE`, 'MIRROR',
    ]);
    // The destination is a folder, because the tests have only one registry.
    const mirror = command.replace('--dest docker', '--dest dir').replace('IMAGE', 'snippets').replace('MIRROR', folder);
    const prelude = 'skopeo() { command skopeo "$@" --src-tls-verify=false; }';
    expect((await paste(mirror, { prelude, env: { REGISTRY_AUTH_FILE: file } })).code).toBe(0);
    expect(await readdir(folder)).toContain('snippets:1.0');
  });

  test('the jobs of GitHub and GitLab log in and pull (not run)', async ({ page }) => {
    const github = await copy(page, 'CI', 'GitHub Actions steps');
    expect(github).toContain(`    registry: "${registry}"\n    username: "${token.loginName}"\n    password: \${{ secrets.REGISTRY_TOKEN }}\n`);
    expect(github).toContain(`- run: docker pull ${registry}/fernlight-broker/IMAGE:TAG\n`);
    const gitlab = await copy(page, 'CI', 'GitLab CI job');
    const script = [...gitlab.matchAll(/^ {4}- (.*)$/gm)].map(([, line]) => line ?? '');
    const prelude = 'docker() { printf "%s " "$@"; [ "$1" = pull ] || cat; echo; }';
    const said = await paste(script.join('\n'), { prelude, env: { REGISTRY_TOKEN: token.secret } });
    expect(said.stdout.split('\n')).toEqual([
      `login ${registry} -u ${token.loginName} --password-stdin ${token.secret}`,
      `pull ${registry}/fernlight-broker/IMAGE:TAG `,
      '',
    ]);
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
    const login = ['login', registry, '-u', token.loginName];
    expect(await argumentsOf('helm', await copy(page, 'Helm', 'helm command'))).toEqual(['registry', ...login]);
    expect(await argumentsOf('nerdctl', await copy(page, 'containerd', 'nerdctl command'))).toEqual(login);
    for (const [tool, program, words] of [['Helm', 'helm', ['registry', ...login]], ['containerd', 'nerdctl', login]] as const) {
      expect(await argumentsOf(program, await copy(page, tool, `${program} script`))).toEqual([...words, '--password-stdin']);
      const powershell = await copy(page, tool, `${program} script for PowerShell`);
      expect(powershell).toBe(`$env:SECRET | ${[program, ...words].join(' ')} --password-stdin`);
    }
    expect(await argumentsOf('nerdctl', await copy(page, 'containerd', 'nerdctl pull'))).toEqual(['pull', `${registry}/fernlight-broker/IMAGE:TAG`]);
    const argo = ['--type', 'helm', '--enable-oci', '--name', token.loginName.replace('.', '-'), '--username', token.loginName];
    expect(await argumentsOf('argocd', await copy(page, 'CI', 'Argo CD command'))).toEqual(['repo', 'add', registry, ...argo]);
    // Only the login name, without a secret: ctr asks for the secret.
    const pull = ['images', 'pull', '--user', token.loginName, `${registry}/fernlight-broker/IMAGE:TAG`];
    expect(await argumentsOf('ctr', await copy(page, 'containerd', 'ctr command'))).toEqual(pull);
  });

  test('no command has the secret in it, in any form', async ({ page }) => {
    const auth = Buffer.from(`${token.loginName}:${token.secret}`).toString('base64');
    for (const [tool, what] of [
      ['Docker', 'docker command'],
      ['Docker', 'docker script'],
      ['Docker', 'docker script for PowerShell'],
      ['Podman', 'podman command'],
      ['Podman', 'podman script'],
      ['Podman', 'podman script for PowerShell'],
      ['Kubernetes', 'kubectl command'],
      ['Helm', 'helm command'],
      ['Helm', 'helm script'],
      ['Helm', 'helm script for PowerShell'],
      ['containerd', 'nerdctl command'],
      ['containerd', 'nerdctl script'],
      ['containerd', 'nerdctl script for PowerShell'],
      ['containerd', 'ctr command'],
      ['CI', 'GitHub Actions steps'],
      ['CI', 'Argo CD command'],
      ['CI', 'GitLab CI job'],
    ] as const) {
      const command = await copy(page, tool, what);
      expect(command, what).toContain(token.loginName);
      expect(command, what).not.toContain(token.secret);
      expect(command, what).not.toContain(auth);
      await expect(panel(page).getByRole('button', { name: 'Clear clipboard' }).first(), what).toBeHidden();
    }
    // Conversely, copying a text that contains the secret shows the reminder about the clipboard.
    expect(await copy(page, 'File', 'config.json file')).toContain(auth);
    await expect(panel(page).getByRole('button', { name: 'Clear clipboard' })).toBeVisible();
    await expect(secretDialog(page).getByRole('button', { name: 'Close', exact: true })).toBeDisabled();
  });

  test('the tabs go by keyboard, and every one can be read at every width', async ({ page }) => {
    test.setTimeout(360_000);
    const dialog = secretDialog(page);
    await expect(dialog.getByRole('radio', { name: 'Docker', exact: true })).toBeChecked();
    await dialog.getByRole('radio', { name: 'Docker', exact: true }).focus();
    for (const tool of ['Podman', 'Kubernetes', 'Helm', 'containerd', 'CI', 'File', 'Docker', 'Podman', 'Kubernetes']) {
      await page.keyboard.press('ArrowRight');
      await expect(dialog.getByRole('radio', { name: tool, exact: true })).toBeChecked();
    }
    await expect(panel(page).getByRole('code')).toHaveText([/^\(read -rs SECRET/, /^kubectl patch serviceaccount /, /^apiVersion: v1/]);
    await checkEverywhere(page, 'secret, Kubernetes');
    for (const tool of ['Docker', 'Helm', 'containerd', 'CI']) {
      await dialog.getByRole('radio', { name: tool, exact: true }).check();
      await checkEverywhere(page, `secret, ${tool}`);
    }
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
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(await panel(page).getByRole('code').first().textContent());
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
    await expect(panel(page).getByRole('code')).toHaveText([/^docker login /, /^printf %s /, /^\$env:SECRET \| docker login /, /^docker pull /]);
    await expect(page.getByRole('button', { name: /^Copy/ })).toHaveCount(0);
    await expect(page.getByLabel('Registry', { exact: true })).toHaveValue(/^127\.0\.0\.1:\d+$/);
    await page.getByRole('radio', { name: 'File' }).check();
    const file = (await panel(page).getByRole('code').first().textContent()) ?? '';
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
    ['Docker', /^docker login /, /^printf %s "\$SECRET" \| docker login /, /^\$env:SECRET \| docker login /, /^docker pull /],
    ['Podman', /^podman login /, /^printf %s "\$SECRET" \| podman login /, /^\$env:SECRET \| podman login /, /^podman pull /],
    ['Kubernetes', /^\(read -rs SECRET && kubectl create secret /, /^kubectl patch serviceaccount /, /^apiVersion: v1\n[^]*"auth": "AUTH"/],
    ['Helm', /^helm registry login /, /^printf /, /^\$env:SECRET /, /^global:\n/, /^helm upgrade --install /],
    ['containerd', /^nerdctl login /, /^printf /, /^\$env:SECRET /, /^nerdctl pull /, /password: "SECRET"/, /^ctr images pull --user /],
    ['CI', /^- uses: docker\/login-action@/, /^argocd repo add /, /^pull:\n/],
    ['File', /"auth": "AUTH"/, /^\(read -rs SECRET && /, /^skopeo sync /],
  ] as const) {
    await plain.getByRole('radio', { name: tool, exact: true }).check();
    const codes = panel(plain).getByRole('code');
    await expect(codes, tool).toHaveCount(texts.length);
    for (const [at, text] of texts.entries()) expect(await codes.nth(at).textContent(), tool).toMatch(text);
  }
  await expect(plain.getByRole('button', { name: /^Copy/ })).toHaveCount(0);
  await expect(plain.getByLabel('Login name', { exact: true })).toHaveValue(token.loginName);
  expect(await plain.content()).not.toContain(token.secret);

  const [file = '', command = ''] = await panel(plain).getByRole('code').allTextContents();
  const { stdout: auth } = await paste(command, { stdin: `${token.secret}\n` });
  const image = `${Object.keys(JSON.parse(file).auths)[0]}/${REPOSITORY}:1.0`;
  expect(await opens(file, image), 'with the placeholder').toBe(false);
  expect(await opens(file.replace('AUTH', auth.trimEnd()), image)).toBe(true);
});

/** Copies a snippet of the secret's dialog; returns the clipboard text. The dialog shows the same text with the secret hidden. */
async function copy(page: Page, tool: string, what: string): Promise<string> {
  const dialog = secretDialog(page);
  await dialog.getByRole('radio', { name: tool, exact: true }).check();
  await dialog.getByRole('button', { name: new RegExp(`^(Copy|Copied) ${what}$`) }).click();
  await expect(dialog.getByText(`The ${what} is in the clipboard.`)).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const { loginName, secret } = await readSecret(page);
  const auth = Buffer.from(`${loginName}:${secret}`).toString('base64');
  const masked = text.replaceAll(auth, '••••••••').replaceAll(secret, '••••••••');
  expect(await panel(page).getByRole('code').allTextContents()).toContain(masked);
  return text;
}

/** The tabs; only the content of the open one can be found. */
function panel(page: Page) {
  return page.getByRole('group', { name: 'Tool' });
}

/** A file of logins with one login. */
function logins(registry: string, { loginName, secret }: Credentials): string {
  return JSON.stringify({ auths: { [registry]: { auth: Buffer.from(`${loginName}:${secret}`).toString('base64') } } });
}
