import { Topics, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { Payments } from '../app/payments';

/** Hears no replays: it moves money. */
export const shippingListener = (payments: Payments): Listener<ShippingEvent> => ({
  group: 'payment.shipping',
  topic: Topics.shipping,
  on: {
    ShipmentDispatched: ({ orderId, shipmentId, lines }, meta) => payments.charge({ orderId, shipmentId, lines }, meta),
    ShipmentDelivered: ({ orderId, shipmentId, parcels, lines, occurredAt }, meta) =>
      payments.deliver({ orderId, shipmentId, parcels: parcels.map(({ parcelId }) => parcelId), lines }, occurredAt, meta),
  },
});
