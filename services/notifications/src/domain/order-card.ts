import { shareOfUnits, type LineQuantity, type OrderEvent, type OrderLine, type Sealed, type Totals } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';

type Placed = DataOf<OrderEvent, 'OrderPlaced' | 'OrderImported'>;
type Edited = DataOf<OrderEvent, 'OrderEdited'>;

export interface CardLine {
  readonly lineId: string;
  readonly title: string;
  readonly quantity: number;
  readonly total: number;
}

/** What messages about an order need of it: what was bought, and whom to tell, in a sealed box. */
export interface OrderCard {
  readonly orderId: string;
  /** As the customer knows it. */
  readonly number: string;
  readonly channel: string;
  readonly customerId?: string;
  readonly locale?: string;
  readonly currency: string;
  readonly placedAt: string;
  readonly country?: string;
  readonly region?: string;
  /** The last day that was promised for any of it. */
  readonly deliverBy?: string;
  readonly lines: readonly CardLine[];
  readonly totals: Totals;
  readonly personal: Sealed;
  /** Nothing of it is left. */
  readonly cancelled?: true;
  /** The `orderVersion` that lines and totals are of. */
  readonly version: number;
}

const lineOf = ({ lineId, description, sku, quantity, total }: OrderLine): CardLine => ({
  lineId,
  title: description ?? sku,
  quantity,
  total,
});

const lastOf = (dates: readonly (string | undefined)[]): string | undefined =>
  dates
    .flatMap((date) => date ?? [])
    .toSorted()
    .at(-1);

const given = <Value extends object>(value: Value): { readonly [Field in keyof Value]?: NonNullable<Value[Field]> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    readonly [Field in keyof Value]?: NonNullable<Value[Field]>;
  };

export const cardOf = (placed: Placed): OrderCard => {
  const { orderId, externalOrderId, channel, customerId, locale, currency, placedAt, lines, shipGroups, totals, personal } = placed;
  const destination = shipGroups.find((group) => group.destination)?.destination;
  const deliverBy = lastOf(shipGroups.map((group) => group.deliverBy));
  return {
    ...{ orderId, number: externalOrderId ?? orderId, channel, currency, placedAt, totals, personal, version: 1 },
    ...given({ customerId, locale, country: destination?.country, region: destination?.region, deliverBy }),
    lines: lines.map(lineOf),
  };
};

/** The order as it is after an edit; an edit that is known already, or older, changes nothing. */
export const edited = (card: OrderCard, { orderVersion, lines: changes, totals }: Edited): OrderCard => {
  if (orderVersion <= card.version) return card;
  const changed = new Map(changes.map(({ lineId, after }) => [lineId, after]));
  const known = new Set(card.lines.map(({ lineId }) => lineId));
  const kept = card.lines.flatMap((line) => {
    if (!changed.has(line.lineId)) return [line];
    const after = changed.get(line.lineId);
    return after ? [lineOf(after)] : [];
  });
  const added = changes.flatMap(({ lineId, after }) => (after && !known.has(lineId) ? [lineOf(after)] : []));
  return { ...card, lines: [...kept, ...added], totals, version: orderVersion };
};

/** A line as a message shows it: so many units of it, and what they cost. */
export interface ShownLine {
  readonly title: string;
  readonly quantity: number;
  readonly amount: number;
}

/** Lines that a message is about, by their name and with their share of what the line cost. A line that is no longer part of the order goes by its SKU. */
export const shownLines = ({ lines }: OrderCard, about: readonly LineQuantity[] | undefined): readonly ShownLine[] => {
  if (!about) return lines.map(({ title, quantity, total }) => ({ title, quantity, amount: total }));
  const sold = new Map(lines.map((line) => [line.lineId, line]));
  return about.map(({ lineId, sku, quantity }) => {
    const line = sold.get(lineId);
    const amount = line ? shareOfUnits(line.total, { before: 0, units: quantity, of: line.quantity }) : 0;
    return { title: line?.title ?? sku, quantity, amount };
  });
};
