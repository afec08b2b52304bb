// Formats times.
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time (Unix seconds) as `2026-11-23 04:12 UTC`; `undefined` for null. */
export const utc = (at) => (at === null ? undefined : `${new Date(at * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`);

/** The time since then, in the largest unit: `3 minutes ago`. After a month, the date. */
export function lastUsed(at) {
  if (at === null) return 'Never';
  const since = Math.max(Math.floor(Date.now() / 1000) - at, 0);
  if (since < MINUTE) return 'just now';
  if (since < HOUR) return say(since / MINUTE, 'minute');
  if (since < DAY) return say(since / HOUR, 'hour');
  if (since < 31 * DAY) return say(since / DAY, 'day');
  return new Date(at * 1000).toISOString().slice(0, 10);
}

function say(count, unit) {
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}
