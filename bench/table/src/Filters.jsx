// Search, filter chips with counts, and the number of tokens found.
import { useMemo } from 'react';

import { CHOICES, countChoices } from './choices.js';

export function Filters({ table, tokens }) {
  const counts = useMemo(() => countChoices(tokens), [tokens]);
  const { globalFilter, columnFilters } = table.state;
  const shown = table.getFilteredRowModel().rows.length;
  const isNarrowed = Boolean(globalFilter) || columnFilters.length > 0;
  const clear = (event) => {
    event.preventDefault();
    table.setGlobalFilter('');
    table.setColumnFilters([]);
  };
  return (
    <form className="filters" role="search" aria-label="Tokens" onSubmit={(event) => event.preventDefault()}>
      <input
        className="search"
        type="search"
        name="q"
        aria-label="Search tokens"
        placeholder="Search by name or e-mail"
        autoComplete="off"
        value={globalFilter ?? ''}
        onChange={(event) => table.setGlobalFilter(event.target.value.trimStart())}
      />
      <div className="chips">
        {CHOICES.map((choice) => (
          <Chip key={choice.label} choice={choice} column={table.getColumn(choice.column)} count={counts.get(choice.label)} />
        ))}
      </div>
      <span className="found" role="status">
        {shown === tokens.length ? `${shown} tokens` : `${shown} of ${tokens.length} tokens`}
      </span>
      {isNarrowed && (
        <a className="button button-quiet" href="?" onClick={clear}>
          Clear filters
        </a>
      )}
    </form>
  );
}

function Chip({ choice, column, count }) {
  const isOn = column.getFilterValue() === choice.value;
  const toggle = (event) => {
    event.preventDefault();
    column.setFilterValue(isOn ? undefined : choice.value);
  };
  return (
    <a
      className="chip"
      href={isOn ? '?' : `?${choice.column}=${choice.value}`}
      aria-current={isOn ? 'true' : undefined}
      onClick={toggle}
    >
      {choice.label} <span className="chip-count">{count}</span>
    </a>
  );
}
