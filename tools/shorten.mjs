// node tools/shorten.mjs WASM GLUE: gives what the WebAssembly file imports and exports short names, in it and in the
// glue code. wasm-bindgen's names end in a hash each, which no compression makes smaller.
import { readFileSync, writeFileSync } from 'node:fs';

import { EXPORTS, IMPORTS, numberBytes, readNumber, sections, textAt } from './wasm.mjs';

const [wasmFile, glueFile] = process.argv.slice(2);
/** Every name so far, with its short one. */
const short = new Map();

/** The section with the name that stands at each of these places made short. */
function shortened(section, places) {
  const parts = [];
  let done = 0;
  for (const place of places) {
    const [name, end] = textAt(section, place);
    if (!/^(__wbg_|__wbindgen_cast|wasm_bindgen)/.test(name)) continue;
    if (!short.has(name)) short.set(name, `_${short.size.toString(36)}`);
    const bytes = Buffer.from(short.get(name));
    parts.push(section.subarray(done, place), numberBytes(bytes.length), bytes);
    done = end;
  }
  return Buffer.concat([...parts, section.subarray(done)]);
}

/** Where the names of the imported functions stand. wasm-bindgen imports nothing else. */
function importedNames(section) {
  const places = [];
  let [count, at] = readNumber(section, 0);
  for (; count > 0; count -= 1) {
    const [, name] = textAt(section, at);
    places.push(name);
    const [, kind] = textAt(section, name);
    if (section[kind] !== 0) throw new Error('an import that is no function');
    [, at] = readNumber(section, kind + 1);
  }
  return places;
}

function exportedNames(section) {
  const places = [];
  let [count, at] = readNumber(section, 0);
  for (; count > 0; count -= 1) {
    places.push(at);
    const [, kind] = textAt(section, at);
    [, at] = readNumber(section, kind + 1);
  }
  return places;
}

writeFileSync(wasmFile, sections(readFileSync(wasmFile), {
  [IMPORTS]: (section) => shortened(section, importedNames(section)),
  [EXPORTS]: (section) => shortened(section, exportedNames(section)),
}));
const glue = readFileSync(glueFile, 'utf8').replace(/\b(?:__wbg_|__wbindgen_cast|wasm_bindgen)\w+/g, (name) => short.get(name) ?? name);
writeFileSync(glueFile, glue);
