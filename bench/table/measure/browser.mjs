// The browser and the two pages. Each page has its own context, and therefore its own process.
import { readFile } from 'node:fs/promises';

import { chromium } from 'playwright-core';

import { options } from './chromium.mjs';

const script = await readFile(new URL('in-page.js', import.meta.url), 'utf8');

export const launch = () => chromium.launch(options);

/** A page that is measured. */
export class Subject {
  static async open(browser, name, url) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const subject = new Subject();
    subject.name = name;
    subject.url = url;
    subject.page = await context.newPage();
    subject.errors = [];
    subject.page.on('pageerror', (error) => subject.errors.push(error.stack));
    // A page with 100,000 tokens can take long.
    subject.page.setDefaultTimeout(120_000);
    subject.devtools = await context.newCDPSession(subject.page);
    return subject;
  }

  /** Signs in to the portal. Call `watch` afterwards, so that the sign-in page is not measured. */
  async signIn(origin, email, password) {
    await this.page.goto(`${origin}/sign-in`);
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.waitForURL((url) => url.pathname !== '/sign-in');
  }

  async watch() {
    await this.page.addInitScript(script);
  }

  /** Reloads the page and measures its creation. */
  async create() {
    await this.page.bringToFront();
    await this.page.goto(this.url);
    const late = new Promise((_, reject) => {
      setTimeout(() => reject(new Error(`${this.name}: the whole list was not shown within 120 seconds. ${this.errors.join(" ")}`)), 120_000).unref();
    });
    return Promise.race([this.page.evaluate('bench.created'), late]);
  }

  /** Brings the page to the front and collects the garbage of earlier steps. */
  async prepare() {
    await this.page.bringToFront();
    await this.devtools.send('HeapProfiler.collectGarbage');
    await this.page.evaluate('bench.wait(300)');
  }

  call(name, ...values) {
    return this.page.evaluate(([name, values]) => window.bench[name](...values), [name, values]);
  }

  /** Throws if the page had a script error. */
  check() {
    if (this.errors.length > 0) throw new Error(`${this.name}: ${this.errors.join('; ')}`);
  }
}
