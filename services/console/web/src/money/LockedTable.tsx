import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { Part } from '../frame/Part';
import { Money } from '../marks/Mark';
import { Empty, Shown } from '../states/states';
import type { Column, Columns } from '../tables/columns';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import { lockedRows, stages, type LockedRow } from './ageing';

const Count = ({ count }: { readonly count: number }): ReactNode => <span className="number">{useSpeech().count(count)}</span>;
const Weeks = ({ weeks }: Pick<LockedRow, 'weeks'>): ReactNode => useSpeech().say('money.weeks', { weeks });

const stageColumns = stages.map((stage): Column<LockedRow> => ({
  id: stage,
  heading: `money.stage.${stage}`,
  show: ({ byStage: { [stage]: amount }, currency }) => amount !== undefined && <Money amount={amount} currency={currency} />,
  isAmount: true,
}));

const columns: Columns<LockedRow> = {
  list: 'cash-locked',
  rowId: ({ id }) => id,
  of: [
    { id: 'channel', heading: 'column.channel', show: ({ channel }) => <bdi>{channel}</bdi> },
    ...stageColumns,
    {
      id: 'total',
      heading: 'money.column.all',
      show: ({ total, currency }) => <Money amount={total} currency={currency} />,
      isAmount: true,
    },
    { id: 'orders', heading: 'nav.orders', show: ({ orders }) => <Count count={orders} />, isAmount: true },
    { id: 'weeks', heading: 'money.column.longest', show: (row) => <Weeks {...row} /> },
  ],
};

const Rows = ({ items }: Schemas['CashLocked']): ReactNode => {
  const { say } = useSpeech();
  const rows = useMemo(() => lockedRows(items), [items]);
  return rows.length === 0 ? (
    <div className="card">
      <Empty title={say('money.locked.none')} />
    </div>
  ) : (
    <RowTable columns={columns} rows={rows} label={say('money.locked')} />
  );
};

/** Money between shipment and settlement, by stage and channel. Each currency by itself. */
export const LockedTable = ({ locked }: { readonly locked: UseQueryResult<Schemas['CashLocked']> }): ReactNode => (
  <Part title={useSpeech().say('money.locked')}>
    <Shown of={locked} rows={3}>
      {(found) => <Rows {...found} />}
    </Shown>
  </Part>
);
