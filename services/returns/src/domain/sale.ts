import type { Destination, LineQuantity, OrderEvent, OrderLine, ShippingEvent } from '@cartage/contracts';
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
  /** Whether charges include tax; absent in what was kept with returns of old. */
  readonly taxIncluded?: boolean;
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

type Place = Pick<SoldDelivery, 'country' | 'region'>;
interface Charge {
  readonly amount: number;
  readonly tax: number;
}

/**
 * What became of an order after it was placed: lines and deliveries as they are from then on. Units that were cancelled need no word here: what never arrived is not
 * returned, and the units that do arrive bear the same shares of their line as they were charged.
 */
export interface SaleChange {
  readonly orderId: string;
  /** Of two changes the one with the higher sequence is the later. */
  readonly sequence: number;
  readonly lines?: readonly { readonly lineId: string; readonly after?: SoldLine }[];
  /** Without `after` it is gone; without a charge it goes to another place for what it cost before. */
  readonly deliveries?: readonly { readonly shipGroupId: string; readonly after?: { readonly place: Place; readonly charge?: Charge } }[];
}

const sum = (parts: readonly { readonly amount: number }[]): number => parts.reduce((total, { amount }) => total + amount, 0);

const soldLine = ({ lineId, sku, quantity, total, taxLines, discounts, finalSale = false, shipGroupId }: OrderLine): SoldLine => ({
  ...{ lineId, sku, quantity, total, tax: sum(taxLines), discount: sum(discounts), finalSale, shipGroupId },
});

const placeOf = (destination: Destination | undefined): Place => ({
  ...(destination ? { country: destination.country } : {}),
  ...(destination?.region === undefined ? {} : { region: destination.region }),
});

/** What came with an order that lived and ended elsewhere: all of it. */
export const importedDelivery = ({ orderId, importId, lines, endedAt }: DataOf<OrderEvent, 'OrderImported'>): Delivery => ({
  orderId,
  shipmentId: importId,
  parcels: [],
  lines: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  deliveredAt: endedAt,
});

export const saleOf = (order: DataOf<OrderEvent, 'OrderPlaced'>): Sale => ({
  orderId: order.orderId,
  currency: order.currency,
  taxIncluded: order.taxIncluded,
  lines: order.lines.map(soldLine),
  deliveries: order.shipGroups.map(({ shipGroupId, destination, charge, taxLines }) => ({
    shipGroupId,
    ...placeOf(destination),
    total: order.taxIncluded ? charge : charge + sum(taxLines),
    tax: sum(taxLines),
  })),
  policy: order.policies['returns'] ?? currentPolicy.version,
});

export const editOf = ({ orderId, lines, shipGroups }: DataOf<OrderEvent, 'OrderEdited'>): Omit<SaleChange, 'sequence'> => ({
  orderId,
  lines: lines.map(({ lineId, after }) => ({ lineId, ...(after ? { after: soldLine(after) } : {}) })),
  deliveries: shipGroups.map(({ shipGroupId, after }) => ({
    shipGroupId,
    ...(after ? { after: { place: placeOf(after.destination), charge: { amount: after.charge, tax: sum(after.taxLines) } } } : {}),
  })),
});

export const anotherPlaceOf = (changed: DataOf<OrderEvent, 'DestinationChanged'>): Omit<SaleChange, 'sequence'> => ({
  orderId: changed.orderId,
  deliveries: [{ shipGroupId: changed.shipGroupId, after: { place: placeOf(changed.destination) } }],
});

const without = <Part>(parts: readonly Part[], isIt: (part: Part) => boolean): readonly Part[] => parts.filter((part) => !isIt(part));

/** Without a charge of its own it costs what it cost before. */
const paidFor = (
  { taxIncluded, deliveries }: Sale,
  shipGroupId: string,
  charge: Charge | undefined,
): Pick<SoldDelivery, 'total' | 'tax'> => {
  if (charge) return { total: taxIncluded ? charge.amount : charge.amount + charge.tax, tax: charge.tax };
  const before = deliveries.find((each) => each.shipGroupId === shipGroupId);
  return before ? { total: before.total, tax: before.tax } : { total: 0, tax: 0 };
};

const changedBy = (sale: Sale, { lines = [], deliveries = [] }: SaleChange): Sale => {
  const changed = new Map(lines.map(({ lineId, after }) => [lineId, after]));
  const kept = sale.lines.map((line) => (changed.has(line.lineId) ? changed.get(line.lineId) : line));
  const added = lines.filter(({ lineId }) => !sale.lines.some((line) => line.lineId === lineId)).map(({ after }) => after);
  return {
    ...sale,
    lines: [...kept, ...added].filter((line) => line !== undefined),
    deliveries: deliveries.reduce<readonly SoldDelivery[]>(
      (all, { shipGroupId, after }) => [
        ...without(all, (each) => each.shipGroupId === shipGroupId),
        ...(after ? [{ shipGroupId, ...after.place, ...paidFor(sale, shipGroupId, after.charge) }] : []),
      ],
      sale.deliveries,
    ),
  };
};

/** The sale as it is after these changes, in whatever order, and however often, they were told. */
export const changedSale = (sold: Sale, changes: readonly SaleChange[]): Sale =>
  changes.toSorted((a, b) => a.sequence - b.sequence).reduce(changedBy, sold);

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
