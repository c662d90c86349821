import { Refused } from '@cartage/eventsourcing';
import { hasCardNumber } from './card-number';
import { pathTo, type Search } from './walk';

/** Names under which security codes travel. */
const securityCode = /^(?:cvv2?|cvc2?|csc|card_?(?:cvv|cvc|verification|security)_?(?:code|value)?)$/i;

const isSecret = (field: string, value: unknown): boolean => securityCode.test(field) && value !== null && value !== '';

/** Words whose fields are never taken for the name of a thing. */
const ofCards: ReadonlySet<string> = new Set(['card', 'cards', 'pan', 'cc', 'credit', 'debit', 'account', 'payment']);

/** A field whose last word is one of these holds what names a thing. */
const ids: ReadonlySet<string> = new Set(
  'id ids gid uid uuid order orders sku skus asin ean gtin upc isbn imei awb barcode serial tracking waybill'.split(' '),
);

const namesThing =
  /(?:order|sku|tracking|waybill|shipment|parcel|package|consignment|item|line|product|variant|listing|invoice|receipt|transaction|return|fulfillment|customer|buyer|seller|shop|store)s?(?:id|ids|no|nr|num|number|numbers|code|ref|reference|key)$/;

const wordsOf = (field: string): readonly string[] =>
  field
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);

/**
 * Whether a field of a message of any shape holds the name of a thing, by its own name: `order_id`, `orderNumber`, `trackingno`, `sku`. Marketplaces
 * give order numbers of 16 digits, and one in ten of them passes for a card number.
 */
export const namesAThing = (field: string): boolean => {
  const words = wordsOf(field);
  if (words.some((word) => ofCards.has(word))) return false;
  return ids.has(words.at(-1) ?? '') || namesThing.test(words.join(''));
};

const isCard = (value: unknown): boolean =>
  (typeof value === 'string' && hasCardNumber(value)) || (typeof value === 'number' && value >= 1e14 && hasCardNumber(String(value)));

const cards: Search = {
  name: hasCardNumber,
  value: (value, field) => isSecret(field, value) || (isCard(value) && !namesAThing(field)),
};

/**
 * The JSON path of the first card number or security code in a value of any shape; nothing when there is none. Fields that by their name hold the
 * name of a thing are passed over. A card number may also be a field's name: then its parent is told.
 */
export const cardDataIn = (value: unknown): string | undefined => pathTo(value, cards);

/** The same for one member of an object. */
export const cardDataInMember = (name: string, value: unknown): string | undefined => pathTo({ [name]: value }, cards);

/** Refuses card data; the value is told to nobody. */
export const cardRefused = (part: string, path: string): Refused => {
  const message = 'must not hold card data. Send the payment provider’s token instead.';
  const field = path || part;
  return new Refused('CARD_DATA_REFUSED', `${field}: ${message}`, 'invalid', [{ field, code: 'CARD_DATA_REFUSED', message }]);
};

/** For what no DTO describes, such as a carrier's webhook. */
export const refuseCards = (part: string, value: unknown): void => {
  const path = cardDataIn(value);
  if (path !== undefined) throw cardRefused(part, path);
};
