// Two pages that show different things are not compared.

/** Rows that both show; how many more there are depends on the height of what stands above. */
const COMPARED = 10;

/** The same list: as many tokens, the same first ones, the same number behind each chip of the React page. */
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

/** The same after a step. */
export const checkStep = (step, ours, react) => compare(`after ${step.kind} ${step.to}`, JSON.parse(ours), JSON.parse(react));

function compare(when, ours, react) {
  const shown = (seen) => JSON.stringify({ ...seen, tokens: seen.tokens.slice(0, COMPARED) });
  if (shown(ours) !== shown(react)) throw new Error(`the pages differ ${when}:\n  ours  ${shown(ours)}\n  React ${shown(react)}`);
}
