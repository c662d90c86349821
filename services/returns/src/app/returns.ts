import type { Disposition, Grade, PaymentEvent } from '@cartage/contracts';
import { fold, Refused, type DataOf, type EventStore, type Handled, type Meta, type Send, type StoredEvent } from '@cartage/eventsourcing';
import type { ReceivedLine, ReturnCommand } from '../domain/commands';
import { eligibleLines, situationOf, type AskedLine, type EligibleLine } from '../domain/eligibility';
import type { ReturnEvent } from '../domain/events';
import { returns, returnStream } from '../domain/return';
import type { OrderReturns, Rma } from '../domain/state';
import type { KnownOrder, OrderFacts } from './order-facts';

type Done = Handled<OrderReturns, ReturnEvent>;

/** A return as it stands after a command or a read, with what its answer's headers need. */
export interface ReturnFound extends Omit<Done, 'state' | 'current' | 'events'> {
  readonly orderId: string;
  readonly currency: string;
  readonly rma: Rma;
}

export interface ReturnsNeeds {
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly store: EventStore;
  readonly facts: OrderFacts;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly returnIdFor: (orderId: string, commandId: string) => string;
}

export interface ReturnRequest {
  readonly orderId: string;
  readonly lines: readonly AskedLine[];
}

export interface Inspection {
  readonly lineId: string;
  readonly quantity: number;
  readonly grade: Grade;
  readonly disposition?: Disposition;
  readonly receiptId?: string;
}

export interface Arrival {
  readonly location: string;
  readonly lines: readonly ReceivedLine[];
}

export interface Decision {
  readonly decision: 'authorize' | 'decline';
  readonly note: string;
}

/** Who asks, and which version of the order's returns they speak of, if they say so (`If-Match`). */
export interface By {
  readonly meta: Meta;
  readonly ifVersion?: number | undefined;
}

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  readonly now: string;
}

const found = (
  orderId: string,
  returnId: string,
  { state, version, position, repeated }: Omit<Done, 'events' | 'current'>,
): ReturnFound => {
  const rma = state.rmas.get(returnId);
  if (!rma) throw new Refused('RETURN_UNKNOWN', `There is no return ${returnId}.`, 'unknown');
  return { orderId, currency: state.sale?.currency ?? '', rma, version, position, repeated };
};

/** Everything that can be asked of returns. */
export class Returns {
  constructor(private readonly needs: ReturnsNeeds) {}

  async request({ orderId, lines }: ReturnRequest, meta: Meta): Promise<ReturnFound> {
    const { facts, returnIdFor } = this.needs;
    const { sale, delivered } = await this.requireOrder(orderId);
    const returnId = returnIdFor(orderId, meta.commandId);
    if (!meta.preview) await facts.keepReturn(returnId, orderId);
    return this.send({ type: 'RequestReturn', data: { orderId, returnId, lines, sale, delivered, now: this.now() } }, { meta });
  }

  /** What the policy left to a person. */
  decide(returnId: string, decision: Decision, by: By): Promise<ReturnFound> {
    return this.onReturn(returnId, by, (on) => ({ type: 'DecideReturn', data: { ...on, ...decision, by: by.meta.actor } }));
  }

  receive(returnId: string, arrival: Arrival, by: By): Promise<ReturnFound> {
    const receiptId = this.needs.newId();
    return this.onReturn(returnId, by, (on) => ({ type: 'ReceiveReturn', data: { ...on, ...arrival, receiptId } }));
  }

  grade(returnId: string, inspection: Inspection, by: By): Promise<ReturnFound> {
    const ids = { gradingId: this.needs.newId(), refundId: this.needs.newId() };
    return this.onReturn(returnId, by, (on) => ({ type: 'GradeItem', data: { ...on, ...inspection, ...ids } }));
  }

  close(returnId: string, by: By): Promise<ReturnFound> {
    return this.onReturn(returnId, by, (on) => ({ type: 'CloseReturn', data: on }));
  }

  /** What payment tells. Refunds that belong to no return (a cancelled order's) are none of our business. */
  async recordRefund({ orderId, returnId, refundId, paymentId, amount }: DataOf<PaymentEvent, 'RefundIssued'>, meta: Meta): Promise<void> {
    if (returnId !== undefined)
      await this.send({ type: 'RecordRefund', data: { orderId, returnId, refundId, paymentId, amount, now: this.now() } }, { meta });
  }

  async recordRefundFailure(failure: DataOf<PaymentEvent, 'RefundFailed'>, meta: Meta): Promise<void> {
    const { orderId, returnId, refundId, paymentId, reason } = failure;
    if (returnId !== undefined)
      await this.send({ type: 'RecordRefundFailure', data: { orderId, returnId, refundId, paymentId, reason, now: this.now() } }, { meta });
  }

  async get(returnId: string): Promise<ReturnFound> {
    const orderId = await this.requireOrderOf(returnId);
    return found(orderId, returnId, await this.load(orderId));
  }

  /** What of an order can be sent back at this moment. */
  async eligible(orderId: string): Promise<readonly EligibleLine[]> {
    const [{ sale, delivered }, { state }] = await Promise.all([this.requireOrder(orderId), this.load(orderId)]);
    return eligibleLines(situationOf({ sale, delivered, state, now: this.now() }));
  }

  private async onReturn(returnId: string, by: By, command: (on: OnReturn) => ReturnCommand): Promise<ReturnFound> {
    const orderId = await this.requireOrderOf(returnId);
    return this.send(command({ orderId, returnId, now: this.now() }), by);
  }

  private async send(command: ReturnCommand, { meta, ifVersion }: By): Promise<ReturnFound> {
    const { orderId, returnId } = command.data;
    return found(orderId, returnId, await this.needs.send(returnStream(orderId), command, meta, ifVersion));
  }

  private async load(orderId: string): Promise<Omit<Done, 'events' | 'current'>> {
    const [stream] = await this.needs.store.readMany([returnStream(orderId)]);
    const events = (stream?.events ?? []) as readonly StoredEvent<ReturnEvent>[];
    return { state: fold(returns, events), version: events.length, position: events.at(-1)?.position ?? '', repeated: false };
  }

  private async requireOrder(orderId: string): Promise<KnownOrder> {
    const order = await this.needs.facts.of(orderId);
    if (!order) throw new Refused('ORDER_UNKNOWN', `Returns has not heard of order ${orderId}.`, 'unknown');
    return order;
  }

  private async requireOrderOf(returnId: string): Promise<string> {
    const orderId = await this.needs.facts.orderOf(returnId);
    if (orderId === undefined) throw new Refused('RETURN_UNKNOWN', `There is no return ${returnId}.`, 'unknown');
    return orderId;
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
