import { handling, reading, StreamCache, type EventStore, type Handled, type Meta, type Reading, type Send } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import { carrierBill, carrierBillStream, unknownFinding } from '../../domain/carrier-invoices/bill';
import type { Bill, BillCommand, BillEvent, KnownFinding, NameId } from '../../domain/carrier-invoices/bill-events';
import type { BilledLabel, InvoiceLine } from '../../domain/carrier-invoices/invoice-line';
import type { AllTerms, CarrierTerms } from '../../domain/carrier-invoices/terms';

/** What was bought, and what was billed of it, as the views show it. */
export interface BilledLabels {
  /** By the tracking numbers of their parcels: the newest label that has one. */
  byNumber(carrier: string, trackingNumbers: readonly string[]): Promise<ReadonlyMap<string, BilledLabel>>;
  /** Handed over between these times, and no invoice and no finding has them. */
  notBilled(carrier: string, between: { readonly from: string; readonly before: string }, limit: number): Promise<readonly BilledLabel[]>;
  /** Of which something was billed before they were voided. */
  voidedSince(carrier: string, limit: number): Promise<readonly BilledLabel[]>;
  /** The bill that a finding is of. */
  billOf(findingId: string): Promise<string | undefined>;
}

export interface CarrierBillsNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly idFor: NameId;
  readonly now: () => Date;
  readonly isPublic: (type: string) => boolean;
  readonly labels: BilledLabels;
}

/** A finding with the bill that it is of. */
export interface ShownFinding extends KnownFinding {
  readonly billId: string;
  readonly carrier: string;
  readonly label?: BilledLabel;
}

export type HandledBill = Handled<Bill, BillEvent> & { readonly finding: ShownFinding };

const DAY_MS = 86_400_000;
const PAGE = 200;
/** A label is billed once and hardly ever again. */
const RARELY = { maxStreams: 1_000, maxBytes: 8 * 1024 * 1024 };

const shownIn = ({ findings, named, label }: Bill, findingId: string): ShownFinding => {
  const finding = findings.get(findingId);
  if (!finding || !named) throw unknownFinding(findingId);
  return { ...finding, ...named, ...(label ? { label } : {}) };
};

/** Compares what carriers bill with the labels that were bought. */
export class CarrierBills {
  private readonly send: Send<BillCommand, Bill, BillEvent>;
  private readonly bills: Reading<Bill, BillEvent>;

  constructor(private readonly needs: CarrierBillsNeeds) {
    const [cache, bill] = [new StreamCache<Bill, BillEvent>(RARELY), carrierBill(needs.idFor)];
    this.send = handling<BillCommand, Bill, BillEvent>(needs, bill, { cache });
    this.bills = reading<Bill, BillEvent>(needs.store, bill, { cache });
  }

  /** Lines that were never seen before. */
  async take(lines: readonly InvoiceLine[], terms: CarrierTerms, meta: Meta): Promise<void> {
    const { labels, idFor } = this.needs;
    const numbers = [...new Set(lines.map(({ trackingNumber }) => trackingNumber))];
    const known = await labels.byNumber(terms.carrier, numbers);
    const bills = new Map<string, { readonly label: BilledLabel | undefined; readonly lines: InvoiceLine[] }>();
    for (const line of lines) {
      const label = known.get(line.trackingNumber);
      const billId = label?.labelId ?? idFor('carrier-bill', terms.carrier, line.trackingNumber);
      const bill = bills.get(billId) ?? { label, lines: [] };
      bill.lines.push(line);
      bills.set(billId, bill);
    }
    await Promise.all([...bills].map(([billId, bill]) => this.audit({ billId, ...bill }, terms, meta)));
  }

  /** Looks for what no invoice has, and for labels that were voided after they were billed. */
  async sweep(all: AllTerms, stopping: AbortSignal): Promise<void> {
    const meta: Meta = { commandId: '', correlationId: this.needs.newId(), actor: 'carrier-invoices' };
    for (const terms of all.values()) {
      if (stopping.aborted) return;
      await this.miss(terms, meta);
      const voided = await this.needs.labels.voidedSince(terms.carrier, PAGE);
      await Promise.all(voided.map((label) => this.audit({ billId: label.labelId, label, lines: [] }, terms, meta)));
    }
  }

  async find(findingId: string): Promise<ShownFinding> {
    const { state } = await this.bills.load(carrierBillStream(await this.billOf(findingId)));
    return shownIn(state, findingId);
  }

  dispute(findingId: string, reason: Reason, meta: Meta): Promise<HandledBill> {
    return this.tell({ type: 'DisputeFinding', data: { findingId, reason, now: this.now() } }, meta);
  }

  credit(findingId: string, amount: number, meta: Meta): Promise<HandledBill> {
    return this.tell({ type: 'CreditFinding', data: { findingId, amount, now: this.now() } }, meta);
  }

  refuse(findingId: string, reason: Reason, meta: Meta): Promise<HandledBill> {
    return this.tell({ type: 'RefuseDispute', data: { findingId, reason, now: this.now() } }, meta);
  }

  accept(findingId: string, reason: Reason, meta: Meta): Promise<HandledBill> {
    return this.tell({ type: 'AcceptFinding', data: { findingId, reason, now: this.now() } }, meta);
  }

  close(findingId: string, reason: Reason, meta: Meta): Promise<HandledBill> {
    return this.tell({ type: 'CloseFinding', data: { findingId, reason, now: this.now() } }, meta);
  }

  private async audit(
    { billId, label, lines }: { readonly billId: string; readonly label: BilledLabel | undefined; readonly lines: readonly InvoiceLine[] },
    terms: CarrierTerms,
    meta: Meta,
  ): Promise<void> {
    const data = { billId, carrier: terms.carrier, ...(label ? { label } : {}), lines, terms, now: this.now() };
    await this.send(carrierBillStream(billId), { type: 'AuditBill', data }, this.inheriting(meta));
  }

  private async miss({ carrier, missingDays, since }: CarrierTerms, meta: Meta): Promise<void> {
    const before = new Date(this.needs.now().getTime() - missingDays * DAY_MS).toISOString();
    const missing = await this.needs.labels.notBilled(carrier, { from: since, before }, PAGE);
    await Promise.all(
      missing.map((label) => {
        const data = { billId: label.labelId, carrier, label, now: this.now() };
        return this.send(carrierBillStream(label.labelId), { type: 'MissBill', data }, this.inheriting(meta));
      }),
    );
  }

  private async tell(command: BillCommand & { readonly data: { readonly findingId: string } }, meta: Meta): Promise<HandledBill> {
    const { findingId } = command.data;
    const handled = await this.send(carrierBillStream(await this.billOf(findingId)), command, meta);
    return { ...handled, finding: shownIn(handled.state, findingId) };
  }

  private async billOf(findingId: string): Promise<string> {
    const billId = await this.needs.labels.billOf(findingId);
    if (billId === undefined) throw unknownFinding(findingId);
    return billId;
  }

  /** What is decided hangs on the lines that are there: to be told again changes nothing. */
  private inheriting({ correlationId, actor }: Meta): Meta {
    return { commandId: this.needs.newId(), correlationId, actor };
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
