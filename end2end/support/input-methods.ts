// The ways to operate a page: with a mouse, or with the keyboard only.
import { expect, type Locator, type Page } from '@playwright/test';

import { keyTo } from './focus.ts';

export interface InputMethod {
  /** Presses a link or a button. */
  press(control: Locator): Promise<void>;
  /** Replaces the text of a field. */
  type(field: Locator, text: string): Promise<void>;
  /** Checks a checkbox or a radio button. */
  tick(box: Locator): Promise<void>;
  /** Selects an option of a dropdown. */
  choose(list: Locator, label: string): Promise<void>;
  toTheEnd(): Promise<void>;
  /** With the keyboard: checks that the control has the focus and is visible. Without a control: any visible element. */
  expectFocus(control?: Locator): Promise<void>;
}

export class Mouse implements InputMethod {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  press(control: Locator): Promise<void> {
    return control.click();
  }

  type(field: Locator, text: string): Promise<void> {
    return field.fill(text);
  }

  tick(box: Locator): Promise<void> {
    return box.check();
  }

  async choose(list: Locator, label: string): Promise<void> {
    await list.selectOption({ label });
  }

  async toTheEnd(): Promise<void> {
    await this.#page.mouse.wheel(0, 100_000);
  }

  async expectFocus(): Promise<void> {}
}

/** At least this much of the focused element must be in the viewport, in pixels from left to right. */
const LEAST_SEEN = 16;
/** More than the number of controls between any two controls of a page. */
const MOST_STEPS = 300;

/**
 * Uses only Tab, Shift+Tab, Enter, Space, the arrow keys and text input. The focus must be visible at every step, and no action
 * may lose it.
 */
export class Keyboard implements InputMethod {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(control: Locator): Promise<void> {
    await this.#goTo(control);
    await this.#page.keyboard.press((await control.evaluate((element) => element.matches('a'))) ? 'Enter' : 'Space');
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.#goTo(field);
    await this.#page.keyboard.press('Control+A');
    await this.#page.keyboard.press('Delete');
    await this.#page.keyboard.type(text);
    await expect(field).toHaveValue(text);
  }

  async tick(box: Locator): Promise<void> {
    const group = await box.evaluate((element) => (element instanceof HTMLInputElement && element.type === 'radio' ? element.name : null));
    if (group === null) {
      await this.#goTo(box);
      if (!(await box.isChecked())) await this.#page.keyboard.press('Space');
    } else {
      // In a radio group, Tab stops at the checked button; the arrow keys move on from there.
      await this.#goTo(this.#page.locator(`input[type=radio][name="${group}"]:checked`));
      const others = await this.#page.locator(`input[type=radio][name="${group}"]`).count();
      for (let step = 0; step < others && !(await box.isChecked()); step += 1) await this.#page.keyboard.press('ArrowDown');
    }
    await expect(box).toBeChecked();
  }

  async choose(list: Locator, label: string): Promise<void> {
    await this.#goTo(list);
    const [chosen, wanted] = await list.evaluate((element, wanted) => {
      const { options, selectedIndex } = element as HTMLSelectElement;
      return [selectedIndex, [...options].findIndex((option) => option.label === wanted)] as const;
    }, label);
    expect(wanted, `${label} is offered`).not.toBe(-1);
    const key = wanted > chosen ? 'ArrowDown' : 'ArrowUp';
    for (let step = Math.abs(wanted - chosen); step > 0; step -= 1) await this.#page.keyboard.press(key);
    await expect(list.locator('option:checked')).toHaveText(label);
  }

  async toTheEnd(): Promise<void> {
    await this.#page.keyboard.press('End');
  }

  async expectFocus(control?: Locator): Promise<void> {
    if (control !== undefined) await expect(control).toBeFocused();
    await expect.poll(() => this.#fault(), 'the focus').toBe('');
  }

  /** Moves the focus to a control in the direction of the control, backwards if it comes earlier in the document. */
  async #goTo(control: Locator): Promise<void> {
    await expect(control).toBeVisible();
    await expect(control).toBeEnabled();
    // On a newly loaded page no element has the focus yet.
    if (await this.#page.evaluate(() => 'walked' in window)) await this.expectFocus();
    await this.#page.evaluate(() => Object.assign(window, { walked: true }));
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const key = await keyTo(control);
      if (key === null) return;
      await this.#page.keyboard.press(key);
      expect(await this.#fault(), 'the focus on the way').toBe('');
    }
    await expect(control, 'Tab leads there').toBeFocused();
  }

  /** Why the user cannot see the focus; empty if they can. */
  #fault(): Promise<string> {
    return this.#page.evaluate((LEAST_SEEN) => {
      const active = document.activeElement;
      if (active === null || active === document.body) return 'is nowhere';
      const what = `is on ${active.localName}#${active.id} "${active.getAttribute('aria-label') ?? active.textContent?.slice(0, 40)}"`;
      const ring = (element: Element | null, levels: number): boolean =>
        element !== null
        && levels > 0
        && (Number.parseFloat(getComputedStyle(element).outlineWidth) > 0 && getComputedStyle(element).outlineStyle !== 'none'
          || ring(element.parentElement, levels - 1));
      // A card or a tab may show the focus ring for the radio button in it.
      if (!active.checkVisibility({ visibilityProperty: true }) || !ring(active, 2)) return `${what}, without a ring`;
      const box = active.getBoundingClientRect();
      // Browsers do not scroll a link fully into view if it is partly visible in a horizontally scrolling line.
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      if (right - left < Math.min(box.width, LEAST_SEEN)) return `${what}, out of sight`;
      const [x, y] = [(left + right) / 2, box.top + Math.min(box.height, innerHeight) / 2];
      const top = document.elementFromPoint(x, y);
      if (top === null) return `${what}, out of sight`;
      const covered = !(active.contains(top) || top.contains(active) || active.closest('label, .choice')?.contains(top));
      return covered ? `${what}, under ${top.localName}.${top.className}` : '';
    }, LEAST_SEEN);
  }
}
