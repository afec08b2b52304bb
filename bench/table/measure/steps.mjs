// What is done in both pages, in this order; at the end everything is as it was at the start.

const typed = (text) => [...text].map((_, at) => text.slice(0, at + 1)).concat('');

/** Two words typed letter by letter, the second a token's name, each taken back at once. */
const search = ['okafor', 'nightly-00'].flatMap(typed).map((to) => ({ kind: 'search', to }));

/** Chips switched on over each other, and off. */
const filter = ['Expired', 'Service', 'Expired', 'Products to add', 'Service', 'Products to add', 'Active', 'Active', 'Disabled', 'Disabled'].map(
  (to) => ({ kind: 'chip', to }),
);

/** Each column up, then down; the last click leads back to newest first. */
const sort = ['Token Name', 'Created For', 'Subscription End Date', 'Products', 'Token Status']
  .flatMap((to) => [to, to])
  .concat('Created On')
  .map((to) => ({ kind: 'sort', to }));

export const STEPS = [...search, ...filter, ...sort];
