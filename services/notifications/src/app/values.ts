import { clockIn, exponentOf, majorUnits, zoneOf, type Personal } from '@cartage/contracts';
import type { Content } from '../domain/content';
import { shownLines, type OrderCard } from '../domain/order-card';
import type { Values } from './markup';

export interface MessageOfOrder {
  readonly card: OrderCard;
  readonly content: Content;
  readonly person: Pick<Personal, 'name' | 'reference'>;
  readonly brand: string;
  /** What whoever fetches the goods says at the counter. */
  readonly code?: string | undefined;
  /** Where each shipment can be followed, by its id. */
  readonly trackingUrls: ReadonlyMap<string, string>;
  /** Where the customer sees and changes the order. */
  readonly orderUrl?: string | undefined;
  /** Where the customer sends something back. */
  readonly returnUrl?: string | undefined;
}

const formats = new Map<string, Intl.NumberFormat>();

/** An amount in minor units as people of a locale write it, with as many digits as its currency has. */
export const moneyIn = (locale: string, currency: string, amount: number): string => {
  const digits = exponentOf(currency);
  const key = `${locale} ${currency}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(key, format);
  return format.format(majorUnits(amount, currency));
};

/** Only what a browser opens as a page: a link comes from a provider's answer, and lands in a mail. */
const linkIn = (url: string | undefined): string | undefined => (url !== undefined && /^https?:\/\//i.test(url) ? url : undefined);

/** What the order comes to; `total` is that of the message, where it has one. */
const sums = (
  { totals: { goods, discount, shipping, tax, total } }: OrderCard,
  content: Content,
  money: (amount: number) => string,
): Values => ({
  ...{ goods: money(goods), shipping: money(shipping), tax: money(tax), total: money(content.total ?? total) },
  discount: discount === 0 ? undefined : money(discount),
  before: content.before === undefined ? undefined : money(content.before),
});

/** What the message brings, or is about: of digital goods what they are fetched by, which may be a link. */
const referenceOf = ({ content, person, code }: MessageOfOrder): string | undefined => code ?? content.reference ?? person.reference;
const urlOf = ({ content, person }: MessageOfOrder, link: string | undefined): string | undefined =>
  linkIn(content.url ?? person.reference ?? link);

/** What templates can name (docs/how-to/change-a-message.md), as people of that locale write it. */
export const valuesOf = (locale: string, message: MessageOfOrder): Values => {
  const { card, content, person, brand, trackingUrls, orderUrl, returnUrl } = message;
  const money = (amount: number): string => moneyIn(locale, card.currency, amount);
  const zone = content.zone ?? zoneOf(card);
  const day = (time: string | undefined): Date | undefined => (time === undefined ? undefined : new Date(clockIn(zone, Date.parse(time))));
  const lines = shownLines(card, content.lines);
  const parcels = (content.parcels ?? []).map(({ shipmentId, ...parcel }) => ({ ...parcel, link: trackingUrls.get(shipmentId) }));
  return {
    ...{
      name: person.name,
      brand,
      number: card.number,
      reason: content.reason ?? 'none',
      reference: referenceOf(message),
      place: content.place,
    },
    lines: lines.map(({ title, quantity, amount }) => ({ title, quantity, amount: money(amount) })),
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    ...{ parcels, parcelCount: parcels.length, orderUrl, returnUrl, customsUrl: linkIn(content.customsUrl) },
    sent: card.country === undefined ? undefined : 'yes',
    url: urlOf(message, parcels.find(({ link }) => link !== undefined)?.link),
    ...{ date: day(content.date), until: day(content.until), placed: day(card.placedAt), promised: day(card.deliverBy) },
    value: money(lines.reduce((sum, { amount }) => sum + amount, 0)),
    amount: content.amount && moneyIn(locale, content.amount.currency, content.amount.amount),
    ...sums(card, content, money),
  };
};
