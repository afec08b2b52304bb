// node bench/table/arrival.mjs URL EMAIL PASSWORD: how long a page that is reached by a link takes after its answer has come.
//
// Each run begins with a new document, which has seen no other page. The time is that from the end of the server's answer to
// the frame that shows the new page's heading; at full speed, median and worst of all runs. A list keeps a stream open: a page
// with so little to wait for is idle.
import { open } from './lighthouse/page.mjs';

const RUNS = 15;
const [origin, email, password, project = 'BENCH'] = process.argv.slice(2);
const list = `/projects/${project}/registry-tokens`;
/** From where, and the link to click. */
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

/** In the page: follows the link, and waits for another heading. */
async function arrive(link) {
  const heading = () => document.querySelector('h1')?.textContent;
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
