import { deciding, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { hearRefund, hearReturn, type ChannelRefundRequest, type ChannelReturnRequest } from './after-sale';
import { cancel, type CancellationRequest } from './cancelling';
import { policiesSold } from './commitments';
import { requireSame } from './differences';
import { editOf, type EditRequest } from './editing';
import type { EventData, OrderEvent } from './events';
import { evolve } from './evolve';
import type { Fact } from './facts';
import { applyHold, releaseHold, type HoldRequest, type ReleaseRequest } from './holding';
import { resolveLost, type LossRequest } from './lost-parcels';
import { pay, type PayRequest } from './paying';
import { watchDeadlines } from './promises';
import { redirect, type RedirectRequest } from './redirecting';
import { hearRefundsSoFar, type RefundsSoFar } from './refunds-so-far';
import { resend, type ResendRequest } from './resending';
import { consequences, type Occasion } from './rules';
import { chooseForShortage, type ShortageRequest } from './shortages';
import { isOver, type ImportedData, type Order, type PlacedOrder, type Placing } from './state';

export type OrderCommand =
  /** `promises`: what is promised of it under the policies that it is sold under. */
  | Named<'PlaceOrder', { readonly order: Placing; readonly promises?: readonly EventData<'PromiseMade'>[]; readonly now: string }>
  | Named<'ImportOrder', { readonly order: ImportedData }>
  | Named<'RecordFact', Occasion & { readonly fact: Fact }>
  /** A deadline has come: `now` is not before it. */
  | Named<'MeetDeadline', Occasion>
  | Named<'CancelOrder', Occasion & CancellationRequest>
  | Named<'ApplyHold', Occasion & HoldRequest>
  | Named<'ReleaseHold', Occasion & ReleaseRequest>
  | Named<'ResolveShortage', Occasion & ShortageRequest>
  | Named<'ResolveLostParcels', Occasion & LossRequest>
  | Named<'AddPayments', Occasion & PayRequest>
  | Named<'EditOrder', Occasion & EditRequest>
  | Named<'RedirectOrder', Occasion & RedirectRequest>
  | Named<'ResendDigital', Occasion & ResendRequest>
  | Named<'HearChannelRefund', Occasion & ChannelRefundRequest>
  | Named<'HearChannelRefunds', Occasion & RefundsSoFar>
  | Named<'HearChannelReturn', Occasion & ChannelReturnRequest>;

/** With its promises in the same append: an order is never seen without them. */
const place = ({ order, promises = [], now }: DataOf<OrderCommand, 'PlaceOrder'>, before: Order): readonly OrderEvent[] => {
  if (!before)
    return [
      { type: 'OrderPlaced', data: { ...order, policies: policiesSold(order.policies, promises), placedAt: order.placedAt ?? now } },
      ...promises.map((data) => ({ type: 'PromiseMade', data }) as const),
    ];
  requireSame(before.placed, order);
  return [];
};

/** An order that was placed here, or imported before, is the one that it is. */
const take = ({ order }: DataOf<OrderCommand, 'ImportOrder'>, before: Order): readonly OrderEvent[] => {
  if (!before) return [{ type: 'OrderImported', data: order }];
  requireSame(before.placed, order);
  return [];
};

/** Not final for what is heard: a fact can only be of an order that exists, so the order may only not be seen here yet. */
const required = (order: Order): PlacedOrder => {
  if (!order) throw new Refused('ORDER_UNKNOWN', 'There is no such order.', 'unknown');
  return order;
};

/**
 * Keeps a fact as it was told, and decides what follows. Whether it was told before is not asked here: it is recorded under the id of the public event,
 * and a command whose id is in the stream is not decided again.
 */
const record = ({ fact, ...occasion }: DataOf<OrderCommand, 'RecordFact'>, before: Order): readonly OrderEvent[] => [
  fact,
  ...consequences(required(before && evolve(before, fact)), occasion),
];

type Request = Exclude<OrderCommand['type'], 'PlaceOrder' | 'ImportOrder' | 'RecordFact'>;

/** What was asked, and what follows from it. */
const requested =
  <Type extends Request>(decide: (order: PlacedOrder, data: DataOf<OrderCommand, Type>) => readonly OrderEvent[]) =>
  (data: DataOf<OrderCommand, Type>, before: Order): readonly OrderEvent[] => {
    const order = required(before);
    const decided = decide(order, data);
    const after = decided.reduce<PlacedOrder>((state, event) => evolve(state, event) ?? state, order);
    return [...decided, ...consequences(after, data)];
  };

/** The process manager of an order: hears every fact about it, in any order, takes requests, and decides what follows. */
export const order: Decider<OrderCommand, Order, OrderEvent> = {
  initial: undefined,
  evolve,
  isOver,
  decide: deciding<OrderCommand, Order, OrderEvent>({
    PlaceOrder: place,
    ImportOrder: take,
    RecordFact: record,
    MeetDeadline: requested<'MeetDeadline'>(watchDeadlines),
    CancelOrder: requested<'CancelOrder'>(cancel),
    ApplyHold: requested<'ApplyHold'>(applyHold),
    ReleaseHold: requested<'ReleaseHold'>(releaseHold),
    ResolveShortage: requested<'ResolveShortage'>(chooseForShortage),
    ResolveLostParcels: requested<'ResolveLostParcels'>(resolveLost),
    AddPayments: requested<'AddPayments'>(pay),
    EditOrder: requested<'EditOrder'>(editOf),
    RedirectOrder: requested<'RedirectOrder'>(redirect),
    ResendDigital: requested<'ResendDigital'>(resend),
    HearChannelRefund: requested<'HearChannelRefund'>(hearRefund),
    HearChannelRefunds: requested<'HearChannelRefunds'>(hearRefundsSoFar),
    HearChannelReturn: requested<'HearChannelReturn'>(hearReturn),
  }),
};

export const streamOf = (orderId: string): string => `order-${orderId}`;
