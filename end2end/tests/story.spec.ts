// The whole life cycle of a customer's tokens: the registry does what the page says.
import { BROKER, Company, ended, GATE, LEDGER, running } from '../support/catalogue.ts';
import {
  action, ask, cell, closeSecret, generate, hydrated, notice, openTokens, perform, readSecret, regenerate, row, secretDialog, signIn,
  submitGenerate,
} from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

const BROKER_IMAGE = 'fernlight-broker/node';
const GATE_IMAGE = 'fernlight-gate/edge';
const LEDGER_IMAGE = 'ledger/core';

test('from the first token to the last pull', async ({ page, portal, images, found, newBrowser }) => {
  test.setTimeout(180_000);
  const quayside = await found(new Company('quayside'));
  // Another tenant, with a product that Quayside never has.
  const mooring = new Company('mooring');
  mooring.project.subscriptions = [running(LEDGER)];
  await found(mooring);

  await test.step('a publisher pushes the images of its products, and of no other', async () => {
    const publisher = await portal.createPublisher('fernlight-ci', [...BROKER.repositories, ...GATE.repositories, ...LEDGER.repositories]);
    for (const image of [BROKER_IMAGE, GATE_IMAGE, LEDGER_IMAGE]) {
      expect(await images.push(image, publisher)).toBe('done');
    }
    expect(await images.push('fernlight-atlas/map', publisher)).toBe('not allowed');
  });

  const laptop = await test.step('the admin finds the project and generates a User Token', async () => {
    await signIn(page, quayside.admin);
    await page.getByRole('link', { name: 'Quayside Production' }).click();
    await hydrated(page);
    await expect(page.getByRole('heading', { name: 'Registry Tokens' })).toBeVisible();
    await expect(page.getByText('No tokens yet. Generate one to pull images of Fernlight Broker with docker.')).toBeVisible();
    await submitGenerate(page, 'Laptop-of-Ines');
    const dialog = secretDialog(page);
    for (const label of ['Registry', 'Login name', 'Token Secret']) {
      await expect(dialog.getByLabel(label, { exact: true })).toHaveAttribute('readonly');
    }
    const credentials = await readSecret(page);
    expect(credentials.loginName).toBe('quayside.laptop-of-ines');
    expect(credentials.secret).toMatch(/^wrt_[0-9A-Za-z]{38,}$/);
    await closeSecret(page);
    await expect(cell(page, 'Laptop-of-Ines', 'Token Type')).toHaveText('User');
    await expect(cell(page, 'Laptop-of-Ines', 'Created For')).toHaveText('Ines Quayle');
    await expect(cell(page, 'Laptop-of-Ines', 'Created By')).toHaveText('Ines Quayle');
    await expect(cell(page, 'Laptop-of-Ines', 'Last Used')).toHaveText('Never, made today');
    await expect(row(page, 'Laptop-of-Ines')).toContainText('fernlight-broker');
    await expect(row(page, 'Laptop-of-Ines')).toContainText('Active');
    return credentials;
  });

  await test.step('it logs in, pulls the subscribed product, and is refused everything else', async () => {
    expect(await images.login(laptop)).toBe('done');
    expect(await images.pull(BROKER_IMAGE, laptop)).toBe('done');
    expect(await images.pull(BROKER_IMAGE, { ...laptop, loginName: laptop.loginName.toUpperCase() })).toBe('done');
    expect(await images.pull(GATE_IMAGE, laptop)).toBe('not allowed');
    expect(await images.pull(LEDGER_IMAGE, laptop)).toBe('not allowed');
    expect(await images.push(BROKER_IMAGE.replace('node', 'mine'), laptop)).toBe('not allowed');
    const wrong = { ...laptop, secret: `${laptop.secret.slice(0, -1)}${laptop.secret.endsWith('0') ? '1' : '0'}` };
    expect(await images.login(wrong)).toBe('not let in');
    expect(await images.pull(BROKER_IMAGE, wrong)).toBe('not let in');
  });

  await test.step('a new subscription opens its images after Re-sync Products, not before', async () => {
    quayside.project.subscriptions.push(running(GATE));
    await portal.import(quayside.catalogue());
    expect(await images.pull(GATE_IMAGE, laptop)).toBe('not allowed');
    await openTokens(page, quayside.path);
    await expect(row(page, 'Laptop-of-Ines')).toContainText('1 product to add');
    await perform(page, 'Re-sync Products', 'Laptop-of-Ines');
    await expect(notice(page)).toContainText(/Laptop-of-Ines opens the images of .+ from now on\./);
    await expect(row(page, 'Laptop-of-Ines')).not.toContainText('to add');
    await expect(row(page, 'Laptop-of-Ines')).toContainText('fernlight-gate');
    expect(await images.pull(GATE_IMAGE, laptop)).toBe('done');
    expect(await images.pull(BROKER_IMAGE, laptop)).toBe('done');
  });

  const renewed = await test.step('Re-generate Secret ends the old secret at once', async () => {
    await perform(page, 'Re-generate Secret', 'Laptop-of-Ines');
    const credentials = await readSecret(page);
    // The dialog is still open: the former secret ends before it is closed.
    expect(await images.pull(BROKER_IMAGE, laptop)).toBe('not let in');
    expect(credentials.loginName).toBe(laptop.loginName);
    expect(credentials.secret).not.toBe(laptop.secret);
    await closeSecret(page);
    expect(await images.pull(BROKER_IMAGE, credentials)).toBe('done');
    expect(await images.pull(GATE_IMAGE, credentials)).toBe('done');
    return credentials;
  });

  const pipeline = await test.step('a Service Token belongs to a service user', async () => {
    const serviceUser = 'Build pipeline (pipeline@svc.quayside.example)';
    const credentials = await generate(page, 'ci-main', serviceUser);
    await expect(cell(page, 'ci-main', 'Token Type')).toHaveText('Service');
    await expect(cell(page, 'ci-main', 'Created For')).toHaveText('Build pipeline');
    await expect(cell(page, 'ci-main', 'Created By')).toHaveText('Ines Quayle');
    expect(await images.pull(GATE_IMAGE, credentials)).toBe('done');
    return credentials;
  });

  await test.step("a developer's token ends when they leave the project, and the page says so", async () => {
    const developer = await newBrowser();
    await signIn(developer, quayside.developer);
    await openTokens(developer, quayside.path);
    const desk = await generate(developer, 'desk-of-tomas');
    expect(await images.pull(BROKER_IMAGE, desk)).toBe('done');

    const [adminOnly] = quayside.project.members.splice(1);
    await portal.import(quayside.catalogue());
    expect(adminOnly).toMatchObject({ email: quayside.developer.email });
    expect(await images.pull(BROKER_IMAGE, desk)).toBe('not let in');
    expect(await images.pull(BROKER_IMAGE, pipeline)).toBe('done');
    await openTokens(page, quayside.path);
    await expect(row(page, 'desk-of-tomas')).toContainText('Disabled');
    await expect(row(page, 'desk-of-tomas').getByTitle('Tomas Reef left the project')).toHaveText('Owner left the project');
  });

  await test.step('a subscription that ends closes access by itself, and one renewed opens it again', async () => {
    quayside.project.subscriptions = [ended(BROKER), running(GATE)];
    await portal.import(quayside.catalogue());
    expect(await images.pull(BROKER_IMAGE, renewed)).toBe('not allowed');
    expect(await images.pull(GATE_IMAGE, renewed)).toBe('done');
    quayside.project.subscriptions = [ended(BROKER), ended(GATE)];
    await portal.import(quayside.catalogue());
    expect(await images.pull(GATE_IMAGE, renewed)).toBe('not let in');
    await openTokens(page, quayside.path);
    await expect(row(page, 'Laptop-of-Ines')).toContainText('Expired');
    await expect(row(page, 'ci-main')).toContainText('Expired');
    quayside.project.subscriptions = [running(BROKER, 20), running(GATE, 10)];
    await portal.import(quayside.catalogue());
    expect(await images.pull(GATE_IMAGE, renewed)).toBe('done');
    await openTokens(page, quayside.path);
    await expect(row(page, 'Laptop-of-Ines')).toContainText('Expiring soon');
    await expect(row(page, 'Laptop-of-Ines')).toContainText('in 20 days');
  });

  await test.step('Delete Token is for good', async () => {
    // The token pulled recently, so its name must be typed to confirm.
    const dialog = await ask(page, 'Delete Token', 'Laptop-of-Ines');
    await dialog.getByRole('textbox', { name: 'Type Laptop-of-Ines to delete it' }).fill('Laptop-of-Ines');
    await dialog.getByRole('button', { name: 'Delete Token', exact: true }).click();
    await expect(notice(page)).toContainText(/Laptop-of-Ines is deleted\. Logins and pulls .*fail from now on\./);
    await expect(row(page, 'Laptop-of-Ines')).toHaveCount(0);
    expect(await images.pull(BROKER_IMAGE, renewed)).toBe('not let in');
    expect(await images.login(renewed)).toBe('not let in');
    await openTokens(page, quayside.path);
    await expect(row(page, 'ci-main')).toBeVisible();
    await expect(row(page, 'Laptop-of-Ines')).toHaveCount(0);
  });

  await test.step('the other tenant was never concerned', async () => {
    const other = await newBrowser();
    await signIn(other, mooring.admin);
    await openTokens(other, mooring.path);
    const token = await generate(other, 'ci-main');
    expect(await images.pull(LEDGER_IMAGE, token)).toBe('done');
    expect(await images.pull(BROKER_IMAGE, token)).toBe('not allowed');
  });
});

test('a token that is used says so before its secret is ended', async ({ page, portal, images, company }) => {
  const publisher = await portal.createPublisher('fernlight-usage', BROKER.repositories);
  expect(await images.push('fernlight-broker/used', publisher)).toBe('done');
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const token = await generate(page, 'ci-main');
  await action(page, 'Delete Token', 'ci-main').click();
  await expect(page.getByRole('alertdialog', { name: 'Delete ci-main' })).toContainText('ci-main was never used. It was made today.');

  expect(await images.pull('fernlight-broker/used', token)).toBe('done');
  // The portal stores uses within seconds.
  await expect(async () => {
    await openTokens(page, company.path);
    await action(page, 'Delete Token', 'ci-main').click();
    await expect(page.getByRole('alertdialog')).toContainText('ci-main pulled once in the last 30 days', { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByRole('alertdialog')).toContainText('from 127.0.0.1 (skopeo');
});

test('a secret of one token is not let in under the name of another', async ({ page, images, company }) => {
  await signIn(page, company.admin);
  await openTokens(page, company.path);
  const first = await generate(page, 'first');
  const second = await generate(page, 'second');
  expect(await images.login({ loginName: first.loginName, secret: second.secret })).toBe('not let in');
  const again = await regenerate(page, 'second');
  expect(await images.login(again)).toBe('done');
  expect(await images.login(first)).toBe('done');
});
