import { drawLine, pdfBytes } from '@cartage/service-kit';
import bwipjs from 'bwip-js';
import PDFDocument from 'pdfkit';
import { MARGIN, PAGE, WIDTH, type LabelLayout } from './label-layout';

type Page = PDFKit.PDFDocument;

const rule = (page: Page, y: number): void =>
  void page
    .moveTo(MARGIN, y)
    .lineTo(PAGE[0] - MARGIN, y)
    .stroke();

const drawn = (page: Page, { texts, rules, barcode }: LabelLayout, code: Buffer): void => {
  for (const y of rules) rule(page, y);
  for (const { line, y, size } of texts) drawLine(page, line, { x: MARGIN, y, size, width: WIDTH });
  page.image(code, MARGIN, barcode.y, { fit: [WIDTH, barcode.height], align: 'center' });
};

/** A page for each parcel. */
export const labelPdf = async (labels: readonly LabelLayout[]): Promise<Buffer> => {
  const title = labels.map(({ trackingNumber }) => trackingNumber).join(' ');
  const document = new PDFDocument({ size: PAGE, margin: 0, autoFirstPage: false, info: { Title: title } });
  const bytes = pdfBytes(document);
  for (const label of labels)
    drawn(document.addPage(), label, await bwipjs.toBuffer({ bcid: 'code128', text: label.trackingNumber, scale: 3, height: 18 }));
  document.end();
  return bytes;
};
