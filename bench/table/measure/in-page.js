// Runs in both pages before their own code, the same in each: the stopwatch.
//
// A frame ends where a message posted from requestAnimationFrame is received: by then style, layout and painting of that
// frame are done on the main thread. Two numbers are taken of everything:
//   frame  from the start to the end of the first frame that shows the outcome, waiting for the frame included
//   work   the part of that in which the page was busy: its script with the microtasks that follow, layout, and the frame
// A page that needs a second frame is charged with all the time: what it does between the two cannot be told from waiting.
(() => {
  /** Once the microtasks are done: lays the page out and says when that is done. */
  const settled = () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        void document.documentElement.offsetHeight;
        resolve(performance.now());
      };
      channel.port2.postMessage(null);
    });

  /** The next frame's begin and end. */
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
  /** Numbers in a text, however their thousands are parted. */
  const numbers = (text) => (text.match(/\d[\d.,\u00a0\u202f']*/g) ?? []).map((number) => Number(number.replace(/\D/g, '')));

  const isInWindow = (row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };

  /** What a person sees: how many are found, which chips and which order are on, which tokens stand there. */
  const seen = () => ({
    found: numbers(words(document.querySelector('.found'))),
    // Ours has the statuses twice: in the line, and in the popup of a narrow window.
    chips: [...new Set(all('a.chip[aria-current="true"]').map((chip) => words(chip).replace(/ [\d.,\u00a0\u202f']+$/, '')))],
    order: all('th[aria-sort]').map((head) => `${words(head)} ${head.getAttribute('aria-sort')}`).filter((order) => !order.endsWith('none')),
    // Rows outside of the window may come later.
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

  // The list's answer is held back until its last byte is there; then the clock starts and the page gets it whole.
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

  /** The events of one step, as the browser sends them. */
  function act({ kind, to }, element) {
    if (kind !== 'search') {
      element.click();
      return;
    }
    // The setter of the element's class, past whatever a framework put on the element, as typing does.
    setValue.call(element, to);
    element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
  }

  function target(step) {
    const element = find[step.kind](step.to);
    if (!element) throw new Error(`there is no ${step.kind} ${step.to}`);
    return element;
  }

  /** Does a step and waits until nothing changes any more. */
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

  /** Does a step `phase` milliseconds after a frame, and times it until `expected` is seen. */
  window.bench.time = async (step, phase, expected) => {
    const element = target(step);
    await nextFrame();
    await wait(phase);
    // Asked for before the step, so that it begins with the frame, before anything the page asks for.
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
