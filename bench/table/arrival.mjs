// node bench/table/arrival.mjs URL EMAIL PASSWORD [PROJECT]: the time from a page's response to its rendering, reached by a link.
//
// Each run starts with a new document, so that no page is cached. The time runs from the end of the server's response to the
// frame that shows the new page's heading. No throttling; prints the median and the maximum of all runs. The list page keeps an
// event stream open, so the page counts as idle with up to two open requests (`networkidle2`).
import { open } from './lighthouse/page.mjs';

const RUNS = 15;
const [origin, email, password, project = 'BENCH'] = process.argv.slice(2);
const list = `/projects/${project}/registry-tokens`;
/** The page to start from, and the link to click. */
const ROUTES = {
  'My Projects to the tokens': ['/', `a[href="${list}"]`],
  'the tokens to a token': [list, '[data-control="name"]'],
  'the tokens to My Projects': [list, '.crumbs a'],
};

const { browser, page } = await open(origin, email, password);
try {
  for (const [name, [from, link]] of Object.entries(ROUTES)) {
    const times = [];
    for (let run = 0; run < RUNS; run += 1) {
      await page.goto(origin + from, { waitUntil: 'networkidle2' });
      times.push(await page.evaluate(arrive, link));
    }
    times.sort((a, b) => a - b);
    console.log(`${name}: ${times[RUNS >> 1].toFixed(0)} ms after the answer, ${times.at(-1).toFixed(0)} at worst`);
  }
} finally {
  await browser.close();
}

/** Runs in the page: clicks the link and waits until the heading changes. */
async function arrive(link) {
  // Not the hidden one of a page that is loading.
  const heading = () => document.querySelector('h1:not(.hidden)')?.textContent;
  const before = heading();
  performance.clearResourceTimings();
  document.querySelector(link).click();
  const shown = await new Promise((done) => {
    const look = (now) => (heading() && heading() !== before ? done(now) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });
  const [call] = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/api/'));
  return shown - call.responseEnd;
}
