import type { Disposition, Grade, PaymentEvent } from '@cartage/contracts';
import { fold, Refused, type DataOf, type EventStore, type Handled, type Meta, type Send, type StoredEvent } from '@cartage/eventsourcing';
import type { ReturnCommand } from '../domain/commands';
import { eligibleLines, type AskedLine, type EligibleLine } from '../domain/eligibility';
import type { ReturnEvent } from '../domain/events';
import { returns, returnStream } from '../domain/return';
import type { Returns as OrderReturns, Rma } from '../domain/state';

export type SendReturn = Send<ReturnCommand, OrderReturns, ReturnEvent>;
type Done = Handled<OrderReturns, ReturnEvent>;

/** A return as it stands after a command or a read, with what its answer's headers need. */
export interface ReturnFound extends Omit<Done, 'state' | 'current' | 'events'> {
  readonly orderId: string;
  readonly currency: string;
  readonly rma: Rma;
}

/** A return as callers see it. */
export interface ShownReturn extends Rma {
  readonly orderId: string;
  readonly currency: string;
  readonly version: number;
}

export const shownReturn = ({ orderId, currency, rma, version }: ReturnFound): ShownReturn => ({ orderId, ...rma, currency, version });

export interface ReturnsNeeds {
  readonly send: SendReturn;
  readonly store: EventStore;
  readonly now: () => Date;
  /** The order that a return belongs to; sees every return that was answered for. */
  readonly orderOf: (returnId: string) => Promise<string | undefined>;
  readonly returnIdFor: (orderId: string, commandId: string) => string;
}

export interface Inspection {
  readonly lineId: string;
  readonly quantity: number;
  readonly grade: Grade;
  readonly disposition?: Disposition;
}

export interface Received {
  readonly location: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
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

/** Everything that can be asked of returns. */
export interface Returns {
  request(orderId: string, lines: readonly AskedLine[], meta: Meta): Promise<ReturnFound>;
  decide(returnId: string, decision: Decision, by: By): Promise<ReturnFound>;
  receive(returnId: string, received: Received, by: By): Promise<ReturnFound>;
  grade(returnId: string, inspection: Inspection, by: By): Promise<ReturnFound>;
  close(returnId: string, by: By): Promise<ReturnFound>;
  recordRefund(refund: DataOf<PaymentEvent, 'RefundIssued'>, meta: Meta): Promise<unknown>;
  recordRefundFailure(failure: DataOf<PaymentEvent, 'RefundFailed'>, meta: Meta): Promise<unknown>;
  get(returnId: string): Promise<ReturnFound>;
  eligible(orderId: string): Promise<readonly EligibleLine[]>;
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
  return { orderId, currency: state.purchase?.currency ?? '', rma, version, position, repeated };
};

type Refunds = Pick<Returns, 'recordRefund' | 'recordRefundFailure'>;

/** What payment tells. Refunds that belong to no return (a cancelled order's) are none of our business. */
const createRefunds = (send: SendReturn, at: () => string): Refunds => ({
  recordRefund: async ({ orderId, returnId, refundId, amount }, meta) =>
    returnId === undefined
      ? undefined
      : send(returnStream(orderId), { type: 'RecordRefund', data: { orderId, returnId, refundId, amount, now: at() } }, meta),
  recordRefundFailure: async ({ orderId, returnId, refundId, reason }, meta) =>
    returnId === undefined
      ? undefined
      : send(returnStream(orderId), { type: 'RecordRefundFailure', data: { orderId, returnId, refundId, reason, now: at() } }, meta),
});

type Reads = Pick<Returns, 'get' | 'eligible'>;
type RequireOrder = (returnId: string) => Promise<string>;

const createReads = (store: EventStore, requireOrder: RequireOrder, at: () => string): Reads => {
  const load = async (orderId: string): Promise<Omit<Done, 'events' | 'current'>> => {
    const [stream] = await store.readMany([returnStream(orderId)]);
    const events = (stream?.events ?? []) as readonly StoredEvent<ReturnEvent>[];
    return { state: fold(returns, events), version: events.length, position: events.at(-1)?.position ?? '', repeated: false };
  };
  return {
    get: async (returnId) => {
      const orderId = await requireOrder(returnId);
      return found(orderId, returnId, await load(orderId));
    },
    eligible: async (orderId) => {
      const { state } = await load(orderId);
      if (!state.purchase) throw new Refused('ORDER_UNKNOWN', `Returns has not heard of order ${orderId}.`, 'unknown');
      return eligibleLines(state, at());
    },
  };
};

export const createReturns = ({ send, store, now, orderOf, returnIdFor }: ReturnsNeeds): Returns => {
  const at = (): string => now().toISOString();

  const requireOrder: RequireOrder = async (returnId) => {
    const orderId = await orderOf(returnId);
    if (orderId === undefined) throw new Refused('RETURN_UNKNOWN', `There is no return ${returnId}.`, 'unknown');
    return orderId;
  };

  const onReturn = async (returnId: string, { meta, ifVersion }: By, command: (on: OnReturn) => ReturnCommand): Promise<ReturnFound> => {
    const orderId = await requireOrder(returnId);
    return found(orderId, returnId, await send(returnStream(orderId), command({ orderId, returnId, now: at() }), meta, ifVersion));
  };

  return {
    ...createRefunds(send, at),
    ...createReads(store, requireOrder, at),
    request: async (orderId, lines, meta) => {
      const returnId = returnIdFor(orderId, meta.commandId);
      const data = { orderId, returnId, lines, now: at() };
      return found(orderId, returnId, await send(returnStream(orderId), { type: 'RequestReturn', data }, meta));
    },
    decide: (returnId, decision, by) => onReturn(returnId, by, (on) => ({ type: 'DecideReturn', data: { ...on, ...decision } })),
    receive: (returnId, received, by) => onReturn(returnId, by, (on) => ({ type: 'ReceiveReturn', data: { ...on, ...received } })),
    grade: (returnId, inspection, by) => onReturn(returnId, by, (on) => ({ type: 'GradeItem', data: { ...on, ...inspection } })),
    close: (returnId, by) => onReturn(returnId, by, (on) => ({ type: 'CloseReturn', data: on })),
  };
};
