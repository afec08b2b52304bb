// Checks that both pages show the same; otherwise their times are not comparable.

/** Compared rows, which both pages show. How many more are visible depends on the height of the content above them. */
const COMPARED = 10;

/** Checks the lists: the same number of tokens, the same first ones, and the same count for each chip of the React page. */
export async function checkList(ours, react) {
  const [own, other] = await Promise.all([ours, react].map((subject) => subject.call('chips')));
  const counts = new Map(own);
  for (const [label, count] of other) {
    if (counts.get(label) !== count) throw new Error(`the chip ${label} counts ${counts.get(label)} here and ${count} in React`);
  }
  const [a, b] = await Promise.all([ours, react].map((subject) => subject.call('seen')));
  compare('at the start', a, b);
  return { ours: a.tokens.length, react: b.tokens.length };
}

/** Checks that both pages show the same after a step. */
export const checkStep = (step, ours, react) => compare(`after ${step.kind} ${step.to}`, JSON.parse(ours), JSON.parse(react));

function compare(when, ours, react) {
  const shown = (seen) => JSON.stringify({ ...seen, tokens: seen.tokens.slice(0, COMPARED) });
  if (shown(ours) !== shown(react)) throw new Error(`the pages differ ${when}:\n  ours  ${shown(ours)}\n  React ${shown(react)}`);
}
