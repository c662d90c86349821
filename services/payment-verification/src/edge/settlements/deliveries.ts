import { sharingRoundTrips } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';

export interface DeliveredShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly deliveredAt: string;
}

const insert = `
  insert into delivered_shipment (shipment_id, order_id, delivered_at)
  select "shipmentId", "orderId", "deliveredAt" from json_to_recordset($1) as told ("shipmentId" uuid, "orderId" uuid, "deliveredAt" timestamptz)
  on conflict (shipment_id) do update set delivered_at = least(delivered_shipment.delivered_at, excluded.delivered_at)`;

/** One row for each shipment, with its first parcel; those of one batch in one order, so that batches wait for each other instead of locking each other out. */
const rowsOf = (told: readonly DeliveredShipment[]): readonly DeliveredShipment[] =>
  [...new Map(told.toSorted((a, b) => (a.deliveredAt > b.deliveredAt ? -1 : 1)).map((each) => [each.shipmentId, each])).values()].toSorted(
    (a, b) => (a.shipmentId < b.shipmentId ? -1 : 1),
  );

/** Remembers when shipments were delivered: many at once share a round trip. */
export const rememberingDeliveries = (sql: Sql): ((delivered: DeliveredShipment) => Promise<void>) => {
  return sharingRoundTrips((told: readonly DeliveredShipment[]) => sql.query(insert, [JSON.stringify(rowsOf(told))]));
};
