import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { Money, Time } from '../../marks/Mark';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { channelFilter, codeIn } from '../held-orders';
import { accountFacts, accountOf, payments, type Account, type PaymentRow } from '../payments';
import { commandOf, type Deed, type Field } from '../queue';
import { queueOf } from '../view';

/** Which rules spoke, and how harmful they take the order to be. */
const Verdict = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say, count } = useSpeech();
  const { api } = useServices();
  const shown = useQuery({
    queryKey: ['order', orderId, 'verdict'],
    queryFn: () => bodyOf(api.GET('/payments/{orderId}/verdict', { params: { path: { orderId } } })),
  });
  return (
    <section className="queue-part" aria-label={say('queues.verdict')}>
      <h3>{say('queues.verdict')}</h3>
      <Shown of={shown} rows={2}>
        {({ verdict }) => (
          <>
            <p>{say('queues.verdict.score', { score: count(verdict.score) })}</p>
            <ul>
              {verdict.reasons.map(({ rule, detail }) => (
                <li key={rule}>
                  <bdi>{detail}</bdi> <span className="quiet code">{rule}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Shown>
    </section>
  );
};

const note: Field = {
  name: 'note',
  label: 'queues.field.note',
  hint: 'queues.field.note.hint',
  kind: 'text',
  isRequired: true,
  longest: 2_000,
};

const deciding = ({ orderId, currency }: Account, decision: 'accept' | 'reject'): Deed => ({
  key: `${decision} ${orderId}`,
  name: `queues.deed.${decision}`,
  isGrave: decision === 'reject',
  previewIn: currency,
  fields: [note],
  send: (api, { note: text = '' }, sending) =>
    bodyOf(
      api.POST('/payments/{orderId}/review', { params: { path: { orderId }, ...commandOf(sending) }, body: { decision, note: text } }),
    ),
});

const DecideBy = ({ row: { decideBy } }: { readonly row: PaymentRow }): ReactNode =>
  decideBy === null ? null : <Time at={decideBy} as="since" />;

/** Payments that wait for a person’s yes or no. */
export const paymentReview = queueOf<PaymentRow, Account>({
  ...payments,
  id: 'payment-review',
  filters: [channelFilter],
  isOldestFirst: true,
  ask: (api, filters, page) => bodyOf(api.GET('/payments/reviews', { params: { query: { ...codeIn(filters, 'channel'), ...page } } })),
  columns: [
    { id: 'total', heading: 'column.total', show: ({ total, currency }) => <Money amount={total} currency={currency} />, isAmount: true },
    { id: 'score', heading: 'queues.column.score', show: ({ score }) => <span className="number">{score}</span>, isAmount: true },
    { id: 'decide-by', heading: 'queues.column.decide-by', show: (row) => <DecideBy row={row} /> },
    { id: 'method', heading: 'column.payment', show: ({ method }) => method, isUnseenAtFirst: true },
  ],
  opening: { by: 'item', ask: accountOf },
  facts: accountFacts,
  more: ({ orderId }) => <Verdict orderId={orderId} />,
  deeds: (account) => (account.status === 'under-review' ? [deciding(account, 'accept'), deciding(account, 'reject')] : []),
});
