import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { Page } from '../../frame/Page';
import { HoldMark, StatusMark, Time } from '../../marks/Mark';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { shortOf } from '../short';
import '../warehouse.css';
import { Checking } from './Checking';
import { Labelling } from './Labelling';
import { isComplete, type Checked, type Shipment } from './packing';
import { Parcels } from './Parcels';

const ToPack = ({ shipment: { shipmentId, lines = [] } }: { readonly shipment: Shipment }): ReactNode => {
  const [checked, check] = useState<Checked>({});
  return (
    <>
      <Checking lines={lines} checked={checked} check={check} />
      <Parcels shipmentId={shipmentId} lines={lines} isReady={isComplete(lines, checked)} />
    </>
  );
};

const ShipmentHead = ({ shipment }: { readonly shipment: Shipment }): ReactNode => {
  const { say } = useSpeech();
  const { status, service, shipBy, holds = [], instructions, groupInstructions, orderId } = shipment;
  return (
    <div className="shipment-head">
      <p className="marks">
        <StatusMark kind="parcel" status={status} />
        {holds.map(({ holdId, type }) => (
          <HoldMark key={holdId} type={type} />
        ))}
        {service !== undefined && <bdi>{service}</bdi>}
        {shipBy !== undefined && (
          <span className="quiet">
            {say('warehouse.ship-by')} <Time at={shipBy} />
          </span>
        )}
      </p>
      {orderId !== undefined && (
        <p>
          <Link to="/orders/$orderId" params={{ orderId }} className="work-link">
            {say('warehouse.order')}
          </Link>
        </p>
      )}
      {[instructions, groupInstructions].map(
        (text) =>
          text !== undefined && (
            <p key={text} className="stale">
              <bdi>{text}</bdi>
            </p>
          ),
      )}
    </div>
  );
};

const isPacked = (status: string): boolean => status === 'packed' || status.startsWith('label');

/** One shipment at the packing table: every unit is scanned, then it is packed, and its label is printed. */
export const PackPage = (): ReactNode => {
  const { say } = useSpeech();
  const { shipmentId } = useParams({ from: '/warehouse/pack/$shipmentId' });
  const { api } = useServices();
  const shipment = useQuery({
    queryKey: ['warehouse', 'shipment', shipmentId],
    queryFn: () => bodyOf(api.GET('/shipping/shipments/{shipmentId}', { params: { path: { shipmentId } } })),
    // The label is bought by itself, a moment after it was packed.
    refetchInterval: ({ state: { data } }) => (data !== undefined && isPacked(data.status) && !data.label ? 1_000 : false),
  });
  return (
    <>
      <p className="way-back">
        <Link to="/warehouse" search={{ view: 'pack' }}>
          {say('warehouse.view.pack')}
        </Link>
      </p>
      <Page title={say('warehouse.shipment', { number: shortOf(shipmentId) })}>
        <Shown of={shipment} rows={6}>
          {(found) => (
            <div className="work">
              <ShipmentHead shipment={found} />
              {found.status === 'to-pack' && (found.holds ?? []).length === 0 && <ToPack shipment={found} />}
              {isPacked(found.status) && <Labelling shipment={found} />}
            </div>
          )}
        </Shown>
      </Page>
    </>
  );
};
