import { majorUnits, type Personal } from '@cartage/contracts';
import PDFDocument from 'pdfkit';
import type { Fonts } from './fonts';
import { drawLine, lineOf, widthOf, wrapped, type Line } from './typesetting';

/** A4, in points. */
const PAGE = { width: 595, height: 842, margin: 56 } as const;
/** Between the margins. */
export const SHEET_WIDTH = PAGE.width - 2 * PAGE.margin;
const SIZE = 9;
const LEADING = 1.4;
const TEXT_WIDTH = 260;

/** Writes from the top to the bottom, and on the next page. */
export class Sheet {
  private y: number = PAGE.margin;

  constructor(
    private readonly page: PDFKit.PDFDocument,
    private readonly fonts: Fonts,
    /** Of the first column of a row. */
    private readonly textWidth = TEXT_WIDTH,
  ) {}

  gap(height: number): void {
    this.y += height;
  }

  text(text: string, size: number = SIZE, width: number = SHEET_WIDTH): void {
    for (const line of wrapped(this.fonts, this.printable(text), { size, width })) this.line(line, size, width);
  }

  /** A text at the left and numbers that end at their columns. */
  row(text: string, cells: readonly (readonly [end: number, text: string])[]): void {
    const lines = wrapped(this.fonts, this.printable(text), { size: SIZE, width: this.textWidth });
    this.room(SIZE * LEADING);
    for (const [end, cell] of cells) {
      const line = lineOf(this.fonts, cell, 'ltr');
      const width = widthOf(line, SIZE);
      drawLine(this.page, line, { x: PAGE.margin + end - width, y: this.y, size: SIZE, width });
    }
    for (const line of lines) this.line(line, SIZE, this.textWidth);
    if (lines.length === 0) this.gap(SIZE * LEADING);
  }

  /** No higher than so much, at the left. */
  picture(image: Buffer, height: number): void {
    this.room(height);
    this.page.image(image, PAGE.margin, this.y, { fit: [SHEET_WIDTH, height] });
    this.gap(height + 6);
  }

  nextPage(): void {
    this.page.addPage();
    this.y = PAGE.margin;
  }

  rule(): void {
    this.room(6);
    this.page
      .moveTo(PAGE.margin, this.y + 2)
      .lineTo(PAGE.margin + SHEET_WIDTH, this.y + 2)
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
    this.nextPage();
  }

  /** A document must be issued in any case: what no font has is shown as a box. */
  private printable(text: string): string {
    return [...text].map((character) => (this.fonts.of(character) ? character : '□')).join('');
  }
}

/** All of a document; to be asked for before it is drawn, and answered once it was ended. */
export const pdfBytes = (document: PDFKit.PDFDocument): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });

/** The same drawing is the same document, but for its own id. */
export const printedSheet = async (
  { title, issuedAt }: { readonly title: string; readonly issuedAt: string },
  draw: (page: PDFKit.PDFDocument) => void,
): Promise<Buffer> => {
  const page = new PDFDocument({ size: [PAGE.width, PAGE.height], margin: 0, info: { Title: title, CreationDate: new Date(issuedAt) } });
  const bytes = pdfBytes(page);
  draw(page);
  page.end();
  return bytes;
};

/** 12 345.00, 12 345 or 12.345, by the currency’s own digits. */
export const printedMoney = (amount: number, currency: string): string => majorUnits(amount, currency).replace(/^-?\d+/, grouped);
const grouped = (whole: string): string => whole.replaceAll(/\B(?=(\d{3})+$)/g, ' ');

/** Whoever it goes to, line by line: name, street, city with its code, country. */
export const printedAddress = ({ name, address }: Pick<Personal, 'name' | 'address'>): readonly string[] => [
  name,
  ...(address ? [...address.lines, [address.postalCode, address.city, address.region].filter(Boolean).join(' '), address.country] : []),
];
