import { shareOfUnits, type PaymentEvent as PublicEvent, type TaxLine } from '@cartage/contracts';
import type { Named, Translation } from '@cartage/eventsourcing';

type Public<Type extends PublicEvent['type']> = Extract<PublicEvent, { type: Type }>;
export type DocumentEvent = Public<'InvoiceIssued'> | Public<'CreditNoteIssued'>;
export type Invoice = Public<'InvoiceIssued'>['data'];
export type CreditNote = Public<'CreditNoteIssued'>['data'];

/** The stream of an order’s documents. */
export const documentStream = (orderId: string): string => `invoice-${orderId}`;

/** An order’s documents, as they were issued. */
export const issuedDocuments = {
  initial: [] as readonly DocumentEvent[],
  evolve: (issued: readonly DocumentEvent[], event: DocumentEvent): readonly DocumentEvent[] => [...issued, event],
};

/** A line as it was sold. */
export interface SoldLine {
  readonly lineId: string;
  readonly sku: string;
  readonly description?: string;
  readonly quantity: number;
  /** What all of it costs, discounts and taxes in it. */
  readonly total: number;
  readonly taxLines: readonly TaxLine[];
}

/** An order as far as its documents need it. */
export interface Sale {
  readonly orderId: string;
  readonly lines: readonly SoldLine[];
  readonly delivery: { readonly amount: number; readonly taxLines: readonly TaxLine[] };
}

/** Money that was taken before anything shipped, or for no shipment in particular. */
export interface TakenInAdvance {
  readonly captureId: string;
  readonly currency: string;
  readonly amount: number;
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
const unsold: Omit<SoldLine, 'lineId'> = { sku: '', quantity: 0, total: 0, taxLines: [] };

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

interface Summed {
  readonly taxLines: readonly TaxLine[];
  readonly net: number;
  readonly tax: number;
  readonly total: number;
}

const summed = (total: number, taxLines: readonly TaxLine[]): Summed => {
  const tax = sum(taxLines.map(({ amount }) => amount));
  return { taxLines, net: total - tax, tax, total };
};

const inAdvance = (invoices: readonly Invoice[]): readonly Invoice[] => invoices.filter(({ captureId }) => captureId !== undefined);

/** What of the money that was invoiced in advance later documents took off, or gave back. */
const usedOf = (invoices: readonly Invoice[], credits: readonly CreditNote[]): number =>
  sum(invoices.map(({ deducted }) => deducted?.total ?? 0)) + sum(credits.map(({ ofAdvance = 0 }) => ofAdvance));

const openAdvance = (invoices: readonly Invoice[], credits: readonly CreditNote[]): number =>
  sum(inAdvance(invoices).map(({ total }) => total)) - usedOf(invoices, credits);

/** What an invoice of money in advance says: which goods it is for is not settled yet, so that it bears its share of the taxes of all. */
export const advanceOf = ({ captureId, currency, amount }: TakenInAdvance, sale: Sale, before: readonly Invoice[]) => {
  const of = sum(sale.lines.map(({ total }) => total)) + sale.delivery.amount;
  const invoiced = Math.min(of, sum(before.map(({ total }) => total)));
  const taxes = together([...sale.lines.flatMap(({ taxLines }) => taxLines), ...sale.delivery.taxLines]);
  const taxLines = shareOf(taxes, { before: invoiced, units: Math.min(amount, of - invoiced), of }).filter((tax) => tax.amount !== 0);
  return { orderId: sale.orderId, captureId, currency, lines: [], delivery: 0, ...summed(amount, taxLines) };
};

/** What is taken off an invoice, for it was invoiced in advance. */
const deductedFrom = (amount: number, invoices: readonly Invoice[], credits: readonly CreditNote[]) => {
  const total = Math.min(amount, openAdvance(invoices, credits));
  if (total <= 0) return undefined;
  const advances = inAdvance(invoices);
  const portion = { before: usedOf(invoices, credits), units: total, of: sum(advances.map((each) => each.total)) };
  const taxLines = shareOf(together(advances.flatMap((each) => each.taxLines)), portion).filter((tax) => tax.amount !== 0);
  return { numbers: advances.map(({ number }) => number), ...summed(total, taxLines) };
};

const negative = (taxes: readonly TaxLine[]): readonly TaxLine[] => taxes.map((tax) => ({ ...tax, amount: -tax.amount }));

/** What was issued for the order so far. */
interface IssuedBefore {
  readonly invoices: readonly Invoice[];
  readonly credits?: readonly CreditNote[];
}

/** What an invoice says of a shipment; its number comes later. */
export const invoiceOf = (charged: Charged, sale: Sale, { invoices: before, credits = [] }: IssuedBefore) => {
  const lines = charged.lines.map((line) => invoiceLine(line, sale, before));
  const delivery = charged.amount - sum(charged.lines.map(({ amount }) => amount));
  const deliveredBefore = sum(before.map((invoice) => invoice.delivery));
  const ofDelivery = shareOf(sale.delivery.taxLines, { before: deliveredBefore, units: delivery, of: sale.delivery.amount });
  const deducted = deductedFrom(charged.amount, before, credits);
  const taxLines = together([...lines.flatMap((line) => line.taxLines), ...ofDelivery, ...negative(deducted?.taxLines ?? [])]);
  return {
    ...{ orderId: sale.orderId, shipmentId: charged.shipmentId, currency: charged.currency },
    ...{ lines: lines.map(({ shown }) => shown), delivery, ...(deducted ? { deducted } : {}) },
    ...summed(charged.amount - (deducted?.total ?? 0), taxLines),
  };
};

export interface Refunded {
  readonly refundId: string;
  readonly amount: number;
  /** `due`: it will not ship. */
  readonly cause?: string;
}

/** What a credit note says of a refund: of what was invoiced and not credited, with its share of the taxes. Nothing where nothing was invoiced. */
export const creditOf = ({ refundId, amount, cause }: Refunded, invoices: readonly Invoice[], credits: readonly CreditNote[]) => {
  const [first] = invoices;
  const invoiced = sum(invoices.map(({ total }) => total));
  const credited = sum(credits.map(({ total }) => total));
  const total = Math.min(amount, invoiced - credited);
  if (!first || total <= 0) return undefined;
  const taxes = together(invoices.flatMap(({ taxLines }) => taxLines));
  const taxLines = shareOf(taxes, { before: credited, units: total, of: invoiced }).filter((tax) => tax.amount !== 0);
  const { orderId, currency } = first;
  const ofAdvance = cause === 'due' ? Math.max(0, Math.min(total, openAdvance(invoices, credits))) : 0;
  return {
    ...{ orderId, refundId, currency, invoices: invoices.map(({ number }) => number) },
    ...(ofAdvance === 0 ? {} : { ofAdvance }),
    ...summed(total, taxLines),
  };
};

/** GB-00000042: as many digits as keep a year’s numbers in order as texts. */
export const numberOf = (prefix: string, n: number): string => `${prefix}${String(n).padStart(8, '0')}`;

const same = <Event extends Named>({ type, data }: Event): Pick<Event, 'type' | 'data'> => ({ type, data });
export const publishedDocuments: Translation<DocumentEvent, PublicEvent> = { InvoiceIssued: same, CreditNoteIssued: same };
