import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable, type RowData } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';
import type { WordId } from '../words/languages';
import { useSpeech } from '../words/words';
import type { Column, Columns } from './columns';
import type { SeenColumns } from './seen-columns';
import { SelectAll, SelectRow, type Selection } from './selection';
import './tables.css';

const features = tableFeatures({ columnVisibilityFeature });

const Heading = ({ id }: { readonly id: WordId }): ReactNode => useSpeech().say(id);

const drawn = <Row extends RowData>(columns: readonly Column<Row>[]) => {
  const column = createColumnHelper<typeof features, Row>();
  return column.columns(
    columns.map(({ id, heading, show }) =>
      column.display({ id, header: () => <Heading id={heading} />, cell: ({ row }) => show(row.original) }),
    ),
  );
};

interface RowTableProps<Row> {
  readonly columns: Columns<Row>;
  readonly rows: readonly Row[];
  readonly label: string;
  /** Absent: all of them. */
  readonly seen?: SeenColumns;
  /** Absent: rows cannot be chosen. */
  readonly selection?: Selection;
}

/** Rows that j and k go through: what bears `data-row` in a row is where Enter leads. */
export const RowTable = <Row extends RowData>({ columns, rows, label, seen = {}, selection }: RowTableProps<Row>): ReactNode => {
  const drawnColumns = useMemo(() => drawn(columns.of), [columns]);
  const table = useTable({ features, columns: drawnColumns, data: rows, state: { columnVisibility: seen }, getRowId: columns.rowId });
  const classOf = (id: string): string | undefined => (columns.of.find((column) => column.id === id)?.isAmount ? 'amount' : undefined);
  return (
    // Wide tables scroll by themselves, also by the keyboard.
    <div className="card table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="rows">
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {selection && <SelectAll selection={selection} ids={rows.map(columns.rowId)} />}
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
              {selection && <SelectRow selection={selection} id={row.id} />}
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
