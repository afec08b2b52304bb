// One token. The table reuses a token's row object when it filters and sorts, so a row that stays is not rendered again.
import { memo } from 'react';
import { FlexRender } from '@tanstack/react-table';

export const TokenRow = memo(function TokenRow({ row, isSelected }) {
  return (
    <tr data-row={row.id} aria-selected={isSelected}>
      {row.getVisibleCells().map((cell) => {
        const { columnDef } = cell.column;
        const { isRowHeader, className, title } = columnDef.meta ?? {};
        if (isRowHeader) {
          return (
            <th key={cell.id} scope="row" className={className}>
              <FlexRender cell={cell} />
            </th>
          );
        }
        return (
          <td key={cell.id} data-label={typeof columnDef.header === 'string' ? columnDef.header : undefined} className={className} title={title?.(row.original)}>
            <FlexRender cell={cell} />
          </td>
        );
      })}
    </tr>
  );
});
