// The timer. Runs in both pages before their own code.
//
// A frame ends when a message posted from requestAnimationFrame is received: by then style, layout and painting of that
// frame are done on the main thread. Each measurement has two numbers:
//   frame  from the start to the end of the first frame that shows the result, including the wait for the frame
//   work   the part of that in which the page was busy: its script with the following microtasks, layout, and the frame
// If a page needs a second frame, `work` is the whole time: work between the frames cannot be distinguished from waiting.
(() => {
  /** After the pending microtasks: forces a layout and returns the time when it is done. */
  const settled = () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        void document.documentElement.offsetHeight;
        resolve(performance.now());
      };
      channel.port2.postMessage(null);
    });

  /** The start and end of the next frame. */
  const nextFrame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const begin = performance.now();
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve({ begin, end: performance.now() });
        channel.port2.postMessage(null);
      });
    });

  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = (element) => element.textContent.replace(/\s+/g, ' ').trim();
  /** The numbers in a text, with any thousands separator. */
  const numbers = (text) => (text.match(/\d[\d.,\u00a0\u202f']*/g) ?? []).map((number) => Number(number.replace(/\D/g, '')));

  const isInWindow = (row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };

  /** What the user sees: the number of results, the active chips, the sort order, and the visible tokens. */
  const seen = () => ({
    found: numbers(words(document.querySelector('.found'))),
    // Our page has the status chips twice: in the filter bar, and in the popup for narrow windows.
    chips: [...new Set(all('a.chip[aria-current="true"]').map((chip) => words(chip).replace(/ [\d.,\u00a0\u202f']+$/, '')))],
    order: all('th[aria-sort]').map((head) => `${words(head)} ${head.getAttribute('aria-sort')}`).filter((order) => !order.endsWith('none')),
    // Rows outside the viewport may be rendered later.
    tokens: all('table.tokens-table tbody tr[data-row]').filter(isInWindow).map((row) => words(row.querySelector('th[scope=row]'))),
  });
  const signature = () => JSON.stringify(seen());

  const isComplete = () =>
    document.querySelector('section.tokens[data-complete="true"]') !== null
    && document.querySelector('table.tokens-table tbody tr[data-row]') !== null;

  function busy(start, done, frame, isFirst) {
    const isBefore = done !== null && done <= frame.begin;
    return isFirst && isBefore ? done - start + (frame.end - frame.begin) : frame.end - start;
  }

  // Holds the list response back until its last byte has arrived. Then starts the timer and passes it to the page as a whole.
  let created;
  window.bench = { created: new Promise((resolve) => (created = resolve)) };
  const fetchReally = window.fetch;
  window.fetch = async (...request) => {
    const response = await fetchReally(...request);
    if (!response.ok || new URL(response.url).pathname !== '/api/tokens/list') return response;
    const { status, statusText, headers } = response;
    const body = await response.arrayBuffer();
    creation(body.byteLength);
    return new Response(body, { status, statusText, headers });
  };

  async function creation(bytes) {
    const start = performance.now();
    let done = null;
    const watch = new MutationObserver(() => {
      if (done === null && isComplete()) {
        watch.disconnect();
        done = settled();
      }
    });
    watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-complete'] });
    for (;;) {
      const frame = await nextFrame();
      if (done !== null && isComplete()) {
        watch.disconnect();
        created({ work: busy(start, await done, frame, true), frame: frame.end - start, bytes });
        return;
      }
    }
  }

  const find = {
    search: () => document.querySelector('.tokens input[type=search][name=q]'),
    chip: (label) => all('a.chip').find((chip) => words(chip).replace(/ [\d.,\u00a0\u202f']+$/, '') === label),
    sort: (label) => all('table.tokens-table th .sort').find((control) => words(control) === label),
  };
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;

  /** Dispatches the events of one step, as the browser does. */
  function act({ kind, to }, element) {
    if (kind !== 'search') {
      element.click();
      return;
    }
    // Calls the prototype's setter, because React overrides the one on the element. Typing bypasses that override too.
    setValue.call(element, to);
    element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
  }

  function target(step) {
    const element = find[step.kind](step.to);
    if (!element) throw new Error(`there is no ${step.kind} ${step.to}`);
    return element;
  }

  /** Does a step, waits until the page stops changing, and returns what it then shows. */
  window.bench.learn = async (step) => {
    act(step, target(step));
    let before;
    for (let same = 0; same < 5; same += 1) {
      await nextFrame();
      const now = signature();
      if (now !== before) same = 0;
      before = now;
    }
    return before;
  };

  /** Does a step `phase` milliseconds after a frame, and measures the time until the page shows `expected`. */
  window.bench.time = async (step, phase, expected) => {
    const element = target(step);
    await nextFrame();
    await wait(phase);
    // Requested before the step, so that it runs first in the frame, before the page's own callbacks.
    const coming = nextFrame();
    const start = performance.now();
    act(step, element);
    const done = settled();
    let frame = await coming;
    for (let count = 1; ; count += 1) {
      if (signature() === expected) return { work: busy(start, await done, frame, count === 1), frame: frame.end - start };
      if (count > 300) throw new Error(`${step.kind} ${step.to}: expected ${expected}, found ${signature()}`);
      frame = await nextFrame();
    }
  };

  window.bench.seen = seen;
  window.bench.chips = () => all('a.chip').map((chip) => [words(chip).replace(/ [\d.,\u00a0\u202f']+$/, ''), numbers(words(chip)).at(-1)]);
  window.bench.wait = wait;
})();
