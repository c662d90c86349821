import type { LineQuantity, OrderEvent, ShippingEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { currentPolicy } from './policy';

/** A line as it was sold, its parts apart. Amounts are of the whole line, in minor units. */
export interface SoldLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** What the customer paid for it, tax in it. */
  readonly total: number;
  /** Of the total: tax. */
  readonly tax: number;
  /** Already off the total. */
  readonly discount: number;
  readonly finalSale: boolean;
  readonly shipGroupId: string;
}

/** What was sold for bringing lines to a place. */
export interface SoldDelivery {
  readonly shipGroupId: string;
  readonly country?: string;
  readonly region?: string;
  /** What the customer paid for it, tax in it. */
  readonly total: number;
  /** Of the total: tax. */
  readonly tax: number;
}

/** An order as far as returns care, as it was sold. */
export interface Sale {
  readonly orderId: string;
  readonly currency: string;
  readonly lines: readonly SoldLine[];
  readonly deliveries: readonly SoldDelivery[];
  /** Version of the return policy that it was sold under. */
  readonly policy: string;
}

/** Some parcels of a shipment arrived. */
export interface Delivery {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly parcels: readonly string[];
  readonly lines: readonly LineQuantity[];
  /** By the carrier's clock. */
  readonly deliveredAt: string;
}

/** What of a line has arrived. */
export interface DeliveredLine {
  readonly lineId: string;
  readonly quantity: number;
  /** When the last of it came: its window counts from then. */
  readonly deliveredAt: string;
}

const sum = (parts: readonly { readonly amount: number }[]): number => parts.reduce((total, { amount }) => total + amount, 0);

export const saleOf = (order: DataOf<OrderEvent, 'OrderPlaced'>): Sale => ({
  orderId: order.orderId,
  currency: order.currency,
  lines: order.lines.map(({ lineId, sku, quantity, total, taxLines, discounts, finalSale = false, shipGroupId }) => ({
    ...{ lineId, sku, quantity, total, tax: sum(taxLines), discount: sum(discounts), finalSale, shipGroupId },
  })),
  deliveries: order.shipGroups.map(({ shipGroupId, destination, charge, taxLines }) => ({
    shipGroupId,
    ...(destination ? { country: destination.country } : {}),
    ...(destination?.region === undefined ? {} : { region: destination.region }),
    total: order.taxIncluded ? charge : charge + sum(taxLines),
    tax: sum(taxLines),
  })),
  policy: order.policies['returns'] ?? currentPolicy.version,
});

export const deliveryOf = ({ orderId, shipmentId, parcels, lines, occurredAt }: DataOf<ShippingEvent, 'ShipmentDelivered'>): Delivery => ({
  orderId,
  shipmentId,
  parcels: parcels.map(({ parcelId }) => parcelId),
  lines,
  deliveredAt: occurredAt,
});

/** Parcels that are told of again, in another event, arrive once. */
const once = (deliveries: readonly Delivery[]): readonly Delivery[] => {
  const seen = new Set<string>();
  return deliveries.filter(({ shipmentId, parcels }) => {
    const keys = parcels.map((parcelId) => JSON.stringify([shipmentId, parcelId]));
    const isNew = keys.length === 0 || keys.some((key) => !seen.has(key));
    keys.forEach((key) => seen.add(key));
    return isNew;
  });
};

const later = (one: string | undefined, other: string): string => (one !== undefined && one > other ? one : other);

/** What has arrived of each line. */
export const deliveredOf = (deliveries: readonly Delivery[]): readonly DeliveredLine[] => {
  const delivered = new Map<string, DeliveredLine>();
  for (const { lines, deliveredAt } of once(deliveries))
    for (const { lineId, quantity } of lines) {
      const before = delivered.get(lineId);
      const units = (before?.quantity ?? 0) + quantity;
      delivered.set(lineId, { lineId, quantity: units, deliveredAt: later(before?.deliveredAt, deliveredAt) });
    }
  return [...delivered.values()];
};
