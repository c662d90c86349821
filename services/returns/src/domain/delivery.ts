import type { LineQuantity, OrderEvent, ShippingEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';

/** Some parcels of a shipment arrived. */
export interface Delivery {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly parcels: readonly string[];
  readonly lines: readonly LineQuantity[];
  /** By the carrier's clock. */
  readonly deliveredAt: string;
  /** They came back to us: whatever was told before, the customer does not have them. */
  readonly undone?: boolean;
}

/** What of a line has arrived. */
export interface DeliveredLine {
  readonly lineId: string;
  readonly quantity: number;
  /** When the last of it came: its window counts from then. */
  readonly deliveredAt: string;
}

/** What came with an order that lived and ended elsewhere: all of it. */
export const importedDelivery = ({ orderId, importId, lines, endedAt }: DataOf<OrderEvent, 'OrderImported'>): Delivery => ({
  orderId,
  shipmentId: importId,
  parcels: [],
  lines: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  deliveredAt: endedAt,
});

/** What the customer got without anybody shipping it: each handover by itself. */
export const handedOver = ({ orderId, handoverId, lines, handedOverAt }: DataOf<OrderEvent, 'GoodsHandedOver'>): Delivery => ({
  orderId,
  shipmentId: handoverId,
  parcels: [],
  lines,
  deliveredAt: handedOverAt,
});

export const deliveryOf = ({ orderId, shipmentId, parcels, lines, occurredAt }: DataOf<ShippingEvent, 'ShipmentDelivered'>): Delivery => ({
  orderId,
  shipmentId,
  parcels: parcels.map(({ parcelId }) => parcelId),
  lines,
  deliveredAt: occurredAt,
});

/** What came back undelivered, the customer cannot send back. */
export const undoneBy = ({ orderId, shipmentId, parcels, occurredAt }: DataOf<ShippingEvent, 'RtoInitiated'>): Delivery => ({
  ...{ orderId, shipmentId, parcels: parcels.map(({ parcelId }) => parcelId), lines: [] },
  ...{ deliveredAt: occurredAt, undone: true },
});

const keysOf = ({ shipmentId, parcels }: Delivery): readonly string[] => parcels.map((parcelId) => JSON.stringify([shipmentId, parcelId]));

/** Without the parcels that the customer does not have after all. */
const standing = (deliveries: readonly Delivery[]): readonly Delivery[] => {
  const back = new Set(deliveries.filter(({ undone }) => undone).flatMap(keysOf));
  return deliveries.filter((delivery) => !delivery.undone && !keysOf(delivery).some((key) => back.has(key)));
};

/** Parcels that are told of again, in another event, arrive once. */
const once = (deliveries: readonly Delivery[]): readonly Delivery[] => {
  const seen = new Set<string>();
  return deliveries.filter((delivery) => {
    const keys = keysOf(delivery);
    const isNew = keys.length === 0 || keys.some((key) => !seen.has(key));
    keys.forEach((key) => seen.add(key));
    return isNew;
  });
};

const later = (one: string | undefined, other: string): string => (one !== undefined && one > other ? one : other);

/** What has arrived of each line. */
export const deliveredOf = (deliveries: readonly Delivery[]): readonly DeliveredLine[] => {
  const delivered = new Map<string, DeliveredLine>();
  for (const { lines, deliveredAt } of once(standing(deliveries)))
    for (const { lineId, quantity } of lines) {
      const before = delivered.get(lineId);
      const units = (before?.quantity ?? 0) + quantity;
      delivered.set(lineId, { lineId, quantity: units, deliveredAt: later(before?.deliveredAt, deliveredAt) });
    }
  return [...delivered.values()];
};
