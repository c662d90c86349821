import type { Sealed, TaxLine } from '@cartage/contracts';
import type { Outcome, Position, StoredEvent, Stream, Write } from '@cartage/eventsourcing';
import type { PaymentEvent } from '../domain/events';
import {
  advanceOf,
  creditOf,
  documentStream,
  invoiceOf,
  type CreditNote,
  type DocumentEvent,
  type Invoice,
  type Sale,
} from '../domain/invoices/documents';
import { metaOf, numbered, type Document } from './numbering';
import { sellerOf, type LegalEntities, type LegalEntity } from '../domain/invoices/legal-entities';

/** An order that may be invoiced: what it was sold as, to whom, through which channel. */
export interface RecordedSale extends Sale {
  readonly channel: string;
  readonly country?: string;
  readonly delivery: Sale['delivery'] & {
    readonly groups: readonly { readonly shipGroupId: string; readonly taxLines: readonly TaxLine[] }[];
  };
  /** Name and address of the buyer. */
  readonly personal: Sealed;
}

/** Inside one transaction of the database: what is read stays so, and all of it lands or none. */
export interface InvoicingTransaction {
  /** Up to where documents were issued; nothing while another process is at it. */
  position(): Promise<Position | undefined>;
  moveTo(position: Position): Promise<void>;
  sales(orderIds: readonly string[]): Promise<ReadonlyMap<string, RecordedSale>>;
  documents(orderIds: readonly string[]): Promise<readonly Stream[]>;
  /** The first of so many numbers of a series that nobody has or gets. */
  takeNumbers(series: string, count: number): Promise<number>;
  /** Last: from then on other appends wait. */
  append(writes: readonly Write[]): Promise<readonly Outcome[]>;
}

export interface InvoicingNeeds {
  readonly transaction: <Result>(work: (transaction: InvoicingTransaction) => Promise<Result>) => Promise<Result>;
  /** The next events of the log; none at its end. */
  readonly eventsAfter: (position: Position) => Promise<readonly StoredEvent[]>;
  readonly entities: () => Promise<LegalEntities>;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What calls for a document. */
export type Occasion = StoredEvent<Extract<PaymentEvent, { type: 'ShipmentCharged' | 'PaymentCaptured' | 'RefundIssued' }>>;

const types: ReadonlySet<string> = new Set<Occasion['type']>(['ShipmentCharged', 'PaymentCaptured', 'RefundIssued']);
const isOneOfThem = (event: StoredEvent): event is Occasion => types.has(event.type);
/** What is taken for a shipment is invoiced with it; what comes back out of an exchange was credited when it went in. */
const isOccasion = (event: StoredEvent): event is Occasion =>
  isOneOfThem(event) &&
  (event.type !== 'PaymentCaptured' || event.data.shipmentId === undefined) &&
  (event.type !== 'RefundIssued' || event.data.cause !== 'exchange');

/** A document but for its number. */
export interface Draft {
  readonly series: string;
  readonly prefix: string;
  readonly entity: string;
  readonly type: DocumentEvent['type'];
  readonly documentId: string;
  readonly content: ReturnType<typeof invoiceOf> | ReturnType<typeof advanceOf> | NonNullable<ReturnType<typeof creditOf>>;
  readonly occasion: Occasion;
  readonly issued: Issued;
}

/** What was issued for an order, and what is about to be. */
class Issued {
  readonly invoices: Invoice[] = [];
  readonly credits: CreditNote[] = [];

  constructor(readonly stream: Stream) {
    for (const { type, data } of stream.events as readonly StoredEvent<DocumentEvent>[]) this.add(type, data);
  }

  add(type: DocumentEvent['type'], data: Invoice | CreditNote): void {
    if (type === 'InvoiceIssued') this.invoices.push(data as Invoice);
    else this.credits.push(data as CreditNote);
  }

  hasFor(occasion: Occasion): boolean {
    switch (occasion.type) {
      case 'ShipmentCharged':
        return this.invoices.some(({ shipmentId }) => shipmentId === occasion.data.shipmentId);
      case 'PaymentCaptured':
        return this.invoices.some(({ captureId }) => captureId === occasion.data.captureId);
      case 'RefundIssued':
        return this.credits.some(({ refundId }) => refundId === occasion.data.refundId);
    }
  }
}

/** What calls for none is passed over: money that its seller does not invoice in advance, and what costs nothing. */
const contentOf = (
  occasion: Occasion,
  sale: Sale,
  { invoices, credits }: Issued,
  { invoiceAt }: LegalEntity,
): Draft['content'] | undefined => {
  if (occasion.data.amount <= 0) return undefined;
  switch (occasion.type) {
    case 'RefundIssued':
      return creditOf(occasion.data, invoices, credits);
    case 'PaymentCaptured':
      return invoiceAt === 'capture' ? advanceOf(occasion.data, sale, invoices) : undefined;
    case 'ShipmentCharged':
      return invoiceOf(occasion.data, sale, { invoices, credits });
  }
};

/**
 * Issues invoices for shipments and for money in advance, and credit notes for refunds, in the order of the log. What was looked at, the numbers and the documents are one transaction: no
 * occasion is passed over or served twice, and no number is left out, whatever dies when.
 */
export class Invoicing {
  constructor(private readonly needs: InvoicingNeeds) {}

  /** Goes on to the end of the log. Nothing is issued while nobody sells. */
  async run(signal: AbortSignal): Promise<void> {
    if ((await this.needs.entities()).size === 0) return;
    while (!signal.aborted && (await this.needs.transaction((transaction) => this.batch(transaction))));
  }

  private async batch(transaction: InvoicingTransaction): Promise<boolean> {
    const position = await transaction.position();
    if (position === undefined) return false;
    const events = await this.needs.eventsAfter(position);
    const last = events.at(-1);
    if (!last) return false;
    // Read after the events: whoever was registered before one of them is known when it is looked at, which happens once.
    const drafts = await this.drafts(transaction, events.filter(isOccasion), await this.needs.entities());
    const documents = await numbered(transaction, drafts, this.needs.now().toISOString());
    await transaction.moveTo(last.position);
    if (documents.length > 0) await this.append(transaction, documents);
    return true;
  }

  private async drafts(
    transaction: InvoicingTransaction,
    occasions: readonly Occasion[],
    entities: LegalEntities,
  ): Promise<readonly Draft[]> {
    const orderIds = [...new Set(occasions.map(({ data }) => data.orderId))];
    if (orderIds.length === 0) return [];
    const sales = await transaction.sales(orderIds);
    const streams = await transaction.documents(orderIds);
    const issued = new Map(streams.map((stream, i) => [orderIds[i] ?? '', new Issued(stream)]));
    return occasions.flatMap((occasion) => {
      const [sale, before] = [sales.get(occasion.data.orderId), issued.get(occasion.data.orderId)];
      const seller = sale && sellerOf(entities, sale);
      const draft = sale && before && seller && this.draft(occasion, sale, before, seller);
      return draft ? [draft] : [];
    });
  }

  private draft(occasion: Occasion, sale: Sale, issued: Issued, seller: LegalEntity): Draft | undefined {
    const content = issued.hasFor(occasion) ? undefined : contentOf(occasion, sale, issued, seller);
    if (!content) return undefined;
    const { entity, prefix } = seller;
    const isInvoice = occasion.type !== 'RefundIssued';
    const type = isInvoice ? 'InvoiceIssued' : 'CreditNoteIssued';
    const documentId = this.needs.newId();
    // The next occasion of the order in this batch has to know of it, and names it by its id until it has a number.
    issued.add(type, { ...content, documentId, number: documentId, legalEntity: entity, issuedAt: '' } as Invoice | CreditNote);
    return {
      ...{ type, entity, content, occasion, issued, documentId },
      series: `${entity} ${type}`,
      prefix: isInvoice ? prefix : `${prefix}CN-`,
    };
  }

  private async append(transaction: InvoicingTransaction, documents: readonly Document[]): Promise<void> {
    const byOrder = new Map<string, Document[]>();
    for (const document of documents) {
      const { orderId } = document.event.data;
      byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), document]);
    }
    const outcomes = await transaction.append([...byOrder].map(([orderId, given]) => this.write(orderId, given)));
    if (outcomes.some(({ status }) => status === 'conflict')) throw new Error('Somebody else issued documents of the same orders.');
  }

  private write(orderId: string, documents: readonly Document[]): Write {
    return {
      stream: documentStream(orderId),
      expected: documents[0]?.issued.stream.version ?? 0,
      events: documents.map(({ event, occasion }) => ({ ...event, id: this.needs.newId(), meta: metaOf(event, occasion) })),
    };
  }
}
