// Simulates a browser's page translation, which replaces each text node with new elements.
import type { Page } from '@playwright/test';

/** Translates the current page and everything added later; the words do not change. */
export async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isKept = (node: Node): boolean => {
      const element = node.parentElement;
      if (element === null || element.closest('script, style, textarea, title, font') !== null) return true;
      return element.closest('[translate]')?.getAttribute('translate') === 'no';
    };
    const translateBelow = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      if (root instanceof Text) texts.push(root);
      for (const text of texts.filter((text) => text.data.trim() !== '' && !isKept(text))) {
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = text.data;
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    translateBelow(document.body);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node.isConnected) translateBelow(node);
    }).observe(document.body, { childList: true, subtree: true });
  });
}
