// node tools/shorten.mjs WASM GLUE: gives what the WebAssembly file imports and exports short names, in it and in the
// glue code. wasm-bindgen's names end in a hash each, which no compression makes smaller.
import { readFileSync, writeFileSync } from 'node:fs';

const [wasmFile, glueFile] = process.argv.slice(2);
const wasm = readFileSync(wasmFile);
const [IMPORTS, EXPORTS] = [2, 7];
/** Every name so far, with its short one. */
const short = new Map();

/** A number as WebAssembly has it: seven bits a byte, the low ones first. */
function readNumber(bytes, at) {
  let [number, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    number |= (byte & 127) << shift;
    if (byte < 128) return [number, at];
    shift += 7;
  }
}

function numberBytes(number) {
  const bytes = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return Buffer.from([...bytes, number]);
}

/** Where the text ends that begins there, with its length in front. */
function endOfText(bytes, at) {
  const [length, start] = readNumber(bytes, at);
  return start + length;
}

/** The section with the name that follows each of these places made short. */
function shortened(section, places) {
  const parts = [];
  let done = 0;
  for (const place of places) {
    const [length, start] = readNumber(section, place);
    const name = section.toString('utf8', start, start + length);
    if (!/^(__wbg_|__wbindgen_cast|wasm_bindgen)/.test(name)) continue;
    if (!short.has(name)) short.set(name, `_${short.size.toString(36)}`);
    const bytes = Buffer.from(short.get(name));
    parts.push(section.subarray(done, place), numberBytes(bytes.length), bytes);
    done = start + length;
  }
  return Buffer.concat([...parts, section.subarray(done)]);
}

/** Where the names of the imported functions stand. wasm-bindgen imports nothing else. */
function importedNames(section) {
  const places = [];
  let [count, at] = readNumber(section, 0);
  for (; count > 0; count -= 1) {
    const name = endOfText(section, at);
    places.push(name);
    const kind = endOfText(section, name);
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
    [, at] = readNumber(section, endOfText(section, at) + 1);
  }
  return places;
}

const HEADER = 8;
const output = [wasm.subarray(0, HEADER)];
for (let at = HEADER; at < wasm.length;) {
  const id = wasm[at];
  const [size, start] = readNumber(wasm, at + 1);
  at = start + size;
  let section = wasm.subarray(start, at);
  if (id === IMPORTS) section = shortened(section, importedNames(section));
  if (id === EXPORTS) section = shortened(section, exportedNames(section));
  output.push(Buffer.from([id]), numberBytes(section.length), section);
}
writeFileSync(wasmFile, Buffer.concat(output));
const glue = readFileSync(glueFile, 'utf8').replace(/\b(?:__wbg_|__wbindgen_cast|wasm_bindgen)\w+/g, (name) => short.get(name) ?? name);
writeFileSync(glueFile, glue);
