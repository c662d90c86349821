import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { HoldMark, Mark, Money, StatusMark, Time } from '../marks/Mark';
import type { Columns } from '../tables/columns';
import { useSpeech } from '../words/words';
import { changed, readAddress } from './address';
import type { OrderRow } from './finding';

/** What people call an order: the channel’s number, or the beginning of ours. */
export const numberOf = ({ externalOrderId, orderId }: { readonly externalOrderId?: string | null; readonly orderId: string }): string =>
  externalOrderId ?? `…${orderId.slice(-8)}`;

const OrderLink = ({ order }: { readonly order: OrderRow }): ReactNode => (
  <Link to="/orders/$orderId" params={{ orderId: order.orderId }} data-row className="code" dir="ltr">
    {numberOf(order)}
  </Link>
);

const Standing = ({ order }: { readonly order: OrderRow }): ReactNode => {
  const { say } = useSpeech();
  return (
    <span className="marks">
      <StatusMark kind="status" status={order.status} />
      {order.holds.map((type) => (
        <HoldMark key={type} type={type} />
      ))}
      {order.late && <Mark tone="bad">{say('queue.late')}</Mark>}
      {order.atRisk && <Mark tone="wary">{say('queue.at-risk')}</Mark>}
    </span>
  );
};

const ChannelLink = ({ order: { channel } }: { readonly order: OrderRow }): ReactNode => (
  <Link to="/orders" search={(before) => changed(readAddress(before), { channel })} className="plain">
    {channel}
  </Link>
);

const Count = ({ count }: { readonly count: number }): ReactNode => <span className="number">{useSpeech().count(count)}</span>;
const Country = ({ code }: { readonly code: string | null }): ReactNode => {
  const { country } = useSpeech();
  return code === null ? null : country(code);
};

/** An order in a list. */
export const orderColumns: Columns<OrderRow> = {
  list: 'orders',
  rowId: ({ orderId }) => orderId,
  of: [
    { id: 'number', heading: 'column.number', show: (order) => <OrderLink order={order} /> },
    { id: 'placed', heading: 'column.placed', show: ({ placedAt }) => <Time at={placedAt} /> },
    { id: 'status', heading: 'column.status', show: (order) => <Standing order={order} /> },
    { id: 'channel', heading: 'column.channel', show: (order) => <ChannelLink order={order} /> },
    { id: 'customer', heading: 'column.customer', show: ({ customerId }) => customerId, isUnseenAtFirst: true },
    { id: 'units', heading: 'column.units', show: ({ unitCount }) => <Count count={unitCount} />, isAmount: true },
    { id: 'payment', heading: 'column.payment', show: ({ paymentMethod }) => paymentMethod, isUnseenAtFirst: true },
    { id: 'country', heading: 'column.country', show: ({ country }) => <Country code={country} /> },
    { id: 'total', heading: 'column.total', show: ({ total, currency }) => <Money amount={total} currency={currency} />, isAmount: true },
  ],
};
