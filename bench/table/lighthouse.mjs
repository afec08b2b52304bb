// node bench/table/lighthouse.mjs URL EMAIL PASSWORD [PROJECT]: Lighthouse's results for our token page on a phone.
//
// Uses Lighthouse's mobile preset: a phone's viewport, a slow 4G connection, and a CPU 4 times slower than this one.
// Two kinds of runs, alternating:
//   simulated  Lighthouse's default: loads the page at full speed and calculates the times on a phone. The scores, the metrics
//              and the failed audits come from these runs.
//   throttled  the browser itself is slowed down (Lighthouse's `devtools` throttling: every request waits 562 ms, which
//              models the round trips of a new TLS connection). A script in the page, first-row.js, measures the time until
//              the first row is visible.
// The browser has a session cookie and an empty cache.
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
      // Without a session, Lighthouse would measure the sign-in page.
      if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
      results[kind].push(lhr);
    }
  }
  report(results, await browser.version());
} finally {
  await browser.close();
}
