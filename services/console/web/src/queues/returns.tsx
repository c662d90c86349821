import type { ReactNode } from 'react';
import { bodyOf, type Api, type Schemas } from '../api/client';
import { Title } from '../items/Title';
import { Mark, Money, Time } from '../marks/Mark';
import { OrderLink } from '../orders/OrderLink';
import { useSpeech } from '../words/words';
import { findReturn } from './finding-returns';
import { channelFilter, codeIn } from './held-orders';
import type { Fact, QueueKind } from './queue';
import type { Return } from './scanning';
import { shortId } from '../formats/ids';

export type ReturnRow = Schemas['ListedReturn'];

type ReturnsThatWait = Omit<QueueKind<ReturnRow, Return>, 'id' | 'deeds'>;

const ReturnStatus = ({ status }: { readonly status: string }): ReactNode => (
  <Mark tone="going">{useSpeech().name('queues.return', status)}</Mark>
);

const LineOf = ({
  line: { sku, reasons, conditions = [], asked, received, graded },
}: {
  readonly line: Return['lines'][number];
}): ReactNode => {
  const { say, name, count } = useSpeech();
  return (
    <li>
      <bdi className="code">{sku}</bdi>
      <Title sku={sku} /> {say('queues.return.units', { asked: count(asked), received: count(received), graded: count(graded) })}
      <p className="quiet">
        {[
          ...reasons.map((reason) => name('queues.return-reason', reason)),
          ...conditions.map((each) => name('queues.condition', each)),
        ].join(' · ')}
      </p>
    </li>
  );
};

const returnFacts = (rma: Return): readonly Fact[] => [
  { name: 'queues.fact.order', value: <OrderLink orderId={rma.orderId} /> },
  { name: 'column.status', value: <ReturnStatus status={rma.status} /> },
  { name: 'queues.fact.asked', value: <Time at={rma.requestedAt} /> },
  ...(rma.note === undefined ? [] : [{ name: 'queues.fact.note' as const, value: <bdi>{rma.note}</bdi> }]),
  {
    name: 'order.lines',
    value: (
      <ul>
        {rma.lines.map((line) => (
          <LineOf key={`${line.lineId ?? ''} ${line.sku}`} line={line} />
        ))}
      </ul>
    ),
  },
  { name: 'queues.fact.owed', value: <Money amount={rma.owed} currency={rma.currency} /> },
];

const returnAt = (api: Api, returnId: string): Promise<Return> =>
  bodyOf(api.GET('/returns/{returnId}', { params: { path: { returnId } } }));

/** Returns that wait for the same thing. */
export const returnsThatAre = (status: 'awaiting-review' | 'authorized' | 'received'): ReturnsThatWait => ({
  hears: ['return.events'],
  filters: [channelFilter],
  find: findReturn,
  ask: (api, filters, page) => bodyOf(api.GET('/returns', { params: { query: { status, ...codeIn(filters, 'channel'), ...page } } })),
  itemOf: ({ returnId }) => returnId,
  titleOf: ({ returnId }) => shortId(returnId),
  since: ({ requestedAt }) => requestedAt,
  columns: [
    { id: 'order', heading: 'queues.fact.order', show: ({ orderId }) => <OrderLink orderId={orderId} /> },
    { id: 'units', heading: 'column.units', show: ({ units }) => <span className="number">{units}</span>, isAmount: true },
    { id: 'owed', heading: 'queues.fact.owed', show: ({ owed, currency }) => <Money amount={owed} currency={currency} />, isAmount: true },
    {
      id: 'promised',
      heading: 'queues.column.money-by',
      show: ({ moneyAwaitedBy }) => (moneyAwaitedBy === null ? null : <Time at={moneyAwaitedBy} as="since" />),
    },
  ],
  opening: { by: 'item', ask: returnAt },
  headingOf: ({ returnId }) => shortId(returnId),
  facts: returnFacts,
});
