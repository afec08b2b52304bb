// Measures the browser resources that a page uses, to find leaks.
import type { CDPSession, Page } from '@playwright/test';

/** The browser resources that a page uses. */
export interface Usage {
  listeners: number;
  nodes: number;
  /** The JavaScript heap, in bytes. */
  heap: number;
  /** The WebAssembly memory, in bytes; it never shrinks. */
  wasm: number;
}

/** Measures the resources of a page after garbage collection. */
export class UsageMeter {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** Call it before the page's document is loaded. */
  static async of(page: Page): Promise<UsageMeter> {
    await page.addInitScript(() => {
      for (const name of ['instantiate', 'instantiateStreaming'] as const) {
        const original = WebAssembly[name] as (...args: unknown[]) => Promise<WebAssembly.WebAssemblyInstantiatedSource>;
        Object.assign(WebAssembly, {
          [name]: async (...args: unknown[]) => {
            const made = await original.apply(WebAssembly, args);
            Object.assign(window, { wasmMemory: made.instance.exports['memory'] });
            return made;
          },
        });
      }
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await session.send('HeapProfiler.enable');
    return new UsageMeter(page, session);
  }

  async read(): Promise<Usage> {
    // Objects freed by the first collection may have kept others alive until the second.
    for (let pass = 0; pass < 3; pass += 1) await this.#session.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    const wasm = await this.#page.evaluate(() => (window as unknown as { wasmMemory: WebAssembly.Memory }).wasmMemory.buffer.byteLength);
    return { listeners: metric('JSEventListeners'), nodes: metric('Nodes'), heap: metric('JSHeapUsedSize'), wasm };
  }
}
