// The rules: a layer imports only from itself and from layers below it, and there are no cycles, neither between files nor between
// the parts of a folder (its files, and each of its folders as a whole).

/** The index of a file's layer; 0 is the highest. The longest matching name wins; -1 if none matches. */
function layerOf(file, layers) {
  let best = { index: -1, length: 0 };
  layers.forEach((names, index) => {
    for (const name of names) {
      const fits = file === name || file.startsWith(`${name}/`);
      if (fits && name.length > best.length) best = { index, length: name.length };
    }
  });
  return best.index;
}

/** The two parts of a common folder that an import connects. `undefined` in the top folder, where the layer rule applies. */
function parts({ from, to }) {
  const [one, other] = [from.split('/'), to.split('/')];
  let depth = 0;
  while (one[depth] === other[depth]) depth++;
  return depth === 0 ? undefined : { from: one.slice(0, depth + 1).join('/'), to: other.slice(0, depth + 1).join('/') };
}

const fileEdges = (imports) => imports.map((one) => ({ from: one.from, to: one.to, import: one }));
const partEdges = (imports) => imports.filter(parts).map((one) => ({ ...parts(one), import: one }));

/** The shortest path of edges from one node to another, or undefined. */
function shortestPath(start, goal, edges) {
  const paths = new Map([[start, []]]);
  for (const [node, path] of paths) {
    for (const edge of edges.filter(({ from }) => from === node)) {
      if (edge.to === goal) return [...path, edge];
      if (!paths.has(edge.to)) paths.set(edge.to, [...path, edge]);
    }
  }
  return undefined;
}

/** The shortest cycle through an import, as edges that start with it: between files, else between parts of a folder. */
function cycle(one, imports) {
  for (const edges of [fileEdges, partEdges]) {
    const [first] = edges([one]);
    const back = first && shortestPath(first.to, first.from, edges(imports));
    if (back) return [first, ...back];
  }
  return undefined;
}

/** Cycles that share no edge, shortest first. */
function cycles(imports) {
  const all = imports.map((one) => cycle(one, imports)).filter(Boolean);
  const seen = new Set();
  return all.sort((one, other) => one.length - other.length).filter((edges) => {
    const names = edges.map(({ from, to }) => `${from} ${to}`);
    const isNew = !names.some((name) => seen.has(name));
    if (isNew) names.forEach((name) => seen.add(name));
    return isNew;
  });
}

const say = ({ from, to, line }) => `src/${from}:${line} imports src/${to}`;
const sayCycle = (edges) =>
  [`cycle: ${[edges[0].from, ...edges.map(({ to }) => to)].join(' → ')}`, ...edges.map((edge) => `    ${say(edge.import)}`)].join('\n');

/**
 * Returns a message for each broken rule. `layers` are lists of files and folders, highest first. `known` are tolerated imports
 * `[from, to, …]` that break the rules. Each of them must still exist and still break a rule.
 */
export function faults({ files, imports }, layers, known) {
  const isUpward = (one) => layerOf(one.to, layers) < layerOf(one.from, layers);
  const isKnown = (one) => known.some(([from, to]) => one.from === from && one.to === to);
  const others = imports.filter((one) => !isKnown(one));
  const unused = layers.flat().filter((name) => !files.some((file) => file === name || file.startsWith(`${name}/`)));
  const stale = known.filter(([from, to]) => {
    const one = imports.find((other) => other.from === from && other.to === to);
    return !one || !(isUpward(one) || cycle(one, others));
  });
  return [
    ...files.filter((file) => layerOf(file, layers) < 0).map((file) => `src/${file} is in no layer`),
    ...unused.map((name) => `the layer src/${name} is not there`),
    ...others.filter(isUpward).map((one) => `upward import: ${say(one)}`),
    ...cycles(others.filter((one) => !isUpward(one))).map(sayCycle),
    ...stale.map(([from, to]) => `no longer an exception, remove it from the list: src/${from} imports src/${to}`),
  ];
}
