import type { ListedOrder, TimelineEntry } from './answers';
import { everyItem, type Cartage } from './cartage';
import { inParallel } from './crowd';
import { intentNamed, isDropshipped, isFetched, isSoldOut } from './customers';
import { mishapOf } from './mishaps';
import { doesWithout, secondThoughtOf } from './second-thoughts';
import { locations, openingUnits, shopOf, skusOf } from './shop';
import { SUPPLIER, SUPPLIER_UNITS } from './supplier';
import { stepTimes, type StepTime } from './steps';
import { parcelsCounted } from './warehouse';

type Counts = Readonly<Record<string, number>>;

/** What became of it all: for one seed always the same. */
export interface Outcome {
  readonly orders: Counts;
  readonly channels: Counts;
  /** What was thought of orders after they were placed, and how those ended. */
  readonly secondThoughts: Counts;
  /** What went wrong after release, and what was fetched, and how those orders ended. */
  readonly mishaps: Counts;
  /** Orders that Cartage placed by itself, to send something again or in exchange. */
  readonly sentAgain: number;
  readonly shipments: number;
  readonly parcels: number;
  readonly returns: Counts;
  /** Labels that brought goods back. */
  readonly labelsBack: number;
  readonly exchanges: Counts;
  readonly supplierOrders: Counts;
  /** Pence. */
  readonly money: {
    readonly ordered: number;
    readonly captured: number;
    readonly collected: number;
    readonly remitted: number;
    readonly refunded: number;
    readonly payments: Counts;
  };
  readonly stock: {
    readonly before: number;
    readonly onHand: number;
    readonly reserved: number;
    readonly unsellable: number;
    readonly byLocation: Counts;
  };
}

export interface Summary {
  readonly outcome: Outcome;
  readonly steps: readonly StepTime[];
}

const codes = [...Object.keys(locations), SUPPLIER];

const tally = (names: readonly string[]): Counts => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

const all = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number => items.reduce((total, item) => total + of(item), 0);

const moneyOf = async (cartage: Cartage): Promise<Outcome['money']> => {
  const payments = await all(everyItem(cartage.payments));
  return {
    ordered: sum(payments, ({ total }) => total),
    captured: sum(payments, ({ captured }) => captured),
    collected: sum(payments, ({ collected }) => collected),
    remitted: sum(payments, ({ remitted }) => remitted),
    refunded: sum(payments, ({ refunded }) => refunded),
    payments: tally(payments.map(({ status }) => status)),
  };
};

const stockOf = async (cartage: Cartage, seed: number): Promise<Outcome['stock']> => {
  const items = await cartage.availability(skusOf(shopOf(seed)));
  const places = items.flatMap(({ locations: at }) => at);
  const byLocation = codes.map((code) => {
    const here = places.filter(({ location }) => location === code);
    return [code, sum(here, ({ onHand }) => onHand)] as const;
  });
  return {
    before: openingUnits(shopOf(seed)) + SUPPLIER_UNITS,
    onHand: sum(items, ({ onHand }) => onHand),
    reserved: sum(items, ({ reserved, allocated }) => reserved + allocated),
    unsellable: sum(places, ({ unavailable }) => unavailable),
    byLocation: Object.fromEntries(byLocation),
  };
};

const stateOf = ({ status, holds }: ListedOrder): string => (holds.length === 0 ? status : `${status}: ${holds.join(', ')}`);

const thoughtsOf = ({ externalOrderId }: ListedOrder, seed: number): readonly string[] => {
  const thought = secondThoughtOf(seed, externalOrderId ?? '');
  const wanted = isSoldOut(seed, externalOrderId ?? '')
    ? [doesWithout(seed, externalOrderId ?? '') ? 'did without' : 'waited for stock']
    : [];
  return [...(thought === 'none' ? [] : [thought]), ...wanted];
};

const mishapsOf = ({ externalOrderId }: ListedOrder, seed: number): readonly string[] => {
  if (externalOrderId === null) return [];
  const shop = shopOf(seed);
  const mishap = mishapOf(seed, shop, externalOrderId);
  const intent = intentNamed(seed, shop, externalOrderId);
  return [
    ...(mishap === 'none' ? [] : [mishap]),
    ...(isFetched(intent) ? ['fetched at the store'] : []),
    ...(isDropshipped(intent, shop) ? ['some of it from a supplier'] : []),
  ];
};

export const outcomeOf = async (cartage: Cartage, seed: number): Promise<Outcome> => {
  const orders = await all(everyItem(cartage.orders));
  const shipped = await Promise.all(codes.map((location) => parcelsCounted(cartage, { location })));
  const returns = await all(everyItem(cartage.returns));
  return {
    orders: tally(orders.map(stateOf)),
    channels: tally(orders.map(({ channel }) => channel)),
    secondThoughts: tally(orders.flatMap((order) => thoughtsOf(order, seed).map((thought) => `${thought}: ${stateOf(order)}`))),
    mishaps: tally(orders.flatMap((order) => mishapsOf(order, seed).map((mishap) => `${mishap}: ${stateOf(order)}`))),
    sentAgain: orders.filter(({ externalOrderId }) => externalOrderId === null).length,
    shipments: sum(shipped, ({ shipments }) => shipments),
    parcels: sum(shipped, ({ parcels }) => parcels),
    returns: tally(returns.map(({ status }) => status)),
    labelsBack: sum(await Promise.all(returns.map(({ returnId }) => cartage.return(returnId))), ({ labels }) => labels.length),
    exchanges: tally((await all(everyItem(cartage.exchanges))).map(({ status }) => status)),
    supplierOrders: tally((await all(everyItem(cartage.supplierOrders))).map(({ status }) => status)),
    money: await moneyOf(cartage),
    stock: await stockOf(cartage, seed),
  };
};

export const stepsOf = async (cartage: Cartage): Promise<readonly StepTime[]> => {
  const timelines: (readonly TimelineEntry[])[] = [];
  await inParallel(everyItem(cartage.orders), 8, async ({ orderId }) => timelines.push((await cartage.timeline(orderId)).items));
  return stepTimes(timelines);
};
