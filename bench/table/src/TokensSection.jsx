// The list with its filters. Holds the table's state, which is also in the URL.
import { useCallback, useEffect, useState } from 'react';
import { useTable } from '@tanstack/react-table';

import { columns, hidden } from './columns.jsx';
import { OpenDialog } from './dialog.js';
import { features } from './features.js';
import { Filters } from './Filters.jsx';
import { TokenTable } from './TokenTable.jsx';

const byId = (token) => token.id;
const isSearched = (column) => column.columnDef.enableGlobalFilter === true;

export function TokensSection({ tokens, isComplete }) {
  const [sorting, setSorting] = useState([]);
  const [dialog, setDialog] = useState(null);
  // The server sends the list newest first, so that order needs no sorting.
  const changeSorting = useCallback((change) => {
    setSorting((before) => {
      const after = typeof change === 'function' ? change(before) : change;
      return after.length === 1 && after[0].id === 'createdOn' && after[0].desc ? [] : after;
    });
  }, []);
  const table = useTable({
    features,
    columns,
    data: tokens,
    getRowId: byId,
    state: { sorting },
    onSortingChange: changeSorting,
    initialState: { globalFilter: '', columnVisibility: hidden },
    globalFilterFn: 'includesString',
    getColumnCanGlobalFilter: isSearched,
    enableSortingRemoval: false,
    enableMultiSort: false,
    enableRowRangeSelection: false,
    sortDescFirst: false,
  });

  const query = toQuery(table.state);
  useEffect(() => {
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  }, [query]);

  return (
    <section className="tokens" aria-labelledby="tokens-title" data-complete={isComplete ? 'true' : undefined}>
      <div className="tokens-head">
        <h2 id="tokens-title">Registry Tokens</h2>
      </div>
      <p role="status">{dialog}</p>
      <Filters table={table} tokens={tokens} />
      <OpenDialog value={setDialog}>
        <TokenTable table={table} />
      </OpenDialog>
    </section>
  );
}

function toQuery({ globalFilter, columnFilters, sorting }) {
  const pairs = columnFilters.map(({ id, value }) => [id, String(value)]);
  if (globalFilter) pairs.push(['q', globalFilter]);
  for (const { id, desc } of sorting) pairs.push(['sort', desc ? `-${id}` : id]);
  return new URLSearchParams(pairs).toString();
}
