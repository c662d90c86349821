import type { LineQuantity, Reason } from '@cartage/contracts';
import { cancellable, unitsOf } from './cancellations';
import { pickedShort } from './fulfillments';
import type { Rule } from './occasion';
import type { PlacedOrder } from './state';

/* What waited at a counter and was not taken: the order asks it back, as if somebody had asked to cancel it. */

export interface Uncollected {
  /** Of the handover, or of the end of its time: that of the cancellation, too. */
  readonly cancellationId: string;
  readonly lines: readonly LineQuantity[];
  readonly reason: Reason;
}

const withUncollected = (order: PlacedOrder, one: Uncollected): PlacedOrder =>
  one.lines.length > 0 ? { ...order, uncollected: new Map(order.uncollected).set(one.cancellationId, one) } : order;

interface AtCounter {
  readonly fulfillmentId: string;
  readonly location: string;
  /** Shipping tells what stays at the store: it has left where it came from. */
  readonly cameByParcel?: boolean;
}

const declinedThere = { code: 'declined-at-counter', detail: 'It was refused at the counter.', by: 'customer' };
const notFetched = { code: 'not-collected', detail: 'Nobody fetched it in time.', by: 'policy' };

/** What was refused at the counter is claimed there no more. */
export const declined = (
  order: PlacedOrder,
  told: AtCounter & { readonly handoverId: string; readonly declined: readonly LineQuantity[]; readonly handedOverAt: string },
): PlacedOrder => {
  const { fulfillmentId, location, handoverId: cancellationId, declined: lines, handedOverAt: at } = told;
  if (lines.length === 0 || told.cameByParcel) return order;
  const after = pickedShort(order, { fulfillmentId, location, short: lines, at });
  return withUncollected(after, { cancellationId, lines, reason: declinedThere });
};

export const notCollected = (
  order: PlacedOrder,
  {
    expiryId,
    lines,
    cameByParcel,
  }: Pick<AtCounter, 'cameByParcel'> & { readonly expiryId: string; readonly lines: readonly LineQuantity[] },
): PlacedOrder => (cameByParcel ? order : withUncollected(order, { cancellationId: expiryId, lines, reason: notFetched }));

/** Once for each time; what is asked back already, or is gone, is not asked for again. */
export const askBackUncollected: Rule = (order, { now: requestedAt }) =>
  [...order.uncollected.values()].flatMap(({ cancellationId, lines: left, reason }) => {
    if (order.cancellations.has(cancellationId)) return [];
    const lines = unitsOf(left, ({ lineId, quantity }) => Math.min(quantity, cancellable(order, lineId).byAsking));
    const { orderId } = order.placed;
    return lines.length > 0
      ? [{ type: 'CancellationRequested' as const, data: { orderId, cancellationId, lines, reason, requestedAt } }]
      : [];
  });
