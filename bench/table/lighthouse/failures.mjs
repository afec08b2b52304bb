// What to improve: the failed audits, highest weight first, and the longest tasks.

/** At most this many places of an audit are shown, and at most this many long tasks. */
const PLACES = 4;

/** The longest tasks of the run with the median total blocking time, in milliseconds on the simulated phone. */
export function longTasks(runs) {
  const blocked = ({ audits }) => audits['total-blocking-time'].numericValue;
  const middle = runs.toSorted((a, b) => blocked(a) - blocked(b))[runs.length >> 1];
  const items = middle.audits['long-tasks'].details?.items ?? [];
  const tasks = items.slice(0, PLACES).map(({ url, duration }) => `${duration.toFixed(0)} ms ${url.split('/').at(-1)}`);
  return tasks.length > 0 ? [`  longest tasks: ${tasks.join(', ')}`] : [];
}

/** A line for each audit that fails in any run, and a line for each place it names. */
export function failures(runs) {
  const found = new Map();
  for (const { categories, audits } of runs) {
    for (const { title, auditRefs } of Object.values(categories)) {
      for (const { id, weight } of auditRefs.filter((reference) => fails(reference, audits[reference.id]))) {
        const times = (found.get(id)?.times ?? 0) + 1;
        found.set(id, { category: title, weight, audit: audits[id], times });
      }
    }
  }
  const failed = [...found.values()].toSorted((a, b) => b.weight - a.weight);
  if (failed.length === 0) return ['  no audit fails'];
  return failed.flatMap(({ category, weight, audit, times }) => {
    const value = audit.errorMessage ?? audit.displayValue;
    const kind = weight > 0 ? 'fails' : 'advice';
    const head = `  ${kind} ${times} of ${runs.length}, ${category}: ${audit.id}: ${audit.title}${value ? ` (${value})` : ''}`;
    return [head, ...places(audit).map((place) => `    ${place}`)];
  });
}

/** Excludes metrics (they are in the table) and audits hidden in Lighthouse's own report, except insights, which give advice. */
const fails = ({ id, group }, { score, scoreDisplayMode }) => {
  const isTold = group === 'metrics' || (group === 'hidden' && !id.endsWith('-insight'));
  return !isTold && !['informative', 'notApplicable', 'manual'].includes(scoreDisplayMode) && score !== 1;
};

/** The elements, files or reasons in an audit's table. */
function places({ details }) {
  const items = Array.isArray(details?.items) ? details.items : [];
  const rows = items.flatMap((item) => (item.type === 'list-section' ? [] : (item.items ?? [item])));
  const named = rows.map(({ node, url, scriptUrl, source, sourceLocation, description, reason, groupLabel, duration }) => {
    const file = [url, scriptUrl, source?.url, sourceLocation?.url].find((text) => typeof text === 'string');
    const text = node?.selector ?? description ?? reason ?? (groupLabel && `${groupLabel}: ${duration.toFixed(0)} ms`);
    return [text, file].filter((part) => typeof part === 'string').join(' ');
  });
  return [...new Set(named)].filter(Boolean).slice(0, PLACES);
}
