import type { ReactNode } from 'react';
import { Money } from '../marks/Mark';
import type { Columns } from '../tables/columns';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import { barsOf, type Figure } from './trial';

const Value = ({ figure: { currency }, value }: { readonly figure: Figure; readonly value: number }): ReactNode => {
  const { count } = useSpeech();
  return currency === undefined ? <span className="number">{count(value)}</span> : <Money amount={value} currency={currency} />;
};

const Name = ({ figure: { id } }: { readonly figure: Figure }): ReactNode => useSpeech().say(`rules.figure.${id}`);

/** What was above what would be; the figures beside it say the same. */
const Bars = ({ figure }: { readonly figure: Figure }): ReactNode => {
  const [before, now] = barsOf(figure);
  return (
    <svg className="bars" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="before" x={0} y={0} width={before} height={4} />
      <rect className="now" x={0} y={6} width={now} height={4} />
    </svg>
  );
};

const columns: Columns<Figure> = {
  list: 'rule-figures',
  rowId: ({ id, currency }) => `${id} ${currency ?? ''}`,
  of: [
    { id: 'name', heading: 'rules.column.figure', show: (figure) => <Name figure={figure} /> },
    { id: 'before', heading: 'rules.column.was', show: (figure) => <Value figure={figure} value={figure.before} />, isAmount: true },
    { id: 'now', heading: 'rules.column.would-be', show: (figure) => <Value figure={figure} value={figure.now} />, isAmount: true },
    {
      id: 'difference',
      heading: 'rules.column.difference',
      show: (figure) => <Value figure={figure} value={figure.now - figure.before} />,
      isAmount: true,
    },
    { id: 'bars', heading: 'rules.column.bars', show: (figure) => <Bars figure={figure} /> },
  ],
};

/** Figures of the past beside what they would have been. */
export const FigureTable = ({ figures, label }: { readonly figures: readonly Figure[]; readonly label: string }): ReactNode => (
  <RowTable columns={columns} rows={figures} label={label} />
);
