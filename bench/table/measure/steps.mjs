// The steps done in both pages, in this order. The last step restores the initial state.

const typed = (text) => [...text].map((_, at) => text.slice(0, at + 1)).concat('');

/** Two words, the second the start of a token's name. Each is typed letter by letter, then cleared at once. */
const search = ['okafor', 'nightly-00'].flatMap(typed).map((to) => ({ kind: 'search', to }));

/** Chips, switched on in combination and off again. */
const filter = ['Expired', 'Service', 'Expired', 'Products to add', 'Service', 'Products to add', 'Active', 'Active', 'Disabled', 'Disabled'].map(
  (to) => ({ kind: 'chip', to }),
);

/** Each column ascending, then descending. The last click restores newest first. */
const sort = ['Token Name', 'Created For', 'Subscription End Date', 'Products', 'Token Status']
  .flatMap((to) => [to, to])
  .concat('Created On')
  .map((to) => ({ kind: 'sort', to }));

export const STEPS = [...search, ...filter, ...sort];
