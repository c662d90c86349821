import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { plainMoney } from '../formats/formats';
import { HoldMark, Mark, Money, StatusMark, Time } from '../marks/Mark';
import type { Columns } from '../tables/columns';
import { useSpeech } from '../words/words';
import { changed, readAddress } from './address';
import type { OrderRow } from './finding';
import { OrderLink } from './OrderLink';

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
    {
      id: 'number',
      heading: 'column.number',
      write: ({ externalOrderId, orderId }) => externalOrderId ?? orderId,
      show: ({ orderId, externalOrderId }) => <OrderLink orderId={orderId} number={externalOrderId} isRow />,
    },
    { id: 'placed', heading: 'column.placed', write: ({ placedAt }) => placedAt, show: ({ placedAt }) => <Time at={placedAt} /> },
    { id: 'status', heading: 'column.status', write: ({ status }) => status, show: (order) => <Standing order={order} /> },
    { id: 'channel', heading: 'column.channel', write: ({ channel }) => channel, show: (order) => <ChannelLink order={order} /> },
    {
      id: 'customer',
      heading: 'column.customer',
      write: ({ customerId }) => customerId,
      show: ({ customerId }) => customerId,
      isUnseenAtFirst: true,
    },
    {
      id: 'units',
      heading: 'column.units',
      write: ({ unitCount }) => unitCount,
      show: ({ unitCount }) => <Count count={unitCount} />,
      isAmount: true,
    },
    {
      id: 'payment',
      heading: 'column.payment',
      write: ({ paymentMethod }) => paymentMethod,
      show: ({ paymentMethod }) => paymentMethod,
      isUnseenAtFirst: true,
    },
    { id: 'country', heading: 'column.country', write: ({ country }) => country, show: ({ country }) => <Country code={country} /> },
    {
      id: 'total',
      heading: 'column.total',
      write: ({ total, currency }) => plainMoney(total, currency),
      show: ({ total, currency }) => <Money amount={total} currency={currency} />,
      isAmount: true,
    },
    {
      id: 'currency',
      heading: 'column.currency',
      write: ({ currency }) => currency,
      show: ({ currency }) => currency,
      isUnseenAtFirst: true,
    },
  ],
};
