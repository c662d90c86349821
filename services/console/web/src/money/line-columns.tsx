import type { ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { Mark, Money, Time } from '../marks/Mark';
import type { Tone } from '../marks/tones';
import type { Column, Columns } from '../tables/columns';
import { useSpeech } from '../words/words';
import { OrderLink } from '../orders/OrderLink';
import { shortId } from '../formats/ids';

export type SettlementLine = Schemas['SettlementLine'];

export const outcomeTones: Readonly<Record<SettlementLine['outcome'], Tone>> = {
  matched: 'good',
  short: 'bad',
  over: 'wary',
  double: 'bad',
  'wrong-currency': 'bad',
  unmatched: 'wary',
  alone: 'calm',
};

const Standing = ({ line: { outcome, resolution, open } }: { readonly line: SettlementLine }): ReactNode => {
  const { name, say } = useSpeech();
  return (
    <span className="marks">
      <Mark tone={outcomeTones[outcome]}>{name('money.outcome', outcome)}</Mark>
      {resolution !== null && <Mark tone="calm">{name('money.resolution', resolution)}</Mark>}
      {open && <Mark tone="wary">{say('money.line.open')}</Mark>}
    </span>
  );
};

/** What the line was found to be about: payment, refund, cash of a shipment. */
const Settles = ({ line: { settles } }: { readonly line: SettlementLine }): ReactNode => {
  const { name, say } = useSpeech();
  if (settles.length === 0) return <span className="quiet">{say('money.none')}</span>;
  return [...new Set(settles.map(({ kind }) => kind))].map((kind) => name('money.settles', kind)).join(', ');
};

const Names = ({ line: { references, orderNumber, settlementLineId } }: { readonly line: SettlementLine }): ReactNode => (
  <bdi className="code">{[orderNumber, ...references].find((each) => each !== null) ?? shortId(settlementLineId)}</bdi>
);

const OrderCell = ({ line: { orderId } }: { readonly line: SettlementLine }): ReactNode =>
  orderId === null ? <span className="quiet">{useSpeech().say('money.line.no-order')}</span> : <OrderLink orderId={orderId} />;

const Kind = ({ kind }: Pick<SettlementLine, 'kind'>): ReactNode => useSpeech().name('money.kind', kind);

const Difference = ({ line: { expected, gross, currency, customer, outcome } }: { readonly line: SettlementLine }): ReactNode => {
  if (outcome === 'alone' || outcome === 'unmatched') return null;
  // What moved is compared with what the customer paid, where the line says both.
  const compared = customer ?? { gross, currency };
  const difference = compared.gross - expected;
  return (
    <span className={difference < 0 ? 'short-of' : undefined}>
      <Money amount={difference} currency={compared.currency} />
    </span>
  );
};

const amountColumn = (id: 'gross' | 'fee' | 'net'): Column<SettlementLine> => ({
  id,
  heading: `money.total.${id}`,
  show: (line) => <Money amount={line[id]} currency={line.currency} />,
  isAmount: true,
  isUnseenAtFirst: id !== 'gross',
});

const NamesButton = ({ line, close }: { readonly line: SettlementLine; readonly close: (line: SettlementLine) => void }): ReactNode => (
  <button type="button" className="as-link" onClick={() => close(line)} data-row>
    <Names line={line} />
  </button>
);

/** A line of a settlement file, in a list. */
export const lineColumns = (close: (line: SettlementLine) => void): Columns<SettlementLine> => ({
  list: 'settlement-lines',
  rowId: ({ settlementLineId }) => settlementLineId,
  of: [
    { id: 'names', heading: 'money.column.names', show: (line) => <NamesButton line={line} close={close} /> },
    { id: 'settled', heading: 'money.column.settled', show: ({ settledAt }) => <Time at={settledAt} /> },
    { id: 'source', heading: 'money.column.source', show: ({ settlementSource }) => <bdi>{settlementSource}</bdi>, isUnseenAtFirst: true },
    { id: 'kind', heading: 'money.column.kind', show: (line) => <Kind {...line} /> },
    { id: 'outcome', heading: 'money.column.outcome', show: (line) => <Standing line={line} /> },
    { id: 'settles', heading: 'money.column.settles', show: (line) => <Settles line={line} /> },
    { id: 'order', heading: 'column.number', show: (line) => <OrderCell line={line} /> },
    amountColumn('gross'),
    amountColumn('fee'),
    amountColumn('net'),
    { id: 'difference', heading: 'money.column.difference', show: (line) => <Difference line={line} />, isAmount: true },
  ],
});
