// The columns: what each shows, and how it is sorted and filtered. Created once, so that the table's memoized values stay valid.
import { createColumnHelper } from '@tanstack/react-table';

import { Actions, Products, Status, SubscriptionEnd, TokenName } from './cells.jsx';
import { lastUsed, utc } from './moment.js';

const helper = createColumnHelper();

/** The order of the statuses, worst first. */
const STATUSES = ['disabled', 'expired', 'expiring-soon', 'active'];

// Only some columns are searched, such as the name. `basic` compares values directly and is the cheapest sort function.
const searched = { sortFn: 'text', enableGlobalFilter: true };
const ordered = { sortFn: 'basic', enableGlobalFilter: false };

/** Hidden columns that the other chips filter by. */
const TRUTHS = {
  toAdd: (token) => token.products_to_add.length > 0,
  ownerInactive: (token) => token.is_owner_inactive,
  unused: (token) => token.is_unused,
};

/** Hidden columns that are also searched. */
const TEXTS = {
  forEmail: (token) => token.created_for.email,
  byEmail: (token) => token.created_by.email,
  reason: (token) => token.status_reason ?? '',
};
export const hidden = Object.fromEntries(Object.keys({ ...TRUTHS, ...TEXTS }).map((id) => [id, false]));

export const columns = helper.columns([
  helper.display({
    id: 'select',
    header: ({ table }) => (
      <input
        type="checkbox"
        aria-label="Select all"
        checked={table.getIsAllRowsSelected()}
        onChange={table.getToggleAllRowsSelectedHandler()}
      />
    ),
    cell: ({ row }) => (
      <input
        id={`select-${row.id}`}
        type="checkbox"
        aria-label={`Select ${row.original.name}`}
        checked={row.getIsSelected()}
        onChange={row.getToggleSelectedHandler()}
      />
    ),
    meta: { className: 'col-select' },
  }),
  helper.accessor('name', {
    header: 'Token Name',
    cell: ({ row }) => <TokenName name={row.original.name} />,
    meta: { isRowHeader: true, className: 'col-name' },
    ...searched,
  }),
  helper.accessor('kind', {
    header: 'Token Type',
    cell: ({ row }) => <span className="badge badge-plain">{row.original.kind}</span>,
    meta: { className: 'col-type' },
    filterFn: 'equals',
    ...ordered,
    sortFn: (a, b) => (a.original.kind === 'User' ? 0 : 1) - (b.original.kind === 'User' ? 0 : 1),
  }),
  helper.accessor((token) => token.created_for.name, {
    id: 'createdFor',
    header: 'Created For',
    meta: { className: 'col-for', title: (token) => token.created_for.email },
    ...searched,
  }),
  helper.accessor((token) => token.created_by.name, {
    id: 'createdBy',
    header: 'Created By',
    meta: { className: 'col-by', title: (token) => token.created_by.email },
    ...searched,
  }),
  helper.accessor((token) => token.subscription_end ?? '', {
    id: 'end',
    header: 'Subscription End Date',
    cell: ({ row }) => <SubscriptionEnd token={row.original} />,
    meta: { className: 'col-end date' },
    ...ordered,
  }),
  helper.accessor((token) => token.products.map((product) => product.key).join(' '), {
    id: 'products',
    header: 'Products',
    cell: ({ row }) => <Products products={row.original.products} />,
    meta: { className: 'col-products' },
    ...ordered,
  }),
  helper.accessor('created_at', {
    id: 'createdOn',
    header: 'Created On',
    cell: ({ row }) => row.original.created_on,
    meta: { className: 'col-created date' },
    sortDescFirst: true,
    ...ordered,
  }),
  helper.accessor((token) => token.last_used_at ?? 0, {
    id: 'lastUsed',
    header: 'Last Used',
    cell: ({ row }) => lastUsed(row.original.last_used_at),
    meta: { className: 'col-used date', title: (token) => utc(token.last_used_at) },
    sortDescFirst: true,
    ...ordered,
  }),
  helper.accessor('status', {
    header: 'Token Status',
    cell: ({ row }) => <Status token={row.original} />,
    meta: { className: 'col-status' },
    filterFn: 'equals',
    ...ordered,
    sortFn: (a, b) => STATUSES.indexOf(a.original.status) - STATUSES.indexOf(b.original.status),
  }),
  helper.display({
    id: 'actions',
    header: 'Actions',
    cell: ({ row }) => <Actions token={row.original} />,
    meta: { className: 'col-actions' },
  }),
  ...Object.keys(TRUTHS).map((id) =>
    helper.accessor(TRUTHS[id], { id, filterFn: 'equals', ...ordered }),
  ),
  ...Object.keys(TEXTS).map((id) => helper.accessor(TEXTS[id], { id, ...searched })),
]);
