import { drawLine, type Fonts, missingIn, openFonts, pdfBytes, wrapped } from '@cartage/service-kit';
import PDFDocument from 'pdfkit';
import type { ClosedManifest } from '../../domain/days/manifest';

/** A4, in points. */
const PAGE: [number, number] = [595, 842];
const MARGIN = 48;
const WIDTH = PAGE[0] - 2 * MARGIN;
const ROW = 14;
const FIRST_ROW = 150;
const LAST_ROW = PAGE[1] - MARGIN - 70;
const COLUMNS = { shipment: MARGIN, parcel: MARGIN + 230, number: MARGIN + 290 } as const;

type Document = PDFKit.PDFDocument;
interface Row {
  readonly shipmentId: string;
  readonly parcelId: string;
  readonly trackingNumber: string;
}

const rowsOf = ({ shipments }: ClosedManifest): readonly Row[] =>
  shipments.flatMap(({ shipmentId, parcels }) => parcels.map((parcel) => ({ shipmentId, ...parcel })));

const perPage = Math.floor((LAST_ROW - FIRST_ROW) / ROW);

const pagesOf = (rows: readonly Row[]): readonly (readonly Row[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(rows.length / perPage)) }, (_, n) => rows.slice(n * perPage, (n + 1) * perPage));

/** A text of our own in one line; what no font has is left to the code beside it. */
const write = (
  document: Document,
  fonts: Fonts,
  { text, x, y, size }: { readonly text: string; readonly x: number; readonly y: number; readonly size: number },
): void => {
  const shown = missingIn(fonts, text) === undefined ? text : text.replaceAll(/[^\x20-\x7e]/g, '');
  const [line] = wrapped(fonts, shown, { size, width: WIDTH });
  if (line) drawLine(document, line, { x, y, size, width: PAGE[0] - MARGIN - x });
};

interface Heading {
  readonly manifest: ClosedManifest;
  readonly locationName: string;
  readonly page: string;
}

const drawHeading = (document: Document, fonts: Fonts, { manifest, locationName, page }: Heading): void => {
  const { carrier, location, day, manifestId, reference, shipments } = manifest;
  const parcels = rowsOf(manifest).length;
  const lines = [
    `${locationName} (${location})`,
    `${shipments.length} shipments, ${parcels} parcels. Page ${page}.`,
    `Manifest ${manifestId}${reference === undefined ? '' : `, of the carrier ${reference}`}`,
  ];
  write(document, fonts, { text: `Manifest of ${carrier}, ${day}`, x: MARGIN, y: MARGIN, size: 16 });
  lines.forEach((text, n) => write(document, fonts, { text, x: MARGIN, y: MARGIN + 28 + n * 16, size: 10 }));
};

const drawRows = (document: Document, fonts: Fonts, rows: readonly Row[]): void =>
  rows.forEach(({ shipmentId, parcelId, trackingNumber }, n) => {
    const y = FIRST_ROW + n * ROW;
    write(document, fonts, { text: shipmentId, x: COLUMNS.shipment, y, size: 8 });
    write(document, fonts, { text: parcelId, x: COLUMNS.parcel, y, size: 8 });
    write(document, fonts, { text: trackingNumber, x: COLUMNS.number, y, size: 9 });
  });

const drawSignature = (document: Document, fonts: Fonts): void => {
  const y = PAGE[1] - MARGIN - 30;
  void document
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + 240, y)
    .stroke();
  write(document, fonts, { text: 'Taken by the carrier: name, signature, time', x: MARGIN, y: y + 6, size: 8 });
};

/** The list that the driver signs: each parcel with its number, for the carrier and for us. */
export const manifestPrinter = (): ((manifest: ClosedManifest, locationName: string) => Promise<Uint8Array>) => {
  const fonts = openFonts();
  return (manifest, locationName) => {
    const document = new PDFDocument({ size: PAGE, margin: 0, autoFirstPage: false, info: { Title: `Manifest ${manifest.manifestId}` } });
    const bytes = pdfBytes(document);
    const pages = pagesOf(rowsOf(manifest));
    pages.forEach((rows, n) => {
      document.addPage();
      drawHeading(document, fonts, { manifest, locationName, page: `${n + 1} of ${pages.length}` });
      drawRows(document, fonts, rows);
      drawSignature(document, fonts);
    });
    document.end();
    return bytes;
  };
};
