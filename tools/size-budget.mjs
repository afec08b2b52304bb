// node tools/size-budget.mjs FOLDER BYTES: prints the brotli-compressed sizes of the browser code. Fails if WebAssembly and
// JavaScript together exceed BYTES. The style sheet is printed but not counted.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [folder, budget] = process.argv.slice(2);
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

let code = 0;
for (const name of readdirSync(folder, { recursive: true }).sort()) {
  const [, file, kind] = /^(.*\.(js|wasm|css))\.br$/.exec(name) ?? [];
  if (file === undefined) continue;
  const { size } = statSync(join(folder, name));
  if (kind !== 'css') code += size;
  console.error(`${kb(size).padStart(9)}  ${file}`);
}
console.error(`${kb(code).padStart(9)}  of WebAssembly and JavaScript, of at most ${kb(budget)}`);
if (!(code > 0 && code <= Number(budget))) {
  console.error(code > 0 ? 'error: the browser code is over its budget' : `error: there is no browser code in ${folder}`);
  process.exit(1);
}
