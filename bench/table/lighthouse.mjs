// node bench/table/lighthouse.mjs URL EMAIL PASSWORD [PROJECT]: Lighthouse's verdict on our page of tokens, as a phone sees it.
//
// Lighthouse's own mobile preset: a phone's window, a slow 4G connection, and a processor 4 times slower than this one.
// Two kinds of runs, in turn:
//   simulated  Lighthouse's default: loads the page at full speed and works out what a phone would have taken. The scores,
//              the metrics and what fails are of these.
//   throttled  the browser itself is slowed down (Lighthouse's `devtools` throttling: every request waits 562 ms, which
//              stands for the round trips of a new connection with TLS) while a stopwatch in the page, first-row.js, reads
//              the time until the first row is seen.
// The browser has the session's cookie, and nothing in its cache.
import lighthouse from 'lighthouse';

import { open } from './lighthouse/page.mjs';
import { report } from './lighthouse/report.mjs';

const RUNS = 5;
const KINDS = {
  simulated: { throttlingMethod: 'simulate', onlyCategories: ['performance', 'accessibility', 'best-practices'] },
  throttled: { throttlingMethod: 'devtools', onlyAudits: ['user-timings', 'first-contentful-paint'] },
};

const [origin, email, password, project = 'BENCH'] = process.argv.slice(2);
const url = `${origin}/projects/${project}/registry-tokens`;
const { browser, page } = await open(origin, email, password);
try {
  const results = { simulated: [], throttled: [] };
  for (let run = 0; run < RUNS; run += 1) {
    for (const [kind, flags] of Object.entries(KINDS)) {
      const { lhr } = await lighthouse(url, { ...flags, logLevel: 'error' }, undefined, page);
      if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
      // Without its session Lighthouse would measure the page to sign in.
      if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
      results[kind].push(lhr);
    }
  }
  report(results, await browser.version());
} finally {
  await browser.close();
}
