import type { LineQuantity } from '@cartage/contracts';
import { together } from './cancellations';
import { uncounted, unitsWanted } from './lines';
import { latest, type Rule } from './occasion';
import { withParcels, type Milestone, type Shipment } from './shipments';
import type { PlacedOrder } from './state';

/* What could not be delivered and comes back to us: the order does without it, once somebody has it in hand. */

interface Parcel {
  readonly parcelId: string;
  readonly trackingNumber: string;
  readonly lines: readonly LineQuantity[];
}

interface OfParcels extends Pick<Shipment, 'shipmentId' | 'fulfillmentId' | 'location'> {
  readonly parcels: readonly Parcel[];
}

/** What somebody at a dock received of a shipment. */
export interface RtoReceipt {
  readonly receiptId: string;
  readonly shipmentId: string;
  readonly parcels: readonly Parcel[];
  readonly lines: readonly LineQuantity[];
}

const standing = ({ shipments }: PlacedOrder, shipmentId: string, { parcelId }: Parcel) => shipments.get(shipmentId)?.parcels.get(parcelId);

/** Whatever was told of them before by a later clock: they are with the customer no more. */
const reached = (
  order: PlacedOrder,
  { parcels, ...shipment }: OfParcels,
  { milestone, at }: { readonly milestone: Milestone; readonly at: string },
): PlacedOrder['shipments'] => {
  const since = latest(at, ...parcels.map((parcel) => standing(order, shipment.shipmentId, parcel)?.at));
  return withParcels(order.shipments, { ...shipment, parcels }, { milestone, at: since });
};

/** What was told to be delivered of them was not. */
export const sentBack = (order: PlacedOrder, data: OfParcels & { readonly occurredAt: string }): PlacedOrder => {
  const taken = data.parcels.filter((parcel) => standing(order, data.shipmentId, parcel)?.milestone === 'delivered');
  return {
    ...order,
    shipments: reached(order, data, { milestone: 'returning', at: data.occurredAt }),
    progress: uncounted(
      order.progress,
      'delivered',
      taken.flatMap(({ lines }) => lines),
    ),
  };
};

export const receivedBack = (order: PlacedOrder, data: OfParcels & RtoReceipt & { readonly receivedAt: string }): PlacedOrder => {
  const { shipmentId, receiptId, parcels, lines } = data;
  return {
    ...order,
    shipments: reached(order, data, { milestone: 'returned', at: data.receivedAt }),
    undelivered: new Map(order.undelivered).set(receiptId, { shipmentId, receiptId, parcels, lines }),
  };
};

/** The customer gets nothing of them, and pays nothing for them; an order that has ended hears of it as well. */
export const cancelReturnedToOrigin: Rule = (order, { now: cancelledAt }) =>
  [...order.undelivered.values()].flatMap((receipt) => {
    const { receiptId, shipmentId, parcels } = receipt;
    const lines = order.cancellations.has(receiptId) ? [] : unitsWanted(order.progress, together(receipt.lines));
    if (lines.length === 0) return [];
    const undelivered = { shipmentId, receiptId, parcels: parcels.map(({ parcelId }) => parcelId) };
    const reason = { code: 'returned-to-origin', detail: 'It could not be delivered and came back.', by: 'carrier' };
    const { orderId } = order.placed;
    return [{ type: 'LineCancelled', data: { orderId, cancellationId: receiptId, lines, undelivered, reason, cancelledAt } }];
  });
