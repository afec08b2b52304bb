// Scrolls through a long list, of which only the rows near the viewport are in the document.
import type { Page } from '@playwright/test';

export interface Journey {
  /** The rows that were in the viewport: the row's `aria-rowindex` and its name. */
  seen: [number, string][];
  /** The largest number of rows in the document at a time. */
  most: number;
  /** Descriptions of the errors found. */
  faults: string[];
}

/**
 * Scrolls in steps of `step` pixels until the end. Checks after every step that the rows fill the viewport and that every row
 * has moved by exactly one step.
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
      // The last step is shorter. Its length is known in advance only if all rows have the same height, so it is not checked.
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

/** The result of watching frame by frame. */
export interface Frames {
  count: number;
  /** The largest scroll distance between two frames, in pixels. */
  leap: number;
  /** Descriptions of the places where rows were missing. */
  faults: string[];
}

/** Checks every painted frame from now on: the rows must fill the viewport. The returned function stops it. */
export async function watchFrames(page: Page): Promise<() => Promise<Frames>> {
  const watching = await page.evaluateHandle(() => {
    const frames = { count: 0, leap: 0, faults: [] as string[], isOver: false };
    let before = scrollY;
    const all = Number(document.querySelector('table.tokens-table')?.getAttribute('aria-rowcount'));
    // Runs before the frame is painted, and after the page has handled its scroll event.
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
      // Cards have a small gap between them.
      if (rows.some(({ top }, at) => at > 0 && Math.abs(top - rows[at - 1]!.bottom) > 16)) frames.faults.push(`at ${scrollY}: a gap`);
      if (!frames.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return frames;
  });
  return () => watching.evaluate((frames) => Object.assign(frames, { isOver: true }));
}

/** Waits until the page has handled a scroll. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))),
  );
}

/** Waits until scrolling has stopped: the browser drops a key press that arrives at the end of a long scroll. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let before = NaN; before !== scrollY; await new Promise((done) => setTimeout(done, 200))) before = scrollY;
  });
}
