import type { ItemProfile, LocationProfile } from './bodies';
import type { Cartage } from './cartage';
import { chanceOf } from './random';

/** What is sold, where it lies, and how many of it. */
export interface Product {
  readonly sku: string;
  readonly description: string;
  /** Pence. */
  readonly unitPrice: number;
  /** Codes of the locations that have it; nobody has what is sold out. */
  readonly at: readonly string[];
}

export interface Shop {
  readonly products: readonly Product[];
  /** Costs so much that a first order of a few needs a second look. */
  readonly precious: Product;
  readonly soldOut: Product;
  /** Sent by its supplier; on no shelf of ours. */
  readonly dropshipped: Product;
}

export const locations: Readonly<Record<string, LocationProfile>> = {
  'LDN-1': { name: 'London warehouse', kind: 'warehouse', country: 'GB', latitude: 51.51, longitude: 0.05, active: true },
  'MAN-1': {
    name: 'Manchester distribution centre',
    kind: 'distribution-center',
    country: 'GB',
    latitude: 53.47,
    longitude: -2.3,
    active: true,
  },
  'BER-1': { name: 'Berlin store', kind: 'store', country: 'DE', latitude: 52.52, longitude: 13.4, active: true },
};
const codes = Object.keys(locations);
/** Where customers fetch what they order, and where people are too busy at times. */
export const STORE = 'BER-1';
const PRODUCTS = 36;
/** What comes in of what was sold out: more than the largest demo can want. */
const TOYS = 2_000;
/** More than the largest demo can sell, so that no order's fate hangs on who was first. */
const UNITS_A_PLACE = 20_000;

/** Every ninth product lies at one place only: orders that mix those are split. */
const placesOf = (n: number): readonly string[] =>
  n % 9 === 0 ? codes.slice((n / 9) % codes.length, ((n / 9) % codes.length) + 1) : codes;

const product = (seed: number, n: number): Product => {
  const { faker, whole } = chanceOf(seed, 'product', n);
  return {
    sku: `SKU-${String(n).padStart(3, '0')}`,
    description: faker.commerce.productName(),
    unitPrice: whole(199, 8_999),
    at: placesOf(n),
  };
};

export const shopOf = (seed: number): Shop => ({
  products: Array.from({ length: PRODUCTS }, (_, i) => product(seed, i + 1)),
  precious: { sku: 'WATCH-GOLD', description: 'Gold wrist watch', unitPrice: 124_900, at: ['LDN-1'] },
  soldOut: { sku: 'TOY-OF-THE-YEAR', description: 'Toy of the year', unitPrice: 4_999, at: [] },
  dropshipped: { sku: 'LAMP-BRASS', description: 'Brass desk lamp', unitPrice: 5_900, at: [] },
});

export const skusOf = ({ products, precious, soldOut, dropshipped }: Shop): readonly string[] =>
  [...products, precious, soldOut, dropshipped].map(({ sku }) => sku);

const openingLines = ({ products, precious }: Shop, location: string) =>
  [...products, precious].filter(({ at }) => at.includes(location)).map(({ sku }) => ({ sku, quantity: UNITS_A_PLACE }));

/** Units on all shelves before the first order, and what comes in later. */
export const openingUnits = (shop: Shop): number =>
  codes.flatMap((location) => openingLines(shop, location)).reduce((units, { quantity }) => units + quantity, TOYS);

/** What was sold out comes in, and goes to those who waited. */
export const toysArrive = (cartage: Cartage, { soldOut }: Shop): Promise<unknown> =>
  cartage.receiveStock('toys-arrive', { location: 'LDN-1', lines: [{ sku: soldOut.sku, quantity: TOYS }] });

/** Gifts and housewares, as customs call them. */
const itemsOf = ({ products, precious, soldOut, dropshipped }: Shop): readonly ItemProfile[] =>
  [...products, precious, soldOut, dropshipped].map(({ sku, description }) => ({
    ...{ sku, title: description, weightGrams: 240 },
    customs: { hsCode: '392640', originCountry: 'CN' },
  }));

/** Opens the locations, describes what is sold and fills the shelves. */
export const openShop = async (cartage: Cartage, shop: Shop): Promise<void> => {
  for (const [code, profile] of Object.entries(locations)) await cartage.putLocation(code, profile);
  await cartage.describeItems('opening-items', itemsOf(shop));
  for (const location of codes) await cartage.receiveStock(`opening-stock-${location}`, { location, lines: openingLines(shop, location) });
};
