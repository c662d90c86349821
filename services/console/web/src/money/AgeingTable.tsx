import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { Part } from '../frame/Part';
import { Money, Time } from '../marks/Mark';
import { Empty, Shown } from '../states/states';
import type { Column, Columns } from '../tables/columns';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import { ageingRows, ages, partsOf, type AgeingRow } from './ageing';
import { Name } from './MoneyPage';

/** How much of it is how old, at a glance: the older, the redder. The figures beside it say the same. */
const AgeBar = ({ row: { byAge } }: { readonly row: AgeingRow }): ReactNode => (
  <svg className="ages" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    {partsOf(ages.map((age) => byAge[age] ?? 0)).map(([start, width], at) => (
      <rect key={ages[at]} className={`age-${at}`} x={start} y={0} width={width} height={10} />
    ))}
  </svg>
);

const Amount = ({ amount, currency }: { readonly amount: number | undefined; readonly currency: string }): ReactNode =>
  amount === undefined || amount === 0 ? null : <Money amount={amount} currency={currency} />;

const ageColumns = ages.map((age): Column<AgeingRow> => ({
  id: age,
  heading: `money.age.${age}`,
  show: ({ byAge, currency }) => <Amount amount={byAge[age]} currency={currency} />,
  isAmount: true,
}));

const columns: Columns<AgeingRow> = {
  list: 'ageing',
  rowId: ({ id }) => id,
  of: [
    { id: 'source', heading: 'money.column.source', show: ({ settlementSource }) => <Name>{settlementSource}</Name> },
    { id: 'carrier', heading: 'money.column.carrier', show: ({ carrier }) => carrier !== null && <bdi>{carrier}</bdi> },
    { id: 'channel', heading: 'column.channel', show: ({ channel }) => <bdi>{channel}</bdi> },
    ...ageColumns,
    {
      id: 'total',
      heading: 'money.column.all',
      show: ({ total, currency }) => <Amount amount={total} currency={currency} />,
      isAmount: true,
    },
    {
      id: 'late',
      heading: 'money.overdue',
      show: ({ overdue, currency }) => <Amount amount={overdue} currency={currency} />,
      isAmount: true,
    },
    { id: 'oldest', heading: 'money.column.oldest', show: ({ oldestAt }) => <Time at={oldestAt} as="since" /> },
    { id: 'bar', heading: 'money.column.age', show: (row) => <AgeBar row={row} /> },
  ],
};

interface AgeingTableProps {
  readonly ageing: UseQueryResult<Schemas['OutstandingAgeing']>;
}

const Rows = ({ items }: Schemas['OutstandingAgeing']): ReactNode => {
  const { say } = useSpeech();
  const rows = useMemo(() => ageingRows(items), [items]);
  return rows.length === 0 ? (
    <div className="card">
      <Empty title={say('money.ageing.none')} />
    </div>
  ) : (
    <RowTable columns={columns} rows={rows} label={say('money.ageing')} />
  );
};

/** Who owes how much, since how long. Each currency by itself. */
export const AgeingTable = ({ ageing }: AgeingTableProps): ReactNode => (
  <Part title={useSpeech().say('money.ageing')}>
    <Shown of={ageing} rows={3}>
      {(found) => <Rows {...found} />}
    </Shown>
  </Part>
);
