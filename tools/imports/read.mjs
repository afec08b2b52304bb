// Reads the imports of a Rust source folder: one for each pair of files where one names an item of the other. It understands
// `use` trees, `crate::`, `super::`, `self::`, paths in code, and re-exports. It skips tests. It does not see a method call on a
// type of another file.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOTS = ['crate', 'self', 'super', 'registry_tokens'];
const USE = /\b(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/g;
const PATH = /(?<![\w:])[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)+/g;
const NOT_CODE = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|r(#+)"[\s\S]*?"\1|"(?:\\[\s\S]|[^"\\])*"|'(?:\\.[^']*|[^'\\])'/g;

const blank = (text) => text.replace(/[^\n]/g, ' ');
const segments = (path) => path.split('::').map((segment) => segment.trim()).filter(Boolean);
const lineAt = (text, index) => text.slice(0, index).split('\n').length;

/** The text of a file with comments, strings and tests blanked out; line numbers do not change. */
function code(file) {
  let text = readFileSync(file, 'utf8').replace(NOT_CODE, blank);
  for (let test; (test = /#\[cfg\((?:all\()?test\b[^\]]*\]/.exec(text)); ) {
    let end = test.index + test[0].length;
    for (let depth = 0; end < text.length; end++) {
      if ('{(['.includes(text[end])) depth++;
      if ('})]'.includes(text[end]) && --depth === 0 && text[end] === '}') break;
      if (text[end] === ';' && depth === 0) break;
    }
    text = text.slice(0, test.index) + blank(text.slice(test.index, end + 1)) + text.slice(end + 1);
  }
  return text;
}

/** Each path in a `use` tree, with its local name in the file (its alias, if any). */
function* leaves(tree, before = []) {
  const brace = tree.indexOf('{');
  if (brace < 0) {
    const [path, alias] = tree.trim().split(/\s+as\s+/);
    const all = [...before, ...segments(path)];
    if (all.length > 1 && all.at(-1) === 'self') all.pop();
    yield { path: all, name: alias ?? all.at(-1) };
    return;
  }
  const head = [...before, ...segments(tree.slice(0, brace))];
  let depth = 0;
  let start = brace + 1;
  for (let at = brace; at < tree.length; at++) {
    if (tree[at] === '{') depth++;
    if (tree[at] === '}') depth--;
    if ((tree[at] === ',' && depth === 1) || depth === 0) {
      if (tree.slice(start, at).trim()) yield* leaves(tree.slice(start, at), head);
      start = at + 1;
    }
    if (depth === 0) return;
  }
}

/** The module path of a file: `server/store/mod.rs` is server::store, `lib.rs` is the root. */
function moduleOf(file) {
  const path = file.replace(/\.rs$/, '').split('/');
  if (['mod', 'lib', 'main'].includes(path.at(-1))) path.pop();
  return path;
}

class Crate {
  constructor(folder) {
    const all = readdirSync(folder, { recursive: true }).map((file) => file.replaceAll('\\', '/'));
    this.files = all.filter((file) => file.endsWith('.rs') && !/(^|\/)tests(\/|\.rs$)/.test(file)).sort();
    this.texts = new Map(this.files.map((file) => [file, code(join(folder, file))]));
    this.modules = new Map(this.files.filter((file) => file !== 'main.rs').map((file) => [moduleOf(file).join('::'), file]));
    this.names = new Map(this.files.map((file) => [file, new Map()]));
    this.exports = new Map(this.files.map((file) => [file, new Map()]));
  }

  /** The path from the crate root, or `undefined` for a path of another crate. */
  absolute(file, [first, ...rest]) {
    const own = moduleOf(file);
    if (first === 'crate' || first === 'registry_tokens') return rest;
    if (first === 'self') return [...own, ...rest];
    if (first === 'super') {
      const more = rest.findIndex((segment) => segment !== 'super');
      const up = more < 0 ? rest.length : more;
      return [...own.slice(0, own.length - 1 - up), ...rest.slice(up)];
    }
    if (this.names.get(file).has(first)) return [...this.names.get(file).get(first), ...rest];
    return this.modules.has([...own, first].join('::')) ? [...own, first, ...rest] : undefined;
  }

  /** The file that defines the item of a path. `undefined` for a path to a folder's module; longer paths name its files. */
  holder(path) {
    let length = path.length;
    while (length > 0 && !this.modules.has(path.slice(0, length).join('::'))) length--;
    const file = this.modules.get(path.slice(0, length).join('::'));
    if (length === path.length) return file.endsWith('mod.rs') ? undefined : file;
    const exported = this.exports.get(file)?.get(path[length]);
    return exported ? this.holder([...exported, ...path.slice(length + 1)]) : file;
  }

  /** Yields the import of each name in a `use` tree, and records the local names and re-exports of each file. */
  *uses() {
    for (const [file, text] of this.texts) {
      for (const use of text.matchAll(USE)) {
        for (const { path, name } of leaves(use[2])) {
          const isOwn = ROOTS.includes(path[0]) || this.modules.has([...moduleOf(file), path[0]].join('::'));
          if (!isOwn) continue;
          const absolute = this.absolute(file, path);
          this.names.get(file).set(name, absolute);
          if (use[1]) this.exports.get(file).set(name, absolute);
          const last = new RegExp(`\\b${path.at(-1)}\\b`).exec(use[0])?.index ?? 0;
          yield { file, path: absolute, line: lineAt(text, use.index + last) };
        }
      }
    }
  }

  /** Yields the imports from paths in code outside `use` trees. Call it after `uses`, which records the local names. */
  *paths() {
    for (const [file, all] of this.texts) {
      const text = all.replace(USE, blank);
      for (const found of text.matchAll(PATH)) {
        const path = this.absolute(file, segments(found[0]));
        if (path) yield { file, path, line: lineAt(text, found.index) };
      }
    }
  }
}

/** The files of a source folder and the imports between them: `{from, to, line}`, each pair of files once. */
export function readImports(folder) {
  const crate = new Crate(folder);
  const named = [...crate.uses()];
  const imports = new Map();
  for (const { file: from, path, line } of [...named, ...crate.paths()]) {
    const to = crate.holder(path);
    const key = `${from} ${to}`;
    if (to && to !== from && !imports.has(key)) imports.set(key, { from, to, line });
  }
  return { files: crate.files, imports: [...imports.values()] };
}
