// The four ways in which everything has to work, and `test` for a journey that is made in each of them.
import { Account } from './account.ts';
import { Keyboard, Mouse } from './hands.ts';
import { test as base } from './test.ts';
import { Visitor } from './visitor.ts';

export { expect } from './test.ts';

export interface Way {
  title: string;
  /** Whether the page comes to answer by itself; where not, the server answers. */
  hydrates: boolean;
  script: 'on' | 'off' | 'without its wasm';
  hands: typeof Mouse | typeof Keyboard;
}

export const KEYBOARD: Way = { title: 'by the keyboard alone', hydrates: true, script: 'on', hands: Keyboard };

export const WAYS: readonly Way[] = [
  { title: 'hydrated', hydrates: true, script: 'on', hands: Mouse },
  // The script runs, and nothing comes of it: a broken connection, a proxy that does not know the type.
  { title: 'without the wasm', hydrates: false, script: 'without its wasm', hands: Mouse },
  { title: 'without JavaScript', hydrates: false, script: 'off', hands: Mouse },
  KEYBOARD,
];

interface Fixtures {
  way: Way;
  visitor: Visitor;
  /** The company's admin, who is signed in: what a journey begins with is made without a page. */
  admin: Account;
}

export const test = base.extend<Fixtures>({
  way: [KEYBOARD, { option: true }],

  javaScriptEnabled: ({ way }, use) => use(way.script !== 'off'),

  context: async ({ context, way, watch }, use) => {
    if (way.script === 'without its wasm') {
      await context.route('**/*.wasm', (route) => route.abort());
      // It has to be missed: otherwise this would be another way.
      watch.expect(/Failed to load resource.*\.wasm/);
      watch.expect(/Failed to fetch/);
    }
    await use(context);
  },

  visitor: ({ page, way }, use) => use(new Visitor(page, way.hydrates, new way.hands(page))),

  admin: async ({ page, portal, company }, use) => {
    const { email, password } = company.admin;
    await page.request.post('/sign-in', { form: { email, password } });
    await use(await Account.of(page.context(), portal.url));
  },
});
