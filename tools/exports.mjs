// node tools/exports.mjs WASM: prints, for wasm-metadce, what the page needs of a WebAssembly file. A dependency exports
// streams, which nothing here uses and which no linker may take out.
import { readFileSync } from 'node:fs';

const unused = /^(__wbg_)?intounderlying|^_WASM_SPLIT_MARKER/;
const names = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(process.argv[2]))).map(({ name }) => name);
console.log(JSON.stringify(names.filter((name) => !unused.test(name)).map((name) => ({ name, root: true, export: name }))));
