import { printedAddress, printedMoney, printedSheet, Sheet, SHEET_WIDTH, type Fonts } from '@cartage/service-kit';
import type { PackingSlip, SlipLine } from '../../app/documents';

/** Whose parcel it is, for whoever opens it. */
export interface Brand {
  readonly text: string;
  /** PNG or JPEG. */
  readonly logo?: Buffer;
}

const COLUMNS = { quantity: 360, price: SHEET_WIDTH } as const;
const LOGO_HEIGHT = 48;

const printHead = (sheet: Sheet, { recipient, orderId, shipmentId, parcels, packedAt, origin }: PackingSlip, brand: Brand): void => {
  if (brand.logo) sheet.picture(brand.logo, LOGO_HEIGHT);
  if (brand.text !== '') sheet.text(brand.text, 13);
  sheet.gap(18);
  for (const line of printedAddress(recipient)) sheet.text(line, 10);
  sheet.gap(18);
  sheet.text('Packing slip', 15);
  sheet.text(`Order ${orderId}`);
  sheet.text(`Shipment ${shipmentId}${parcels > 1 ? `, ${parcels} parcels` : ''}`);
  sheet.text(`From ${origin.name ?? origin.location}${packedAt === undefined ? '' : `, packed ${packedAt.slice(0, 10)}`}`);
  sheet.gap(14);
};

const printLine = (sheet: Sheet, { sku, description, quantity, attributes = {}, price }: SlipLine, currency: string): void => {
  sheet.row(description === undefined ? sku : `${sku} ${description}`, [
    [COLUMNS.quantity, String(quantity)],
    ...(price === undefined ? [] : [[COLUMNS.price, printedMoney(price, currency)] as const]),
  ]);
  for (const [name, value] of Object.entries(attributes)) sheet.text(`   ${name}: ${value}`, 8);
};

const printSum = (sheet: Sheet, { lines }: PackingSlip, currency: string): void => {
  sheet.rule();
  const sum = lines.reduce((total, { price = 0 }) => total + price, 0);
  sheet.row(`Total ${currency}`, [[COLUMNS.price, printedMoney(sum, currency)]]);
};

/** What is in it, in the scripts of the world. */
export const packingSlipPdf = (fonts: Fonts, slip: PackingSlip, brand: Brand): Promise<Buffer> =>
  printedSheet({ title: `Packing slip ${slip.shipmentId}`, issuedAt: slip.packedAt ?? new Date(0).toISOString() }, (page) => {
    const sheet = new Sheet(page, fonts);
    const { currency } = slip;
    printHead(sheet, slip, brand);
    sheet.row('Item', [[COLUMNS.quantity, 'Quantity'], ...(currency === undefined ? [] : [[COLUMNS.price, `Price ${currency}`] as const])]);
    sheet.rule();
    for (const line of slip.lines) printLine(sheet, line, currency ?? '');
    if (currency !== undefined) printSum(sheet, slip, currency);
  });
