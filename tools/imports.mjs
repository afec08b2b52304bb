// node tools/imports.mjs: the direction of imports in src/ (docs/architecture.md). Fails on an upward import with its place, on a
// cycle with all of its imports, and on a known exception that is one no more.
//
// A script of our own, because it needs no build (a second or two) and its exceptions can only become fewer. cargo-modules and
// cargo-pup analyse the crate as a compiler does: each has to be built first, cargo-pup with a nightly compiler, and neither knows
// the parts of a folder or an exception that has to go once it is not needed.
import { fileURLToPath } from 'node:url';
import { faults } from './imports/check.mjs';
import { readImports } from './imports/read.mjs';

// From the top down. A layer is files and folders of src/; what is named here is not a part of the folder around it.
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

// Imports against the rules: from, to, and how to remove it. Never add one.
const KNOWN = [];

const imports = readImports(fileURLToPath(new URL('../src', import.meta.url)));
const found = faults(imports, LAYERS, KNOWN);
for (const fault of found) console.error(`error: ${fault}`);
if (found.length > 0) process.exit(1);
