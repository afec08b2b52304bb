// Watches browsers: a console error (also a Content Security Policy violation) or a script error fails the test.
import { expect, type BrowserContext } from '@playwright/test';

/** When its event stream is cut off, a page reconnects. A user who has lost access is then refused. */
const ENDED_STREAM = /the server responded with a status of 40[14]\b.*\/registry-tokens\/events\?/;

export class ConsoleWatch {
  readonly #errors: string[] = [];
  readonly #expected: RegExp[] = [];
  readonly #refusals: number[] = [];
  readonly #statuses = new Set<number>();

  follow(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(`${message.text()} (${message.location().url})`);
    });
    context.on('response', (response) => this.#statuses.add(response.status()));
    context.on('weberror', (error) => this.#errors.push(`${error.error().stack ?? error.error().message}`));
  }

  /** A refusal that the test causes. Browsers log a response with this status, but not reliably on a busy machine. */
  expectStatus(status: number): void {
    this.#refusals.push(status);
  }

  /** Another console error that the test causes. */
  expect(error: RegExp): void {
    this.#expected.push(error);
  }

  /** Fails on every unexpected error, and if an expected error is missing. */
  check(): void {
    const refusals = this.#refusals.map((status) => new RegExp(`the server responded with a status of ${status}\\b`));
    const known = [...this.#expected, ...refusals, ENDED_STREAM];
    const unexpected = this.#errors.filter((error) => !known.some((pattern) => pattern.test(error)));
    expect(unexpected, 'errors on the console').toEqual([]);
    const missing = this.#expected.filter((pattern) => !this.#errors.some((error) => pattern.test(error)));
    expect(missing, 'expected on the console and not there').toEqual([]);
    expect(this.#refusals.filter((status) => !this.#statuses.has(status)), 'answers expected and not there').toEqual([]);
  }
}
