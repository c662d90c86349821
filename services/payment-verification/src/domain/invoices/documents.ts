import { shareOfUnits, type PaymentEvent as PublicEvent, type TaxLine } from '@cartage/contracts';
import type { Named, Translation } from '@cartage/eventsourcing';

type Public<Type extends PublicEvent['type']> = Extract<PublicEvent, { type: Type }>;
export type DocumentEvent = Public<'InvoiceIssued'> | Public<'CreditNoteIssued'>;
export type Invoice = Public<'InvoiceIssued'>['data'];
export type CreditNote = Public<'CreditNoteIssued'>['data'];

/** The stream of an order’s documents. */
export const documentStream = (orderId: string): string => `invoice-${orderId}`;

/** A line as it was sold. */
export interface SoldLine {
  readonly lineId: string;
  readonly sku: string;
  readonly description?: string;
  readonly quantity: number;
  readonly taxLines: readonly TaxLine[];
}

/** An order as far as its documents need it. */
export interface Sale {
  readonly orderId: string;
  readonly lines: readonly SoldLine[];
  readonly delivery: { readonly amount: number; readonly taxLines: readonly TaxLine[] };
}

/** A shipment that was charged. */
export interface Charged {
  readonly shipmentId: string;
  readonly currency: string;
  readonly amount: number;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly amount: number }[];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Taxes of the same name and rate are one line of a document. */
const together = (taxes: readonly TaxLine[]): readonly TaxLine[] => {
  const lines = new Map<string, TaxLine>();
  for (const tax of taxes) {
    const key = JSON.stringify([tax.name, tax.rate ?? null]);
    lines.set(key, { ...tax, amount: (lines.get(key)?.amount ?? 0) + tax.amount });
  }
  return [...lines.values()].filter(({ amount }) => amount !== 0);
};

const shareOf = (taxes: readonly TaxLine[], portion: Parameters<typeof shareOfUnits>[1]): readonly TaxLine[] =>
  portion.of === 0 ? [] : taxes.map((tax) => ({ ...tax, amount: shareOfUnits(tax.amount, portion) }));

const invoicedUnits = (before: readonly Invoice[], lineId: string): number =>
  sum(before.flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId).map(({ quantity }) => quantity)));

/** What a line that was not sold is shown with. */
const unsold: Omit<SoldLine, 'lineId'> = { sku: '', quantity: 0, taxLines: [] };

/** A line of a shipment with its share of the line’s taxes: the shares of all shipments add up, however it is split. */
const invoiceLine = (line: Charged['lines'][number], { lines }: Sale, before: readonly Invoice[]) => {
  const sold = lines.find(({ lineId }) => lineId === line.lineId) ?? unsold;
  const portion = { before: invoicedUnits(before, line.lineId), units: line.quantity, of: sold.quantity };
  const taxLines = shareOf(sold.taxLines, portion);
  return {
    shown: {
      lineId: line.lineId,
      sku: sold.sku,
      ...(sold.description === undefined ? {} : { description: sold.description }),
      quantity: line.quantity,
      total: line.amount,
      tax: sum(taxLines.map(({ amount }) => amount)),
    },
    taxLines,
  };
};

/** What an invoice says of a shipment; its number comes later. */
export const invoiceOf = (charged: Charged, sale: Sale, before: readonly Invoice[]) => {
  const lines = charged.lines.map((line) => invoiceLine(line, sale, before));
  const delivery = charged.amount - sum(charged.lines.map(({ amount }) => amount));
  const deliveredBefore = sum(before.map((invoice) => invoice.delivery));
  const ofDelivery = shareOf(sale.delivery.taxLines, { before: deliveredBefore, units: delivery, of: sale.delivery.amount });
  const taxLines = together([...lines.flatMap((line) => line.taxLines), ...ofDelivery]);
  const tax = sum(taxLines.map(({ amount }) => amount));
  return {
    ...{ orderId: sale.orderId, shipmentId: charged.shipmentId, currency: charged.currency },
    ...{ lines: lines.map(({ shown }) => shown), delivery, taxLines, net: charged.amount - tax, tax, total: charged.amount },
  };
};

export interface Refunded {
  readonly refundId: string;
  readonly amount: number;
}

/** What a credit note says of a refund: of what was invoiced and not credited, with its share of the taxes. Nothing where nothing was invoiced. */
export const creditOf = ({ refundId, amount }: Refunded, invoices: readonly Invoice[], credits: readonly CreditNote[]) => {
  const [first] = invoices;
  const invoiced = sum(invoices.map(({ total }) => total));
  const credited = sum(credits.map(({ total }) => total));
  const total = Math.min(amount, invoiced - credited);
  if (!first || total <= 0) return undefined;
  const taxes = together(invoices.flatMap(({ taxLines }) => taxLines));
  const taxLines = shareOf(taxes, { before: credited, units: total, of: invoiced }).filter((tax) => tax.amount !== 0);
  const tax = sum(taxLines.map((each) => each.amount));
  const { orderId, currency } = first;
  return { orderId, refundId, currency, invoices: invoices.map(({ number }) => number), taxLines, net: total - tax, tax, total };
};

/** GB-00000042: as many digits as keep a year’s numbers in order as texts. */
export const numberOf = (prefix: string, n: number): string => `${prefix}${String(n).padStart(8, '0')}`;

const same = <Event extends Named>({ type, data }: Event): Pick<Event, 'type' | 'data'> => ({ type, data });
export const publishedDocuments: Translation<DocumentEvent, PublicEvent> = { InvoiceIssued: same, CreditNoteIssued: same };
