// node bench/table/measure.mjs URL EMAIL PASSWORD TOKENS.json: compares our token page with the same page in React.
//
// URL is the portal, the user is an admin of its project BENCH, and TOKENS.json holds the tokens of that project, newest first.
//
// The same for both pages, so that the numbers are comparable:
// - The tokens and how they are shown: the same columns, search, filter chips with counts, and sort orders, checked after each
//   step (measure/alike.mjs). Both use our style sheet, so layout and painting cost the same.
// - The viewport, the browser, and the timer (measure/in-page.js), which is injected into both pages before their own code.
// - Creation starts when the last byte of the list is in the browser's memory: network and server are not measured. Everything
//   after that counts: parsing the bytes (ours postcard, React's JSON.parse inside fetch, the usual format of each), the
//   models, the counts, the rows, layout, and the frame. By then both pages have loaded and started their code and show the
//   first 25 rows, which are part of the document.
// - Both handle the same scripted events, spread in the same way over the time between two frames.
//
// The React page follows the documentation of its libraries and is built for production. Where the pages differ, the React page
// does less: no dialogs, no bulk actions, no pickers for users and products, no notices on what needs attention, no measured
// row heights, only the shown fields in its JSON, and names sorted as plain text instead of by the numbers in them. Control:
// measured in the place of our page, the React page gives the same numbers.
import { readFile } from 'node:fs/promises';

import { Subject, launch } from './measure/browser.mjs';
import { serveReactPage } from './measure/react-page.mjs';
import { report } from './measure/report.mjs';
import { createRuns, stepRuns } from './measure/runs.mjs';

const [origin, email, password, file] = process.argv.slice(2);
const tokens = JSON.parse(await readFile(file, 'utf8'));

/** The style sheet of the portal's own pages. */
async function ownStyle() {
  const page = await (await fetch(`${origin}/sign-in`)).text();
  const [, address] = /<link id="leptos" rel="stylesheet" href="([^"]+)"/.exec(page) ?? [];
  if (!address) throw new Error('the portal has no style sheet');
  return (await fetch(`${origin}${address}`)).text();
}

const reactPage = await serveReactPage(tokens, await ownStyle());
const browser = await launch();
try {
  const ours = await Subject.open(browser, 'ours', `${origin}/projects/BENCH/registry-tokens`);
  await ours.signIn(origin, email, password);
  const react = await Subject.open(browser, 'React', reactPage.url);
  await ours.watch();
  await react.watch();
  const create = await createRuns(ours, react);
  const { rows, taken } = await stepRuns(ours, react);
  report(tokens.length, rows, { create, ...taken }, browser.version());
} finally {
  await browser.close();
  reactPage.close();
}
