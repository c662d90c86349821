import { gone, wanted } from './lines';
import type { PlacedOrder } from './state';

/** How an order stands at its channel, as far as the channel's own list of orders says it. */
export interface OrderThere {
  readonly externalOrderId: string;
  readonly changedAt: string;
  /** All of it is cancelled. */
  readonly cancelled: boolean;
  /** By the channel's own numbers of lines: units that are sold still, and of these those that were sent; absent: it does not say. */
  readonly lines?: readonly { readonly lineId: string; readonly quantity: number; readonly shipped?: number | undefined }[] | undefined;
  /** What it gave back of all that was paid, minor units. */
  readonly refunded?: number | undefined;
  /** What its customer pays for all of it, minor units. */
  readonly charged?: number | undefined;
  /** Of its money; absent: that of the order here. */
  readonly currency?: string | undefined;
}

export const differenceKinds = [
  ...(['missing-here', 'unknown-there', 'cancelled-there', 'cancelled-here'] as const),
  ...(['shipped-here', 'shipped-there', 'quantity', 'refunded', 'charged', 'currency'] as const),
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** A disagreement, in units; of money in minor units. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly here: number;
  readonly there: number;
  /** Lines that it is about, as the channel names them. */
  readonly lines: readonly LineDifference[];
  /** Of money: that of the order here. */
  readonly currency?: string | undefined;
  /** Of `currency`: what the channel charges in. */
  readonly currencyThere?: string | undefined;
}

export interface LineDifference {
  readonly lineId: string;
  readonly here: number;
  readonly there: number;
}

/** As far as it can disagree. */
export type OrderHere = Pick<PlacedOrder, 'progress' | 'ended'>;

/** Money of an order, minor units: what it costs; and of what went back what the channel was told to give, or gave of its own accord, and what it said, or answered, that it gave. */
export interface MoneyHere {
  readonly charged: number;
  readonly currency: string;
  readonly told: number;
  readonly heard: number;
}

interface LineHere {
  readonly lineId: string;
  readonly wanted: number;
  readonly shipped: number;
}

const sum = (units: readonly number[]): number => units.reduce((all, each) => all + each, 0);

const linesHere = ({ progress }: OrderHere): readonly LineHere[] =>
  [...progress].map(([lineId, line]) => ({ lineId, wanted: wanted(line), shipped: gone(line) }));

type Line = NonNullable<OrderThere['lines']>[number];

/** Of each line that either side has. */
const pairs = (order: OrderHere, lines: readonly Line[]): readonly { readonly here: LineHere; readonly there: Line }[] => {
  const here = new Map(linesHere(order).map((line) => [line.lineId, line]));
  const there = new Map(lines.map((line) => [line.lineId, line]));
  return [...new Set([...here.keys(), ...there.keys()])].map((lineId) => ({
    here: here.get(lineId) ?? { lineId, wanted: 0, shipped: 0 },
    there: there.get(lineId) ?? { lineId, quantity: 0, shipped: 0 },
  }));
};

/** Where one side has more of each of these lines. */
const differing = (kind: DifferenceKind, lines: readonly LineDifference[]): readonly Difference[] =>
  lines.length === 0 ? [] : [{ kind, here: sum(lines.map(({ here }) => here)), there: sum(lines.map(({ there }) => there)), lines }];

const ofLines = (order: OrderHere, lines: readonly Line[]): readonly Difference[] => {
  const all = pairs(order, lines);
  const shipped = all.flatMap(({ here: { lineId, shipped: here }, there: { shipped: there } }) =>
    there === undefined ? [] : [{ lineId, here, there }],
  );
  const sold = all.map(({ here: { lineId, wanted: here }, there: { quantity: there } }) => ({ lineId, here, there }));
  return [
    ...differing(
      'shipped-here',
      shipped.filter(({ here, there }) => here > there),
    ),
    ...differing(
      'shipped-there',
      shipped.filter(({ here, there }) => here < there),
    ),
    ...differing(
      'quantity',
      sold.filter(({ here, there }) => here !== there),
    ),
  ];
};

const ofWhole = (order: OrderHere, there: OrderThere): readonly Difference[] => {
  const isCancelledHere = order.ended?.as === 'cancelled';
  const wantedHere = linesHere(order).flatMap(({ lineId, wanted: here }) => (here > 0 ? [{ lineId, here, there: 0 }] : []));
  if (there.cancelled && !isCancelledHere) return differing('cancelled-there', wantedHere);
  if (!isCancelledHere || there.cancelled) return [];
  const soldThere = (there.lines ?? []).flatMap(({ lineId, quantity }) => (quantity > 0 ? [{ lineId, here: 0, there: quantity }] : []));
  return there.lines ? differing('cancelled-here', soldThere) : [{ kind: 'cancelled-here', here: 0, there: 0, lines: [] }];
};

/** More than it ever said is news; less than it was told to is owed. */
export const refundsDiffer = (
  { refunded: there }: Pick<OrderThere, 'refunded'>,
  { told, heard, currency }: Pick<MoneyHere, 'told' | 'heard' | 'currency'>,
): readonly Difference[] => {
  const of = (here: number, amount: number): readonly Difference[] => [{ kind: 'refunded', here, there: amount, lines: [], currency }];
  if (there === undefined) return [];
  if (there > heard) return of(heard, there);
  return there < told ? of(told, there) : [];
};

/** As long as all of it is sold on both sides: what is left of a sum when units go is each side's own to round. */
const isWhole = (order: OrderHere, { lines = [] }: OrderThere): boolean =>
  [...order.progress.values()].every((line) => wanted(line) === line.quantity) &&
  pairs(order, lines).every(({ here, there }) => lines.length === 0 || here.wanted === there.quantity);

/** An order that is over on either side costs what is left of it. */
const ofCharge = (order: OrderHere, there: OrderThere, { charged: here, currency }: MoneyHere): readonly Difference[] => {
  const { charged = here, cancelled } = there;
  const isOther = charged !== here && !cancelled && !order.ended && isWhole(order, there);
  return isOther ? [{ kind: 'charged', here, there: charged, lines: [], currency }] : [];
};

/** Amounts of two currencies are never compared. */
const ofMoney = (order: OrderHere, there: OrderThere, money: MoneyHere): readonly Difference[] => {
  const { charged: here, currency } = money;
  const { charged = 0, currency: currencyThere = currency } = there;
  if (currencyThere !== currency) return [{ kind: 'currency', here, there: charged, lines: [], currency, currencyThere }];
  return [...refundsDiffer(there, money), ...ofCharge(order, there, money)];
};

/**
 * What two sides say otherwise of an order that both have. An order that is cancelled as a whole on one side only disagrees by that, not by each of its lines; one that is
 * cancelled on both agrees, whatever its lines say.
 */
export const differencesOf = (order: OrderHere, there: OrderThere, money: MoneyHere): readonly Difference[] => {
  const whole = ofWhole(order, there);
  const isOver = there.cancelled || order.ended?.as === 'cancelled';
  return [...whole, ...(isOver || !there.lines ? [] : ofLines(order, there.lines)), ...ofMoney(order, there, money)];
};
