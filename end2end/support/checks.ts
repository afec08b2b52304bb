// Checks for every page and dialog: no accessibility violations in light, dark and forced colours, no horizontal scrolling.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/** From a desktop to the narrowest phone (WCAG's 320 px): every layout at its smallest width. */
const WIDTHS = [1440, 1344, 960, 768, 640, 390, 320] as const;

/** Colour preferences of the user's system. */
const COLOURS = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const;

/** The colours to check at a width. Colours do not depend on the layout, so one width checks all of them. */
const LOOKS: Partial<Record<(typeof WIDTHS)[number], readonly (keyof typeof COLOURS)[]>> = {
  1440: ['light', 'dark', 'forced'],
  390: ['dark'],
};

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Checks the current page at every width and in all colours. `what` names it in a failure; `without` are axe rules to skip. */
export async function checkEverywhere(page: Page, what: string, without: readonly string[] = []): Promise<void> {
  await test.step(`check ${what}`, async () => {
    const before = page.viewportSize();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      await checkWidth(page, `${what} at ${width} px`);
      for (const colours of LOOKS[width] ?? []) {
        await page.emulateMedia(COLOURS[colours]);
        // Forced colours come from the system, but scripts read the colours that the page would have without them.
        const forced = colours === 'forced' ? ['color-contrast'] : [];
        await checkAccessibility(page, `${what} at ${width} px, ${colours}`, [...without, ...forced]);
      }
    }
    await page.emulateMedia({ colorScheme: null, forcedColors: null });
    if (before !== null) await page.setViewportSize(before);
  });
}

/** Checks that neither the page nor an open dialog scrolls sideways, and that no element extends beyond the right edge. */
async function checkWidth(page: Page, what: string): Promise<void> {
  const tooWide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const boxes = [document.documentElement, ...document.querySelectorAll('dialog[open]')];
    const scrolling = boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => `${box.localName} ${box.scrollWidth}`);
    // An element inside its own scroll container, such as a long command, may be wider.
    const scrollsAround = (element: Element): boolean => {
      const parent = element.parentElement;
      return parent !== null && (getComputedStyle(parent).overflowX !== 'visible' || scrollsAround(parent));
    };
    const beyond = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.right > width + 1 && box.width > 1 && element.checkVisibility({ visibilityProperty: true }) && !scrollsAround(element);
    });
    return [...scrolling, ...beyond.map((element) => `${element.localName}.${element.className}`)];
  });
  expect(tooWide, `${what}: wider than the window`).toEqual([]);
}

async function checkAccessibility(page: Page, what: string, without: string[]): Promise<void> {
  // The portal has no frames, so legacy mode, which opens no second page, finds the same in half the time.
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).disableRules(without).setLegacyMode(true).analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) }));
  expect(found, `${what}: accessibility`).toEqual([]);
}
