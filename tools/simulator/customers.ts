import type { PaymentMethod } from '@cartage/contracts';
import type { ChannelOrder } from './bodies';
import { chanceOf, type Chance } from './random';
import { STORE, type Product, type Shop } from './shop';
import { wantsDropshipped } from './supplier';

/** An order that a customer is about to place. */
export interface Intent {
  readonly channel: string;
  readonly externalOrderId: string;
  readonly order: ChannelOrder;
}

type Kind = 'usual' | 'declined' | 'precious' | 'sold-out';

interface Shopper {
  readonly customer: ChannelOrder['customer'];
  readonly shipTo: NonNullable<ChannelOrder['shipTo']>;
}

const cities = [
  { city: 'London', postalCode: 'N1 9GU', country: 'GB', latitude: 51.53, longitude: -0.11 },
  { city: 'Birmingham', postalCode: 'B1 1BB', country: 'GB', latitude: 52.48, longitude: -1.9 },
  { city: 'Leeds', postalCode: 'LS1 4DY', country: 'GB', latitude: 53.8, longitude: -1.55 },
  { city: 'Glasgow', postalCode: 'G1 1XQ', country: 'GB', latitude: 55.86, longitude: -4.25 },
  { city: 'Dublin', postalCode: 'D02 X285', country: 'IE', latitude: 53.35, longitude: -6.26 },
  { city: 'Paris', postalCode: '75004', country: 'FR', latitude: 48.86, longitude: 2.35 },
  { city: 'Hamburg', postalCode: '20095', country: 'DE', latitude: 53.55, longitude: 10 },
  { city: 'Vienna', postalCode: '1010', country: 'AT', latitude: 48.21, longitude: 16.37 },
] as const;

const REGULARS = 80;

/** One person is always the same one: name, address and country follow from the seed and the person's number. */
const shopper = (seed: number, id: string): Shopper => {
  const { faker, pick } = chanceOf(seed, 'customer', id);
  const name = faker.person.fullName();
  return {
    customer: { id, name, email: faker.internet.email({ firstName: id, provider: 'example.com' }), phone: faker.phone.number() },
    shipTo: { lines: [faker.location.streetAddress()], ...pick(cities) },
  };
};

/** 1 of 25 cards is declined, 1 order of 30 is a precious first one, 1 of 40 wants what is sold out. */
const kindOf = ({ whole }: Chance): Kind => {
  const drawn = whole(1, 600);
  if (drawn <= 24) return 'declined';
  if (drawn <= 44) return 'precious';
  return drawn <= 59 ? 'sold-out' : 'usual';
};

const line = (product: Product, i: number, quantity: number): ChannelOrder['lines'][number] => ({
  lineId: String(i + 1),
  sku: product.sku,
  description: product.description,
  quantity,
  unitPrice: product.unitPrice,
});

const linesOf = ({ pick, whole }: Chance, { products, precious, soldOut }: Shop, kind: Kind): ChannelOrder['lines'] => {
  if (kind === 'precious') return [line(precious, 0, whole(2, 3))];
  const wanted = Array.from({ length: whole(1, 5) }, () => pick(products));
  return [...wanted, ...(kind === 'sold-out' ? [soldOut] : [])].map((product, i) => line(product, i, whole(1, 4)));
};

const paymentOf = ({ percent, pick }: Chance, channel: string, kind: Kind): { method: PaymentMethod; token?: string } => {
  if (kind === 'declined') return { method: 'card', token: pick(['tok_decline', 'tok_insufficient']) };
  if (kind === 'precious') return { method: 'card', token: 'tok_visa' };
  if (channel === 'marketplace-nord') return { method: 'prepaid' };
  return percent(18) ? { method: 'cod' } : { method: 'card', token: pick(['tok_visa', 'tok_mastercard', 'tok_timeout_once']) };
};

const channelOf = ({ whole }: Chance): string => {
  const drawn = whole(1, 100);
  if (drawn <= 60) return 'web';
  return drawn <= 85 ? 'marketplace-nord' : 'pos';
};

/** Which order it is that is called so outside. */
const numberIn = (externalOrderId: string): number => Number(externalOrderId.split('-').at(-1));

/** Whether an order, by what it is called outside, wants what is sold out. */
export const isSoldOut = (seed: number, externalOrderId: string): boolean =>
  kindOf(chanceOf(seed, 'order', numberIn(externalOrderId))) === 'sold-out';

/** Whether an order, by what it is called outside, may be one that the customer fetches at the store. */
const wantsToFetch = (seed: number, externalOrderId: string): boolean => chanceOf(seed, 'fetched', externalOrderId).percent(7);

/** What the store has of it, to be fetched there; nothing where it has none of it. */
const fetched = ({ products }: Shop, lines: ChannelOrder['lines']): Pick<ChannelOrder, 'lines' | 'shipGroups'> | undefined => {
  const there = new Set(products.filter(({ at }) => at.includes(STORE)).map(({ sku }) => sku));
  const left = lines.filter(({ sku }) => there.has(sku)).map((each) => ({ ...each, shipGroupId: 'fetched' }));
  return left.length > 0 ? { lines: left, shipGroups: [{ shipGroupId: 'fetched', method: 'pickup', pickupLocation: STORE }] } : undefined;
};

/** The order that is called so outside. */
export const intentNamed = (seed: number, shop: Shop, externalOrderId: string): Intent => intentOf(seed, shop, numberIn(externalOrderId));

/** Whether a supplier sends some of it. */
export const isDropshipped = ({ order }: Intent, { dropshipped }: Shop): boolean => order.lines.some(({ sku }) => sku === dropshipped.sku);

/** Whether the customer fetches it at the store. */
export const isFetched = ({ order }: Intent): boolean => order.shipGroups !== undefined;

/** Who orders precious things orders once: a customer's past would make the verdict hang on which order came first. */
const shopperOf = (n: number, { percent, whole }: Chance): string => (percent(60) ? `customer-${whole(1, REGULARS)}` : `passer-by-${n}`);

interface Wanted {
  readonly externalOrderId: string;
  readonly channel: string;
  readonly kind: Kind;
}

/** What is wanted, and where it is to go: to the door, or to be fetched. */
const goodsOf = (
  chance: Chance,
  shop: Shop,
  { seed, shipTo, externalOrderId, channel, kind }: Wanted & Pick<Shopper, 'shipTo'> & { readonly seed: number },
): Pick<ChannelOrder, 'shipTo' | 'lines' | 'shipping' | 'shipGroups'> => {
  const lines = linesOf(chance, shop, kind);
  const isOnline = kind === 'usual' && channel === 'web';
  const isFetching = isOnline && wantsToFetch(seed, externalOrderId);
  const sent = isOnline && wantsDropshipped(seed, externalOrderId) ? [...lines, line(shop.dropshipped, lines.length, 2)] : lines;
  return (isFetching && fetched(shop, lines)) || { shipTo, lines: sent, ...(channel === 'pos' ? {} : { shipping: { amount: 395 } }) };
};

/** The n-th order; always the same one for a seed. */
export const intentOf = (seed: number, shop: Shop, n: number): Intent => {
  const chance = chanceOf(seed, 'order', n);
  const kind = kindOf(chance);
  const channel = kind === 'usual' ? channelOf(chance) : 'web';
  const who = kind === 'precious' ? `passer-by-${n}` : shopperOf(n, chance);
  const externalOrderId = `S${seed}-${String(n).padStart(6, '0')}`;
  const { shipTo, customer } = shopper(seed, who);
  return {
    channel,
    externalOrderId,
    order: {
      currency: 'GBP',
      customer,
      ...goodsOf(chance, shop, { seed, shipTo, externalOrderId, channel, kind }),
      payment: paymentOf(chance, channel, kind),
      priority: chance.percent(12) && kind !== 'precious' ? 'expedited' : 'standard',
    },
  };
};
