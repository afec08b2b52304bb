// What has to be undone at the end, last things first, whatever fails on the way.

export class Cleanup {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** Does every step, then fails with the first failure. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.reverse()) await step().catch((cause: unknown) => failures.push(cause));
    if (failures.length > 0) throw failures[0];
  }
}
