// The four modes in which everything must work, and `test` for journeys that run in each of them.
import { Account } from './account.ts';
import { Keyboard, Mouse } from './input-methods.ts';
import { test as base } from './test.ts';
import { Visitor } from './visitor.ts';

export { expect } from './test.ts';

export interface Mode {
  title: string;
  /** Whether the page hydrates; if not, the server handles every action. */
  hydrates: boolean;
  script: 'on' | 'off' | 'without its wasm';
  input: typeof Mouse | typeof Keyboard;
}

export const KEYBOARD: Mode = { title: 'by the keyboard alone', hydrates: true, script: 'on', input: Keyboard };

export const MODES: readonly Mode[] = [
  { title: 'hydrated', hydrates: true, script: 'on', input: Mouse },
  // JavaScript runs, but the page cannot hydrate: a broken connection, or a proxy that does not know the WebAssembly type.
  { title: 'without the wasm', hydrates: false, script: 'without its wasm', input: Mouse },
  { title: 'without JavaScript', hydrates: false, script: 'off', input: Mouse },
  KEYBOARD,
];

interface Fixtures {
  mode: Mode;
  visitor: Visitor;
  /** The company's signed-in admin, who prepares a journey without a page. */
  admin: Account;
}

export const test = base.extend<Fixtures>({
  mode: [KEYBOARD, { option: true }],

  javaScriptEnabled: ({ mode }, use) => use(mode.script !== 'off'),

  context: async ({ context, mode, watch }, use) => {
    if (mode.script === 'without its wasm') {
      await context.route('**/*.wasm', (route) => route.abort());
      // The browser must report the missing file; otherwise this would be another mode.
      watch.expect(/Failed to load resource.*\.wasm/);
      watch.expect(/Failed to fetch/);
    }
    await use(context);
  },

  visitor: ({ page, mode }, use) => use(new Visitor(page, mode.hydrates, new mode.input(page))),

  admin: async ({ page, portal, company }, use) => {
    const { email, password } = company.admin;
    await page.request.post('/sign-in', { form: { email, password } });
    await use(await Account.of(page.context(), portal.url));
  },
});
