import type { OrderEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { placeOf, soldLine, sumOf, type Place, type Sale, type SoldDelivery, type SoldLine } from './sale';

interface Charge {
  readonly amount: number;
  readonly tax: number;
}

/**
 * What became of an order after it was placed: lines and deliveries as they are from then on, and units that will not ship. Those that do arrive bear the same shares of
 * their line as they were charged.
 */
export interface SaleChange {
  readonly orderId: string;
  /** Of two changes the one with the higher sequence is the later. */
  readonly sequence: number;
  readonly lines?: readonly { readonly lineId: string; readonly after?: SoldLine }[];
  /** Without `after` it is gone; without a charge it goes to another place for what it cost before. */
  readonly deliveries?: readonly { readonly shipGroupId: string; readonly after?: { readonly place: Place; readonly charge?: Charge } }[];
  readonly cancelled?: readonly { readonly lineId: string; readonly quantity: number }[];
}

export const editOf = ({ orderId, lines, shipGroups }: DataOf<OrderEvent, 'OrderEdited'>): Omit<SaleChange, 'sequence'> => ({
  orderId,
  lines: lines.map(({ lineId, after }) => ({ lineId, ...(after ? { after: soldLine(after) } : {}) })),
  deliveries: shipGroups.map(({ shipGroupId, after }) => ({
    shipGroupId,
    ...(after ? { after: { place: placeOf(after.destination), charge: { amount: after.charge, tax: sumOf(after.taxLines) } } } : {}),
  })),
});

export const anotherPlaceOf = (changed: DataOf<OrderEvent, 'DestinationChanged'>): Omit<SaleChange, 'sequence'> => ({
  orderId: changed.orderId,
  deliveries: [{ shipGroupId: changed.shipGroupId, after: { place: placeOf(changed.destination) } }],
});

export const cancelledOf = ({ orderId, lines }: DataOf<OrderEvent, 'LineCancelled'>): Omit<SaleChange, 'sequence'> => ({
  orderId,
  cancelled: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
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

/** An edit names its lines as they are from then on; what was cancelled of them before is cancelled still. */
const edited = (line: SoldLine, after: SoldLine | undefined): SoldLine | undefined =>
  after && {
    ...after,
    ...(line.digital ? { digital: true } : {}),
    ...(line.cancelled === undefined ? {} : { cancelled: line.cancelled }),
  };

const withoutUnits = (lines: readonly SoldLine[], cancelled: NonNullable<SaleChange['cancelled']>): readonly SoldLine[] => {
  if (cancelled.length === 0) return lines;
  const units = new Map<string, number>();
  for (const { lineId, quantity } of cancelled) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return lines.map((line) => {
    const more = units.get(line.lineId);
    return more === undefined ? line : { ...line, cancelled: (line.cancelled ?? 0) + more };
  });
};

const changedBy = (sale: Sale, { lines = [], deliveries = [], cancelled = [] }: SaleChange): Sale => {
  const changed = new Map(lines.map(({ lineId, after }) => [lineId, after]));
  const kept = sale.lines.map((line) => (changed.has(line.lineId) ? edited(line, changed.get(line.lineId)) : line));
  const added = lines.filter(({ lineId }) => !sale.lines.some((line) => line.lineId === lineId)).map(({ after }) => after);
  return {
    ...sale,
    lines: withoutUnits(
      [...kept, ...added].filter((line) => line !== undefined),
      cancelled,
    ),
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
