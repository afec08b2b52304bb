// Prints the numbers of both pages with their limits.

/** By the number of tokens: the minimum ratio and, for 10,000 tokens, the maximum time until the frame in milliseconds. */
const FRAME = 33;
const BARS = {
  10000: {
    create: { ratio: 6, frame: FRAME }, search: { ratio: 1.3, frame: FRAME }, chip: { ratio: 1.2, frame: FRAME }, sort: { ratio: 1.4, frame: FRAME },
  },
  100000: { create: { ratio: 8 }, search: { ratio: 4 }, chip: { ratio: 4 }, sort: { ratio: 4 } },
};
const NAMES = { create: 'create', search: 'search keystroke', chip: 'filter click', sort: 'sort click' };

export function report(count, rows, taken, version) {
  const lines = [
    [`${count.toLocaleString('en')} tokens`, 'ours', '', 'React', '', 'React / ours', '', 'bar'],
    ['median ms', 'work', 'frame', 'work', 'frame', 'work', 'frame', ''],
  ];
  for (const [kind, name] of Object.entries(NAMES)) {
    const of = (page, what) => median(taken[kind][page].map((time) => time[what]));
    const [ours, react] = ['ours', 'react'].map((page) => ({ work: of(page, 'work'), frame: of(page, 'frame') }));
    const ratio = (what) => `${(react[what] / ours[what]).toFixed(1)}x`;
    const times = [ours.work, ours.frame, react.work, react.frame].map((time) => time.toFixed(1));
    lines.push([name, ...times, ratio('work'), ratio('frame'), verdict(BARS[count]?.[kind], ours, react)]);
  }
  console.log(align(lines));
  const runs = Object.keys(NAMES).map((kind) => taken[kind].ours.length);
  const megabytes = (page) => `${(taken.create[page].at(-1).bytes / 1e6).toFixed(1)} MB`;
  console.log(`  Chromium ${version}; ${runs.join(', ')} runs of each page, in turn; the list: ours ${megabytes('ours')}, `
    + `React ${megabytes('react')}; rows in the document: ours ${rows.ours}, React ${rows.react}`);
}

function verdict(bar, ours, react) {
  if (!bar) return '';
  const isMet = react.frame / ours.frame >= bar.ratio && ours.frame <= (bar.frame ?? Infinity);
  const text = `frame at least ${bar.ratio}x${bar.frame ? `, at most ${bar.frame} ms` : ''}`;
  return `${text}: ${isMet ? 'met' : 'MISSED'}`;
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Formats lines as columns of text. All columns except the first and the last are right-aligned. */
export function align(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const last = widths.length - 1;
  const cell = (text, column) => (column === 0 || column === last ? text.padEnd(widths[column]) : text.padStart(widths[column]));
  return lines.map((line) => line.map(cell).join('  ').trimEnd()).join('\n');
}
