import { Link } from '@tanstack/react-router';
import { columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { HoldMark, Mark, Money, StatusMark, Time } from '../marks/Mark';
import type { WordId } from '../words/languages';
import { useSpeech } from '../words/words';
import { changed, readAddress } from './address';
import type { OrderRow } from './finding';

export const features = tableFeatures({ columnVisibilityFeature });
const column = createColumnHelper<typeof features, OrderRow>();

/** What can be seen of an order in a list, in this order; the first is always seen. */
export const columnIds = ['number', 'placed', 'status', 'channel', 'customer', 'units', 'payment', 'country', 'total'] as const;
export type ColumnId = (typeof columnIds)[number];
export const amounts: ReadonlySet<string> = new Set<ColumnId>(['units', 'total']);
export const unseenAtFirst: readonly ColumnId[] = ['customer', 'payment'];

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

const Count = ({ count }: { readonly count: number }): ReactNode => <span className="number">{useSpeech().count(count)}</span>;
const Country = ({ code }: { readonly code: string | null }): ReactNode => {
  const { country } = useSpeech();
  return code === null ? null : country(code);
};
const Heading = ({ id }: { readonly id: ColumnId }): ReactNode => useSpeech().say(`column.${id}` satisfies WordId);

const shown: Readonly<Record<ColumnId, (order: OrderRow) => ReactNode>> = {
  number: (order) => <OrderLink order={order} />,
  placed: ({ placedAt }) => <Time at={placedAt} />,
  status: (order) => <Standing order={order} />,
  channel: ({ channel }) => (
    <Link to="/orders" search={(before) => changed(readAddress(before), { channel })} className="plain">
      {channel}
    </Link>
  ),
  customer: ({ customerId }) => customerId,
  units: ({ unitCount }) => <Count count={unitCount} />,
  payment: ({ paymentMethod }) => paymentMethod,
  country: ({ country }) => <Country code={country} />,
  total: ({ total, currency }) => <Money amount={total} currency={currency} />,
};

export const columns = column.columns(
  columnIds.map((id) =>
    column.display({ id, header: () => <Heading id={id} />, cell: ({ row }) => shown[id](row.original), enableHiding: id !== 'number' }),
  ),
);
