// A long list: every token can be reached, the list can be sorted and filtered, and the URL contains the view.
import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import type { ProjectToken } from '../support/large-project.ts';
import { holdBack } from '../support/hold.ts';
import {
  cell, csvLink, found, generateButton, heading, hydrated, names, notice, openFilter, openWhole, row, search, signIn, table, whole,
} from '../support/pages.ts';
import { atRest, scrollThrough, settled, watchFrames } from '../support/scroll.ts';
import { expect, test } from '../support/test.ts';

/** The number of server-rendered rows. */
const RENDERED = 25;

test.beforeEach(async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
});

test.describe('the rows', () => {
  test('the server renders the first ones and says how many there are; the rest comes by itself', async ({ page, largeProject, newBrowser }) => {
    const plain = await newBrowser({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    await plain.goto(largeProject.company.path);
    await expect(names(plain)).toHaveText(largeProject.tokens.slice(0, RENDERED).map(({ name }) => name));
    await expect(table(plain)).toHaveAttribute('aria-rowcount', String(largeProject.tokens.length + 1));
    await expect(found(plain)).toHaveText('150 tokens');
    await openWhole(page, largeProject.company.path);
    await expect(found(page)).toHaveText('150 tokens');
    await expect(table(page)).toHaveAttribute('aria-rowcount', '151');
    // Loading the other tokens changes neither the focus nor the scroll position.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  for (const [width, height] of [[1440, 900], [1024, 700], [768, 1024], [390, 844]] as const) {
    test(`at ${width} px all of them come by scrolling, a window of them at a time, and none jumps`, async ({ page, largeProject }) => {
      test.setTimeout(120_000);
      await page.setViewportSize({ width, height });
      await openWhole(page, largeProject.company.path);
      const expected = largeProject.tokens.map(({ name }, at): [number, string] => [at + 2, name]);
      // In small steps, and in large ones that skip rows.
      for (const step of [300, -300, 1500, -1500]) {
        const { seen, most, faults } = await scrollThrough(page, step);
        expect(faults, `by ${step}`).toEqual([]);
        if (Math.abs(step) < height) expect(seen, `by ${step}`).toEqual(expected);
        else expect(expected, `by ${step}`).toEqual(expect.arrayContaining(seen));
        expect(most, `by ${step}`).toBeLessThanOrEqual(40);
      }
    });
  }

  for (const [width, height] of [[1440, 900], [768, 1024], [390, 844]] as const) {
    test(`at ${width} px rows fill the window in every frame, however fast it is scrolled, on a slow machine`, async ({ page, largeProject }) => {
      test.setTimeout(120_000);
      await page.setViewportSize({ width, height });
      await openWhole(page, largeProject.company.path);
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      const frames = await watchFrames(page);
      await page.mouse.move(width / 2, height / 2);
      for (let turn = 0; turn < 6; turn += 1) {
        for (const step of [4000, 4000, -4000, 4000, -4000, -4000]) await page.mouse.wheel(0, step);
      }
      // Jumps to every part of the list, over long distances.
      await page.evaluate(async () => {
        const room = document.documentElement.scrollHeight - innerHeight;
        for (let leap = 0; leap < 60; leap += 1) {
          scrollTo(0, room * ((leap * 0.618) % 1));
          await new Promise(requestAnimationFrame);
        }
      });
      const { count, leap, faults } = await frames();
      expect(faults).toEqual([]);
      expect(count).toBeGreaterThan(60);
      expect(leap).toBeGreaterThan(3000);
    });
  }

  for (const width of [1280, 1366, 1440, 1760]) {
    test(`at ${width} px the news of a token stand in its row whole`, async ({ page, largeProject }) => {
      await page.setViewportSize({ width, height: 900 });
      for (const [status, news] of [
        ['disabled', 'Owner left the project'],
        ['expired', 'Re-sync makes it work again.'],
        ['expiring-soon', /^Re-sync: until \d{4}-\d\d-\d\d$/],
      ] as const) {
        await openWhole(page, `${largeProject.company.path}?status=${status}`);
        const cells = table(page).locator('.rows .col-status');
        await expect(cells.first().locator('.news')).toHaveText(news);
        const cut = await cells.evaluateAll((cells) =>
          cells.flatMap((cell) => [cell, ...cell.querySelectorAll('.news')])
            .filter((part) => part.scrollWidth > part.clientWidth)
            .map((part) => part.textContent));
        expect(cut, status).toEqual([]);
      }
    });
  }

  test('End and Home lead to the last one and to the first', async ({ page, largeProject }) => {
    await openWhole(page, largeProject.company.path);
    await page.keyboard.press('End');
    await expect(row(page, largeProject.tokens.at(-1)!.name)).toBeInViewport();
    await expect(page.getByRole('button', { name: 'Keyboard shortcuts' })).toBeInViewport();
    await atRest(page);
    await page.keyboard.press('Home');
    await expect(row(page, largeProject.tokens[0]!.name)).toBeInViewport();
    await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  });

  test('the headings stay in view and go on sorting', async ({ page, largeProject }) => {
    await openWhole(page, largeProject.company.path);
    await page.mouse.move(700, 600);
    await page.mouse.wheel(0, 3000);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(2000);
    const top = async () => (await heading(page, 'Token Name').boundingBox())?.y;
    await expect.poll(top).toBe(0);
    // No element covers the sticky heading.
    await heading(page, 'Token Name').getByRole('link').click();
    await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'ascending');
    await settled(page);
    const { faults } = await scrollThrough(page, -500);
    expect(faults).toEqual([]);
    await expectShown(page, sorted(largeProject.tokens, ({ name }) => name.toLowerCase()));
  });

  test('Tab leads through rows that were not in the document, there and back, and the focus is never lost', async ({ page, largeProject }) => {
    test.setTimeout(120_000);
    await openWhole(page, largeProject.company.path);
    const place = () =>
      page.evaluate(() => {
        const focused = document.activeElement;
        const box = focused?.getBoundingClientRect();
        const isInView = box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
        return { name: focused?.closest('tr')?.querySelector('th')?.textContent ?? focused?.tagName ?? '', isInView };
      });
    const through = async (key: 'Tab' | 'Shift+Tab', until: string) => {
      const reached: string[] = [];
      for (let step = 0; step < 400 && reached.at(-1) !== until; step += 1) {
        await page.keyboard.press(key);
        const { name, isInView } = await place();
        expect({ name, isInView }, `after ${reached.at(-1)}`).toEqual({ name: expect.not.stringMatching(/^BODY$/), isInView: true });
        if (reached.at(-1) !== name) reached.push(name);
      }
      return reached;
    };
    await heading(page, 'Token Status').getByRole('link').focus();
    const expected = largeProject.tokens.slice(0, 45).map(({ name }) => name);
    expect(await through('Tab', expected.at(-1)!)).toEqual(expected);
    // The last row already has the focus, on its first control.
    expect(await through('Shift+Tab', expected[0]!)).toEqual(expected.slice(0, -1).toReversed());
  });

  test('a row that went out of the document comes back as it was', async ({ page, largeProject }) => {
    await openWhole(page, largeProject.company.path);
    const [first] = largeProject.tokens;
    await page.getByRole('checkbox', { name: `Select ${first!.name}`, exact: true }).check();
    await page.keyboard.press('End');
    await expect(row(page, first!.name)).toHaveCount(0);
    await atRest(page);
    await page.keyboard.press('Home');
    await expect(page.getByRole('checkbox', { name: `Select ${first!.name}`, exact: true })).toBeChecked();
  });

  test('a longer window shows more of them', async ({ page, largeProject }) => {
    await page.setViewportSize({ width: 1440, height: 400 });
    await openWhole(page, largeProject.company.path);
    await page.setViewportSize({ width: 1440, height: 3000 });
    await expect(row(page, largeProject.tokens[45]!.name)).toBeInViewport();
  });
});

test.describe('the order', () => {
  for (const [column, slug, first, key] of [
    ['Token Name', 'name', 'ascending', ({ name }) => name.toLowerCase()],
    ['Token Type', 'type', 'ascending', ({ type }) => (type === 'User' ? 0 : 1)],
    ['Created For', 'for', 'ascending', ({ createdFor }) => createdFor.toLowerCase()],
    ['Created By', 'by', 'ascending', ({ createdBy }) => createdBy.toLowerCase()],
    ['Subscription End Date', 'end', 'ascending', ({ end }) => end],
    ['Products', 'products', 'ascending', ({ products }) => products.join(' ')],
    ['Created On', 'created', 'descending', undefined],
    ['Last Used', 'used', 'descending', ({ used }) => used],
    ['Token Status', 'status', 'ascending', ({ status }) => ['Disabled', 'Expired', 'Expiring soon', 'Active'].indexOf(status)],
  ] satisfies [string, string, Direction, Key | undefined][]) {
    test(`by ${column} both ways, in the address and from it`, async ({ page, largeProject, newBrowser }) => {
      const plain = await newBrowser({ javaScriptEnabled: false, storageState: await page.context().storageState() });
      // Starts from another order, so that the first click sets the column's initial direction.
      await openWhole(page, `${largeProject.company.path}?sort=${slug === 'name' ? 'end' : 'name'}`);
      for (const direction of [first, first === 'ascending' ? 'descending' : 'ascending'] as const) {
        await heading(page, column).getByRole('link').click();
        await expect(heading(page, column)).toHaveAttribute('aria-sort', direction);
        await expect(table(page).locator('th[aria-sort$="ending"]')).toHaveCount(1);
        const isDefault = slug === 'created' && direction === 'descending';
        await expect(page).toHaveURL(largeProject.company.path + (isDefault ? '' : `?sort=${direction === 'descending' ? '-' : ''}${slug}`));
        // Oldest first is the reversed list. In all other orders, equal tokens stay newest first.
        const expected = key === undefined
          ? direction === 'descending' ? largeProject.tokens : largeProject.tokens.toReversed()
          : sorted(largeProject.tokens, key, direction);
        await expectShown(page, expected);

        await plain.goto(page.url());
        await expect(heading(plain, column)).toHaveAttribute('aria-sort', direction);
        await expect(names(plain)).toHaveText(expected.slice(0, RENDERED).map(({ name }) => name));
      }
      await page.reload();
      await whole(page);
      await expect(heading(page, column)).toHaveAttribute('aria-sort', first === 'ascending' ? 'descending' : 'ascending');
    });
  }
});

test.describe('search and filters', () => {
  test.beforeEach(({ page, largeProject }) => openWhole(page, largeProject.company.path));

  test('the search finds names and people without regard to case, and says how many', async ({ page, largeProject }) => {
    for (const [typed, holds] of [
      ['EDGE', ({ name }) => /edge/i.test(name)],
      ['-01', ({ name }) => name.includes('-01')],
      ['staging CL', ({ createdFor }) => createdFor === 'Staging cluster'],
      ['tomas', ({ createdBy }) => createdBy === 'Tomas Reef'],
    ] satisfies [string, Holds][]) {
      await search(page).fill(typed);
      await expectShown(page, largeProject.those(holds));
      await expect(page).toHaveURL(new RegExp(`\\?q=${encodeURIComponent(typed).replaceAll('%20', '\\+')}$`));
    }
    await search(page).fill('');
    await expectShown(page, largeProject.tokens);
    await expect(page).toHaveURL(largeProject.company.path);
  });

  for (const [choice, query, holds] of [
    ['Active', 'status=active', ({ status }) => status === 'Active'],
    ['Expiring soon', 'status=expiring-soon', ({ status }) => status === 'Expiring soon'],
    ['Expired', 'status=expired', ({ status }) => status === 'Expired'],
    ['Disabled', 'status=disabled', ({ status }) => status === 'Disabled'],
    ['User', 'type=user', ({ type }) => type === 'User'],
    ['Service', 'type=service', ({ type }) => type === 'Service'],
    ['Products to add', 'add=1', ({ toAdd }) => toAdd],
    ['Owner inactive', 'owner=inactive', ({ createdFor }) => createdFor === 'Tomas Reef'],
  ] satisfies [string, string, Holds][]) {
    test(`${choice} is a choice with the number of its tokens, and a second click takes it back`, async ({ page, largeProject }) => {
      const expected = largeProject.those(holds);
      await openFilter(page);
      const chip = page.getByRole('link', { name: `${choice} ${expected.length}`, exact: true });
      await expect(chip).not.toHaveAttribute('aria-current');
      await chip.click();
      await expect(page).toHaveURL(`${largeProject.company.path}?${query}`);
      await expect(chip).toHaveAttribute('aria-current', 'true');
      await expectShown(page, expected);
      await chip.click();
      await expect(page).toHaveURL(largeProject.company.path);
      await expectShown(page, largeProject.tokens);
    });
  }

  // All tokens were generated today, so none is old enough to count as unused.
  test('Unused for 30 days holds no token that was just made, and a second click takes it back', async ({ page, largeProject }) => {
    await openFilter(page);
    const chip = page.getByRole('link', { name: 'Unused for 30 days 0', exact: true });
    await chip.click();
    await expect(page).toHaveURL(`${largeProject.company.path}?unused=1`);
    await expect(chip).toHaveAttribute('aria-current', 'true');
    await expect(found(page)).toHaveText('0 of 150 tokens');
    await expect(page.getByText('No token matches.')).toBeVisible();
    await chip.click();
    await expect(page).toHaveURL(largeProject.company.path);
    await expectShown(page, largeProject.tokens);
  });

  for (const [label, param, of] of [
    ['Created By', 'by', ({ createdBy }) => [createdBy]],
    ['Created For', 'for', ({ createdFor }) => [createdFor]],
    ['Product', 'product', ({ products }) => products],
  ] satisfies [string, string, (token: ProjectToken) => string[]][]) {
    test(`${label} offers what there is with numbers, and narrows`, async ({ page, largeProject }) => {
      const values = [...new Set(largeProject.tokens.flatMap(of))].toSorted();
      const having = (value: string) => largeProject.those((token) => of(token).includes(value));
      const select = page.getByRole('combobox', { name: label });
      const offered = values.map((value) => `${value} (${having(value).length})`);
      await openFilter(page);
      await expect(select.getByRole('option')).toHaveText(['Any', ...offered]);
      for (const [at, value] of values.entries()) {
        await select.selectOption(offered[at]!);
        await expectShown(page, having(value));
        await expect.poll(() => new URL(page.url()).searchParams.get(param)).toBeTruthy();
      }
      await page.reload();
      await whole(page);
      await expectShown(page, having(values.at(-1)!));
      await openFilter(page);
      await expect(select.locator('option:checked')).toHaveText(offered.at(-1)!);
      await select.selectOption('Any');
      await expectShown(page, largeProject.tokens);
      await expect(page).toHaveURL(largeProject.company.path);
    });
  }

  test('Back and Forward go through the views, and the controls show each', async ({ page, largeProject }) => {
    const views: { url: string; shown: ProjectToken[]; typed: string; product: string; isUser: boolean; isByName: boolean }[] = [];
    let shown = [...largeProject.tokens];
    const state = { typed: '', product: '', isUser: false, isByName: false };
    const remember = async (query: string) => {
      await expectShown(page, shown);
      await expect(page).toHaveURL(`${largeProject.company.path}${query}`);
      views.push({ url: page.url(), shown, ...state });
    };
    await remember('');
    await search(page).pressSequentially('edge');
    state.typed = 'edge';
    shown = shown.filter(({ name }) => /edge/i.test(name));
    await remember('?q=edge');
    await openFilter(page);
    await page.getByRole('link', { name: /^User \d+$/ }).click();
    state.isUser = true;
    shown = shown.filter(({ type }) => type === 'User');
    await remember('?q=edge&type=user');
    await page.getByRole('combobox', { name: 'Product' }).selectOption('fernlight-gate');
    state.product = 'fernlight-gate';
    shown = shown.filter(({ products }) => products.includes('fernlight-gate'));
    await remember('?q=edge&type=user&product=fernlight-gate');
    await heading(page, 'Token Name').getByRole('link').click();
    state.isByName = true;
    shown = sorted(shown, ({ name }) => name.toLowerCase());
    await remember('?q=edge&type=user&product=fernlight-gate&sort=name');

    const check = async (at: number) => {
      const view = views[at]!;
      await expect(page).toHaveURL(view.url);
      await expectShown(page, view.shown);
      await expect(search(page)).toHaveValue(view.typed);
      await openFilter(page);
      await expect(page.getByRole('combobox', { name: 'Product' })).toHaveValue(view.product);
      const chip = page.getByRole('link', { name: /^User \d+$/ });
      await (view.isUser ? expect(chip).toHaveAttribute('aria-current', 'true') : expect(chip).not.toHaveAttribute('aria-current'));
      await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', view.isByName ? 'ascending' : 'none');
    };
    for (const at of [3, 2, 1, 0]) {
      await page.goBack();
      await check(at);
    }
    for (const at of [1, 2, 3, 4]) {
      await page.goForward();
      await check(at);
    }
    // The URL shows the same view in a new page.
    const fresh = await page.context().newPage();
    await openWhole(fresh, views[4]!.url);
    await expectShown(fresh, shown);
    await expect(search(fresh)).toHaveValue('edge');
    await openFilter(fresh);
    await expect(fresh.getByRole('combobox', { name: 'Product' })).toHaveValue('fernlight-gate');
  });

  test('any of several statuses; counts are within everything else that is chosen, and one click shows as many', async ({ page, largeProject }) => {
    const chip = (status: string) => page.locator('.status-chips').getByRole('link', { name: new RegExp(`^${status} \\d+$`) });
    const of = (...statuses: string[]) => largeProject.those(({ status }) => statuses.includes(status));
    await chip('Expired').click();
    await expectShown(page, of('Expired'));
    await chip('Expiring soon').click();
    await expect(page).toHaveURL(`${largeProject.company.path}?status=expiring-soon&status=expired`);
    await expectShown(page, of('Expired', 'Expiring soon'));
    // The other statuses show how many tokens they would add.
    await expect(chip('Disabled')).toHaveAccessibleName(`Disabled ${of('Disabled').length}`);
    await openFilter(page);
    const services = of('Expired', 'Expiring soon').filter(({ type }) => type === 'Service');
    await page.getByRole('group', { name: 'Token Type' }).getByRole('link', { name: `Service ${services.length}` }).click();
    await expectShown(page, services);
    await search(page).fill('edge');
    const found = services.filter(({ name }) => /edge/i.test(name));
    await expectShown(page, found);
    await expect(chip('Expired')).toHaveAccessibleName(`Expired ${found.filter(({ status }) => status === 'Expired').length}`);
    await expect(csvLink(page)).toHaveAccessibleName(`Download ${found.length} as CSV`);
    // The attention lines still count all tokens.
    await expect(page.getByRole('link', { name: '30 tokens end within 30 days' })).toBeVisible();

    // One click removes each filter. In a narrow viewport the list of filters also contains the statuses.
    const chosen = page.getByRole('list', { name: 'Chosen filters' });
    await expect(chosen.getByRole('link')).toHaveText(['Remove filter: Service', 'Clear filters']);
    await page.setViewportSize({ width: 1024, height: 800 });
    await expect(page.locator('.status-chips')).toBeHidden();
    await chosen.getByRole('link', { name: 'Remove filter: Expired', exact: true }).click();
    await expectShown(page, found.filter(({ status }) => status === 'Expiring soon'));
    await page.keyboard.press('Escape');
    await chosen.getByRole('link', { name: 'Remove filter: Service' }).focus();
    await page.keyboard.press('Enter');
    await expectShown(page, of('Expiring soon').filter(({ name }) => /edge/i.test(name)));
    await expect(page.locator('.filter-menu summary')).toBeFocused();
  });

  test('what is found is spoken once it has stood for a moment', async ({ page, largeProject }) => {
    const spoken = await page.evaluateHandle(() => {
      const said: { text: string; silence: number }[] = [];
      let changed = performance.now();
      const observed = { subtree: true, childList: true, characterData: true };
      new MutationObserver(() => (changed = performance.now())).observe(document.querySelector('.found')!, observed);
      const region = document.querySelector('.filters [role=status]')!;
      const speak = () => said.push({ text: region.textContent!, silence: performance.now() - changed });
      new MutationObserver(speak).observe(region, observed);
      return said;
    });
    for (const typed of ['edge-0', 'stage-1']) {
      const text = `${largeProject.those(({ name }) => name.toLowerCase().includes(typed)).length} of 150 tokens`;
      await search(page).fill('');
      await search(page).pressSequentially(typed);
      await expect(found(page)).toHaveText(text);
      await expect(page.getByRole('search').getByRole('status')).toHaveText(text);
      // On a busy machine it may stand so long between two letters: then it is spoken too.
      const said = await spoken.evaluate((said) => said.splice(0));
      expect(said.at(-1)?.text).toBe(text);
      expect(new Set(said.map((spoken) => spoken.text)).size, 'each is spoken once').toBe(said.length);
      // 400 ms, less the time in which the page shows the number. Without the delay it is about 0.
      expect(Math.min(...said.map(({ silence }) => silence))).toBeGreaterThan(200);
    }
  });

  test('Clear filters takes all of them back and leaves the order', async ({ page, largeProject }) => {
    await openWhole(page, `${largeProject.company.path}?q=edge&type=user&product=fernlight-gate&sort=name`);
    await page.getByRole('search').getByRole('link', { name: 'Clear filters' }).click();
    await expect(page).toHaveURL(`${largeProject.company.path}?sort=name`);
    await expectShown(page, sorted(largeProject.tokens, ({ name }) => name.toLowerCase()));
    await expect(search(page)).toHaveValue('');
    await expect(page.getByRole('link', { name: 'Clear filters' })).toHaveCount(0);
    await openFilter(page);
    await expect(page.getByRole('combobox', { name: 'Product' })).toHaveValue('');
  });

  test('where nothing matches the page says so and offers the way out', async ({ page, largeProject }) => {
    await search(page).fill('nothing has this name');
    await expect(found(page)).toHaveText('0 of 150 tokens');
    await expect(page.getByText('No token matches.')).toBeVisible();
    await expect(table(page)).toBeHidden();
    const nothing = page.getByRole('paragraph').filter({ hasText: 'No token matches.' });
    await nothing.getByRole('link', { name: 'Clear filters' }).click();
    await expectShown(page, largeProject.tokens);
  });

  test('what needs attention is a link to it', async ({ page, largeProject }) => {
    await page.getByRole('link', { name: '30 tokens end within 30 days' }).click();
    await expectShown(page, largeProject.those(({ status }) => status === 'Expiring soon'));
    await page.getByRole('link', { name: "30 tokens' owners are inactive" }).click();
    await expectShown(page, largeProject.those(({ status }) => status === 'Disabled'));
    await page.getByRole('link', { name: '100 tokens have products to add' }).click();
    await expectShown(page, largeProject.those(({ toAdd }) => toAdd));
  });

  test('a token secret is not searched for, and not in the address', async ({ page, largeProject }) => {
    const all = await found(page).textContent();
    for (const secret of [`wrt_${'a'.repeat(39)}`, `  WRT_${'7'.repeat(20)}`]) {
      // Pasted the first time, typed the second time.
      if (secret.startsWith('wrt_')) await search(page).fill(secret);
      else await search(page).pressSequentially(secret);
      await expect(notice(page)).toContainText('This is a token secret: it is not searched for.');
      await expect(search(page)).toHaveValue(secret);
      await expect(page).toHaveURL(largeProject.company.path);
      await expect(found(page)).toHaveText(all ?? '');
      await notice(page).getByRole('button').first().click();
      await search(page).fill('');
    }
    await search(page).fill('edge');
    await expectShown(page, largeProject.those(({ name }) => /edge/i.test(name)));
  });

  test('CSV holds the rows of the view, in its order', async ({ page, largeProject }) => {
    await openWhole(page, `${largeProject.company.path}?q=edge&sort=-name`);
    await openFilter(page);
    await page.getByRole('link', { name: /^User \d+$/ }).click();
    const expected = sorted(largeProject.those(({ name, type }) => /edge/i.test(name) && type === 'User'), ({ name }) => name.toLowerCase(), 'descending');
    await expectShown(page, expected);
    const downloading = page.waitForEvent('download');
    await expect(csvLink(page)).toHaveAccessibleName(`Download ${expected.length} as CSV`);
    await csvLink(page).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('gathering-registry-tokens.csv');
    const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFF"Token Name","Login name","Token Type",/);
    const fields = lines.map((line) => line.slice(1, -1).split('","'));
    expect(fields.map(([name]) => name)).toEqual(expected.map(({ name }) => name));
    expect(fields.map((line) => line[6])).toEqual(expected.map(({ products }) => products.join(' ')));
    expect(fields.map((line) => line[8])).toEqual(expected.map(({ status }) => status));
  });
});

test('on paper every row is there', async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
  await openWhole(page, largeProject.company.path);
  const inDocument = await names(page).count();
  expect(inDocument).toBeLessThan(largeProject.tokens.length);
  const pages = async () => (await page.pdf({ landscape: true })).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  // At most 30 rows fit on one page.
  expect(await pages()).toBeGreaterThan(largeProject.tokens.length / 30);
  // Afterwards the page is as it was.
  await expect.poll(() => names(page).count()).toBeLessThan(largeProject.tokens.length);
});

test('nothing moves by itself for those who do not want it', async ({ page, largeProject }) => {
  await signIn(page, largeProject.company.admin);
  await openWhole(page, largeProject.company.path);
  await generateButton(page).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  const moving = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return [...transitionDuration.split(','), ...animationDuration.split(',')].some((seconds) => Number.parseFloat(seconds) > 0);
      }).length);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving()).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving()).toBe(0);
});

test('what is asked for while the list is on its way is said to be read, and then what there is of it', async ({ page, largeProject }) => {
  const answer = await holdBack(page, '**/api/tokens/list');
  await page.goto(largeProject.company.path);
  await hydrated(page);
  await search(page).fill('nothing has this name');
  await expect(found(page)).toHaveText('Reading the list…');
  answer();
  await whole(page);
  await expect(found(page)).toHaveText('0 of 150 tokens');
  await expect(page.getByText('No token matches.')).toBeVisible();
  await search(page).fill('');
  await expectShown(page, largeProject.tokens);
});

test.describe('before the page answers', () => {
  let answer: () => void;

  test.beforeEach(async ({ page, largeProject }) => {
    answer = await holdBack(page, '**/*.wasm');
    await page.goto(largeProject.company.path, { waitUntil: 'commit' });
  });

  test('what is typed into the search is not lost', async ({ page, largeProject }) => {
    await search(page).pressSequentially('edge');
    await expect(page.locator('[data-hydrated]')).toHaveCount(0);
    answer();
    await whole(page);
    await expectShown(page, largeProject.those(({ name }) => /edge/i.test(name)));
    await expect(search(page)).toHaveValue('edge');
    // A user who is typing can continue.
    await expect(search(page)).toBeFocused();
    await page.keyboard.type('-0');
    await expect(search(page)).toHaveValue('edge-0');
    await expectShown(page, largeProject.those(({ name }) => /edge-0/i.test(name)));
  });

  test('a box that only a script answers to is not there yet', async ({ page, largeProject }) => {
    const first = page.getByRole('checkbox', { name: `Select ${largeProject.tokens[0]!.name}`, exact: true });
    await expect(names(page)).toHaveCount(RENDERED);
    await expect(first).toHaveCount(0);
    answer();
    await whole(page);
    await first.check();
    await expect(page.getByText('1 selected')).toBeVisible();
  });

  test('a heading sorts by a new page', async ({ page, largeProject }) => {
    await heading(page, 'Token Name').getByRole('link').click({ noWaitAfter: true });
    await expect(page).toHaveURL(`${largeProject.company.path}?sort=name`);
    await expect(heading(page, 'Token Name')).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.locator('[data-hydrated]')).toHaveCount(0);
    answer();
    await hydrated(page);
  });
});

test.describe('the columns', () => {
  test('some are hidden, and the server remembers which', async ({ page, largeProject, newBrowser }) => {
    await openWhole(page, largeProject.company.path);
    await page.getByText('Columns', { exact: true }).click();
    const menu = page.getByRole('group', { name: 'Columns shown' });
    await expect(menu.getByRole('checkbox')).toHaveCount(11);
    await expect(menu.getByRole('checkbox', { name: 'Token Name' })).toHaveCount(0);
    for (const column of ['Login name', 'Pulls (30 days)'] as const) {
      await expect(heading(page, column)).toHaveCount(0);
      await expect(menu.getByRole('checkbox', { name: column })).not.toBeChecked();
      await menu.getByRole('checkbox', { name: column }).check();
      await expect(heading(page, column)).toBeVisible();
    }
    // They take their width from the other columns, not from the names alone.
    expect((await heading(page, 'Token Name').boundingBox())?.width).toBeGreaterThan(90);
    const [first] = largeProject.tokens;
    await expect(cell(page, first!.name, 'Login name')).toHaveText(`gathering.${first!.name.toLowerCase()}`);
    await expect(cell(page, first!.name, 'Pulls (30 days)')).toHaveText('0');
    for (const column of ['Token Type', 'Products', 'Last Used'] as const) {
      await menu.getByRole('checkbox', { name: column }).uncheck();
      await expect(heading(page, column)).toBeHidden();
      await expect(cell(page, largeProject.tokens[0]!.name, column)).toBeHidden();
    }
    await expect(heading(page, 'Created For')).toBeVisible();
    await menu.getByRole('checkbox', { name: 'Products' }).check();
    await expect(heading(page, 'Products')).toBeVisible();

    // The server renders the columns without JavaScript too.
    const plain = await newBrowser({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    await plain.goto(largeProject.company.path);
    await page.reload();
    await whole(page);
    for (const remembered of [plain, page]) {
      const shown = ['Token Name', 'Login name', 'Pulls (30 days)', 'Created For', 'Created By', 'Subscription End Date', 'Products', 'Created On', 'Token Status', 'Actions'];
      for (const column of shown) await expect(heading(remembered, column)).toBeVisible();
      for (const column of ['Token Type', 'Last Used'] as const) {
        await expect(heading(remembered, column)).toBeHidden();
        await expect(cell(remembered, largeProject.tokens[0]!.name, column)).toBeHidden();
      }
    }
    await page.getByText('Columns', { exact: true }).click();
    await expect(menu.getByRole('checkbox', { name: 'Token Type' })).not.toBeChecked();
    await expect(menu.getByRole('checkbox', { name: 'Products' })).toBeChecked();
  });

  test('rows have one line for who wants more of them in view, and the server remembers it', async ({ page, largeProject, newBrowser }) => {
    await openWhole(page, largeProject.company.path);
    const heights = (page: Page) =>
      page.evaluate(() => [...new Set([...document.querySelectorAll('tbody.rows > tr')].map((row) => Math.round(row.getBoundingClientRect().height)))]);
    expect(await heights(page)).toEqual([44]);
    await page.getByText('Columns', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'Two lines a row' }).uncheck();
    await expect.poll(() => heights(page)).toEqual([36]);
    await page.keyboard.press('Escape');
    // With another row height, the viewport is still filled, and scrolling still reaches every row.
    await expect(row(page, largeProject.tokens[12]!.name)).toBeInViewport();
    const { seen, faults } = await scrollThrough(page, 400);
    expect(faults).toEqual([]);
    expect(seen.map(([, name]) => name)).toEqual(largeProject.tokens.map(({ name }) => name));

    const plain = await newBrowser({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    await plain.goto(largeProject.company.path);
    expect(await heights(plain)).toEqual([36]);
  });

  test('the menu goes by keyboard, and Escape closes it', async ({ page, largeProject }) => {
    await openWhole(page, largeProject.company.path);
    const summary = page.locator('.columns-menu summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('group', { name: 'Columns shown' });
    await expect(menu).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(menu.getByRole('checkbox', { name: 'Login name' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(menu.getByRole('checkbox', { name: 'Token Type' })).toBeFocused();
    await page.keyboard.press('Space');
    await expect(heading(page, 'Token Type')).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(summary).toBeFocused();
  });
});

test('every popup closes by Escape and by a click elsewhere', async ({ page, largeProject }) => {
  await openWhole(page, largeProject.company.path);
  const summaries = [page.locator('.filter-menu > summary'), page.locator('.columns-menu > summary'), page.locator('.details > summary'),
    page.locator('.more-products > summary').last()];
  for (const [at, summary] of summaries.entries()) {
    const popup = page.locator('details[open]');
    await summary.click();
    await expect(popup).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(popup).toHaveCount(0);
    await expect(summary).toBeFocused();
    await summary.click();
    await expect(popup).toHaveCount(1);
    // The next popup's summary is also a click elsewhere.
    const next = summaries[at + 1];
    if (next === undefined) await page.getByRole('heading', { level: 2 }).click();
    else await next.click();
    await expect(popup).toHaveCount(next === undefined ? 0 : 1);
    await page.keyboard.press('Escape');
    await expect(popup).toHaveCount(0);
  }
});

test('what ends something looks other than what begins something, in the dark too', async ({ page, largeProject }) => {
  await openWhole(page, largeProject.company.path);
  await page.getByRole('button', { name: /^Delete Token / }).first().click();
  const fills = () =>
    page.evaluate(() =>
      ['.button-primary', '.button-danger'].map((button) => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
        canvas.fillStyle = getComputedStyle(document.querySelector(button)!).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
        return (0.2126 * red! + 0.7152 * green! + 0.0722 * blue!) / 255;
      }));
  await page.emulateMedia({ colorScheme: 'dark' });
  const [primary, danger] = await fills();
  expect(primary! - danger!, 'the one is bright, the other dark').toBeGreaterThan(0.3);
});

test('the theme is chosen in the header, on the page as it is, and is kept', async ({ page, largeProject }) => {
  const background = async () => {
    // Waits until the style sheet has loaded.
    await page.waitForLoadState();
    return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  };
  await page.emulateMedia({ colorScheme: 'light' });
  await openWhole(page, largeProject.company.path);
  const light = await background();
  await search(page).fill('edge');
  await expect(page).toHaveURL(/\?q=edge$/);
  const address = page.url();
  const theme = page.getByRole('group', { name: 'Theme' });
  await expect(theme.getByRole('button', { name: 'Theme of the system' })).toHaveAttribute('aria-pressed', 'true');

  await theme.getByRole('button', { name: 'Dark theme' }).click();
  await expect(theme.getByRole('button', { name: 'Dark theme' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/\?q=edge$/);
  await whole(page);
  await expectShown(page, largeProject.those(({ name }) => /edge/i.test(name)));
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.goto('/');
  expect(await background()).toBe(dark);

  // The chosen theme overrides the system's setting, until *Theme of the system* is chosen.
  await page.emulateMedia({ colorScheme: 'dark' });
  await theme.getByRole('button', { name: 'Light theme' }).click();
  await expect(theme.getByRole('button', { name: 'Light theme' })).toHaveAttribute('aria-pressed', 'true');
  expect(await background()).toBe(light);
  await page.goto(address);
  expect(await background()).toBe(light);
  await theme.getByRole('button', { name: 'Theme of the system' }).click();
  await expect(theme.getByRole('button', { name: 'Theme of the system' })).toHaveAttribute('aria-pressed', 'true');
  expect(await background()).toBe(dark);
});

type Direction = 'ascending' | 'descending';
type Key = (token: ProjectToken) => string | number;
type Holds = (token: ProjectToken) => boolean;

/** The tokens sorted by a key; equal ones stay newest first in both directions. */
function sorted(tokens: readonly ProjectToken[], key: Key, direction: Direction = 'ascending'): ProjectToken[] {
  const way = direction === 'ascending' ? 1 : -1;
  return tokens.toSorted((a, b) => way * (Number(key(a) > key(b)) - Number(key(a) < key(b))));
}

/** Checks that the page shows this many of the 150 tokens, and that its first rows are the first of these tokens. */
async function expectShown(page: Page, tokens: readonly ProjectToken[]): Promise<void> {
  await expect(found(page)).toHaveText(tokens.length === 150 ? '150 tokens' : `${tokens.length} of 150 tokens`);
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(tokens.length + 1));
  // Rows that every viewport renders.
  const some = 12;
  await expect.poll(async () => (await names(page).allTextContents()).slice(0, some)).toEqual(tokens.slice(0, some).map(({ name }) => name));
}
