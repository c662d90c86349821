import type { Destination, KitPart, OrderEvent, OrderLine } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Delivery } from './delivery';

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
  /** It was delivered by a link or a key: it may be sent back only where the policy says so of it. */
  readonly digital?: boolean;
  readonly shipGroupId: string;
  /** As the catalogue has it. */
  readonly category?: string;
  /** What one unit is made of, where it is a kit. */
  readonly parts?: readonly KitPart[];
  /** Its name, as it was sold. */
  readonly title?: string;
  /** Of the units: will never ship. */
  readonly cancelled?: number;
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
  readonly channel: string;
  readonly placedAt: string;
  readonly currency: string;
  /** Whether charges include tax. */
  readonly taxIncluded: boolean;
  readonly lines: readonly SoldLine[];
  readonly deliveries: readonly SoldDelivery[];
  /** Version of the return policy that it was sold under; absent: the one that was in force when it was placed. */
  readonly policy?: string;
}

/** What the catalogue says of a SKU, as far as returns care. */
export interface CatalogueItem {
  readonly sku: string;
  readonly category?: string;
  readonly returnable: boolean;
}

export type Place = Pick<SoldDelivery, 'country' | 'region'>;
export const sumOf = (parts: readonly { readonly amount: number }[]): number => parts.reduce((total, { amount }) => total + amount, 0);

export const soldLine = (line: OrderLine): SoldLine => {
  const { lineId, sku, description, quantity, total, taxLines, discounts, finalSale = false, shipGroupId } = line;
  return {
    ...{ lineId, sku, quantity, total, tax: sumOf(taxLines), discount: sumOf(discounts), finalSale, shipGroupId },
    ...(description === undefined ? {} : { title: description }),
  };
};

export const placeOf = (destination: Destination | undefined): Place => ({
  ...(destination ? { country: destination.country } : {}),
  ...(destination?.region === undefined ? {} : { region: destination.region }),
});

const digitalIn = ({ lines, shipGroups }: DataOf<OrderEvent, 'OrderPlaced'>): readonly SoldLine[] => {
  const groups = new Set(shipGroups.flatMap(({ method, shipGroupId }) => (method === 'digital' ? [shipGroupId] : [])));
  return lines.map((line) => ({ ...soldLine(line), ...(groups.has(line.shipGroupId) ? { digital: true } : {}) }));
};

export const saleOf = (order: DataOf<OrderEvent, 'OrderPlaced'>): Sale => ({
  orderId: order.orderId,
  channel: order.channel,
  placedAt: order.placedAt,
  currency: order.currency,
  taxIncluded: order.taxIncluded,
  lines: digitalIn(order),
  deliveries: order.shipGroups.map(({ shipGroupId, destination, charge, taxLines }) => ({
    shipGroupId,
    ...placeOf(destination),
    total: order.taxIncluded ? charge : charge + sumOf(taxLines),
    tax: sumOf(taxLines),
  })),
  ...(order.policies['returns'] === undefined ? {} : { policy: order.policies['returns'] }),
});

/** What kits are made of that arrived. */
const kitsIn = (deliveries: readonly Delivery[]): ReadonlyMap<string, readonly KitPart[]> =>
  new Map(deliveries.flatMap(({ lines }) => lines.flatMap(({ lineId, parts }) => (parts ? [[lineId, parts] as const] : []))));

/** The sale with what the catalogue and the parcels say of its lines. */
export const describedSale = (sale: Sale, items: readonly CatalogueItem[], deliveries: readonly Delivery[]): Sale => {
  const bySku = new Map(items.map((item) => [item.sku, item]));
  const kits = kitsIn(deliveries);
  const described = (line: SoldLine): SoldLine => {
    const [item, parts] = [bySku.get(line.sku), kits.get(line.lineId)];
    return {
      ...line,
      finalSale: line.finalSale || item?.returnable === false,
      ...(item?.category === undefined ? {} : { category: item.category }),
      ...(parts ? { parts } : {}),
    };
  };
  return { ...sale, lines: sale.lines.map(described) };
};
