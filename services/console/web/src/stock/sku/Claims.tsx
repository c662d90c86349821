import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { Time } from '../../marks/Mark';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import type { SkuAddress } from '../address';
import { Part } from '../../frame/Part';
import { Units } from '../units';
import { OrderLink } from '../../orders/OrderLink';

type Claim = Schemas['StockClaim'];

const Allocated = ({ at }: { readonly at: Claim['allocated'] }): ReactNode => (
  <ul>
    {at.map(({ location, fulfillmentId, units }) => (
      <li key={fulfillmentId}>
        <Units of={units} /> · <bdi>{location}</bdi>
      </li>
    ))}
  </ul>
);

const columns: Columns<Claim> = {
  list: 'stock-claims',
  rowId: ({ orderId }) => orderId,
  of: [
    { id: 'order', heading: 'column.number', show: ({ orderId }) => <OrderLink orderId={orderId} isRow /> },
    { id: 'since', heading: 'stock.since', show: ({ since }) => <Time at={since} as="since" /> },
    { id: 'reserved', heading: 'stock.reserved', show: ({ reserved }) => <Units of={reserved} />, isAmount: true },
    { id: 'allocated', heading: 'stock.allocated', show: ({ allocated }) => <Allocated at={allocated} /> },
  ],
};

/** Which orders have a claim on it. */
export const Claims = ({ sku, address }: { readonly sku: string; readonly address: SkuAddress }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<Claim>(['stock', 'claims', sku, address], (page) =>
    bodyOf(api.GET('/inventory/items/{sku}/claims', { params: { path: { sku }, query: { ...address, ...page } } })),
  );
  return (
    <Part title={say('stock.claims')}>
      <Listed
        pages={pages}
        columns={columns}
        label={say('stock.claims')}
        none={{ title: say('stock.claims.none') }}
        counted={(count) => say('orders.shown', { count })}
      />
    </Part>
  );
};
