// Fills a portal with the example catalogue, and with tokens as in a project that has been in use for some time.
import { resolve } from 'node:path';

import type { Browser, Page } from '@playwright/test';

import type { Catalogue, Person } from '../support/catalogue.ts';
import { generate, openTokens, signIn } from '../support/pages.ts';
import type { Credentials, Portal } from '../support/portal.ts';
import { must } from '../support/processes.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export const PATH = '/projects/ACMEPROD/registry-tokens';
export const ADMIN = person('admin@acme.example', 'Acme administrator');
export const DEVELOPER = person('developer@acme.example', 'Acme developer');
const FORMER = person('former@acme.example', 'Acme former member');

function person(email: string, name: string): Person {
  return { email, name, password: `${email} passphrase` };
}

/** Fills a portal. At the end it has exactly the example catalogue. */
export async function fill(portal: Portal, browser: Browser): Promise<void> {
  const example = JSON.parse(await must('node', [resolve(ROOT, 'tools/example-catalogue.mjs')])) as Catalogue;
  await portal.import(earlier(example));
  for (const someone of [ADMIN, DEVELOPER, FORMER]) await portal.setPassword(someone);

  const as = async (someone: Person, work: (page: Page) => Promise<void>) => {
    const context = await browser.newContext({ baseURL: portal.url });
    const page = await context.newPage();
    await signIn(page, someone);
    await openTokens(page, PATH);
    await work(page);
    await context.close();
  };
  await as(FORMER, async (page) => {
    await generate(page, 'former-laptop');
  });
  await as(DEVELOPER, async (page) => {
    await pull(portal, await generate(page, 'developer-laptop'), 9);
  });
  await as(ADMIN, async (page) => {
    await pull(portal, await generate(page, 'ci-main', 'Jenkins pipeline (jenkins@svc.acme.example)'), 214);
  });
  await portal.import(example);
  await as(ADMIN, async (page) => {
    await generate(page, 'cluster-production', 'Argo CD (argocd@svc.acme.example)');
    await generate(page, 'admin-workstation');
  });
  await as(DEVELOPER, async (page) => {
    await generate(page, 'developer-desktop');
  });
}

/** The example without its second subscription, and with a member who leaves later. */
function earlier(example: Catalogue): Catalogue {
  const catalogue = structuredClone(example);
  for (const user of catalogue.users ?? []) user.active = true;
  for (const project of catalogue.projects ?? []) {
    if (project.key !== 'ACMEPROD') continue;
    project.subscriptions = project.subscriptions.slice(0, 1);
    project.members.push({ email: FORMER.email, role: 'customer' });
  }
  return catalogue;
}

/** Sends `times` token requests for a pull, as a registry's client does. */
async function pull(portal: Portal, token: Credentials, times: number): Promise<void> {
  for (let pulled = 0; pulled < times; pulled += 1) await portal.askToPull('wso2-apim/am', token);
}
