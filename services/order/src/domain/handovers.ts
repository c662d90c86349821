import { handedMethods, type LineQuantity, type ShipGroup, type ShortLine } from '@cartage/contracts';
import { counted } from './lines';
import { present } from './present';
import { reckonedOnce } from './reckoned-once';
import type { PlacedOrder } from './state';

/* What customers get without anybody shipping it: carried out of a store, or delivered digitally. */

/** Units that a customer takes. `asked`: stock is to let go of them; `booked`: it has; `refused`: it does not have them; `done`: the customer has them. */
export interface Handover {
  readonly handoverId: string;
  readonly shipGroupId: string;
  readonly location?: string;
  readonly lines: readonly LineQuantity[];
  readonly standing: 'asked' | 'booked' | 'refused' | 'done';
  /** Of what was refused: what is not there. */
  readonly short: readonly ShortLine[];
}

export type Handovers = ReadonlyMap<string, Handover>;

const groups = new WeakMap<PlacedOrder['sold'], ReadonlySet<string>>();

/** Ship groups of which nothing is routed or shipped. Reckoned once for what is sold: every rule asks. */
export const handedGroups = ({ sold }: Pick<PlacedOrder, 'sold'>): ReadonlySet<string> => {
  const known = groups.get(sold) ?? new Set(sold.shipGroups.flatMap((each) => (handedMethods.has(each.method) ? [each.shipGroupId] : [])));
  groups.set(sold, known);
  return known;
};

export const groupOf = ({ sold }: Pick<PlacedOrder, 'sold'>, shipGroupId: string): ShipGroup | undefined =>
  sold.shipGroups.find((each) => each.shipGroupId === shipGroupId);

const carriedIn = reckonedOnce((sold: PlacedOrder['sold']): ReadonlySet<string> => {
  const carrying = new Set(sold.shipGroups.flatMap(({ method, shipGroupId }) => (method === 'carry-out' ? [shipGroupId] : [])));
  return new Set(carrying.size === 0 ? [] : sold.lines.flatMap(({ lineId, shipGroupId }) => (carrying.has(shipGroupId) ? [lineId] : [])));
});

/** Lines that somebody carries out of a store: what is not there is done without, nobody waits at a counter. */
export const carriedOut = ({ sold }: Pick<PlacedOrder, 'sold'>): ReadonlySet<string> => carriedIn(sold);

const underWay = reckonedOnce((handovers: PlacedOrder['handovers']): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const { standing, lines } of handovers.values())
    if (standing === 'asked' || standing === 'booked')
      for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
});

/** Units of a line that are on their way over the counter: nothing else becomes of them meanwhile. */
export const inHandover = ({ handovers }: PlacedOrder, lineId: string): number => underWay(handovers).get(lineId) ?? 0;

const withHandover = (order: PlacedOrder, handover: Handover): PlacedOrder => ({
  ...order,
  handovers: new Map(order.handovers).set(handover.handoverId, handover),
});

interface Told {
  readonly handoverId: string;
  readonly shipGroupId: string;
  readonly location?: string;
  readonly lines: readonly LineQuantity[];
}

export const withAsked = (order: PlacedOrder, { handoverId, shipGroupId, location, lines }: Told): PlacedOrder =>
  withHandover(order, { handoverId, shipGroupId, lines, standing: 'asked', short: [], ...present({ location }) });

/** Stock answers once; what it says of units that nobody asked about changes nothing. */
export const withStockAnswer = (
  order: PlacedOrder,
  standing: 'booked' | 'refused',
  { handoverId, short = [] }: { readonly handoverId: string; readonly short?: readonly ShortLine[] },
): PlacedOrder => {
  const handover = order.handovers.get(handoverId);
  return handover?.standing === 'asked' ? withHandover(order, { ...handover, standing, short }) : order;
};

export const handedOver = (order: PlacedOrder, told: Told & { readonly handedOverAt: string }): PlacedOrder => {
  const done = withHandover(withAsked(order, told), { ...told, standing: 'done', short: [] });
  const stages = ['confirmed', 'shipped', 'delivered'] as const;
  return {
    ...done,
    confirmedAt: order.confirmedAt ?? told.handedOverAt,
    progress: stages.reduce((progress, stage) => counted(progress, stage, told.lines), done.progress),
  };
};

/** What was sent of digital goods, and by which handover last. */
export const deliveredDigitally = (order: PlacedOrder, shipGroupId: string): readonly Handover[] =>
  groupOf(order, shipGroupId)?.method === 'digital'
    ? [...order.handovers.values()].filter((each) => each.shipGroupId === shipGroupId && each.standing === 'done')
    : [];
