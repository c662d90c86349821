import bwipjs from 'bwip-js';
import PDFDocument from 'pdfkit';
import type { Consignment, Origin } from '../../app/carrier';

export interface LabelText {
  readonly carrier: string;
  readonly service: string;
  readonly trackingNumber: string;
}

/** 4 × 6 inches, in points. */
const PAGE: [number, number] = [288, 432];
const MARGIN = 18;
const WIDTH = PAGE[0] - 2 * MARGIN;

type Page = PDFKit.PDFDocument;

const rule = (page: Page, y: number): void =>
  void page
    .moveTo(MARGIN, y)
    .lineTo(PAGE[0] - MARGIN, y)
    .stroke();

/** A block of text that is cut rather than let it run into the next block. */
const block = (
  page: Page,
  text: string,
  { y, height, size }: { readonly y: number; readonly height: number; readonly size: number },
): void => void page.fontSize(size).text(text, MARGIN, y, { width: WIDTH, height, ellipsis: true, lineGap: 1 });

const originText = ({ location, name, postalCode, country }: Origin): string =>
  [`From ${name ?? location}`, [postalCode, country].filter(Boolean).join(' ')].filter(Boolean).join(', ');

const recipientText = ({ recipient: { name, address } }: Consignment): string => {
  const town = [address.city, address.region, address.postalCode].filter(Boolean).join(' ');
  return [name, ...address.lines, town, address.country].join('\n');
};

const drawParcel = (
  page: Page,
  consignment: Consignment,
  label: LabelText & { readonly barcode: Buffer; readonly index: number },
): void => {
  const { parcels } = consignment;
  const parcel = parcels[label.index];
  page.font('Helvetica-Bold');
  block(page, `${label.carrier.toUpperCase()}  ${label.service.toUpperCase()}`, { y: MARGIN, height: 20, size: 15 });
  page.font('Helvetica');
  block(page, originText(consignment.origin), { y: 42, height: 24, size: 8 });
  rule(page, 70);
  block(page, recipientText(consignment), { y: 80, height: 150, size: 13 });
  rule(page, 240);
  page.image(label.barcode, MARGIN, 252, { fit: [WIDTH, 90], align: 'center' });
  block(page, label.trackingNumber, { y: 350, height: 16, size: 12 });
  rule(page, 376);
  const weight = ((parcel?.weightGrams ?? 0) / 1_000).toFixed(2);
  const about = `Parcel ${label.index + 1} of ${parcels.length} (${parcel?.parcelId ?? ''})   ${weight} kg\nOrder ${consignment.orderId}`;
  block(page, about, { y: 384, height: 30, size: 8 });
};

const bytesOf = (document: Page): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });

/** The label as PDF: a page of 4 × 6 inches for each parcel, with the tracking number as Code 128. */
export const labelPdf = async (consignment: Consignment, label: LabelText): Promise<Buffer> => {
  const barcode = await bwipjs.toBuffer({ bcid: 'code128', text: label.trackingNumber, scale: 3, height: 18 });
  const document = new PDFDocument({ size: PAGE, margin: 0, autoFirstPage: false, info: { Title: label.trackingNumber } });
  const bytes = bytesOf(document);
  consignment.parcels.forEach((_, index) => drawParcel(document.addPage(), consignment, { ...label, barcode, index }));
  document.end();
  return bytes;
};
