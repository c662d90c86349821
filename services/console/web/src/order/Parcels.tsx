import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { StatusMark, Time } from '../marks/Mark';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import type { Desk } from './OrderPage';
import { Section } from '../frame/Section';

type Shipment = Schemas['ListedShipment'];

const newestTime = ({ deliveredAt, dispatchedAt, pickedAt, plannedAt }: Shipment): string =>
  deliveredAt ?? dispatchedAt ?? pickedAt ?? plannedAt;

const ShipmentFacts = ({ shipment }: { readonly shipment: Shipment }): ReactNode => {
  const { say } = useSpeech();
  const { status, carrier, service, trackingNumbers, trackingToken, location } = shipment;
  return (
    <li>
      <p className="fact-head">
        <StatusMark kind="parcel" status={status} />
        <span className="quiet">
          <Time at={newestTime(shipment)} as="since" />
        </span>
      </p>
      <p>
        {[carrier, service].filter(Boolean).join(' ')} {say('order.parcel.from', { location })}
      </p>
      {trackingNumbers?.map((number) => (
        <p key={number} className="code">
          <bdi>{number}</bdi>
        </p>
      ))}
      {trackingToken !== null && (
        <a href={`/shipping/track/${encodeURIComponent(trackingToken)}/page`} target="_blank" rel="noreferrer">
          {say('order.parcel.page')}
        </a>
      )}
    </li>
  );
};

/** What is on its way, or was: a shipment for each location, with its parcels. */
export const Parcels = ({ order: { orderId } }: Pick<Desk, 'order'>): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const shipments = useQuery({
    queryKey: ['order', orderId, 'shipments'],
    queryFn: () => bodyOf(api.GET('/shipping/shipments', { params: { query: { orderId, limit: 200 } } })),
  });
  return (
    <Section title={say('order.parcels')}>
      <Shown of={shipments} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('order.parcels.none')} />
          ) : (
            <ul className="facts">
              {items.map((shipment) => (
                <ShipmentFacts key={shipment.shipmentId} shipment={shipment} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Section>
  );
};
