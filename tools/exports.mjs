// node tools/exports.mjs WASM OUTPUT: leaves out the exports that nothing here uses, and so what only they call. A
// dependency exports streams of server functions, which no linker may take out.
import { readFileSync, writeFileSync } from 'node:fs';

import { EXPORTS, numberBytes, readNumber, sections, textAt } from './wasm.mjs';

const unused = /intounderlying/;
const [input, output] = process.argv.slice(2);

/** The section with the exports that are used. */
function used(section) {
  const kept = [];
  let [count, at] = readNumber(section, 0);
  for (; count > 0; count -= 1) {
    const start = at;
    const [name, kind] = textAt(section, at);
    [, at] = readNumber(section, kind + 1);
    if (!unused.test(name)) kept.push(section.subarray(start, at));
  }
  return Buffer.concat([numberBytes(kept.length), ...kept]);
}

writeFileSync(output, sections(readFileSync(input), { [EXPORTS]: used }));
