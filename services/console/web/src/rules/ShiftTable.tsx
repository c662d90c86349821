import { useMemo, type ReactNode } from 'react';
import { Money } from '../marks/Mark';
import type { Columns } from '../tables/columns';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import type { KindId, RuleKind } from './kinds/kind';
import type { Shift } from './trial';

const Outcome = ({ kind, code }: { readonly kind: KindId; readonly code: string }): ReactNode =>
  useSpeech().name(`rules.outcome.${kind}`, code);

const Count = ({ count }: Pick<Shift, 'count'>): ReactNode => <span className="number">{useSpeech().count(count)}</span>;

const columnsOf = (kind: KindId): Columns<Shift> => ({
  list: 'rule-shifts',
  rowId: ({ from, to }) => `${from} ${to}`,
  of: [
    { id: 'from', heading: 'rules.column.was', show: ({ from }) => <Outcome kind={kind} code={from} /> },
    { id: 'to', heading: 'rules.column.would-be', show: ({ to }) => <Outcome kind={kind} code={to} /> },
    { id: 'count', heading: 'rules.column.count', show: (shift) => <Count {...shift} />, isAmount: true },
    {
      id: 'money',
      heading: 'column.total',
      show: ({ money }) =>
        money.map(({ currency, amount }) => (
          <div key={currency}>
            <Money amount={amount} currency={currency} />
          </div>
        )),
      isAmount: true,
    },
  ],
});

/** What would be decided otherwise, and how often. */
export const ShiftTable = ({ kind: { id }, shifts }: { readonly kind: RuleKind; readonly shifts: readonly Shift[] }): ReactNode => {
  const { say } = useSpeech();
  const columns = useMemo(() => columnsOf(id), [id]);
  return <RowTable columns={columns} rows={shifts} label={say('rules.shifts')} />;
};
