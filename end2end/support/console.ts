// Watches browsers: an error on the console (a Content Security Policy's, too) or in a script fails the test.
import { expect, type BrowserContext } from '@playwright/test';

export class ConsoleWatch {
  readonly #errors: string[] = [];
  readonly #expected: RegExp[] = [];

  follow(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#errors.push(`${error.error().stack ?? error.error().message}`));
  }

  /** A refusal that the test provokes: browsers log every answer with this status. */
  expectStatus(status: number): void {
    this.#expected.push(new RegExp(`the server responded with a status of ${status}\\b`));
  }

  /** Fails on every error that was not expected, and where an expected one did not come. */
  check(): void {
    const unexpected = this.#errors.filter((error) => !this.#expected.some((pattern) => pattern.test(error)));
    expect(unexpected, 'errors on the console').toEqual([]);
    const missing = this.#expected.filter((pattern) => !this.#errors.some((error) => pattern.test(error)));
    expect(missing, 'expected on the console and not there').toEqual([]);
  }
}
