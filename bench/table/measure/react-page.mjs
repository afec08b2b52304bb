// Builds the React page for production and serves it, with our own style sheet and the list as JSON.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

/** Rows in the document itself; the same number as our server renders. */
const FIRST_ROWS = 25;

const entry = fileURLToPath(new URL('../src/main.jsx', import.meta.url));

/** `tokens` is the list, `style` the text of our style sheet. Returns the page's URL and a function that stops the server. */
export async function serveReactPage(tokens, style) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const kept = 'public, max-age=31536000, immutable';
  const files = {
    '/': ['text/html; charset=utf-8', 'no-store', page(tokens.slice(0, FIRST_ROWS))],
    '/page.js': ['text/javascript; charset=utf-8', kept, outputFiles[0].text],
    '/style.css': ['text/css; charset=utf-8', kept, style],
    '/api/tokens/list': ['application/json', 'no-store', Buffer.from(JSON.stringify(tokens))],
  };
  const server = createServer((request, response) => {
    const file = files[new URL(request.url, 'http://bench').pathname];
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const [type, cache, body] = file;
    response.writeHead(200, { 'content-type': type, 'cache-control': cache }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** The HTML document: the same markup around the list as on our page, and the first rows as JSON. */
function page(firstRows) {
  const json = JSON.stringify(firstRows).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Registry Tokens in React</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
<script type="application/json" id="first-rows">${json}</script>
<script type="module" src="/page.js"></script>
</head>
<body>
<header class="top"><a class="top-brand" href="/"><span class="top-vendor">React</span> <span>Registry Tokens</span></a></header>
<main id="main" tabindex="-1">
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/">My Projects</a></li><li aria-current="page">Registry Tokens</li></ol></nav>
<h1>Bench</h1>
<div id="root"></div>
</main>
</body>
</html>`;
}
