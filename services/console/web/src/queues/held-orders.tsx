import type { ReactNode } from 'react';
import { bodyOf, type Api, type Schemas } from '../api/client';
import { HoldMark, Money, StatusMark, Time } from '../marks/Mark';
import { askingOf } from '../order/asking/asking';
import { numberOf } from '../orders/numbers';
import { OrderLink } from '../orders/OrderLink';
import type { OrderRow } from '../orders/finding';
import { useSpeech } from '../words/words';
import { heldIn, orderCounts } from './counting';
import type { Deed, Fact, Filter, Filters, QueueKind } from './queue';

export type Desk = Schemas['OrderDesk'];

/** Queues of orders share what is asked for them; each has its deeds. */
type HeldOrders = Omit<QueueKind<OrderRow, Desk>, 'id' | 'deeds'>;

const HeldBy = ({ holds }: { readonly holds: readonly string[] }): ReactNode => (
  <span className="marks">
    {holds.map((type) => (
      <HoldMark key={type} type={type} />
    ))}
  </span>
);

const HoldEntry = ({ hold: { type, reason, appliedAt, until } }: { readonly hold: Desk['order']['holds'][number] }): ReactNode => {
  const { say, since, time } = useSpeech();
  return (
    <li>
      <HoldMark type={type} />
      {reason.detail !== undefined && <p>{reason.detail}</p>}
      <p className="quiet">{say('order.hold.since', { since: since(appliedAt), by: reason.actor ?? reason.by })}</p>
      {until !== undefined && <p className="quiet">{say('queues.hold.until', { when: time(until) })}</p>}
    </li>
  );
};

const orderFacts = ({ order }: Desk): readonly Fact[] => [
  { name: 'queues.fact.order', value: <OrderLink orderId={order.orderId} number={order.externalOrderId ?? null} /> },
  { name: 'column.status', value: <StatusMark kind="status" status={order.status} /> },
  { name: 'column.total', value: <Money amount={order.totals.total} currency={order.currency} /> },
  { name: 'column.placed', value: <Time at={order.placedAt} /> },
  {
    name: 'order.holds',
    value: (
      <ul>
        {order.holds.map((hold) => (
          <HoldEntry key={hold.holdId} hold={hold} />
        ))}
      </ul>
    ),
  },
];

export const channelFilter: Filter = { name: 'channel', label: 'column.channel' };

/** A filter, if it was chosen and a service would take it. */
export const codeIn = (filters: Filters, name: string): Readonly<Record<string, string>> => {
  const value = filters[name];
  return value !== undefined && /^[A-Za-z0-9][\w.-]{0,63}$/.test(value) ? { [name]: value } : {};
};

const deskOf = (api: Api, orderId: string): Promise<Desk> => bodyOf(api.GET('/orders/{orderId}/desk', { params: { path: { orderId } } }));

/** Since when an order stands still, or since when this keeps it. */
const heldSince = ({ holds, heldSince: since, placedAt }: OrderRow, type: string | undefined): string =>
  since[type === undefined ? 0 : holds.indexOf(type)] ?? placedAt;

/** Orders that stand still: all of them, or those that one type of hold keeps. */
export const heldOrders = (type?: string): HeldOrders => ({
  hears: ['order.events'],
  filters: [channelFilter],
  ask: (api, filters, page) => {
    const narrowed = { ...codeIn(filters, 'channel'), ...(type === undefined ? codeIn(filters, 'hold') : { hold: type }) };
    return bodyOf(api.GET('/orders', { params: { query: { status: 'on-hold', ...narrowed, ...page } } }));
  },
  count: async (asking, { hold }) => heldIn(await orderCounts(asking), type ?? hold),
  itemOf: ({ orderId }) => orderId,
  titleOf: numberOf,
  since: (order) => heldSince(order, type),
  columns: [
    { id: 'holds', heading: 'orders.filter.hold', show: ({ holds }) => <HeldBy holds={holds} /> },
    { id: 'channel', heading: 'column.channel', show: ({ channel }) => channel },
    { id: 'customer', heading: 'column.customer', show: ({ customerId }) => customerId, isUnseenAtFirst: true },
    { id: 'total', heading: 'column.total', show: ({ total, currency }) => <Money amount={total} currency={currency} />, isAmount: true },
  ],
  opening: { by: 'item', ask: deskOf },
  headingOf: ({ order }) => numberOf(order),
  facts: orderFacts,
});

/** What can be asked of an order now, as its own page asks for it. */
export const orderDeeds = ({ order, actions }: Desk, wanted: 'release' | 'cancel'): readonly Deed[] =>
  actions.flatMap((action) => {
    const asking = action.action === wanted && action.allowed ? askingOf(action) : undefined;
    if (!asking) return [];
    const hold = order.holds.find(({ holdId }) => action.path.includes(`/holds/${holdId}/`));
    return [
      {
        key: action.path,
        name: `ask.${wanted}` as const,
        ...(hold && order.holds.length > 1 ? { about: hold.type } : {}),
        isGrave: wanted === 'cancel',
        previewIn: order.currency,
        fields: asking.reasons.length === 0 ? [] : [{ ...reasonField, options: asking.reasons }],
        send: (api, { reason = 'other' }, sending) => asking.send(api, order.orderId, { reason }, sending),
      },
    ];
  });

const reasonField = { name: 'reason', label: 'ask.reason', kind: 'choice', named: 'reason' } as const;
