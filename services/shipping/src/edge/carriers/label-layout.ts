import { missingIn, wrapped, type Fonts, type Line } from '@cartage/service-kit';
import type { NumberedParcel, Origin, QuoteRequest as Consignment, Recipient } from '../../app/carrier';

export interface Unprintable {
  readonly field: string;
  readonly message: string;
}

export interface LabelText {
  readonly carrier: string;
  readonly service: string;
  readonly parcels: readonly NumberedParcel[];
}

/** 4 × 6 inches, in points. */
export const PAGE: [number, number] = [288, 432];
export const MARGIN = 18;
export const WIDTH = PAGE[0] - 2 * MARGIN;
const ADDRESS = { y: 80, height: 152, sizes: [13, 12, 11, 10, 9, 8, 7, 6] } as const;
export const LEADING = 1.35;
/** More than could ever stand there: not worth laying out. */
const MOST_CHARACTERS = 2_000;

/** A label of one parcel: what stands where, in points from the top of the page. */
export interface LabelLayout {
  readonly trackingNumber: string;
  readonly texts: readonly { readonly line: Line; readonly y: number; readonly size: number }[];
  readonly rules: readonly number[];
  readonly barcode: { readonly y: number; readonly height: number };
}

const fieldsOf = ({ name, address }: Recipient): readonly (readonly [field: string, text: string])[] => [
  ['recipient.name', name],
  ...address.lines.map((line, i) => [`recipient.address.lines[${i}]`, line] as const),
  ['recipient.address.city', address.city],
  ['recipient.address.region', address.region ?? ''],
  ['recipient.address.postalCode', address.postalCode ?? ''],
];

/** The first that holds a character that no font has. */
export const unprintableField = (
  fonts: Fonts,
  recipient: Recipient,
): { readonly field: string; readonly character: string } | undefined => {
  for (const [field, text] of fieldsOf(recipient)) {
    const character = missingIn(fonts, text);
    if (character !== undefined) return { field, character };
  }
  return undefined;
};

/** Which field of the recipient cannot be printed, and why; nothing when all of it can. */
export const unprintableIn = (fonts: Fonts, consignment: Consignment): Unprintable | undefined => {
  const fault = unprintableField(fonts, consignment.recipient);
  if (fault) return { field: fault.field, message: `No font of the label printer has ${JSON.stringify(fault.character)}.` };
  const strange = consignment.isReturn ? missingIn(fonts, locationText(consignment).join('')) : undefined;
  if (strange !== undefined) return { field: 'origin.name', message: `No font of the label printer has ${JSON.stringify(strange)}.` };
  return surelyFits(consignment) || addressed(fonts, consignment)
    ? undefined
    : { field: 'recipient.address', message: 'It is too long for the label.' };
};

const recipientText = ({ recipient: { name, address } }: Consignment): readonly string[] => [
  name,
  ...address.lines,
  [address.city, address.region, address.postalCode].filter(Boolean).join(' '),
  address.country,
];

/** As much as has been heard of the location. */
const locationText = ({ origin: { location, name, postalCode, country } }: Consignment): readonly string[] =>
  [name ?? location, ...(name === undefined ? [] : [location]), postalCode, country].filter((text) => text !== undefined);

/** Where it goes to. */
const addressText = (consignment: Consignment): readonly string[] =>
  consignment.isReturn ? locationText(consignment) : recipientText(consignment);

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

const standing = ({ lines, size }: Block, y: number): LabelLayout['texts'] =>
  lines.map((line, i) => ({ line, size, y: y + i * size * LEADING }));

/** A text of our own, cut to its one or two lines. */
const note = (fonts: Fonts, text: string, { size, most }: { readonly size: number; readonly most: number }): Block => ({
  lines: wrapped(fonts, text, { size, width: WIDTH }).slice(0, most),
  size,
});

/** Of a return, whoever sends it: streets last, for they may be cut. */
const senderText = (fonts: Fonts, { origin, recipient: { name, address }, isReturn }: Consignment): string =>
  isReturn
    ? `From ${[name, [address.postalCode, address.city, address.country].filter(Boolean).join(' '), ...address.lines].join(', ')}`
    : originText(fonts, origin);

const originText = (fonts: Fonts, { location, name, postalCode, country }: Origin): string => {
  const shown = name !== undefined && missingIn(fonts, name) === undefined ? name : location;
  return [`From ${shown}`, [postalCode, country].filter(Boolean).join(' ')].filter(Boolean).join(', ');
};

interface OneParcel {
  readonly heading: string;
  readonly trackingNumber: string;
  readonly index: number;
}

const layoutOf = (fonts: Fonts, consignment: Consignment, { heading, trackingNumber, index }: OneParcel): LabelLayout => {
  const { parcels, orderId } = consignment;
  const parcel = parcels[index];
  const address = addressed(fonts, consignment);
  // Whoever booked it has seen that it fits; nothing is printed without it.
  if (!address) throw new Error('The address does not fit on the label.');
  const weight = ((parcel?.weightGrams ?? 0) / 1_000).toFixed(2);
  const which = `Parcel ${index + 1} of ${parcels.length} (${parcel?.parcelId ?? ''})   ${weight} kg`;
  return {
    trackingNumber,
    texts: [
      ...standing(note(fonts, heading, { size: 15, most: 1 }), MARGIN),
      ...standing(note(fonts, senderText(fonts, consignment), { size: 8, most: 2 }), 42),
      ...standing(address, ADDRESS.y),
      ...standing(note(fonts, trackingNumber, { size: 12, most: 1 }), 350),
      ...standing(note(fonts, which, { size: 8, most: 1 }), 384),
      ...standing(note(fonts, `Order ${orderId}`, { size: 8, most: 1 }), 396),
    ],
    rules: [70, 240, 376],
    barcode: { y: 252, height: 90 },
  };
};

/** Each parcel’s label. */
export const layoutsOf = (fonts: Fonts, consignment: Consignment, { carrier, service, parcels }: LabelText): readonly LabelLayout[] => {
  const numbers = new Map(parcels.map(({ parcelId, trackingNumber }) => [parcelId, trackingNumber]));
  const heading = `${carrier.toUpperCase()}  ${service.toUpperCase()}`;
  return consignment.parcels.map(({ parcelId }, index) =>
    layoutOf(fonts, consignment, { heading, trackingNumber: numbers.get(parcelId) ?? '', index }),
  );
};
