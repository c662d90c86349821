import type { OrderEvent, ShippingEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import { currentPolicy } from '../domain/policy';
import { returnStream } from '../domain/return';
import type { SendReturn } from './returns';

type OrderPlaced = DataOf<OrderEvent, 'OrderPlaced'>;
type ShipmentDelivered = DataOf<ShippingEvent, 'ShipmentDelivered'>;

/** What returns must know of an order before anything can come back: what was bought, and what arrived. */
export interface Purchases {
  recordPurchase(order: OrderPlaced, meta: Meta): Promise<unknown>;
  recordDelivery(delivery: ShipmentDelivered, meta: Meta): Promise<unknown>;
}

export const createPurchases = (send: SendReturn): Purchases => ({
  recordPurchase: ({ orderId, channel, customerId, currency, lines, policies, placedAt }, meta) => {
    const bought = lines.map(({ lineId, sku, quantity, total, finalSale = false }) => ({ lineId, sku, quantity, total, finalSale }));
    const customer = customerId === undefined ? {} : { customerId };
    const policy = policies['returns'] ?? currentPolicy.version;
    return send(
      returnStream(orderId),
      { type: 'RecordPurchase', data: { orderId, channel, ...customer, currency, lines: bought, policy, placedAt } },
      meta,
    );
  },
  recordDelivery: ({ orderId, shipmentId, lines, occurredAt }, meta) =>
    send(returnStream(orderId), { type: 'RecordDelivery', data: { orderId, shipmentId, lines, deliveredAt: occurredAt } }, meta),
});
