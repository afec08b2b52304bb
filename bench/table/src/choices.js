// The filter chips: each is a value of one column and can test whether a token matches.
export const CHOICES = [
  ['status', 'active', 'Active'],
  ['status', 'expiring-soon', 'Expiring soon'],
  ['status', 'expired', 'Expired'],
  ['status', 'disabled', 'Disabled'],
  ['kind', 'User', 'User'],
  ['kind', 'Service', 'Service'],
  ['toAdd', true, 'Products to add'],
  ['ownerInactive', true, 'Owner inactive'],
  ['unused', true, 'Unused for 30 days'],
].map(([column, value, label]) => ({ column, value, label }));

/** Counts the matching tokens of each chip, in one pass. */
export function countChoices(tokens) {
  const counts = new Map(CHOICES.map((choice) => [choice.label, 0]));
  const add = (label) => counts.set(label, counts.get(label) + 1);
  const statuses = Object.fromEntries(
    CHOICES.filter((choice) => choice.column === 'status').map((choice) => [choice.value, choice.label]),
  );
  for (const token of tokens) {
    add(statuses[token.status]);
    add(token.kind);
    if (token.products_to_add.length > 0) add('Products to add');
    if (token.is_owner_inactive) add('Owner inactive');
    if (token.is_unused) add('Unused for 30 days');
  }
  return counts;
}
