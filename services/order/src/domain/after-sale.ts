import type { LineQuantity } from '@cartage/contracts';
import { Refused, type DataOf, type FieldError } from '@cartage/eventsourcing';
import { refusedUnits } from './cancellations';
import type { Decision } from './events';
import { present } from './present';
import type { PlacedOrder } from './state';

type Refunded = DataOf<Decision, 'ChannelRefunded'>;
type Opened = DataOf<Decision, 'ChannelReturnOpened'>;

/** How far a return has come at its channel: it only ever goes on. */
export const returnStandings = ['requested', 'approved', 'declined', 'cancelled', 'closed'] as const;
export type ReturnStanding = (typeof returnStandings)[number];

/** A return that a channel has opened. */
export interface ChannelReturn {
  readonly channelReturnId: string;
  readonly returnId: string;
  readonly standing: ReturnStanding;
  readonly lines: readonly LineQuantity[];
}

/** What the channel did after it had sold the order. */
export interface AfterSale {
  /** By the channel’s number: each refund is heard once. */
  readonly refunds: ReadonlySet<string>;
  /** Minor units, of all of them. */
  readonly given: number;
  /** Of these what it was asked for, one by one. */
  readonly asked: readonly number[];
  /** Units by line that were cancelled there with money. */
  readonly cancelled: ReadonlyMap<string, number>;
  /** By our number. */
  readonly returns: ReadonlyMap<string, ChannelReturn>;
}

export const nothingAfter: AfterSale = { refunds: new Set(), given: 0, asked: [], cancelled: new Map(), returns: new Map() };

/** A line as the channel names it, and where it stands in its message. */
export interface NamedLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly field: string;
}

/** Units that a channel names by what was sold, and not by its line. */
export interface NamedGoods extends Omit<NamedLine, 'lineId'> {
  readonly lineId?: undefined;
  readonly sku: string;
}

export interface ChannelRefundRequest {
  readonly channelRefundId: string;
  readonly refundId: string;
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly (NamedLine & { readonly goods: 'cancelled' | 'returned' | 'kept' })[];
  readonly returnId?: string | undefined;
  readonly asked?: boolean | undefined;
  readonly refundedAt: string;
  readonly now: string;
}

export interface ChannelReturnRequest {
  readonly channelReturnId: string;
  readonly returnId: string;
  readonly standing: ReturnStanding;
  readonly lines: readonly ((NamedLine | NamedGoods) & { readonly reason: string })[];
  readonly saidAt?: string | undefined;
  readonly now: string;
}

const fault = (field: string, code: string, message: string): FieldError => ({ field, code, message });

export const lineFaults = ({ sold, progress }: PlacedOrder, lines: readonly NamedLine[]): readonly FieldError[] =>
  lines.flatMap(({ lineId, quantity, field }) => {
    const line = sold.lines.find((each) => each.lineId === lineId);
    if (!line) return [fault(field, 'LINE_UNKNOWN', `The order has no line ${lineId}.`)];
    const most = progress.get(lineId)?.quantity ?? line.quantity;
    return quantity > most ? [fault(field, 'QUANTITY_TOO_HIGH', `Line ${lineId} has ${most} units, not ${quantity}.`)] : [];
  });

export const requireSound = (faults: readonly FieldError[]): void => {
  if (faults.length > 0) throw new Refused('AFTER_SALE_INVALID', faults.map(({ message }) => message).join(' '), 'invalid', faults);
};

const skuOf = ({ sold }: PlacedOrder, lineId: string): string => sold.lines.find((line) => line.lineId === lineId)?.sku ?? '';

const plus = (before: ReadonlyMap<string, number>, lines: Refunded['lines']): ReadonlyMap<string, number> => {
  const sums = new Map(before);
  for (const { lineId, quantity, goods } of lines) if (goods === 'cancelled') sums.set(lineId, (sums.get(lineId) ?? 0) + quantity);
  return sums;
};

/** Units of a line that will not ship, or were to be cancelled and are on their way: it was decided about them. */
const decidedUnits = ({ progress, cancellations }: PlacedOrder, lineId: string): number => {
  const late = [...cancellations.values()].flatMap(refusedUnits).filter((line) => line.lineId === lineId);
  return late.reduce((sum, { quantity }) => sum + quantity, progress.get(lineId)?.cancelled ?? 0);
};

/** What is not due any more is known first: else the money would count as given for nothing. */
const requireDecided = (order: PlacedOrder, lines: Refunded['lines']): void => {
  const cancelled = plus(order.afterSale.cancelled, lines);
  const early = lines.find(({ lineId, goods }) => goods === 'cancelled' && decidedUnits(order, lineId) < (cancelled.get(lineId) ?? 0));
  if (early)
    throw new Refused(
      'UNITS_NOT_CANCELLED',
      `Units of line ${early.lineId} were refunded as cancelled, and are not cancelled here yet.`,
      'unknown',
    );
};

/** The channel gave money back; told again, it is the same. */
export const hearRefund = (order: PlacedOrder, request: ChannelRefundRequest): readonly Decision[] => {
  const { channelRefundId, refundId, amount, currency, lines, returnId, asked, refundedAt, now } = request;
  if (amount <= 0 || order.afterSale.refunds.has(channelRefundId)) return [];
  const foreign =
    currency === order.placed.currency
      ? []
      : [fault('currency', 'CURRENCY_DIFFERS', `The order is in ${order.placed.currency}, the refund in ${currency}.`)];
  requireSound([...foreign, ...lineFaults(order, lines)]);
  const named = lines.map(({ lineId, quantity, goods }) => ({ lineId, sku: skuOf(order, lineId), quantity, goods }));
  requireDecided(order, named);
  const { orderId, channel } = order.placed;
  const of = { orderId, channel, channelRefundId, refundId, currency, amount, lines: named };
  return [{ type: 'ChannelRefunded', data: { ...of, ...present({ returnId, asked }), refundedAt, recordedAt: now } }];
};

/** Units of a SKU are of the lines that have it, the first first; what is too much is of the last of them, and refused as that. */
const ofGoods = ({ placed }: PlacedOrder, { sku, quantity, field }: NamedGoods): readonly NamedLine[] => {
  const having = placed.lines.filter((line) => line.sku === sku);
  if (having.length === 0) requireSound([fault(field, 'SKU_UNKNOWN', `The order has no line with the SKU ${sku}.`)]);
  let left = quantity;
  return having.flatMap(({ lineId, quantity: most }, i) => {
    const units = i === having.length - 1 ? left : Math.min(most, left);
    left -= units;
    return units > 0 ? [{ lineId, quantity: units, field }] : [];
  });
};

const byLine = (order: PlacedOrder, lines: ChannelReturnRequest['lines']): readonly (NamedLine & { readonly reason: string })[] =>
  lines.flatMap((line) => {
    const { reason } = line;
    return line.lineId === undefined ? ofGoods(order, line).map((of) => ({ ...of, reason })) : [line];
  });

/** The same return, however far: words that are late, or say nothing new, change nothing. */
const isNews = (before: ChannelReturn | undefined, standing: ReturnStanding): boolean =>
  !before || returnStandings.indexOf(standing) > returnStandings.indexOf(before.standing);

const isOver = (standing: ReturnStanding): standing is Exclude<ReturnStanding, Opened['standing']> =>
  standing === 'declined' || standing === 'cancelled' || standing === 'closed';

/** A return is opened there, allowed, and over. One that is heard of at its end only was open before, unless it came to nothing. */
export const hearReturn = (order: PlacedOrder, request: ChannelReturnRequest): readonly Decision[] => {
  const { channelReturnId, returnId, standing, lines, now, saidAt = now } = request;
  const before = order.afterSale.returns.get(returnId);
  if (!isNews(before, standing)) return [];
  const named = byLine(order, lines);
  requireSound(lineFaults(order, named));
  const of = { orderId: order.placed.orderId, channel: order.placed.channel, channelReturnId, returnId };
  const asked = named.map(({ lineId, quantity, reason }) => ({ lineId, sku: skuOf(order, lineId), quantity, reason }));
  const opened = (as: Opened['standing']): Decision => ({
    type: 'ChannelReturnOpened',
    data: { ...of, standing: as, lines: asked, openedAt: saidAt, recordedAt: now },
  });
  if (!isOver(standing)) return [opened(standing)];
  const ended: Decision = { type: 'ChannelReturnEnded', data: { ...of, how: standing, endedAt: saidAt, recordedAt: now } };
  return !before && standing === 'closed' ? [opened('approved'), ended] : [ended];
};

export const withRefund = (order: PlacedOrder, { channelRefundId, lines, amount, asked }: Refunded): PlacedOrder => ({
  ...order,
  afterSale: {
    ...order.afterSale,
    given: order.afterSale.given + amount,
    asked: asked ? [...order.afterSale.asked, amount] : order.afterSale.asked,
    refunds: new Set(order.afterSale.refunds).add(channelRefundId),
    cancelled: plus(order.afterSale.cancelled, lines),
  },
});

const withReturn = (order: PlacedOrder, channelReturn: ChannelReturn): PlacedOrder => ({
  ...order,
  afterSale: { ...order.afterSale, returns: new Map(order.afterSale.returns).set(channelReturn.returnId, channelReturn) },
});

const standingOf = (word: string): ReturnStanding => returnStandings.find((known) => known === word) ?? 'requested';

const slim = (lines: readonly LineQuantity[]): readonly LineQuantity[] =>
  lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));

export const openedThere = (order: PlacedOrder, { channelReturnId, returnId, standing, lines }: Opened): PlacedOrder =>
  withReturn(order, {
    ...{ channelReturnId, returnId, standing: standingOf(standing) },
    lines: slim(lines),
  });

export const endedThere = (order: PlacedOrder, data: DataOf<Decision, 'ChannelReturnEnded'>): PlacedOrder => {
  const { channelReturnId, returnId, how } = data;
  const lines = order.afterSale.returns.get(returnId)?.lines ?? [];
  return withReturn(order, { channelReturnId, returnId, lines, standing: standingOf(how) });
};
