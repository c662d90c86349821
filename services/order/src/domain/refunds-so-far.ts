import type { Decision } from './events';
import { hearRefund, lineFaults, requireSound, type ChannelRefundRequest, type ChannelReturn, type NamedLine } from './after-sale';
import type { PlacedOrder } from './state';

/** A refund in the books of a channel, which do not say why; below zero where money was taken back again. */
export interface BookedRefund {
  readonly channelRefundId: string;
  readonly refundId: string;
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly NamedLine[];
  readonly refundedAt: string;
}

/** All that a channel gave back of an order so far. What it was asked for is among it, under numbers that nobody was told. */
export interface RefundsSoFar {
  /** The first first. */
  readonly refunds: readonly BookedRefund[];
  readonly now: string;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

/** Each refund that was asked for is the first one of its amount that nobody has heard of. */
const withoutEchoes = (refunds: readonly BookedRefund[], asked: readonly number[]): readonly BookedRefund[] =>
  asked.reduce((left, amount) => {
    const echo = left.findIndex((refund) => refund.amount === amount);
    return echo < 0 ? left : left.toSpliced(echo, 1);
  }, refunds);

const unitsIn = ({ lines }: ChannelReturn, lineId: string): number =>
  sum(lines.filter((line) => line.lineId === lineId).map(({ quantity }) => quantity));

/** The return that has all of these units; one that came to nothing has none. */
const returnOf = ({ afterSale }: PlacedOrder, lines: readonly NamedLine[]): ChannelReturn | undefined =>
  [...afterSale.returns.values()].find(
    (each) =>
      each.standing !== 'declined' &&
      each.standing !== 'cancelled' &&
      lines.every(({ lineId, quantity }) => unitsIn(each, lineId) >= quantity),
  );

/** Money for units of a return is its refund; the books say nothing of the goods, so that without a return it is for nothing in particular. */
const whatFor = (order: PlacedOrder, lines: readonly NamedLine[]): Pick<ChannelRefundRequest, 'lines' | 'returnId'> => {
  const coming = lines.length > 0 ? returnOf(order, lines) : undefined;
  return coming ? { lines: lines.map((line) => ({ ...line, goods: 'returned' })), returnId: coming.returnId } : { lines: [] };
};

/**
 * What the books have more than is known here is what the channel gave of its own accord, of its refunds the last first. By their sum nothing counts twice, whatever comes
 * late, comes again, or is the echo of what was asked for.
 */
export const hearRefundsSoFar = (order: PlacedOrder, { refunds, now }: RefundsSoFar): readonly Decision[] => {
  const { given, asked, refunds: heard } = order.afterSale;
  let left = sum(refunds.map(({ amount }) => amount)) - given;
  const unheard = refunds.filter(({ channelRefundId }) => !heard.has(channelRefundId));
  requireSound(unheard.flatMap(({ lines }) => lineFaults(order, lines)));
  const news = withoutEchoes(unheard, asked)
    .toReversed()
    .flatMap((refund) => {
      // What was asked for may stand in no book yet: what does not fit waits for it.
      if (refund.amount <= 0 || refund.amount > left) return [];
      left -= refund.amount;
      return [{ ...refund, ...whatFor(order, refund.lines), now }];
    });
  return news.toReversed().flatMap((refund) => hearRefund(order, refund));
};
