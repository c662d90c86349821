import type { ShippingEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { ShipmentEvent } from './events';

/** Subscribers get a scan without the carrier's event id. */
const scan = <Data extends { readonly eventId: string }>({ eventId: _carriers, ...data }: Data): Omit<Data, 'eventId'> => data;

export const published: Translation<ShipmentEvent, ShippingEvent> = {
  ShipmentPicked: ({ data }) => ({ type: 'ShipmentPicked', data }),
  ShipmentPacked: ({ data }) => ({ type: 'ShipmentPacked', data }),
  LabelPurchased: ({ data }) => ({ type: 'LabelPurchased', data }),
  RatesQuoted: ({ data }) => ({ type: 'RatesQuoted', data }),
  LabelRequested: ({ data }) => ({ type: 'LabelRequested', data }),
  LabelDelayed: ({ data }) => ({ type: 'LabelDelayed', data }),
  LabelVoided: ({ data }) => ({ type: 'LabelVoided', data }),
  LabelFailed: ({ data }) => ({ type: 'LabelFailed', data }),
  ShipmentDispatched: ({ data }) => ({ type: 'ShipmentDispatched', data }),
  ShipmentInTransit: ({ data }) => ({ type: 'ShipmentInTransit', data: scan(data) }),
  ShipmentOutForDelivery: ({ data }) => ({ type: 'ShipmentOutForDelivery', data: scan(data) }),
  DeliveryAttemptFailed: ({ data }) => ({ type: 'DeliveryAttemptFailed', data: scan(data) }),
  ShipmentException: ({ data }) => ({ type: 'ShipmentException', data: scan(data) }),
  ArrivedAtStore: ({ data }) => ({ type: 'ArrivedAtStore', data: scan(data) }),
  ShipmentDelivered: ({ data }) => ({ type: 'ShipmentDelivered', data: scan(data) }),
  DeliveryInstructed: ({ data: { personal: _address, ...data } }) => ({ type: 'DeliveryInstructed', data }),
  ParcelLost: ({ data }) => ({ type: 'ParcelLost', data }),
  ParcelFound: ({ data }) => ({ type: 'ParcelFound', data }),
  RtoInitiated: ({ data }) => ({ type: 'RtoInitiated', data: scan(data) }),
  RtoInTransit: ({ data }) => ({ type: 'RtoInTransit', data: scan(data) }),
  RtoReceived: ({ data }) => ({ type: 'RtoReceived', data }),
  ShipmentAccepted: ({ data }) => ({ type: 'ShipmentAccepted', data }),
  ShipmentRejected: ({ data }) => ({ type: 'ShipmentRejected', data }),
  ShipmentCancelled: ({ data }) => ({ type: 'ShipmentCancelled', data }),
  DestinationChangeRefused: ({ data: { changedAt: _asked, ...data } }) => ({ type: 'DestinationChangeRefused', data }),
  CancellationRefused: ({ data }) => ({ type: 'CancellationRefused', data }),
};
