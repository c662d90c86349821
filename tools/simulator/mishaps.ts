import type { ListedShipment, ShownOrder } from './answers';
import { intentNamed, isDropshipped, isFetched, type Intent } from './customers';
import { chanceOf } from './random';
import { secondThoughtOf } from './second-thoughts';
import type { Product, Shop } from './shop';

/** What goes wrong with an order after its goods were released, always the same for a seed. */
export type Mishap = 'none' | 'short at the shelf' | 'refused at the door' | 'lost, money back' | 'lost, sent again' | 'arrived damaged';

/** The first so many of a hundred orders. */
const shares: readonly (readonly [upTo: number, mishap: Mishap])[] = [
  [3, 'short at the shelf'],
  [6, 'refused at the door'],
  [7, 'lost, money back'],
  [9, 'lost, sent again'],
  [12, 'arrived damaged'],
];

/** Whether others have it, too: then somebody else can send it. */
export const isElsewhere = ({ products }: Shop, skus: readonly string[]): boolean => {
  const known = new Map(products.map((product): readonly [string, Product] => [product.sku, product]));
  return skus.every((sku) => (known.get(sku)?.at.length ?? 0) > 1);
};

/** What is called off, declined or fetched does not come so far; what a supplier sends does not go through our hands. */
const isSent = (seed: number, shop: Shop, intent: Intent): boolean =>
  !isFetched(intent) &&
  !isDropshipped(intent, shop) &&
  secondThoughtOf(seed, intent.externalOrderId) === 'none' &&
  !/decline|insufficient/.test(intent.order.payment.token ?? '');

/** Nobody misses what nobody else could send. */
export const mishapOf = (seed: number, shop: Shop, externalOrderId: string): Mishap => {
  const intent = intentNamed(seed, shop, externalOrderId);
  if (!isSent(seed, shop, intent)) return 'none';
  const drawn = chanceOf(seed, 'mishap', externalOrderId).whole(1, 100);
  const mishap = shares.find(([upTo]) => drawn <= upTo)?.[1] ?? 'none';
  return mishap === 'short at the shelf' && !isElsewhere(shop, [intent.order.lines[0]?.sku ?? '']) ? 'none' : mishap;
};

/** A store sends on to others one in six of the orders that it is asked to ship. */
export const isTooBusy = (seed: number, externalOrderId: string): boolean => chanceOf(seed, 'store', externalOrderId).percent(16);

/** The unit that is not on its shelf: one of the first line. */
export const missingOf = ({ lines }: Pick<ListedShipment, 'lines'>): ListedShipment['lines'][number] | undefined =>
  lines.find(({ lineId }) => lineId === '1');

/** What came damaged: one unit of the first line that was delivered. */
export const damagedOf = ({ lines }: Pick<ShownOrder, 'lines'>): { readonly lineId: string; readonly quantity: number } | undefined => {
  const line = lines.find(({ progress }) => progress.delivered > 0);
  return line && { lineId: line.lineId, quantity: 1 };
};
