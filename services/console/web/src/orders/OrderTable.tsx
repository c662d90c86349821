import { useTable } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { amounts, columns, features } from './columns';
import type { OrderRow } from './finding';
import type { SeenColumns } from './seen-columns';

interface OrderTableProps {
  readonly orders: readonly OrderRow[];
  readonly seen: SeenColumns;
  readonly label: string;
}

const classOf = (id: string): string | undefined => (amounts.has(id) ? 'amount' : undefined);

/** Orders in rows; each row’s number leads to the order. */
export const OrderTable = ({ orders, seen, label }: OrderTableProps): ReactNode => {
  const table = useTable({ features, columns, data: orders, state: { columnVisibility: seen }, getRowId: ({ orderId }) => orderId });
  return (
    // Wide tables scroll by themselves, also by the keyboard.
    <div className="card table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="rows">
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col" className={classOf(header.column.id)}>
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} className={classOf(cell.column.id)}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
