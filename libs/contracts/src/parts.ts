import {
  count,
  country,
  currency,
  decimal,
  integer,
  list,
  money,
  named,
  object,
  oneOf,
  optional,
  text,
  truth,
  uuid,
  type Static,
} from './schema';

/**
 * Personal data (name, address, e-mail, phone), readable only with the person's data key: AES-256-GCM. `key` names the data key, `box` is
 * base64 of 12 bytes nonce, 16 bytes tag, ciphertext. Deleting the key erases the person everywhere.
 */
export const sealed = object(
  { key: text('Names the data key: one for each person.'), box: text('base64: nonce (12 bytes), tag (16 bytes), ciphertext.') },
  'Sealed personal data; opaque without the data key.',
);
export type Sealed = Static<typeof sealed>;

/** What a sealed box of an order holds once opened. */
export interface Personal {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address: {
    readonly lines: readonly string[];
    readonly city: string;
    readonly region?: string;
    readonly postalCode?: string;
    readonly country: string;
  };
}

/** Where goods go, as far as it is not personal. */
export const destination = object({
  country: country(),
  postalArea: optional(text('The part of the postal code that names an area and no household: GB outward code, US 5 digits, CA first 3.')),
  region: optional(text('State or province.')),
  latitude: optional(decimal('Degrees, rounded to 2 places (about 1 km).')),
  longitude: optional(decimal('Degrees, rounded to 2 places (about 1 km).')),
});
export type Destination = Static<typeof destination>;

export const paymentMethods = ['card', 'upi', 'net-banking', 'wallet', 'bank-transfer', 'cod', 'prepaid'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export const priorities = ['standard', 'expedited'] as const;
export type Priority = (typeof priorities)[number];

/** A line of an order as sold. `total` = quantity × unitPrice − discount + tax. */
export const orderLine = object({
  lineId: text('Unique in the order.'),
  sku: text(),
  description: optional(text()),
  quantity: count(),
  unitPrice: money('Price of one unit before discount and tax, minor units.'),
  discount: money('Off the whole line, minor units.'),
  tax: money('On the whole line, minor units.'),
  total: money('quantity × unitPrice − discount + tax, minor units.'),
  finalSale: optional(truth('Sold without the right of return.')),
  attributes: optional(named(text(), 'Customisation, free names and values.')),
  instructions: optional(text('For whoever packs it.')),
});
export type OrderLine = Static<typeof orderLine>;

/** Some units of a line of an order. */
export const lineQuantity = object({ lineId: text(), sku: text(), quantity: count() });
export type LineQuantity = Static<typeof lineQuantity>;

/**
 * Stock of a SKU at a location after a movement. Readers keep the one with the highest `revision`: events of different orders may
 * arrive in any order. `available` = onHand − allocated − safetyStock.
 */
export const stockLevel = object({
  sku: text(),
  location: text('Location code.'),
  revision: integer('Grows by at least 1 with every change of this SKU at this location.'),
  onHand: integer('Units physically there.'),
  allocated: integer('Units claimed by placed orders.'),
  safetyStock: integer('Units held back.'),
  available: integer('onHand − allocated − safetyStock.'),
});
export type StockLevel = Static<typeof stockLevel>;

export const totals = object({
  goods: money('Sum of quantity × unitPrice.'),
  discount: money('Sum of the lines’ discounts.'),
  shipping: money('Charged for delivery, tax not included.'),
  tax: money('Sum of the lines’ taxes and the tax on shipping.'),
  total: money('goods − discount + shipping + tax.'),
});
export type Totals = Static<typeof totals>;

export const amount = { currency: currency(), amount: money() };
export const shortLine = object({ lineId: text(), sku: text(), requested: count(), available: integer('Units that could have been had.') });
export type ShortLine = Static<typeof shortLine>;

export const reason = object({
  rule: text('Stable name of the rule.'),
  detail: text('For a person.'),
  weight: optional(integer('What it added to the score.')),
});
export type Reason = Static<typeof reason>;

export const parcel = object({
  parcelId: text(),
  weightGrams: integer(),
  lengthMm: optional(integer()),
  widthMm: optional(integer()),
  heightMm: optional(integer()),
  lines: list(lineQuantity),
});
export type Parcel = Static<typeof parcel>;

export const grades = ['A', 'B', 'C', 'scrap'] as const;
export const dispositions = ['restock', 'refurbish', 'quarantine', 'liquidate', 'destroy', 'missing'] as const;
export type Grade = (typeof grades)[number];
export type Disposition = (typeof dispositions)[number];
export const grade = oneOf(grades, 'Condition: A as new … scrap.');
export const disposition = oneOf(dispositions, 'What becomes of the unit.');
export const orderId = uuid('The order.');
