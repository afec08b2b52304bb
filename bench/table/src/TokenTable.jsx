// The table: sortable column headers, and only the rows near the viewport.
import { useLayoutEffect, useRef, useState } from 'react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';

import { TokenRow } from './TokenRow.jsx';

/** --row-height of the style sheet in pixels. Rows are not measured: each has room for two lines. */
const ROW_HEIGHT = 44;
/** Rows rendered above and below the viewport; about as many as on our page, which renders 320 pixels. */
const OVERSCAN = 8;
const rowHeight = () => ROW_HEIGHT;

export function TokenTable({ table }) {
  const { rows } = table.getRowModel();
  const { rowSelection } = table.state;
  const [body, scrollMargin] = useTop();
  const virtualizer = useWindowVirtualizer({ count: rows.length, estimateSize: rowHeight, overscan: OVERSCAN, scrollMargin });
  const items = virtualizer.getVirtualItems();
  const above = items.length > 0 ? items[0].start - scrollMargin : 0;
  const below = items.length > 0 ? virtualizer.getTotalSize() - (items.at(-1).end - scrollMargin) : 0;
  return (
    <>
      <table className={rows.length === 0 ? 'table tokens-table is-empty' : 'table tokens-table'} aria-rowcount={rows.length}>
        <caption className="hidden">Registry tokens of this project</caption>
        <Head table={table} />
        <tbody className="spacer" style={{ height: above }} />
        <tbody className="rows" ref={body}>
          {items.map(({ index }) => (
            <TokenRow key={rows[index].id} row={rows[index]} isSelected={rowSelection[rows[index].id] === true} />
          ))}
        </tbody>
        <tbody className="spacer" style={{ height: below }} />
      </table>
      {rows.length === 0 && <p className="empty">No token matches.</p>}
    </>
  );
}

/** The distance of an element from the top of the document in pixels, measured once. */
function useTop() {
  const element = useRef(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(element.current.getBoundingClientRect().top + window.scrollY), []);
  return [element, top];
}

function Head({ table }) {
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id}>
          {group.headers.map((header) => (
            <HeadCell key={header.id} table={table} header={header} />
          ))}
        </tr>
      ))}
    </thead>
  );
}

const WORDS = { asc: 'ascending', desc: 'descending' };

function HeadCell({ table, header }) {
  const { column } = header;
  if (!column.getCanSort()) {
    return (
      <th scope="col" className={column.columnDef.meta?.className}>
        <table.FlexRender header={header} />
      </th>
    );
  }
  const isListOrder = column.id === 'createdOn' && table.state.sorting.length === 0;
  const direction = isListOrder ? 'desc' : column.getIsSorted();
  // The list's default order is descending, so the next click sorts ascending.
  const toggle = (event) => {
    event.preventDefault();
    if (isListOrder) column.toggleSorting(false);
    else column.toggleSorting(undefined, false);
  };
  return (
    <th scope="col" className={column.columnDef.meta?.className} aria-sort={direction ? WORDS[direction] : 'none'}>
      <a className="sort" href={`?sort=${column.id}`} onClick={toggle}>
        <table.FlexRender header={header} />
      </a>
    </th>
  );
}
