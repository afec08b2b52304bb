// `test` with its fixtures: a portal and a registry for each worker, and a separate company for each test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test as base, type BrowserContextOptions, type Page } from '@playwright/test';

import { Account } from './account.ts';
import { Company, VENDOR } from './catalogue.ts';
import { Cleanup } from './cleanup.ts';
import { ConsoleWatch } from './console.ts';
import { makeDatabase, type DatabaseKind } from './database.ts';
import { Images } from './images.ts';
import { makeLargeProject, type LargeProject } from './large-project.ts';
import { Portal } from './portal.ts';
import { freePort } from './processes.ts';
import { Registry } from './registry.ts';

export { expect } from '@playwright/test';

interface Place {
  portal: Portal;
  images: Images;
}

export interface WorkerOptions {
  databaseKind: DatabaseKind;
}

interface WorkerFixtures extends WorkerOptions {
  place: Place;
  portal: Portal;
  /** Pushes to and pulls from the registry. */
  images: Images;
  /** A project with 150 tokens, for read-only tests. */
  largeProject: LargeProject;
}

interface Fixtures {
  watch: ConsoleWatch;
  /** An admin and a developer, with passwords, in a project that is subscribed to the Broker. */
  company: Company;
  /** The company's admin, who generates and changes tokens without a page. */
  account: Account;
  /** Another project of the company's admin. */
  second: Company;
  /** Imports a company and sets its users' passwords. */
  found: (company: Company) => Promise<Company>;
  /** A page in a separate browser context. */
  newBrowser: (options?: BrowserContextOptions) => Promise<Page>;
}

let companies = 0;

export const test = base.extend<Fixtures, WorkerFixtures>({
  databaseKind: ['sqlite', { option: true, scope: 'worker' }],

  place: [
    async ({ databaseKind }, use) => {
      const cleanup = new Cleanup();
      try {
        const folder = await mkdtemp(join(tmpdir(), 'registry-tokens-end2end-'));
        cleanup.add(() => rm(folder, { recursive: true }));
        const database = await makeDatabase(databaseKind, folder);
        cleanup.add(() => database.drop());
        const registry = new Registry(folder, await freePort());
        const settings = { folder, databaseUrl: database.url, port: await freePort(), registry: registry.host, vendor: VENDOR };
        const portal = new Portal(settings);
        const images = new Images(folder, registry.host);
        await images.make();
        cleanup.add(() => registry.stop());
        await registry.start(portal);
        cleanup.add(() => portal.stop());
        await portal.start();
        await use({ portal, images });
      } finally {
        await cleanup.run();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  portal: [({ place }, use) => use(place.portal), { scope: 'worker' }],
  images: [({ place }, use) => use(place.images), { scope: 'worker' }],
  largeProject: [async ({ portal }, use) => use(await makeLargeProject(portal, 'gathering')), { scope: 'worker', timeout: 120_000 }],
  baseURL: ({ portal }, use) => use(portal.url),

  watch: [
    async ({}, use) => {
      const watch = new ConsoleWatch();
      await use(watch);
      watch.check();
    },
    { auto: true },
  ],

  context: async ({ context, watch }, use) => {
    watch.follow(context);
    await use(context);
  },

  found: ({ portal }, use) =>
    use(async (company) => {
      await portal.import(company.catalogue());
      await portal.setPassword(company.admin);
      await portal.setPassword(company.developer);
      return company;
    }),

  company: async ({ found }, use) => {
    await use(await found(new Company(`orchard${(companies += 1)}`)));
  },

  account: async ({ company, portal }, use) => use(await Account.signIn(portal.url, company.admin)),

  second: async ({ company, portal }, use) => {
    const second = new Company(`${company.project.key.toLowerCase()}b`);
    second.project.members = [{ email: company.admin.email, role: 'admin' }];
    await portal.import({ projects: [second.project] });
    await use(second);
  },

  newBrowser: async ({ browser, baseURL, watch }, use) => {
    const cleanup = new Cleanup();
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), ...options });
      cleanup.add(() => context.close());
      watch.follow(context);
      return context.newPage();
    });
    await cleanup.run();
  },
});
