// node tools/pack.mjs WORK SITE: puts the built files under names that carry their hash, compresses them, prints their
// sizes, and fails where the browser code, all of it or what a page loads first, is larger than its budget (bytes after
// brotli 11, from tools/versions.env).
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [work, site] = process.argv.slice(2);
const { BROWSER_BUDGET, FIRST_LOAD_BUDGET } = process.env;
const hash = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest('hex').slice(0, 12);
const read = (name) => readFileSync(join(work, name));

function write(path, bytes) {
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  writeFileSync(path, bytes);
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  return brotli.length;
}

const [wasm, deferred, glue, style] = ['code.wasm', 'deferred.wasm', 'code.min.js', 'main.css'].map(read);
const code = `registry-tokens.${hash(wasm, deferred, glue)}`;
const pkg = join(site, 'pkg');
rmSync(site, { recursive: true, force: true });
mkdirSync(pkg, { recursive: true });
const WRITTEN = './split_deferred.wasm';
const text = glue.toString();
if (!text.includes(WRITTEN)) throw new Error('the glue code does not ask for the deferred code');
const sizes = {
  wasm: write(join(pkg, `${code}_bg.wasm`), wasm),
  glue: write(join(pkg, `${code}.js`), Buffer.from(text.replace(WRITTEN, `./${code}_deferred.wasm`))),
  deferred: write(join(pkg, `${code}_deferred.wasm`), deferred),
};
// The server puts the style into every page.
const styleSize = write(join(pkg, 'style.css'), style);
cpSync('public', join(site, 'assets'), { recursive: true });
for (const name of readdirSync(join(site, 'assets'))) write(join(site, 'assets', name), readFileSync(join('public', name)));
// The server learns the name from this file, so it is written last.
writeFileSync(join(pkg, 'build.txt'), `${code}\n`);

const first = sizes.wasm + sizes.glue;
const all = first + sizes.deferred;
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.error(`Browser code after brotli: ${kb(first)} first (WebAssembly ${kb(sizes.wasm)}, JavaScript ${kb(sizes.glue)}), `
  + `${kb(sizes.deferred)} later, ${kb(all)} in all; style ${kb(styleSize)}`);
for (const [what, size, budget] of [['it', all, BROWSER_BUDGET], ['what a page loads first', first, FIRST_LOAD_BUDGET]]) {
  if (!(size <= Number(budget))) {
    console.error(`error: ${what} is over its budget of ${kb(Number(budget))}`);
    process.exit(1);
  }
}
