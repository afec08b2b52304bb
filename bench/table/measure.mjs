// node bench/table/measure.mjs URL EMAIL PASSWORD TOKENS.json: our page of tokens and the same in React, side by side.
//
// URL is the portal, the person an admin of its project BENCH, and TOKENS.json the tokens of that project, newest first.
//
// What is the same for both, so that the numbers can be compared:
// - The tokens, and what is shown of them: the same columns, search, chips with counts and orders, checked step by step
//   (measure/alike.mjs). The style sheet is ours in both, so layout and painting cost the same.
// - The window, the browser and its stopwatch (measure/in-page.js), which is put into both pages before their own code.
// - Creation begins where the last byte of the list is in the browser's memory: a network or a server is not measured.
//   From there on everything counts: reading the bytes (ours postcard, React's JSON.parse inside fetch, each in the form
//   that such a page uses), the models, the counts, the rows, layout, and the frame. Both pages have loaded and
//   started their code by then and show the first 25 rows, which came with the document.
// - Both react to the same events, sent by script, spread alike over the time between two frames.
//
// React's page is written as its libraries' documentation has it, built for production, and where the pages are not
// exactly alike it has less to do: it has no dialogs, no bulk actions, no lists to pick people and products from and no
// sentences on what needs attention, its rows' heights are not measured, its JSON holds only what is shown, and names are
// compared as plain text, not by the numbers in them. Put in the place of ours, it measures the same as itself.
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
