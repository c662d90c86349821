import type { Personal } from '@cartage/contracts';
import { openFonts, printedAddress, printedMoney as money, printedSheet, Sheet, SHEET_WIDTH, type Fonts } from '@cartage/service-kit';
import type { CreditNote, DocumentEvent, Invoice } from '../../domain/invoices/documents';
import type { LegalEntity } from '../../domain/invoices/legal-entities';

/** A document with those whom it concerns; the buyer is unknown once erased. */
export interface PrintedDocument {
  readonly document: DocumentEvent;
  readonly seller: LegalEntity;
  readonly buyer?: Personal;
}

/** Where the columns of numbers end, from the left margin. */
const COLUMNS = { quantity: 310, tax: 395, total: SHEET_WIDTH } as const;

const printLines = (sheet: Sheet, { lines, delivery, deducted, currency, ...invoice }: Invoice): void => {
  const { quantity, tax, total } = COLUMNS;
  sheet.row('Item', [
    [quantity, 'Quantity'],
    [tax, 'Tax'],
    [total, `Amount ${currency}`],
  ]);
  sheet.rule();
  for (const line of lines)
    sheet.row(line.description ? `${line.sku} ${line.description}` : line.sku || line.lineId, [
      [quantity, String(line.quantity)],
      [tax, money(line.tax, currency)],
      [total, money(line.total, currency)],
    ]);
  if (delivery !== 0) sheet.row('Delivery', [[total, money(delivery, currency)]]);
  if (invoice.captureId !== undefined) sheet.row('Payment in advance', [[total, money(invoice.total, currency)]]);
  if (deducted) sheet.row(`Invoiced in advance: ${deducted.numbers.join(', ')}`, [[total, money(-deducted.total, currency)]]);
};

const printSums = (sheet: Sheet, { net, taxLines, total, currency }: Invoice | CreditNote): void => {
  sheet.rule();
  sheet.row('Net', [[COLUMNS.total, money(net, currency)]]);
  for (const { name, rate, amount } of taxLines)
    sheet.row(rate === undefined ? name : `${name} (${rate} %)`, [[COLUMNS.total, money(amount, currency)]]);
  sheet.row(`Total ${currency}`, [[COLUMNS.total, money(total, currency)]]);
};

const printHead = (sheet: Sheet, { document, seller, buyer }: PrintedDocument): void => {
  const { type, data } = document;
  sheet.text(seller.name, 13);
  for (const line of [...seller.address, seller.taxId]) sheet.text(line);
  sheet.gap(24);
  for (const line of buyer ? printedAddress(buyer) : ['The buyer’s data were erased.']) sheet.text(line, 10);
  sheet.gap(24);
  sheet.text(`${type === 'InvoiceIssued' ? 'Invoice' : 'Credit note'} ${data.number}`, 15);
  sheet.text(`Date ${data.issuedAt.slice(0, 10)}`);
  sheet.text(`Order ${data.orderId}`);
  if (type === 'CreditNoteIssued') sheet.text(`For ${data.invoices.join(', ')}`);
  sheet.gap(16);
};

const drawn = (page: PDFKit.PDFDocument, fonts: Fonts, printed: PrintedDocument): void => {
  const sheet = new Sheet(page, fonts);
  printHead(sheet, printed);
  if (printed.document.type === 'InvoiceIssued') printLines(sheet, printed.document.data);
  printSums(sheet, printed.document.data);
};

/** Prints documents in the scripts of the world. */
export const documentPrinter = () => {
  const fonts = openFonts();
  return (printed: PrintedDocument): Promise<Buffer> => {
    const { number: title, issuedAt } = printed.document.data;
    return printedSheet({ title, issuedAt }, (page) => drawn(page, fonts, printed));
  };
};
export type DocumentPrinter = ReturnType<typeof documentPrinter>;
