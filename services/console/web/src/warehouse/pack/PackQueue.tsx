import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { HoldMark, Mark, Time } from '../../marks/Mark';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { shortOf } from '../short';

export type ListedShipment = Schemas['ListedShipment'];

const ShipmentLink = ({ of: { shipmentId, held, pickedAt } }: { readonly of: ListedShipment }): ReactNode => {
  const { say } = useSpeech();
  return (
    <span className="marks">
      <Link to="/warehouse/pack/$shipmentId" params={{ shipmentId }} data-row className="code work-link" dir="ltr">
        {shortOf(shipmentId)}
      </Link>
      {pickedAt !== null && <Mark tone="good">{say('warehouse.picked')}</Mark>}
      {held !== null && <HoldMark type={held} />}
    </span>
  );
};

const columns: Columns<ListedShipment> = {
  list: 'warehouse-pack',
  rowId: ({ shipmentId }) => shipmentId,
  of: [
    { id: 'shipment', heading: 'warehouse.shipments', show: (shipment) => <ShipmentLink of={shipment} /> },
    {
      id: 'goods',
      heading: 'stock.goods',
      show: ({ lines }) => <bdi className="code">{lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')}</bdi>,
    },
    { id: 'service', heading: 'warehouse.service', show: ({ service }) => <bdi>{service}</bdi> },
    { id: 'shipBy', heading: 'warehouse.ship-by', show: ({ shipBy }) => shipBy !== null && <Time at={shipBy} /> },
  ],
};

/** What waits to be packed, the oldest first. */
export const PackQueue = ({ location }: { readonly location: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<ListedShipment>(['warehouse', 'to-pack', location], (page) =>
    bodyOf(api.GET('/shipping/shipments', { params: { query: { location, status: 'to-pack', ...page } } })),
  );
  return (
    <Listed
      pages={pages}
      columns={columns}
      label={say('warehouse.view.pack')}
      none={{ title: say('warehouse.pack.none'), hint: say('warehouse.pack.none.hint') }}
      counted={(count) => say('stock.shown', { count })}
    />
  );
};
