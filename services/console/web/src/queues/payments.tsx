import { bodyOf, type Api, type Schemas } from '../api/client';
import { Money, Time } from '../marks/Mark';
import { OrderLink, OrderNumber } from '../orders/OrderLink';
import type { Fact, QueueKind } from './queue';

export type PaymentRow = Schemas['ListedPayment'];
export type Account = Schemas['PaymentAccount'];

/** What queues of payments share. */
export const payments: Pick<QueueKind<PaymentRow, Account>, 'hears' | 'itemOf' | 'titleOf' | 'since' | 'headingOf'> = {
  hears: ['payment.events'],
  itemOf: ({ orderId }) => orderId,
  titleOf: ({ orderId }) => <OrderNumber orderId={orderId} />,
  since: ({ requestedAt }) => requestedAt,
  headingOf: ({ orderId }) => <OrderNumber orderId={orderId} />,
};

export const accountOf = (api: Api, orderId: string): Promise<Account> =>
  bodyOf(api.GET('/payments/{orderId}', { params: { path: { orderId } } }));

export const accountFacts = (account: Account): readonly Fact[] => [
  { name: 'queues.fact.order', value: <OrderLink orderId={account.orderId} /> },
  { name: 'column.placed', value: <Time at={account.placedAt} /> },
  { name: 'column.payment', value: account.method },
  { name: 'queues.fact.provider', value: account.provider },
  { name: 'queues.fact.due', value: <Money amount={account.due} currency={account.currency} /> },
];
