// Scrolling through a long list, of which only the rows near the window are in the document.
import type { Page } from '@playwright/test';

export interface Journey {
  /** The rows that stood in the window: a row's number, as screen readers are told it, and its name. */
  seen: [number, string][];
  /** The most rows in the document at a time. */
  most: number;
  /** What went wrong on the way, in words. */
  faults: string[];
}

/**
 * Scrolls by so many pixels again and again, until nothing moves any more. After every step the rows fill the window,
 * and every row has moved by exactly that much.
 */
export function scrollThrough(page: Page, step: number): Promise<Journey> {
  return page.evaluate(async (step) => {
    const settled = () =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))));
    const rows = () =>
      [...document.querySelectorAll('tbody.rows > tr')].map((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return { name: row.querySelector('th')?.textContent ?? '', number: Number(row.getAttribute('aria-rowindex')), top, bottom };
      });
    const all = Number(document.querySelector('table.tokens-table')?.getAttribute('aria-rowcount'));
    const seen = new Map<number, string>();
    const faults: string[] = [];
    let most = 0;
    const look = () => {
      const now = rows();
      most = Math.max(most, now.length);
      const inWindow = now.filter(({ top, bottom }) => bottom > 0 && top < innerHeight);
      for (const { name, number } of inWindow) {
        if ((seen.get(number) ?? name) !== name) faults.push(`row ${number} is ${seen.get(number)} and ${name}`);
        seen.set(number, name);
      }
      const [first, last] = [now[0], now.at(-1)];
      if (first && first.number > 2 && first.top > 0) faults.push(`at ${scrollY}: nothing above row ${first.number}`);
      if (last && last.number < all && last.bottom < innerHeight) faults.push(`at ${scrollY}: nothing below row ${last.number}`);
      return now;
    };
    let before = look();
    for (;;) {
      const room = step < 0 ? scrollY : document.documentElement.scrollHeight - innerHeight - scrollY;
      if (room < 1) break;
      scrollBy(0, step);
      await settled();
      const after = look();
      // The last step is as long as there is room, and only where every row has the same height is that known before.
      if (room >= Math.abs(step)) {
        const moved = after.map(({ name, top }) => ({ name, by: top - (before.find((row) => row.name === name)?.top ?? top + step) }));
        const wrong = moved.find(({ by }) => Math.abs(by + step) > 1);
        if (wrong) faults.push(`at ${scrollY}: ${wrong.name} moved by ${wrong.by}, not by ${-step}`);
      }
      before = after;
      if (faults.length > 10) break;
    }
    return { seen: [...seen].toSorted(([a], [b]) => a - b), most, faults };
  }, step);
}

/** What was to be seen frame by frame. */
export interface Frames {
  count: number;
  /** How far the window was scrolled at the most between two of them, in pixels. */
  leap: number;
  /** Where rows were missing, in words. */
  faults: string[];
}

/** Looks from now on at every frame that is painted: the rows fill the window. The function that is answered ends it. */
export async function watchFrames(page: Page): Promise<() => Promise<Frames>> {
  const watching = await page.evaluateHandle(() => {
    const frames = { count: 0, leap: 0, faults: [] as string[], isOver: false };
    let before = scrollY;
    const all = Number(document.querySelector('table.tokens-table')?.getAttribute('aria-rowcount'));
    // It is called before the frame is painted, and after the page was told how far it is scrolled.
    const look = () => {
      const rows = [...document.querySelectorAll('tbody.rows > tr')].map((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return { number: Number(row.getAttribute('aria-rowindex')), top, bottom };
      });
      const [first, last] = [rows[0], rows.at(-1)];
      frames.count += 1;
      frames.leap = Math.max(frames.leap, Math.abs(scrollY - before));
      before = scrollY;
      if (!first || !last) frames.faults.push(`at ${scrollY}: no rows`);
      else if (first.number > 2 && first.top > 0) frames.faults.push(`at ${scrollY}: nothing above row ${first.number}`);
      else if (last.number < all && last.bottom < innerHeight) frames.faults.push(`at ${scrollY}: nothing below row ${last.number}`);
      // Cards stand a little apart.
      if (rows.some(({ top }, at) => at > 0 && Math.abs(top - rows[at - 1]!.bottom) > 16)) frames.faults.push(`at ${scrollY}: a gap`);
      if (!frames.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return frames;
  });
  return () => watching.evaluate((frames) => Object.assign(frames, { isOver: true }));
}

/** Waits until what follows of a scroll is done. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))),
  );
}

/** Waits until the window no longer moves: a key that comes as a leap arrives is lost by the browser. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let before = NaN; before !== scrollY; await new Promise((done) => setTimeout(done, 200))) before = scrollY;
  });
}
