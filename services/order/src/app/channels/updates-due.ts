import {
  AT_COUNTER,
  type LineQuantity,
  type OrderEvent,
  type PaymentEvent,
  type Reason,
  type ReturnEvent,
  type ShippingEvent,
} from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { ChannelReturn } from '../../domain/after-sale';
import { present } from '../../domain/present';
import type { OrderEvent as Decided } from '../../domain/events';
import type { PlacedOrder } from '../../domain/state';
import type { UpdateContent } from './channel-update';

/** What a channel is to be told of a fact. `part` tells several updates of one fact apart. */
export interface UpdateDue {
  readonly part: string;
  readonly content: UpdateContent;
}

type Due<Event extends OrderEvent | PaymentEvent | ShippingEvent | ReturnEvent> = {
  readonly [Type in Event['type']]?: (data: DataOf<Event, Type>, order: PlacedOrder) => readonly UpdateDue[];
};

/** What the channel has said itself; and goods that had left, of which it knows the parcels. */
const knownThere: ReadonlySet<string> = new Set(['channel-cancelled', 'channel-edited', 'returned-to-origin']);

/** Lines that somebody added here: the channel never sold them, and has no number for them. */
export const addedHere = (events: readonly Decided[]): ReadonlySet<string> =>
  new Set(
    events.flatMap(({ type, data }) =>
      type === 'OrderEdited' && data.reason.by !== 'channel' ? data.lines.flatMap(({ lineId, before }) => (before ? [] : [lineId])) : [],
    ),
  );

/** Of a parcel, or of what will not ship, what the channel knows; nothing where that is nothing. */
export const withoutLines = (due: UpdateDue, added: ReadonlySet<string>): readonly UpdateDue[] => {
  if (added.size === 0 || !('lines' in due.content)) return [due];
  const lines = due.content.lines.filter(({ lineId }) => !added.has(lineId));
  return lines.length > 0 ? [{ ...due, content: { ...due.content, lines } }] : [];
};

const one = (content: UpdateContent): readonly UpdateDue[] => [{ part: content.kind, content }];

const slim = (lines: readonly LineQuantity[]): readonly LineQuantity[] =>
  lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));

/** An order that is cancelled as a whole is told so once, however many lines say it, too. */
const unitsCancelled = (lines: readonly LineQuantity[], { code }: Reason, { ended }: PlacedOrder): readonly UpdateDue[] =>
  knownThere.has(code) || ended?.as === 'cancelled' || lines.length === 0
    ? []
    : one({ kind: 'units-cancelled', lines: slim(lines), reason: code });

const lessOf = ({ lines }: DataOf<OrderEvent, 'OrderEdited'>): readonly LineQuantity[] =>
  lines.flatMap(({ lineId, before, after }) => {
    const quantity = (before?.quantity ?? 0) - (after?.quantity ?? 0);
    return before && quantity > 0 ? [{ lineId, sku: before.sku, quantity }] : [];
  });

export const dueOfOrder: Due<OrderEvent> = {
  OrderPlaced: () => one({ kind: 'accepted' }),
  LineCancelled: ({ lines, reason }, order) => unitsCancelled(lines, reason, order),
  OrderEdited: (edit, order) => unitsCancelled(lessOf(edit), edit.reason, order),
  OrderCancelled: ({ reason }) => (knownThere.has(reason.code) ? [] : one({ kind: 'cancelled', reason: reason.code })),
  GoodsHandedOver: ({ lines, handedOverAt }) => one({ kind: 'dispatched', lines: slim(lines), dispatchedAt: handedOverAt }),
};

/** Parcels one by one: each has a number of its own. What was fetched at a counter has none that anybody could follow. */
export const dueOfShipping: Due<ShippingEvent> = {
  ShipmentDispatched: ({ parcels, carrier, lines: all, dispatchedAt }) => {
    if (carrier === AT_COUNTER) return one({ kind: 'dispatched', lines: slim(all), dispatchedAt });
    return parcels.map(({ parcelId, trackingNumber, lines }) => ({
      part: parcelId,
      content: { kind: 'dispatched', carrier, trackingNumber, lines: slim(lines), dispatchedAt },
    }));
  },
};

/** Only of money that the channel took: what was paid to us, we have given back. */
const backFrom = (
  { sold, placed }: PlacedOrder,
  { paymentId, amount, currency }: Pick<DataOf<PaymentEvent, 'PaymentVoided'>, 'paymentId' | 'amount' | 'currency'>,
  of: { readonly refundId: string; readonly unasked?: boolean },
): readonly UpdateDue[] => {
  const paid = [...sold.payments, ...placed.payments].find((each) => each.paymentId === paymentId);
  return paid?.method === 'prepaid' && amount > 0 ? one({ kind: 'refunded', ...of, amount, currency }) : [];
};

/** Of what a channel took and we never charged, payment forgets the promise; the customer’s money is with the channel all the same. */
export const dueOfPayment: Due<PaymentEvent> = {
  ChannelRefundRequested: (refund, order) => backFrom(order, refund, { refundId: refund.refundId }),
  /** What was asked for is planned before; what was not counts with it, so that it is not taken for that later. */
  RefundIssued: (refund, order) => (refund.unasked ? backFrom(order, refund, { refundId: refund.refundId, unasked: true }) : []),
  PaymentVoided: (voided, order) => backFrom(order, voided, { refundId: voided.voidId }),
};

/** Of a return that the channel opened, and has not ended itself. */
const ofChannel = (
  { afterSale }: PlacedOrder,
  returnId: string,
  due: (there: ChannelReturn) => UpdateContent | undefined,
): readonly UpdateDue[] => {
  const there = afterSale.returns.get(returnId);
  const content = there && (there.standing === 'requested' || there.standing === 'approved') ? due(there) : undefined;
  return content ? one(content) : [];
};

const unitsOf = (lines: readonly LineQuantity[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const ended =
  (how: 'closed' | 'expired' | 'cancelled') =>
  ({ channelReturnId }: ChannelReturn): UpdateContent => ({ kind: 'return-closed', channelReturnId, how });

/** What its customer asked the channel for is answered there, and closed on both sides. A return that is declined in part is allowed for the rest. */
export const dueOfReturns: Due<ReturnEvent> = {
  ReturnAuthorized: ({ returnId, by }, order) =>
    by === 'channel'
      ? []
      : ofChannel(order, returnId, ({ channelReturnId, standing }) =>
          standing === 'requested' ? { kind: 'return-approved', channelReturnId } : undefined,
        ),
  ReturnDeclined: ({ returnId, lines, reason }, order) =>
    ofChannel(order, returnId, ({ channelReturnId, standing, lines: all }) =>
      standing === 'requested' && unitsOf(lines) >= unitsOf(all)
        ? { kind: 'return-declined', channelReturnId, ...present({ reason: reason.code }) }
        : undefined,
    ),
  ReturnClosed: ({ returnId }, order) => ofChannel(order, returnId, ended('closed')),
  /** Where only some of it has expired, the rest is closed in its own time. */
  ReturnExpired: ({ returnId, lines }, order) =>
    ofChannel(order, returnId, (there) => (unitsOf(lines) >= unitsOf(there.lines) ? ended('expired')(there) : undefined)),
  ReturnCancelled: ({ returnId }, order) => ofChannel(order, returnId, ended('cancelled')),
};
