// Client-side navigation: from page to page within one document.
import { expect, type Locator, type Page } from '@playwright/test';

import { VENDOR, type Company } from './catalogue.ts';
import { appHydrated, heading, signIn, whole } from './pages.ts';

/** A page of the portal and what a user finds on it. */
export interface Place {
  path: string;
  heading: string | RegExp;
  /** The document's title, without the portal's name. */
  title: string;
}

export const MY_PROJECTS: Place = { path: '/', heading: 'My Projects', title: 'My Projects' };
/** A project that does not exist. */
export const NOT_FOUND: Place = { path: '/projects/NOSUCHPROJECT/registry-tokens', heading: 'Not found', title: 'Not found' };

export function tokensOf({ path, project }: Company): Place {
  return { path, heading: project.name, title: `${project.name} registry tokens` };
}

export function tokenOf({ project }: Company, name: string): Place {
  return { path: `/projects/${project.key}/tokens/${name}`, heading: new RegExp(`^${name} `), title: `${name} of ${project.name}` };
}

/** Signs the admin in and waits until My Projects is hydrated, then marks the document. */
export async function openProjects(page: Page, company: Company): Promise<void> {
  await signIn(page, company.admin);
  await appHydrated(page);
  await markDocument(page);
}

/** A project's card on My Projects. */
export function card(page: Page, company: Company): Locator {
  return page.getByRole('link', { name: company.project.name });
}

/** Goes from My Projects to the tokens of a project and waits until every token is loaded. */
export async function goToTokens(page: Page, company: Company): Promise<void> {
  await card(page, company).click();
  await whole(page);
}

export function breadcrumb(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name, exact: true });
}

/** The link to My Projects in the header. */
export function portalLink(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Portal' }).getByRole('link', { name: 'My Projects' });
}

/** Checks that the page is shown: its URL, its heading with the focus, its title, and no dialog. */
export async function expectArrived(page: Page, { path, heading, title }: Place): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
  await expect(page).toHaveURL(path);
  await expect(page).toHaveTitle(`${title} · ${VENDOR} Registry Tokens`);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.locator('dialog')).toHaveCount(0);
}

/** Follows a link to any path, as if the link were part of the page. */
export async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => {
    const link = document.createElement('a');
    link.href = path;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
}

/** Marks the document for [`expectSameDocument`]. */
export async function markDocument(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
}

/** Checks that no document was loaded since [`markDocument`]. */
export async function expectSameDocument(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'isSameDocument' in window), 'the document is the one from before').toBe(true);
}

/** Checks that the page handles clicks: a column heading sorts the list, and going back restores the order. */
export async function expectListAnswers(page: Page): Promise<void> {
  const link = heading(page, 'Token Name').getByRole('link');
  await link.click();
  await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'ascending');
  await page.goBack();
  await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'none');
}
