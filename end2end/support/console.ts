// Watches browsers: an error on the console (a Content Security Policy's, too) or in a script fails the test.
import { expect, type BrowserContext } from '@playwright/test';

/** A page that follows what others change asks again when it is cut off; whoever lost the right to it is refused. */
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

  /** A refusal that the test provokes. A browser logs an answer with this status, and on a busy machine once did not. */
  expectStatus(status: number): void {
    this.#refusals.push(status);
  }

  /** Another error that the test provokes. */
  expect(error: RegExp): void {
    this.#expected.push(error);
  }

  /** Fails on every error that was not expected, and where an expected one did not come. */
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
