// Prints the medians with their limits, and the failed audits.
import { align, median } from '../measure/report.mjs';
import { failures, longTasks } from './failures.mjs';

const score = (id) => ({ simulated }) => simulated.map(({ categories }) => Math.round(categories[id].score * 100));
const metric = (id) => ({ simulated }) => simulated.map(({ audits }) => audits[id].numericValue);
/** The time of a mark; Infinity if the row is not in the viewport when the page has loaded. */
const mark = ({ audits }, name) => audits['user-timings'].details?.items.find((item) => item.name === name)?.startTime ?? Infinity;

/** Lighthouse's simulated first contentful paint if the row is part of it; Infinity for a later row, which has no such value. */
const rowSimulated = ({ simulated }) =>
  simulated.map((run) => {
    const [{ observedFirstContentfulPaint: painted }] = run.audits.metrics.details.items;
    return mark(run, 'first row: frame') <= painted ? run.audits['first-contentful-paint'].numericValue : Infinity;
  });
/** The row cannot be visible before the first contentful paint. */
const rowThrottled = ({ throttled }) =>
  throttled.map((run) => Math.max(mark(run, 'first row: seen'), run.audits['first-contentful-paint'].numericValue));

const atLeast = (bar) => ({ text: `at least ${bar}`, isMet: (value) => value >= bar });
const atMost = (bar, unit = '') => ({ text: `at most ${bar}${unit}`, isMet: (value) => value <= bar });
const MS = { unit: ' ms' };

const LINES = [
  { name: 'performance', of: score('performance'), bar: atLeast(100) },
  { name: 'accessibility', of: score('accessibility'), bar: atLeast(100) },
  { name: 'best practices', of: score('best-practices'), bar: atLeast(100) },
  { name: 'first contentful paint', of: metric('first-contentful-paint'), ...MS },
  { name: 'largest contentful paint', of: metric('largest-contentful-paint'), ...MS, bar: atMost(1200, ' ms') },
  { name: 'speed index', of: metric('speed-index'), ...MS },
  { name: 'total blocking time', of: metric('total-blocking-time'), ...MS, bar: atMost(30, ' ms') },
  { name: 'cumulative layout shift', of: metric('cumulative-layout-shift'), digits: 3, bar: atMost(0) },
  { name: 'first row visible, simulated', of: rowSimulated, ...MS, else: 'later', bar: atMost(1200, ' ms') },
  { name: 'first row visible, throttled', of: rowThrottled, ...MS, else: 'never', bar: atMost(1200, ' ms') },
];

export function report(results, version) {
  const { simulated } = results;
  const lines = LINES.map(({ name, of, digits = 0, unit = '', else: otherwise, bar }) => {
    const values = of(results);
    const shown = (value) => (Number.isFinite(value) ? `${value.toFixed(digits)}${unit}` : otherwise);
    const middle = median(values);
    const verdict = bar ? `${bar.text}: ${bar.isMet(middle) ? 'met' : 'MISSED'}` : '';
    return [name, shown(middle), shown(Math.min(...values)), shown(Math.max(...values)), verdict];
  });
  console.log(align([[`Lighthouse ${simulated[0].lighthouseVersion}, mobile`, 'median', 'least', 'most', 'bar'], ...lines]));
  for (const line of [...longTasks(simulated), ...failures(simulated)]) console.log(line);
  const power = median(simulated.map(({ environment }) => environment.benchmarkIndex));
  console.log(`  ${version}; ${simulated.length} runs of each kind; this machine's benchmark index: ${power} (below 1000 Lighthouse`
    + ' holds it too slow, or too busy, to stand for 4 times a phone)');
}
