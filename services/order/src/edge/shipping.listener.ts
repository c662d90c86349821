import { Topics, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { ShipmentFacts } from '../app/facts/shipment-facts';

/** Its subjects are shipments: several shipments of one order get on at the same time. */
export const shippingListener = (facts: ShipmentFacts): Listener<ShippingEvent> => ({
  group: 'order.shipping',
  topic: Topics.shipping,
  on: {
    ShipmentPacked: facts.packed,
    LabelPurchased: facts.labelled,
    LabelFailed: facts.labelFailed,
    ShipmentDispatched: facts.dispatched,
    ShipmentInTransit: facts.inTransit,
    ShipmentOutForDelivery: facts.outForDelivery,
    DeliveryAttemptFailed: facts.attemptFailed,
    ShipmentException: facts.exception,
    ShipmentDelivered: facts.delivered,
    RtoInitiated: facts.returning,
  },
});
