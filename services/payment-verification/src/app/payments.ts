import type { LineQuantity, OrderEvent, Reason } from '@cartage/contracts';
import {
  asOf,
  fold,
  handling,
  Refused,
  type DataOf,
  type Deadlines,
  type EventStore,
  type Instant,
  type Meta,
  type Send,
  type StoredEvent,
} from '@cartage/eventsourcing';
import type { Delivery, PaymentCommand, RefundRequest, Remittance } from '../domain/commands';
import { payment, paymentStream } from '../domain/decider';
import type { PaymentEvent } from '../domain/events';
import type { Known, Payment, ReviewDecision } from '../domain/payment';
import { termsOf } from '../domain/terms';
import type { VerificationLimits } from '../domain/verification';
import type { CustomerHistory } from './customer-history';
import { OutcomeUnknown, type OpenToken } from './payment-provider';
import { reviewDeadline } from './review-deadline';
import { settling, type HandledPayment, type Providers } from './settling';

export interface PaymentsNeeds {
  readonly store: EventStore;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly isPublic: (type: string) => boolean;
  readonly history: CustomerHistory;
  /** The rules in force. */
  readonly limits: () => Promise<VerificationLimits>;
  readonly providers: Providers;
  /** The provider that new orders are given to. */
  readonly provider: string;
  readonly openToken: OpenToken;
  readonly deadlines: Pick<Deadlines, 'set'>;
}

/** A payment at an instant, and the events that led to it. */
export interface PaymentRead {
  readonly payment: Known;
  readonly version: number;
  readonly events: readonly StoredEvent<PaymentEvent>[];
}

export interface PlacedOrder {
  readonly order: DataOf<OrderEvent, 'OrderPlaced'>;
  /** When the order service recorded it. */
  readonly recordedAt: string;
}

export interface Dispatch {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly lines: readonly LineQuantity[];
}

export interface Cancellation {
  readonly orderId: string;
  readonly reason: Reason;
}

export interface Assignment {
  readonly orderId: string;
  readonly assignee: string;
}

export interface Review extends ReviewDecision {
  readonly orderId: string;
}

/** What the service can be asked to do with the payment of an order. */
export class Payments {
  private readonly send: Send<PaymentCommand, Payment, PaymentEvent>;
  private readonly settle: ReturnType<typeof settling>;

  constructor(private readonly needs: PaymentsNeeds) {
    this.send = handling<PaymentCommand, Payment, PaymentEvent>(needs, payment);
    this.settle = settling({ ...needs, send: this.send });
  }

  /** Judges a placed order and, if nothing speaks against it, gets its money promised. */
  async verify({ order, recordedAt }: PlacedOrder, meta: Meta): Promise<HandledPayment> {
    const { history, limits, provider, newId } = this.needs;
    const terms = termsOf(order, provider);
    const facts = await history.remember(terms, recordedAt);
    const data = { orderId: order.orderId, terms, facts, limits: await limits(), authorizationId: newId(), now: this.now() };
    const verified = await this.ask({ type: 'VerifyPayment', data }, meta);
    await this.limitReview(verified.current, meta);
    return this.getPromised(verified, meta);
  }

  /** It has waited for a person as long as it may. */
  escalateReview(orderId: string, meta: Meta): Promise<HandledPayment> {
    return this.ask({ type: 'EscalateReview', data: { orderId, now: this.now() } }, meta);
  }

  assignReview(assignment: Assignment, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.ask({ type: 'AssignReview', data: { ...assignment, now: this.now() } }, meta, ifVersion);
  }

  /**
   * Answers with the decision, not with what the provider says to it, so that a repeat answers the same. A provider that is silent does not
   * undo the decision: recovery asks again.
   */
  async review(review: Review, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    const data = { ...review, by: meta.actor, authorizationId: this.needs.newId(), now: this.now() };
    const decided = await this.ask({ type: 'DecideReview', data }, meta, ifVersion);
    await this.getPromised(decided, meta).catch((error: unknown) => {
      if (!(error instanceof OutcomeUnknown)) throw error;
    });
    return decided;
  }

  /** Takes the money for what was shipped. */
  async charge(dispatch: Dispatch, meta: Meta): Promise<HandledPayment> {
    const data = { ...dispatch, captureId: this.needs.newId(), now: this.now() };
    const charged = await this.ask({ type: 'ChargeShipment', data }, meta);
    return this.settle(charged, meta, (call) => call.operation === 'capture' && call.shipmentId === dispatch.shipmentId);
  }

  /** The customer has it; with cash on delivery the carrier has the money. */
  deliver(delivery: Delivery, deliveredAt: string, meta: Meta): Promise<HandledPayment> {
    return this.ask({ type: 'RecordDelivery', data: { ...delivery, now: deliveredAt } }, meta);
  }

  async cancel(cancellation: Cancellation, meta: Meta): Promise<HandledPayment> {
    const data = { ...cancellation, voidId: this.needs.newId(), now: this.now() };
    return this.settle(await this.ask({ type: 'CancelPayment', data }, meta), meta, ({ operation }) => operation === 'void');
  }

  async refund(request: RefundRequest, meta: Meta): Promise<HandledPayment> {
    const data = { ...request, attemptId: this.needs.newId(), now: this.now() };
    const requested = await this.ask({ type: 'RequestRefund', data }, meta);
    return this.settle(requested, meta, (call) => call.operation === 'refund' && call.refundId === request.refundId);
  }

  remit(remittance: Remittance, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.ask({ type: 'RecordRemittance', data: { ...remittance, now: this.now() } }, meta, ifVersion);
  }

  /** Makes every call again whose answer is not known. */
  async resume(orderId: string, actor: string): Promise<HandledPayment> {
    const events = await this.eventsOf(orderId);
    const last = events.at(-1);
    const meta: Meta = { commandId: this.needs.newId(), correlationId: last?.meta.correlationId ?? this.needs.newId(), actor };
    const state = fold(payment, events);
    const handled = { state, current: state, version: events.length, position: last?.position ?? '', events: [], repeated: false };
    return this.settle(handled, meta, () => true);
  }

  async read(orderId: string, instant?: Instant): Promise<PaymentRead> {
    const all = await this.eventsOf(orderId);
    const events = instant ? asOf(all, instant) : all;
    const state = fold(payment, events);
    if (state.status === 'none')
      throw new Refused('PAYMENT_UNKNOWN', `No payment of order ${orderId} is known here, or was then.`, 'unknown');
    return { payment: state, version: events.length, events };
  }

  private async limitReview(known: Payment, { correlationId }: Meta): Promise<void> {
    if (known.status === 'under-review' && known.decideBy !== undefined)
      await this.needs.deadlines.set(reviewDeadline(known.terms.orderId, known.decideBy, correlationId));
  }

  /** An authorisation, and its void if the order ended meanwhile. */
  private getPromised(decided: HandledPayment, meta: Meta): Promise<HandledPayment> {
    return this.settle(decided, meta, ({ operation }) => operation === 'authorize' || operation === 'void');
  }

  private ask(command: PaymentCommand, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.send(paymentStream(command.data.orderId), command, meta, ifVersion);
  }

  private async eventsOf(orderId: string): Promise<readonly StoredEvent<PaymentEvent>[]> {
    const [stream] = await this.needs.store.readMany([paymentStream(orderId)]);
    return (stream?.events ?? []) as readonly StoredEvent<PaymentEvent>[];
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
