// node tools/pack.mjs WORK SITE BUDGET: puts the built files under names that carry their hash, compresses them, prints
// their sizes, and fails where the browser code is larger than the budget (bytes after brotli 11).
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [work, site, budget] = process.argv.slice(2);
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

const [wasm, glue, style] = [read('code.wasm'), read('code.min.js'), read('main.css')];
const code = `registry-tokens.${hash(wasm, glue)}`;
const pkg = join(site, 'pkg');
rmSync(site, { recursive: true, force: true });
mkdirSync(pkg, { recursive: true });
const sizes = {
  WebAssembly: write(join(pkg, `${code}_bg.wasm`), wasm),
  JavaScript: write(join(pkg, `${code}.js`), glue),
};
// The server puts the style into every page.
const styleSize = write(join(pkg, 'style.css'), style);
cpSync('public', join(site, 'assets'), { recursive: true });
for (const name of readdirSync(join(site, 'assets'))) write(join(site, 'assets', name), readFileSync(join('public', name)));
// The server learns the name from this file, so it is written last.
writeFileSync(join(pkg, 'build.txt'), `${code}\n`);

const total = sizes.WebAssembly + sizes.JavaScript;
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.error(`Browser code after brotli: ${kb(total)} (WebAssembly ${kb(sizes.WebAssembly)}, JavaScript ${kb(sizes.JavaScript)}); `
  + `style ${kb(styleSize)}; budget ${kb(Number(budget))}`);
if (total > Number(budget)) {
  console.error('error: the browser code is over its budget');
  process.exit(1);
}
