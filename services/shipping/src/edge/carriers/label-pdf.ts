import { drawLine, missingIn, openFonts, wrapped, type Fonts, type Line } from '@cartage/service-kit';
import bwipjs from 'bwip-js';
import PDFDocument from 'pdfkit';
import type { NumberedParcel, Origin, QuoteRequest as Consignment } from '../../app/carrier';

export interface LabelText {
  readonly carrier: string;
  readonly service: string;
  readonly parcels: readonly NumberedParcel[];
}

/** 4 × 6 inches, in points. */
const PAGE: [number, number] = [288, 432];
const MARGIN = 18;
const WIDTH = PAGE[0] - 2 * MARGIN;
const ADDRESS = { y: 80, height: 152, sizes: [13, 12, 11, 10, 9, 8, 7, 6] } as const;
const LEADING = 1.35;
/** More than could ever stand there: not worth laying out. */
const MOST_CHARACTERS = 2_000;

type Page = PDFKit.PDFDocument;

/** Prints labels in the scripts of the world; what it cannot print as it is written, it does not print in other letters. */
export interface LabelPrinter {
  /** Which field of the recipient cannot be printed, and why; nothing when all of it can. */
  unprintable(consignment: Consignment): { readonly field: string; readonly message: string } | undefined;
  /** A page of 4 × 6 inches for each parcel, with its tracking number as Code 128. */
  pdf(consignment: Consignment, label: LabelText): Promise<Buffer>;
}

export const labelPrinter = (): LabelPrinter => {
  const fonts = openFonts();
  return {
    unprintable: (consignment) => unprintableIn(fonts, consignment),
    pdf: (consignment, label) => pdfOf(fonts, consignment, label),
  };
};

const fieldsOf = ({ recipient: { name, address } }: Consignment): readonly (readonly [field: string, text: string])[] => [
  ['recipient.name', name],
  ...address.lines.map((line, i) => [`recipient.address.lines[${i}]`, line] as const),
  ['recipient.address.city', address.city],
  ['recipient.address.region', address.region ?? ''],
  ['recipient.address.postalCode', address.postalCode ?? ''],
];

const unprintableIn: (fonts: Fonts, consignment: Consignment) => ReturnType<LabelPrinter['unprintable']> = (fonts, consignment) => {
  for (const [field, text] of fieldsOf(consignment)) {
    const character = missingIn(fonts, text);
    if (character !== undefined) return { field, message: `No font of the label printer has ${JSON.stringify(character)}.` };
  }
  return surelyFits(consignment) || addressed(fonts, consignment)
    ? undefined
    : { field: 'recipient.address', message: 'It is too long for the label.' };
};

const addressText = ({ recipient: { name, address } }: Consignment): readonly string[] => [
  name,
  ...address.lines,
  [address.city, address.region, address.postalCode].filter(Boolean).join(' '),
  address.country,
];

/** Of the usual address that is clear without laying it out: in the smallest letters there are 18 lines of more than 20 characters of any script. */
const surelyFits = (consignment: Consignment): boolean =>
  addressText(consignment).reduce((lines, text) => lines + Math.ceil(text.length / 20), 0) <= 18;

interface Block {
  readonly lines: readonly Line[];
  readonly size: number;
}

/** The whole address in the largest letters in which it fits: city, code and country are never cut off. */
const addressed = (fonts: Fonts, consignment: Consignment): Block | undefined => {
  if (addressText(consignment).join('').length > MOST_CHARACTERS) return undefined;
  for (const size of ADDRESS.sizes) {
    const lines = addressText(consignment).flatMap((text) => wrapped(fonts, text, { size, width: WIDTH }));
    if (lines.length * size * LEADING <= ADDRESS.height) return { lines, size };
  }
  return undefined;
};

const rule = (page: Page, y: number): void =>
  void page
    .moveTo(MARGIN, y)
    .lineTo(PAGE[0] - MARGIN, y)
    .stroke();

const draw = (page: Page, { lines, size }: Block, y: number): void =>
  lines.forEach((line, i) => drawLine(page, line, { x: MARGIN, y: y + i * size * LEADING, size, width: WIDTH }));

/** A text of our own, cut to its one or two lines. */
const note = (fonts: Fonts, text: string, { size, most }: { readonly size: number; readonly most: number }): Block => ({
  lines: wrapped(fonts, text, { size, width: WIDTH }).slice(0, most),
  size,
});

const originText = (fonts: Fonts, { location, name, postalCode, country }: Origin): string => {
  const shown = name !== undefined && missingIn(fonts, name) === undefined ? name : location;
  return [`From ${shown}`, [postalCode, country].filter(Boolean).join(' ')].filter(Boolean).join(', ');
};

interface ParcelLabel {
  readonly consignment: Consignment;
  readonly heading: string;
  readonly trackingNumber: string;
  readonly barcode: Buffer;
  readonly index: number;
}

const drawParcel = (page: Page, fonts: Fonts, { consignment, heading, trackingNumber, barcode, index }: ParcelLabel): void => {
  const { parcels, origin, orderId } = consignment;
  const parcel = parcels[index];
  draw(page, note(fonts, heading, { size: 15, most: 1 }), MARGIN);
  draw(page, note(fonts, originText(fonts, origin), { size: 8, most: 2 }), 42);
  rule(page, 70);
  const address = addressed(fonts, consignment);
  if (address) draw(page, address, ADDRESS.y);
  rule(page, 240);
  page.image(barcode, MARGIN, 252, { fit: [WIDTH, 90], align: 'center' });
  draw(page, note(fonts, trackingNumber, { size: 12, most: 1 }), 350);
  rule(page, 376);
  const weight = ((parcel?.weightGrams ?? 0) / 1_000).toFixed(2);
  draw(page, note(fonts, `Parcel ${index + 1} of ${parcels.length} (${parcel?.parcelId ?? ''})   ${weight} kg`, { size: 8, most: 1 }), 384);
  draw(page, note(fonts, `Order ${orderId}`, { size: 8, most: 1 }), 396);
};

const bytesOf = (document: Page): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });

const pdfOf = async (fonts: Fonts, consignment: Consignment, { carrier, service, parcels }: LabelText): Promise<Buffer> => {
  const numbers = new Map(parcels.map(({ parcelId, trackingNumber }) => [parcelId, trackingNumber]));
  const heading = `${carrier.toUpperCase()}  ${service.toUpperCase()}`;
  const title = parcels.map(({ trackingNumber }) => trackingNumber).join(' ');
  const document = new PDFDocument({ size: PAGE, margin: 0, autoFirstPage: false, info: { Title: title } });
  const bytes = bytesOf(document);
  for (const [index, { parcelId }] of consignment.parcels.entries()) {
    const trackingNumber = numbers.get(parcelId) ?? '';
    const barcode = await bwipjs.toBuffer({ bcid: 'code128', text: trackingNumber, scale: 3, height: 18 });
    drawParcel(document.addPage(), fonts, { consignment, heading, trackingNumber, barcode, index });
  }
  document.end();
  return bytes;
};
