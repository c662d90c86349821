import type { ShippingEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { ShipmentEvent } from './events';

/** Subscribers get a milestone without the carrier's event id. */
const milestone = <Data extends { readonly eventId: string }>({ eventId: _carriers, ...told }: Data): Omit<Data, 'eventId'> => told;

export const published: Translation<ShipmentEvent, ShippingEvent> = {
  ShipmentPacked: ({ data }) => ({ type: 'ShipmentPacked', data }),
  LabelPurchased: ({ data }) => ({ type: 'LabelPurchased', data }),
  LabelFailed: ({ data }) => ({ type: 'LabelFailed', data }),
  ShipmentDispatched: ({ data }) => ({ type: 'ShipmentDispatched', data }),
  ShipmentInTransit: ({ data }) => ({ type: 'ShipmentInTransit', data: milestone(data) }),
  ShipmentOutForDelivery: ({ data }) => ({ type: 'ShipmentOutForDelivery', data: milestone(data) }),
  DeliveryAttemptFailed: ({ data }) => ({ type: 'DeliveryAttemptFailed', data: milestone(data) }),
  ShipmentException: ({ data }) => ({ type: 'ShipmentException', data: milestone(data) }),
  ShipmentDelivered: ({ data }) => ({ type: 'ShipmentDelivered', data: milestone(data) }),
  RtoInitiated: ({ data }) => ({ type: 'RtoInitiated', data: milestone(data) }),
};
