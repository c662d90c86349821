import type { LineQuantity, Reason } from '@cartage/contracts';
import type { Meta, Position } from '@cartage/eventsourcing';
import { linesOf, refusedUnits, unanswered, unitsOf, type Cancellation } from '../domain/cancellations';
import type { LineToCancel } from '../domain/cancelling';
import { dueFor } from '../domain/due';
import { gone, wanted } from '../domain/lines';
import { order as decider, streamOf, type OrderCommand } from '../domain/order';
import type { Occasion } from '../domain/rules';
import { statusOf, type OrderStatus, type PlacedOrder } from '../domain/state';
import type { SendToOrder } from './facts';
import type { ReadOrder } from './reading';

/** Who wants what not to ship, and why; without lines the whole order. */
export interface CancellationAsked {
  readonly orderId: string;
  readonly lines?: readonly LineToCancel[] | null | undefined;
  readonly reason: Reason;
}

/** How a cancellation stands. */
export interface ShownCancellation {
  readonly cancellationId: string;
  /** `requested` while somebody is asked; then what came of it. */
  readonly status: 'requested' | 'cancelled' | 'partly-refused' | 'refused';
  readonly reason: Reason;
  readonly at: string;
  readonly cancelled: readonly LineQuantity[];
  readonly requested: readonly LineQuantity[];
  readonly refused: readonly LineQuantity[];
}

/** What becomes of money, if everything that was asked for comes about: minor units. */
export interface ExpectedMoney {
  readonly currency: string;
  /** What the order costs less by it. */
  readonly amount: number;
  /** Of that, what was paid already and comes back. */
  readonly refund: number;
  /** Of that, what was only promised and is not charged. */
  readonly release: number;
}

/** What will happen: what is cancelled, what was asked for, what is on its way and stays. */
export interface CancellationAnswer extends ShownCancellation {
  readonly orderId: string;
  readonly orderStatus: OrderStatus;
  readonly expected: ExpectedMoney;
}

export interface CancellationDone {
  readonly answer: CancellationAnswer;
  readonly version: number;
  readonly position: Position;
  readonly repeated: boolean;
}

export interface Cancellations {
  cancel(asked: CancellationAsked, meta: Meta, ifVersion?: number): Promise<CancellationDone>;
  /** What would come of it now. Nothing does. */
  preview(asked: CancellationAsked): Promise<CancellationAnswer>;
  list(orderId: string): Promise<readonly ShownCancellation[]>;
}

export interface CancellationsNeeds {
  readonly send: SendToOrder;
  readonly read: ReadOrder;
  readonly occasion: () => Occasion;
  readonly idFor: (...parts: readonly string[]) => string;
}

const statusOfCancellation = (open: boolean, came: boolean, late: boolean): ShownCancellation['status'] => {
  if (open) return 'requested';
  if (late) return came ? 'partly-refused' : 'refused';
  return 'cancelled';
};

export const shownCancellation = (order: PlacedOrder, cancellation: Cancellation): ShownCancellation => {
  const { cancellationId, reason, at } = cancellation;
  const cancelled = unitsOf(linesOf(order), ({ lineId }) => cancellation.cancelled.get(lineId) ?? 0);
  const [requested, refused] = [unanswered(cancellation), refusedUnits(cancellation)];
  const status = statusOfCancellation(requested.length > 0, cancelled.length > 0, refused.length > 0);
  return { cancellationId, status, reason, at, cancelled, requested, refused };
};

/** Of a whole order, what left is on its way and stays. */
const onItsWay = (order: PlacedOrder): readonly LineQuantity[] =>
  unitsOf(linesOf(order), ({ lineId }) => {
    const line = order.progress.get(lineId);
    return line ? Math.min(gone(line), wanted(line)) : 0;
  });

const sum = (units: readonly LineQuantity[], lineId: string): number =>
  units.reduce((total, each) => (each.lineId === lineId ? total + each.quantity : total), 0);

/** Counted by the same shares as payment counts. */
const expectedOf = (order: PlacedOrder, { cancelled, requested }: ShownCancellation): ExpectedMoney => {
  const kept = (lineId: string): number => {
    const line = order.progress.get(lineId);
    return line ? wanted(line) : 0;
  };
  const before = dueFor(order, (lineId) => kept(lineId) + sum(cancelled, lineId));
  const after = dueFor(order, (lineId) => kept(lineId) - sum(requested, lineId));
  const { captured, collected, refunded } = order.money;
  const [amount, paid] = [before - after, captured + collected - refunded];
  const refund = Math.min(amount, Math.max(0, paid - after));
  return { currency: order.placed.currency, amount, refund, release: amount - refund };
};

/** The whole order was cancelled before: that cancellation is the answer. */
const answerOf = (order: PlacedOrder, cancellationId: string, whole: boolean): CancellationAnswer => {
  const cancellation = order.cancellations.get(cancellationId) ?? [...order.cancellations.values()].at(-1);
  if (!cancellation) throw new Error(`Cancellation ${cancellationId} was decided and is not there.`);
  const shown = shownCancellation(order, cancellation);
  const refused = whole ? onItsWay(order) : shown.refused;
  return { ...shown, refused, orderId: order.placed.orderId, orderStatus: statusOf(order), expected: expectedOf(order, shown) };
};

const cancel = async (
  { send, idFor, occasion }: CancellationsNeeds,
  { orderId, lines, reason }: CancellationAsked,
  meta: Meta,
  ifVersion?: number,
): Promise<CancellationDone> => {
  const cancellationId = idFor('cancellation', orderId, meta.commandId);
  const data = { ...occasion(), cancellationId, lines, reason };
  const { state, version, position, repeated } = await send(streamOf(orderId), { type: 'CancelOrder', data }, meta, ifVersion);
  if (!state) throw new Error(`Order ${orderId} was cancelled and is not there.`);
  return { answer: answerOf(state, cancellationId, !lines), version, position, repeated };
};

const preview = async ({ read, occasion }: CancellationsNeeds, asked: CancellationAsked): Promise<CancellationAnswer> => {
  const { order } = await read(asked.orderId);
  const at = occasion();
  const cancellationId = at.newId();
  const command: OrderCommand = { type: 'CancelOrder', data: { ...at, cancellationId, lines: asked.lines, reason: asked.reason } };
  const after = decider.decide(command, order).reduce<PlacedOrder>((state, event) => decider.evolve(state, event) ?? state, order);
  return answerOf(after, cancellationId, !asked.lines);
};

export const createCancellations = (needs: CancellationsNeeds): Cancellations => ({
  cancel: (asked, meta, ifVersion) => cancel(needs, asked, meta, ifVersion),
  preview: (asked) => preview(needs, asked),
  list: async (orderId) => {
    const { order } = await needs.read(orderId);
    return [...order.cancellations.values()].filter(({ edit }) => !edit).map((each) => shownCancellation(order, each));
  },
});
