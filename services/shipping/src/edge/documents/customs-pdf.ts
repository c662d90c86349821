import type { CustomsDeclaration } from '@cartage/contracts';
import { printedAddress, printedMoney, printedSheet, Sheet, SHEET_WIDTH, type Fonts } from '@cartage/service-kit';
import type { CustomsPaper } from '../../app/documents';

type Declared = CustomsDeclaration['parcels'][number];

const COLUMNS = { quantity: 230, weight: 290, code: 360, origin: 400, value: SHEET_WIDTH } as const;
const TEXT_WIDTH = 180;

const titles: Readonly<Record<string, string>> = {
  cn22: 'Customs declaration CN 22',
  cn23: 'Customs declaration CN 23',
  'commercial-invoice': 'Commercial invoice',
};

const kilos = (grams: number): string => `${(grams / 1_000).toFixed(3)} kg`;

/** The address of a sender where it is known; inventory tells no streets. */
export type SenderLines = (location: string) => readonly string[] | undefined;

const senderOf = ({ origin }: CustomsPaper, sender: SenderLines): readonly string[] =>
  sender(origin.location) ?? [origin.name ?? origin.location, [origin.postalCode, origin.country].filter(Boolean).join(' ')];

const customerOf = ({ recipient }: CustomsPaper): readonly string[] => [
  ...printedAddress(recipient),
  ...(recipient.phone === undefined ? [] : [recipient.phone]),
];

const printParties = (sheet: Sheet, paper: CustomsPaper, sender: SenderLines): void => {
  const [ours, theirs] = [senderOf(paper, sender), customerOf(paper)];
  const [from, to] = paper.isReturn ? [theirs, ours] : [ours, theirs];
  sheet.text('From', 8);
  for (const line of from) sheet.text(line, 10);
  sheet.gap(10);
  sheet.text('To', 8);
  for (const line of to) sheet.text(line, 10);
  sheet.gap(14);
};

const named = (document: string): string => titles[document] ?? 'Commercial invoice';

/** What it is, and of returned goods by which papers they left. */
const purposeOf = ({ isReturn, shipmentId, declaration: { exported = [] } }: CustomsPaper): readonly string[] => {
  if (!isReturn) return ['Sale of goods.'];
  const papers = exported.map(
    ({ document, trackingNumber, shipmentId: id, declaredAt }) =>
      `Exported with ${named(document)}, ${trackingNumber || `shipment ${id}`}, ${declaredAt.slice(0, 10)}.`,
  );
  return [`Return ${shipmentId}. Returned goods.`, ...papers];
};

const printContents = (sheet: Sheet, { lines, weightGrams, value }: Declared, currency: string): void => {
  const { quantity, weight, code, origin, value: end } = COLUMNS;
  sheet.row('Contents', [
    [quantity, 'Quantity'],
    [weight, 'Net weight'],
    [code, 'HS code'],
    [origin, 'Origin'],
    [end, `Value ${currency}`],
  ]);
  sheet.rule();
  for (const line of lines)
    sheet.row(line.description, [
      [quantity, String(line.quantity)],
      [weight, kilos(line.weightGrams)],
      [code, line.hsCode],
      [origin, line.originCountry],
      [end, printedMoney(line.value, currency)],
    ]);
  sheet.rule();
  sheet.row('Total, gross weight', [
    [weight, kilos(weightGrams)],
    [end, printedMoney(value, currency)],
  ]);
};

const printParcel = (
  sheet: Sheet,
  paper: CustomsPaper,
  { parcel, sender }: { readonly parcel: Declared; readonly sender: SenderLines },
): void => {
  const { declaration, orderId, numbers, declaredAt } = paper;
  sheet.text(named(parcel.document), 15);
  const number = numbers.get(parcel.parcelId);
  const [purpose = '', ...papers] = purposeOf(paper);
  sheet.text(`Parcel ${parcel.parcelId}${number === undefined ? '' : `, ${number}`}. Order ${orderId}. ${purpose}`);
  for (const line of papers) sheet.text(line, 9);
  sheet.gap(14);
  printParties(sheet, paper, sender);
  printContents(sheet, parcel, declaration.currency);
  sheet.gap(18);
  sheet.text(
    'I certify that the particulars given are correct and that it holds nothing dangerous or forbidden by law, by post or by customs.',
    8,
  );
  sheet.text(`Date ${declaredAt.slice(0, 10)}.   Signature`, 9);
};

/** A page or more for each parcel. */
export const customsPdf = (fonts: Fonts, paper: CustomsPaper, sender: SenderLines): Promise<Buffer> =>
  printedSheet({ title: `Customs ${paper.shipmentId}`, issuedAt: paper.declaredAt }, (page) => {
    const sheet = new Sheet(page, fonts, TEXT_WIDTH);
    paper.declaration.parcels.forEach((parcel, n) => {
      if (n > 0) sheet.nextPage();
      printParcel(sheet, paper, { parcel, sender });
    });
  });
