// node --test tools/imports/imports.test.mjs: tests of the import check on small crates.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { faults } from './check.mjs';
import { readImports } from './read.mjs';

function read(files) {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return readImports(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const named = (files, from) => read(files).imports.filter((one) => one.from === from).map(({ to, line }) => `${to}:${line}`).sort();
const SERVER = { 'lib.rs': '', 'server/mod.rs': 'pub mod store;', 'server/store/mod.rs': '', 'server/store/users.rs': '', 'error.rs': '' };

test('a tree of uses, each name on its line, and paths within code', () => {
  const text = 'use crate::{\n    error::AppError,\n    server::store::{self, users::{User, find}},\n};\nfn f() { crate::models::date::utc(0) }';
  const files = { ...SERVER, 'api.rs': text, 'models/date.rs': '' };
  assert.deepEqual(named(files, 'api.rs'), ['error.rs:2', 'models/date.rs:5', 'server/store/users.rs:3']);
});

test('what is near: super, super of super, a child, another name, the crate as the binary sees it', () => {
  assert.deepEqual(named({ ...SERVER, 'server/store/a.rs': 'use super::users as people;' }, 'server/store/a.rs'), ['server/store/users.rs:1']);
  assert.deepEqual(named({ ...SERVER, 'server/store/a.rs': 'use super::super::super::error::E;' }, 'server/store/a.rs'), ['error.rs:1']);
  assert.deepEqual(named({ ...SERVER, 'server/mod.rs': 'fn f() {\n store::users::find() }' }, 'server/mod.rs'), ['server/store/users.rs:2']);
  assert.deepEqual(named({ ...SERVER, 'api.rs': 'use crate::server::store as db;\nfn f() { db::users::find() }' }, 'api.rs'), ['server/store/users.rs:2']);
  assert.deepEqual(named({ ...SERVER, 'main.rs': 'fn main() { registry_tokens::server::run() }' }, 'main.rs'), ['server/mod.rs:1']);
});

test('what a folder exports again is of the file that has it', () => {
  const files = { ...SERVER, 'server/store/mod.rs': 'pub use users::User;', 'api.rs': 'use crate::server::store::User;' };
  assert.deepEqual(named(files, 'api.rs'), ['server/store/users.rs:1']);
});

test('no import: comments, strings, tests, other crates', () => {
  const text = `//! [\`crate::error::E\`]\nuse axum::extract::error::E;\nconst A: &str = "crate::error::E"; /* crate::error */
#[cfg(all(test, feature = "ssr"))]\nmod tests {\n use crate::error::E;\n}\n#[cfg(test)]\nfn t() { crate::error::f() }`;
  assert.deepEqual(named({ ...SERVER, 'api.rs': text, 'tests/a.rs': 'use crate::error::E;' }, 'api.rs'), []);
});

const LAYERS = [['app.rs'], ['server/routes'], ['server'], ['error.rs']];
const CRATE = { 'app.rs': '', 'error.rs': '', 'server/routes/a.rs': 'use crate::server::b::B;', 'server/b.rs': '', 'server/c/d.rs': '' };
const faultsOf = (files, known = []) => faults(read({ ...CRATE, ...files }), LAYERS, known);

test('downwards is right, upwards is told with its place', () => {
  assert.deepEqual(faultsOf({ 'app.rs': 'use crate::{error::E, server::b::B};' }), []);
  assert.deepEqual(faultsOf({ 'error.rs': '\nuse crate::server::b::B;' }), ['upward import: src/error.rs:2 imports src/server/b.rs']);
  assert.deepEqual(faultsOf({ 'server/b.rs': 'use super::routes::a;' }), ['upward import: src/server/b.rs:1 imports src/server/routes/a.rs']);
});

test('a cycle of three files is told once, with its path', () => {
  const [fault, ...more] = faultsOf({
    'server/b.rs': 'use super::e::E;',
    'server/e.rs': 'use super::f::F;',
    'server/f.rs': '\n\nuse super::b::B;',
  });
  assert.deepEqual(more, []);
  assert.match(fault, /^cycle: server\/b\.rs → server\/e\.rs → server\/f\.rs → server\/b\.rs\n/);
  assert.match(fault, /src\/server\/f\.rs:3 imports src\/server\/b\.rs/);
});

test('a cycle of folders is one where no files are', () => {
  const files = { 'server/c/d.rs': 'use crate::server::g::h;', 'server/c/k.rs': '', 'server/g/h.rs': '', 'server/g/i.rs': 'use super::super::c::k::K;' };
  assert.match(faultsOf(files).join(), /^cycle: server\/c → server\/g → server\/c\n/);
});

test('a known import is let through as long as it is there and against the rules', () => {
  const known = [['error.rs', 'server/b.rs']];
  assert.deepEqual(faultsOf({ 'error.rs': 'use crate::server::b::B;' }, known), []);
  assert.match(faultsOf({}, known).join(), /no longer an exception.*error\.rs imports src\/server\/b\.rs$/);
  assert.match(faultsOf({ 'app.rs': 'use crate::error::E;' }, [['app.rs', 'error.rs']]).join(), /no longer an exception/);
});

test('files and layers must fit each other', () => {
  assert.deepEqual(faultsOf({ 'new.rs': '' }), ['src/new.rs is in no layer']);
  assert.deepEqual(faults(read(CRATE), [...LAYERS, ['gone']], []), ['the layer src/gone is not there']);
});
