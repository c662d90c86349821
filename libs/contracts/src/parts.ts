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
  optional,
  text,
  time,
  truth,
  uuid,
  word,
  type Static,
} from './schema';

/**
 * Personal data (name, address, e-mail, phone), readable only with the person's data key: AES-256-GCM. `key` names the data key, `box` is
 * base64 of 12 bytes nonce, 16 bytes tag, ciphertext. Deleting the key erases the person everywhere.
 */
export const sealed = object(
  { key: text('Names the data key: one for each person.'), box: text('base64: nonce (12 bytes), tag (16 bytes), ciphertext.') },
  'Sealed data; opaque without the data key.',
);
export type Sealed = Static<typeof sealed>;

/** What a sealed box of an order holds once opened. */
export interface Personal {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  /** What digital goods are fetched by: a link, or a licence key. */
  readonly reference?: string;
  /** Absent where nothing is sent: the customer fetches it. */
  readonly address?: {
    readonly lines: readonly string[];
    readonly city: string;
    readonly region?: string;
    readonly postalCode?: string;
    readonly country: string;
  };
}

/** What the sealed `token` of a payment holds once opened. */
export interface PaymentToken {
  /** A payment provider's own name of a way to pay; never card data. */
  readonly token: string;
}

/** What the sealed `link` of an offer to pay holds once opened. */
export interface SealedLink {
  readonly url: string;
}

/** Where goods go, as far as it is not personal. */
export const destination = object({
  country: country(),
  postalArea: optional(
    text(
      'The part of the postal code that names an area and no household, by each country’s own rule: GB outward code, US 5 digits, IN 6 …',
    ),
  ),
  region: optional(text('State or province.')),
  latitude: optional(decimal('Degrees, rounded to 2 places (about 1 km).')),
  longitude: optional(decimal('Degrees, rounded to 2 places (about 1 km).')),
});
export type Destination = Static<typeof destination>;

export const paymentMethods = [
  'card',
  'upi',
  'net-banking',
  'wallet',
  'bank-transfer',
  'cod',
  'prepaid',
  'gift-card',
  'store-credit',
] as const;
export type PaymentMethod = (typeof paymentMethods)[number];
/** Nobody asks to pay so: only an order that stands for goods that come back does. */
export const EXCHANGE = 'exchange';
/** Why a promise was given back that a capture failed to take for good: what it is for is due all the same. */
export const CAPTURE_FAILED = 'capture-failed';
export const paymentMethod = word([...paymentMethods, EXCHANGE], 'money that a provider moves', 'How it is paid.');

export const priorities = ['standard', 'expedited'] as const;
export type Priority = (typeof priorities)[number];
export const priority = word(priorities, 'treat as `standard`');

export const fulfillmentMethods = ['ship', 'pickup', 'ship-to-store', 'carry-out', 'digital'] as const;
/** Nobody routes or ships these: the customer carries them out of a store, or gets them by a link or a key. */
export const handedMethods: ReadonlySet<string> = new Set(['carry-out', 'digital']);
export const fulfillmentMethod = word(
  fulfillmentMethods,
  'not for you: leave it to whoever knows it',
  'How the goods get to the customer.',
);

export const locationKinds = ['warehouse', 'distribution-center', 'store', 'supplier'] as const;
export type LocationKind = (typeof locationKinds)[number];
export const locationKind = word(locationKinds, 'treat as `warehouse`');

/** Who can bring something about; the person's or program's id stands beside it where there is one. */
export const parties = ['customer', 'operator', 'channel', 'carrier', 'provider', 'policy', 'system'] as const;

/** Why something happened: a stable code for programs, words for people, and whose decision it was. */
export const reason = object({
  code: text('Stable, such as `payment-declined`. The vocabulary is open: show a code that you do not know as it is.'),
  detail: optional(text('For a person.')),
  by: word(parties, 'treat as `system`', 'Whose decision it was.'),
  actor: optional(text('The id of the person or program, where there is one.')),
});
export type Reason = Static<typeof reason>;

export const taxLine = object({
  name: text('As on an invoice, such as `VAT 20 %`.'),
  rate: optional(decimal('Percent.')),
  amount: money('Minor units.'),
});
export type TaxLine = Static<typeof taxLine>;

export const discount = object({
  code: optional(text('Promotion or voucher, as the channel names it.')),
  amount: money('Off the whole line, minor units.'),
});
export type Discount = Static<typeof discount>;

/** A line of an order as sold. `total` = quantity × unitPrice − discounts, plus taxes unless prices include them (`taxIncluded` of the order). */
export const orderLine = object({
  lineId: text('Unique in the order.'),
  sku: text(),
  description: optional(text()),
  quantity: count(),
  unitPrice: money('Price of one unit before discounts, minor units; with tax if the order says `taxIncluded`.'),
  priceList: optional(text('Which price list, and revision, the unit price is from: `friday-2026@2`; absent: a price of its own.')),
  discounts: list(discount),
  taxLines: list(taxLine, 'Taxes of the whole line, in the price or on top of it as the order says.'),
  total: money('What the customer pays for the line, minor units.'),
  shipGroupId: text('The ship group that it goes with.'),
  finalSale: optional(truth('Sold without the right of return.')),
  attributes: optional(named(text(), 'Customisation, free names and values.')),
  instructions: optional(text('For whoever packs it.')),
});
export type OrderLine = Static<typeof orderLine>;

/** Lines of an order that go to one place in one way. */
export const shipGroup = object({
  shipGroupId: text('Unique in the order.'),
  method: fulfillmentMethod,
  destination: optional(destination),
  personal: optional(sealed),
  pickupLocation: optional(
    text('Location code: where the customer fetches it, or carries it out; of digital goods, where the keys are kept.'),
  ),
  service: optional(text('The delivery service that was sold, such as `next-day`.')),
  shipBy: optional(time('To be handed over until then.')),
  deliverBy: optional(time('Promised to be delivered until then.')),
  instructions: optional(text('For whoever packs it, or hands it over.')),
  charge: money('For delivery, minor units; with tax if the order says `taxIncluded`.'),
  taxLines: list(taxLine, 'Taxes of the charge.'),
});
export type ShipGroup = Static<typeof shipGroup>;

/** A ship group as it was sold, without what is personal: that stands in `OrderPlaced` and `DestinationChanged` only. */
const { personal: _personal, ...groupAsSold } = shipGroup.shape;
export const soldShipGroup = object(groupAsSold);
export type SoldShipGroup = Static<typeof soldShipGroup>;

/** What one unit of a kit is made of, as it stood when stock was first asked for the line: what is described later changes no order. */
export const kitPart = object({
  sku: text(),
  quantity: count('Units in one kit.'),
  share: integer('Weight of these units in the price of the kit: money of a part is shared out in proportion to it.'),
});
export type KitPart = Static<typeof kitPart>;
export const kitParts = list(
  kitPart,
  'The line is of a kit: `quantity` counts kits, and these are what one is made of. Absent: it is no kit.',
);

/** Some units of a line of an order. */
export const lineQuantity = object({ lineId: text(), sku: text(), quantity: count(), parts: optional(kitParts) });
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
  shipping: money('Sum of the ship groups’ charges.'),
  tax: money('Sum of all tax lines, whether in the prices or on top of them.'),
  total: money('goods − discount + shipping, plus tax unless prices include it.'),
});
export type Totals = Static<typeof totals>;

export const amount = { currency: currency(), amount: money() };
export const shortLine = object({
  lineId: text(),
  sku: text(),
  requested: count(),
  available: integer('Units that could have been had.'),
  parts: optional(kitParts),
});
export type ShortLine = Static<typeof shortLine>;

/** One rule's part in a verdict. */
export const finding = object({
  rule: text('Stable name of the rule.'),
  detail: text('For a person.'),
  weight: optional(integer('What it added to the score.')),
});
export type Finding = Static<typeof finding>;

export const parcel = object({
  parcelId: text(),
  box: optional(text('Code of the box that it is in, as its location names it.')),
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
export const grade = word(grades, 'not to be sold', 'Condition: A as new … scrap.');
export const disposition = word(dispositions, 'treat as `quarantine`', 'What becomes of the unit.');
export const orderId = uuid('The order.');
