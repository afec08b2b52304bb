// node tools/imports.mjs: checks the direction of imports in src/ (docs/architecture.md). Fails on an upward import, on a cycle,
// and on an exception in `KNOWN` that is no longer needed. Prints the file and line of each import.
//
// This is our own script because it needs no build (it takes a second or two) and it enforces that exceptions only become fewer.
// cargo-modules and cargo-pup analyse the crate like a compiler: each has to be built first, cargo-pup with a nightly compiler.
// Neither checks cycles between the parts of a folder, nor reports an exception that is no longer needed.
import { fileURLToPath } from 'node:url';
import { faults } from './imports/check.mjs';
import { readImports } from './imports/read.mjs';

// Layers from the top down. Each lists files and folders of src/. An entry takes precedence over a folder that contains it.
const LAYERS = [
  ['main.rs', 'lib.rs'],
  ['cli'],
  ['http'],
  ['app.rs'],
  ['pages'],
  ['components'],
  ['dom'],
  ['api'],
  ['server'],
  ['models'],
  ['error.rs', 'paths.rs'],
];

// Imports that break the rules but are tolerated: `[from, to, how to remove it]`. Never add one.
const KNOWN = [];

const imports = readImports(fileURLToPath(new URL('../src', import.meta.url)));
const found = faults(imports, LAYERS, KNOWN);
for (const fault of found) console.error(`error: ${fault}`);
if (found.length > 0) process.exit(1);
