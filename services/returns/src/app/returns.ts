import type { PaymentEvent, Sealed } from '@cartage/contracts';
import { Refused, type DataOf, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import type { ExchangeIds, Label, OrderAsKnown, Scan, ReceivedItem, ReturnCommand } from '../domain/commands';
import { eligibleLines, situationOf } from '../domain/eligibility';
import type { ReturnEvent } from '../domain/events';
import { returnStream } from '../domain/return';
import type { ReturnLine } from '../domain/return-line';
import { refundBy } from '../domain/scans';
import type { OrderReturns, Rma } from '../domain/state';
import type { Arrival, By, Decision, Eligible, Inspection, ReturnRequest } from './asking';
import type { OrderFacts } from './order-facts';
import { loadReturns, requireOrder, requireOrderOf, type KnowingNeeds, type Loaded, theReturn } from './requiring';

type Done = Handled<OrderReturns, ReturnEvent>;

/** A return as it stands after a command or a read, with what its answer's headers need. */
export interface ReturnFound extends Omit<Done, 'state' | 'current' | 'events'> {
  readonly orderId: string;
  readonly currency: string;
  readonly rma: Rma;
  readonly refundBy: string | undefined;
  /** What the customer wrote, opened; absent: nothing, or it was erased. Told of a return that was read. */
  readonly note?: string | undefined;
}

export interface ReturnsNeeds extends KnowingNeeds {
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly store: EventStore;
  readonly vault: {
    seal(person: string, content: object): Promise<Sealed>;
    open<Content extends object>(box: Sealed): Promise<Content | undefined>;
  };
  readonly facts: OrderFacts;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly returnIdFor: (orderId: string, commandId: string) => string;
  /** The id that follows from these parts, always the same. */
  readonly idFor: (...parts: readonly string[]) => string;
}

/** Whose key seals what the customer wrote with a return. */
export const noteOwner = (returnId: string): string => `return-note-${returnId}`;

/** Claims are asked for by their own facade. */
type CommandOfReturn = Extract<ReturnCommand, { readonly data: { readonly returnId: string; readonly claimId?: never } }>;

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
  return { orderId, currency: state.sale?.currency ?? '', rma, refundBy: refundBy(state, rma), version, position, repeated };
};

/** The return that waits for one of these items, the oldest first. */
const waitingFor = ({ rmas }: OrderReturns, items: readonly ReceivedItem[]): string | undefined => {
  const isMeant = ({ lineId, sku }: ReturnLine): boolean =>
    items.some((item) => (item.lineId === undefined || item.lineId === lineId) && (item.sku === undefined || item.sku === sku));
  const waits = (line: ReturnLine): boolean => line.standing === 'authorized' && line.asked > line.received && isMeant(line);
  return [...rmas.values()].find(({ ended, lines }) => !ended && lines.some(waits))?.returnId;
};

/** The return that took what came: told again, it is the one of the first time, which waits for nothing any more. */
const takerOf = ({ events }: Pick<Done, 'events'>): string | undefined =>
  events.find((event) => event.type === 'ReturnReceived')?.data.returnId;

/** Everything that can be asked of returns. */
export class Returns {
  constructor(private readonly needs: ReturnsNeeds) {}

  async request({ orderId, lines, tender, advance, note }: ReturnRequest, meta: Meta): Promise<ReturnFound> {
    const { facts, returnIdFor, newId } = this.needs;
    const known = await this.requireOrder(orderId);
    const returnId = returnIdFor(orderId, meta.commandId);
    if (!meta.preview) await facts.keepReturn(returnId, orderId);
    const ids = { refundId: newId(), exchange: this.exchangeIds(returnId, meta) };
    const box = note === undefined || meta.preview ? undefined : await this.needs.vault.seal(noteOwner(returnId), { note });
    const data = { orderId, returnId, lines, tender, advance, note: box, ...known, ...ids, now: this.now() };
    return this.send({ type: 'RequestReturn', data }, { meta });
  }

  /** What the policy left to a person. */
  decide(returnId: string, decision: Decision, by: By): Promise<ReturnFound> {
    const ids = { refundId: this.needs.newId(), exchange: this.exchangeIds(returnId, by.meta) };
    return this.onReturn(returnId, by, (on) => ({ type: 'DecideReturn', data: { ...on, ...decision, ...ids, by: by.meta.actor } }));
  }

  async receive(returnId: string, arrival: Arrival, by: By): Promise<ReturnFound> {
    const orderId = await this.requireOrderOf(returnId);
    await this.requireLocation(arrival.location);
    const data = { orderId, returnId, ...arrival, ...(await this.requireOrder(orderId)), ...this.receiptIds() };
    return this.send({ type: 'ReceiveReturn', data }, by);
  }

  /** A parcel says of which order it is, and nothing of a return: it belongs to the one that waits for such goods, or to one that begins with it. */
  async receiveUnannounced(orderId: string, arrival: Arrival, meta: Meta): Promise<ReturnFound> {
    await this.requireLocation(arrival.location);
    const [known, { state }] = await Promise.all([this.requireOrder(orderId), this.load(orderId)]);
    const made = this.needs.returnIdFor(orderId, meta.commandId);
    const returnId = state.rmas.has(made) ? made : (waitingFor(state, arrival.lines) ?? made);
    if (returnId === made && !meta.preview) await this.needs.facts.keepReturn(returnId, orderId);
    const data = { orderId, returnId, ...arrival, ...known, ...this.receiptIds(), unannounced: true };
    const handled = await this.needs.send(returnStream(orderId), { type: 'ReceiveReturn', data }, meta);
    return found(orderId, takerOf(handled) ?? returnId, handled);
  }

  grade(returnId: string, inspection: Inspection, by: By): Promise<ReturnFound> {
    const ids = { gradingId: this.needs.newId(), refundId: this.needs.newId() };
    return this.onReturn(returnId, by, (on) => ({ type: 'GradeItem', data: { ...on, ...inspection, ...ids } }));
  }

  /** The customer keeps it after all. */
  cancel(returnId: string, note: string | undefined, by: By): Promise<ReturnFound> {
    const reason = { code: 'customer', ...(note === undefined ? {} : { detail: note }), by: 'customer', actor: by.meta.actor };
    return this.onReturn(returnId, by, (on) => ({ type: 'CancelReturn', data: { ...on, reason } }));
  }

  label(returnId: string, label: Omit<Label, 'labelId'>, by: By): Promise<ReturnFound> {
    const labelId = this.needs.newId();
    return this.onReturn(returnId, by, (on) => ({ type: 'IssueLabel', data: { ...on, ...label, labelId } }));
  }

  scan(returnId: string, scan: Scan, by: By): Promise<ReturnFound> {
    const refundId = this.needs.newId();
    return this.onReturn(returnId, by, (on) => ({ type: 'RecordScan', data: { ...on, ...scan, refundId } }));
  }

  close(returnId: string, by: By): Promise<ReturnFound> {
    return this.onReturn(returnId, by, (on) => ({ type: 'CloseReturn', data: on }));
  }

  /** What payment tells, of a return or of a claim. Refunds that belong to neither (a cancelled order's) are none of our business. */
  async recordRefund({ orderId, returnId, refundId, paymentId, amount }: DataOf<PaymentEvent, 'RefundIssued'>, meta: Meta): Promise<void> {
    if (returnId === undefined) return;
    const data = { orderId, returnId, refundId, paymentId, amount, now: this.now() };
    await this.needs.send(returnStream(orderId), { type: 'RecordRefund', data }, meta);
  }

  async recordRefundFailure(failure: DataOf<PaymentEvent, 'RefundFailed'>, meta: Meta): Promise<void> {
    const { orderId, returnId, refundId, paymentId, reason } = failure;
    if (returnId === undefined) return;
    const data = { orderId, returnId, refundId, paymentId, reason, now: this.now() };
    await this.needs.send(returnStream(orderId), { type: 'RecordRefundFailure', data }, meta);
  }

  async get(returnId: string): Promise<ReturnFound> {
    const orderId = await this.requireOrderOf(returnId);
    const asked = found(orderId, returnId, await this.load(orderId));
    const note = asked.rma.note && (await this.needs.vault.open<{ readonly note: string }>(asked.rma.note));
    return { ...asked, note: note?.note };
  }

  /** What of an order can be sent back at this moment. */
  async eligible(orderId: string): Promise<Eligible> {
    const [known, { state }] = await Promise.all([this.requireOrder(orderId), this.load(orderId)]);
    return { policy: known.policy.version, lines: eligibleLines(situationOf({ ...known, state, now: this.now() })) };
  }

  private async onReturn(returnId: string, by: By, command: (on: OnReturn) => CommandOfReturn): Promise<ReturnFound> {
    const orderId = await this.requireOrderOf(returnId);
    return this.send(command({ orderId, returnId, now: this.now() }), by);
  }

  private async send(command: CommandOfReturn, { meta, ifVersion }: By): Promise<ReturnFound> {
    const { orderId, returnId } = command.data;
    return found(orderId, returnId, await this.needs.send(returnStream(orderId), command, meta, ifVersion));
  }

  private load(orderId: string): Promise<Loaded> {
    return loadReturns(this.needs.store, orderId);
  }

  private requireOrder(orderId: string): Promise<OrderAsKnown> {
    return requireOrder(this.needs, orderId);
  }

  /** Whether goods of this order, or at this location, can be booked; refused if not. */
  async requireReceivable({ orderId, location }: { readonly orderId?: string; readonly location?: string }): Promise<void> {
    if (orderId !== undefined) await this.requireOrder(orderId);
    if (location !== undefined) await this.requireLocation(location);
  }

  /** Before anything is refunded: what is booked where nobody knows would be lost. */
  private async requireLocation(location: string): Promise<void> {
    if (await this.needs.facts.knowsLocation(location)) return;
    const message = `There is no location ${location}. Make it first (PUT /inventory/locations/${location}), or name the one that it came in at.`;
    throw new Refused('LOCATION_UNKNOWN', message, 'invalid', [{ field: 'location', code: 'LOCATION_UNKNOWN', message }]);
  }

  /** The same for the same request: whoever hears of it twice makes one order. */
  private exchangeIds(returnId: string, { commandId }: Meta): ExchangeIds {
    const exchangeId = this.needs.idFor('exchange', returnId, commandId);
    return { exchangeId, replacementOrderId: this.needs.idFor('order', 'exchange', exchangeId) };
  }

  private receiptIds(): { readonly receiptId: string; readonly refundId: string; readonly now: string } {
    return { receiptId: this.needs.newId(), refundId: this.needs.newId(), now: this.now() };
  }

  private requireOrderOf(returnId: string): Promise<string> {
    return requireOrderOf(this.needs, returnId, theReturn);
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
