import type { LineQuantity } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { Milestone } from '../../domain/events';
import { present } from '../../domain/present';
import type { Heard, RecordFact } from './recording';

/** As far as shipping's events are alike. */
interface Told {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly fulfillmentId: string;
  readonly location: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly place?: string;
  readonly reason?: string;
  readonly lines?: readonly LineQuantity[];
}
type Scan = Told & { readonly occurredAt: string };

/** How the parcels of an order get on. */
export const shipmentFacts = (record: RecordFact) => {
  const reach = (milestone: Milestone, heard: Told, at: string, meta: Meta) => {
    const { orderId, shipmentId, fulfillmentId, location, carrier, trackingNumber, place, reason, lines } = heard;
    const fact = { shipmentId, fulfillmentId, location, milestone, at, ...present({ carrier, trackingNumber, place, reason, lines }) };
    return record('RecordShipmentProgress', orderId, fact, meta);
  };
  const scanned = (milestone: Milestone) => (heard: Scan, meta: Meta) => reach(milestone, heard, heard.occurredAt, meta);
  return {
    packed: (heard: Heard<'ShipmentPacked'>, meta: Meta) => reach('packed', heard, heard.packedAt, meta),
    labelled: (heard: Heard<'LabelPurchased'>, meta: Meta) => reach('label-created', heard, heard.purchasedAt, meta),
    labelFailed: (heard: Heard<'LabelFailed'>, meta: Meta) => reach('label-failed', heard, heard.failedAt, meta),
    dispatched: (heard: Heard<'ShipmentDispatched'>, meta: Meta) => reach('handed-over', heard, heard.dispatchedAt, meta),
    inTransit: scanned('in-transit'),
    outForDelivery: scanned('out-for-delivery'),
    attemptFailed: scanned('attempt-failed'),
    exception: scanned('exception'),
    delivered: scanned('delivered'),
    returning: scanned('returning'),
  };
};
export type ShipmentFacts = ReturnType<typeof shipmentFacts>;
