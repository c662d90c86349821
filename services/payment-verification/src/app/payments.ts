import type { LineQuantity, OrderEvent, Reason } from '@cartage/contracts';
import { asOf, fold, Refused, type DataOf, type Instant, type Meta, type StoredEvent } from '@cartage/eventsourcing';
import type { Delivery, Dispatch, Edit, RefundRequest } from '../domain/commands';
import { payment } from '../domain/decider';
import type { PaymentEvent } from '../domain/events';
import { isKnown, requireKnown, type Known } from '../domain/payment';
import { groupChargeOf, isSecured, linesOf, paymentsOf, termsOf, type PaymentPolicy, type Terms } from '../domain/terms';
import type { CustomerFacts, VerificationLimits } from '../domain/verification';
import type { CustomerHistory } from './customer-history';
import type { Decisions } from './decisions';
import { riskCaseOf } from './risk/risk-provider';
import type { RiskDesk } from './risk/risk-desk';
import type { RiskShelf } from './risk/risk-shelf';
import type { HandledPayment } from './settling';

export interface PaymentsNeeds {
  readonly decisions: Decisions;
  readonly history: CustomerHistory;
  /** How risky an order is; absent: nobody is asked. */
  readonly risk?: Pick<RiskDesk, 'assess'>;
  /** What was learned of orders that went wrong. */
  readonly learned?: Pick<RiskShelf, 'said'>;
  /** The rules in force. */
  readonly limits: () => Promise<VerificationLimits>;
  readonly policy: PaymentPolicy;
  /** Which legal entity invoices an order; absent: who moves money does not depend on it. */
  readonly sellerOf?: ((order: PlacedOrder['order']) => Promise<string | undefined>) | undefined;
}

/** A payment at an instant, and the events that led to it. */
export const unknownPayment = (orderId: string): Refused =>
  new Refused('PAYMENT_UNKNOWN', `No payment of order ${orderId} is known here, or was then.`, 'unknown');

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

export interface Cancellation {
  readonly orderId: string;
  readonly reason: Reason;
}

export interface LineCancellation extends Cancellation {
  readonly lines: readonly LineQuantity[];
  /** The shipment that they came back with, undelivered. */
  readonly undelivered?: { readonly shipmentId: string; readonly parcels: readonly string[] };
}

type OrderEdited = DataOf<OrderEvent, 'OrderEdited'>;
type PaymentAdded = DataOf<OrderEvent, 'PaymentAdded'>;

/** An edit as far as money goes. */
const editOf = ({ orderId, orderVersion, lines, shipGroups, totals, reason }: OrderEdited, taxIncluded: boolean): Edit => ({
  ...{ orderId, orderVersion, total: totals.total, reason },
  lines: lines.map(({ lineId, after }) => {
    const [line] = after ? linesOf([after]) : [];
    return { lineId, ...(line ? { after: line } : {}) };
  }),
  deliveries: shipGroups.map(({ shipGroupId, after }) => ({ shipGroupId, ...(after ? { after: groupChargeOf(after, taxIncluded) } : {}) })),
});

const saidOf = ({ risk, learned }: Pick<CustomerFacts, 'risk' | 'learned'> = {}): Pick<CustomerFacts, 'risk' | 'learned'> => ({
  ...(risk ? { risk } : {}),
  ...(learned ? { learned } : {}),
});

/** What the payment of an order follows from: what the other services say. */
export class Payments {
  constructor(private readonly needs: PaymentsNeeds) {}

  /** Judges a placed order and, if nothing speaks against it, gets its money promised. */
  async verify({ order, recordedAt }: PlacedOrder, meta: Meta): Promise<HandledPayment> {
    const { decisions, history, limits, policy, sellerOf } = this.needs;
    const terms = termsOf(order, policy, await sellerOf?.(order));
    const facts = await this.withRisk(terms, await history.remember(terms, recordedAt));
    const data = { ...decisions.at(), orderId: order.orderId, terms, facts, limits: await limits() };
    return decisions.hear({ type: 'VerifyPayment', data }, meta);
  }

  /** Other ways to pay were given. */
  async add({ orderId, payments, replaces }: PaymentAdded, meta: Meta): Promise<HandledPayment> {
    const { decisions, limits, policy } = this.needs;
    const { terms } = requireKnown(orderId, await decisions.stateOf(orderId));
    const added = paymentsOf(payments, (method) => policy.providerFor(method, terms));
    const data = { ...decisions.at(), orderId, payments: added, replaces, limits: await limits() };
    return decisions.hear({ type: 'AddPayments', data }, meta);
  }

  /** The order is another one: what it costs more is judged by the rules in force now. */
  async edit(edited: OrderEdited, meta: Meta): Promise<HandledPayment> {
    const { decisions, limits } = this.needs;
    const { terms, facts } = requireKnown(edited.orderId, await decisions.stateOf(edited.orderId));
    const edit = editOf(edited, terms.taxIncluded);
    const dearer = edit.total > terms.total ? await this.withRisk({ ...terms, total: edit.total }, facts, edit.orderVersion) : undefined;
    const data = { ...decisions.at(), ...edit, limits: await limits(), ...saidOf(dearer) };
    return decisions.hear({ type: 'EditOrder', data }, meta);
  }

  cancelLines(cancellation: LineCancellation, meta: Meta): Promise<HandledPayment> {
    const { decisions } = this.needs;
    return decisions.hear({ type: 'CancelLines', data: { ...decisions.at(), ...cancellation } }, meta);
  }

  cancel(cancellation: Cancellation, meta: Meta): Promise<HandledPayment> {
    const { decisions } = this.needs;
    return decisions.hear({ type: 'CancelPayment', data: { ...decisions.at(), ...cancellation } }, meta);
  }

  /** Takes the money for what was shipped; captures of other shipments are in other hands. */
  charge(dispatch: Dispatch, meta: Meta): Promise<HandledPayment> {
    const { decisions } = this.needs;
    return decisions.hear({ type: 'ChargeShipment', data: { ...decisions.at(), ...dispatch } }, meta, {
      concerns: (call) => call.operation !== 'capture' || call.shipmentId === dispatch.shipmentId,
    });
  }

  /** The customer has it; with cash on delivery the carrier has the money. */
  deliver(delivery: Delivery, deliveredAt: string, meta: Meta): Promise<HandledPayment> {
    const { decisions } = this.needs;
    return decisions.hear({ type: 'RecordDelivery', data: { ...decisions.at(), ...delivery, now: deliveredAt } }, meta);
  }

  /** A return made a refund due. */
  refund(request: RefundRequest, meta: Meta): Promise<HandledPayment> {
    const { decisions } = this.needs;
    return decisions.hear({ type: 'RequestRefund', data: { ...decisions.at(), ...request, cause: 'return' } }, meta);
  }

  /** The channel gave money back: because it was asked to, or of its own accord. */
  hearChannelRefund(refund: DataOf<OrderEvent, 'ChannelRefunded'>, meta: Meta): Promise<HandledPayment> {
    const { decisions } = this.needs;
    const { orderId, channelRefundId, refundId, amount, lines, asked = false } = refund;
    const ofReturn = lines.some(({ goods }) => goods !== 'cancelled');
    const data = { ...decisions.at(), orderId, channelRefundId, refundId, amount, ofReturn, asked };
    return decisions.hear({ type: 'HearChannelRefund', data }, meta);
  }

  /** Where the channel has the money, or there is none, nothing is at risk. */
  private async withRisk(terms: Terms, facts: CustomerFacts, orderVersion?: number): Promise<CustomerFacts> {
    const { risk, learned } = this.needs;
    if (terms.total === 0 || terms.payments.every(isSecured)) return facts;
    const scored = risk ? { ...facts, risk: await risk.assess(riskCaseOf(terms, facts, orderVersion)) } : facts;
    const said = learned?.said(terms, scored);
    return said ? { ...scored, learned: said } : scored;
  }

  async read(orderId: string, instant?: Instant): Promise<PaymentRead> {
    const all = await this.needs.decisions.eventsOf(orderId);
    const events = instant ? asOf(all, instant) : all;
    const state = fold(payment, events);
    if (!isKnown(state)) throw unknownPayment(orderId);
    return { payment: state, version: events.length, events };
  }
}
