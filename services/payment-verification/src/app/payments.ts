import type { LineQuantity, OrderEvent } from '@cartage/contracts';
import { asOf, fold, Refused, type DataOf, type Instant, type Meta } from '@cartage/eventsourcing';
import type { RefundRequest, Remittance } from '../domain/commands';
import { payment } from '../domain/decider';
import type { ReviewDecision } from '../domain/events';
import { authorizeKey, captureKey, refundKey, voidKey, type ProviderCall } from '../domain/outstanding';
import type { Known } from '../domain/payment';
import { termsOf } from '../domain/terms';
import { asking, type Asking, type PaymentsNeeds } from './asking';
import { OutcomeUnknown } from './payment-provider';
import type { HandledPayment } from './settling';

export type { PaymentsNeeds } from './asking';

/** A payment at an instant. */
export interface PaymentRead {
  readonly payment: Known;
  readonly version: number;
}

export interface Dispatched {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly lines: readonly LineQuantity[];
}

export interface Delivered {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly deliveredAt: string;
}

type Asked<Request> = Omit<Request, 'now'>;

const callsFor =
  (...keys: readonly string[]) =>
  ({ key }: ProviderCall): boolean =>
    keys.includes(key);

/** An authorisation, and its void if the order ended meanwhile. */
const promiseOf = (orderId: string) => callsFor(authorizeKey(orderId), voidKey(orderId));

/** Judges a placed order and, if nothing speaks against it, gets its money promised. */
const verify =
  ({ ask, settle, at, history, limits, provider }: Asking) =>
  async (order: DataOf<OrderEvent, 'OrderPlaced'>, meta: Meta): Promise<HandledPayment> => {
    const { orderId } = order;
    const terms = termsOf(order, provider);
    const facts = await history.remember(terms);
    const handled = await ask({ type: 'VerifyPayment', data: { orderId, terms, facts, limits, now: at() } }, meta);
    return settle(handled, meta, promiseOf(orderId));
  };

export interface Assignment {
  readonly orderId: string;
  readonly assignee: string;
}

export interface Review extends ReviewDecision {
  readonly orderId: string;
}

/**
 * Answers with the decision, not with what the provider says to it, so that a repeat answers the same. A provider that is silent does not
 * undo the decision: recovery asks again.
 */
const review =
  ({ ask, settle, at }: Asking) =>
  async (decided: Review, meta: Meta, ifVersion?: number): Promise<HandledPayment> => {
    const handled = await ask({ type: 'DecideReview', data: { ...decided, now: at() } }, meta, ifVersion);
    await settle(handled, meta, promiseOf(decided.orderId)).catch((error: unknown) => {
      if (!(error instanceof OutcomeUnknown)) throw error;
    });
    return handled;
  };

/** Takes the money for what was shipped. */
const charge =
  ({ ask, settle, at }: Asking) =>
  async ({ orderId, shipmentId, lines }: Dispatched, meta: Meta): Promise<HandledPayment> =>
    settle(
      await ask({ type: 'ChargeShipment', data: { orderId, shipmentId, lines, now: at() } }, meta),
      meta,
      callsFor(captureKey(shipmentId)),
    );

const cancel =
  ({ ask, settle, at }: Asking) =>
  async (orderId: string, reason: string, meta: Meta): Promise<HandledPayment> =>
    settle(await ask({ type: 'CancelPayment', data: { orderId, reason, now: at() } }, meta), meta, callsFor(voidKey(orderId)));

const refund =
  ({ ask, settle, at }: Asking) =>
  async (request: Asked<RefundRequest>, meta: Meta): Promise<HandledPayment> =>
    settle(await ask({ type: 'RequestRefund', data: { ...request, now: at() } }, meta), meta, callsFor(refundKey(request.refundId)));

/** Makes every call again whose answer is not known. */
const resume =
  ({ settle, streamOf, newId }: Asking) =>
  async (orderId: string, actor: string): Promise<HandledPayment> => {
    const { events, version } = await streamOf(orderId);
    const last = events.at(-1);
    const meta: Meta = { commandId: newId(), correlationId: last?.meta.correlationId ?? newId(), actor };
    const state = fold(payment, events);
    const handled = { state, current: state, version, position: last?.position ?? '', events: [], repeated: false };
    return settle(handled, meta, () => true);
  };

const read =
  ({ streamOf }: Asking) =>
  async (orderId: string, instant?: Instant): Promise<PaymentRead> => {
    const { events } = await streamOf(orderId);
    const past = instant ? asOf(events, instant) : events;
    const state = fold(payment, past);
    if (state.status === 'none')
      throw new Refused('PAYMENT_UNKNOWN', `No payment of order ${orderId} is known here, or was then.`, 'unknown');
    return { payment: state, version: past.length };
  };

/** What the service can be asked to do with the payment of an order. */
export const createPayments = (needs: PaymentsNeeds) => {
  const parts = asking(needs);
  const { ask, at } = parts;
  return {
    verify: verify(parts),
    assignReview: ({ orderId, assignee }: Assignment, meta: Meta, ifVersion?: number): Promise<HandledPayment> =>
      ask({ type: 'AssignReview', data: { orderId, assignee, now: at() } }, meta, ifVersion),
    review: review(parts),
    charge: charge(parts),
    /** The customer has it; with cash on delivery the carrier has the money. */
    deliver: ({ orderId, shipmentId, deliveredAt }: Delivered, meta: Meta): Promise<HandledPayment> =>
      ask({ type: 'RecordDelivery', data: { orderId, shipmentId, now: deliveredAt } }, meta),
    cancel: cancel(parts),
    refund: refund(parts),
    remit: (remittance: Asked<Remittance>, meta: Meta, ifVersion?: number): Promise<HandledPayment> =>
      ask({ type: 'RecordRemittance', data: { ...remittance, now: at() } }, meta, ifVersion),
    resume: resume(parts),
    read: read(parts),
  };
};

export type Payments = ReturnType<typeof createPayments>;
