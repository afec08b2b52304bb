// Watches browsers: an error on the console (a Content Security Policy's, too) or in a script fails the test.
import { expect, type BrowserContext } from '@playwright/test';

/** A page that follows what others change asks again when it is cut off; whoever lost the right to it is refused. */
const ENDED_STREAM = /the server responded with a status of 40[14]\b.*\/registry-tokens\/events\?/;

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
    this.expect(new RegExp(`the server responded with a status of ${status}\\b`));
  }

  /** Another error that the test provokes. */
  expect(error: RegExp): void {
    this.#expected.push(error);
  }

  /** Fails on every error that was not expected, and where an expected one did not come. */
  check(): void {
    const known = [...this.#expected, ENDED_STREAM];
    const unexpected = this.#errors.filter((error) => !known.some((pattern) => pattern.test(error)));
    expect(unexpected, 'errors on the console').toEqual([]);
    const missing = this.#expected.filter((pattern) => !this.#errors.some((error) => pattern.test(error)));
    expect(missing, 'expected on the console and not there').toEqual([]);
  }
}
