import { exponentOf, type Personal } from '@cartage/contracts';
import { drawLine, lineOf, openFonts, widthOf, wrapped, type Fonts, type Line } from '@cartage/service-kit';
import PDFDocument from 'pdfkit';
import type { CreditNote, DocumentEvent, Invoice } from '../../domain/invoices/documents';
import type { LegalEntity } from '../../domain/invoices/legal-entities';

/** A document with those whom it concerns; the buyer is unknown once erased. */
export interface PrintedDocument {
  readonly document: DocumentEvent;
  readonly seller: LegalEntity;
  readonly buyer?: Personal;
}

const PAGE = { width: 595, height: 842, margin: 56 } as const;
const WIDTH = PAGE.width - 2 * PAGE.margin;
const SIZE = 9;
const LEADING = 1.4;
/** Where the columns of numbers end, from the left margin. */
const COLUMNS = { quantity: 310, tax: 395, total: WIDTH } as const;
const TEXT_WIDTH = 260;

/** 12.00, 1200 or 1.200, by the currency’s own digits. */
const money = (amount: number, currency: string): string => {
  const digits = exponentOf(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
  return `${amount < 0 ? '-' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`;
};

/** Writes from the top to the bottom, and on the next page. */
class Sheet {
  private y: number = PAGE.margin;

  constructor(
    private readonly page: PDFKit.PDFDocument,
    private readonly fonts: Fonts,
  ) {}

  gap(height: number): void {
    this.y += height;
  }

  text(text: string, size: number = SIZE, width: number = WIDTH): void {
    for (const line of wrapped(this.fonts, this.printable(text), { size, width })) this.line(line, size, width);
  }

  /** A text at the left and numbers that end at their columns. */
  row(text: string, cells: readonly (readonly [end: number, text: string])[]): void {
    const lines = wrapped(this.fonts, this.printable(text), { size: SIZE, width: TEXT_WIDTH });
    this.room(SIZE * LEADING);
    for (const [end, cell] of cells) {
      const line = lineOf(this.fonts, cell, 'ltr');
      const width = widthOf(line, SIZE);
      drawLine(this.page, line, { x: PAGE.margin + end - width, y: this.y, size: SIZE, width });
    }
    for (const line of lines) this.line(line, SIZE, TEXT_WIDTH);
    if (lines.length === 0) this.gap(SIZE * LEADING);
  }

  rule(): void {
    this.room(6);
    this.page
      .moveTo(PAGE.margin, this.y + 2)
      .lineTo(PAGE.margin + WIDTH, this.y + 2)
      .lineWidth(0.5)
      .stroke();
    this.gap(6);
  }

  private line(line: Line, size: number, width: number): void {
    this.room(size * LEADING);
    drawLine(this.page, line, { x: PAGE.margin, y: this.y, size, width });
    this.gap(size * LEADING);
  }

  private room(height: number): void {
    if (this.y + height <= PAGE.height - PAGE.margin) return;
    this.page.addPage();
    this.y = PAGE.margin;
  }

  /** A document must be issued in any case: what no font has is shown as a box. */
  private printable(text: string): string {
    return [...text].map((character) => (this.fonts.of(character) ? character : '□')).join('');
  }
}

const addressOf = ({ name, address }: Personal): readonly string[] => [
  name,
  ...(address ? [...address.lines, [address.postalCode, address.city, address.region].filter(Boolean).join(' '), address.country] : []),
];

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
  for (const line of buyer ? addressOf(buyer) : ['The buyer’s data were erased.']) sheet.text(line, 10);
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
  return async (printed: PrintedDocument): Promise<Buffer> => {
    const { number, issuedAt } = printed.document.data;
    const info = { Title: number, CreationDate: new Date(issuedAt) };
    const page = new PDFDocument({ size: [PAGE.width, PAGE.height], margin: 0, info });
    const chunks: Buffer[] = [];
    page.on('data', (chunk: Buffer) => chunks.push(chunk));
    drawn(page, fonts, printed);
    page.end();
    await new Promise<void>((ended) => page.on('end', ended));
    return Buffer.concat(chunks);
  };
};
export type DocumentPrinter = ReturnType<typeof documentPrinter>;
