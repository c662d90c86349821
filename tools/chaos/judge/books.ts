import type { ListedOrder, ListedPayment } from '../../simulator/answers';
import { everyItem, type Cartage } from '../../simulator/cartage';
import { inParallel } from '../../simulator/crowd';
import type { Http } from '../../simulator/http';
import { stands } from '../../simulator/settled';
import type { Looked } from './check';

const AT_ONCE = 8;

const all = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const repeated = (names: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return names.filter((name) => seen.has(name) || !seen.add(name));
};

const nameOf = ({ channel, externalOrderId, orderId }: ListedOrder): string => `${channel} ${externalOrderId ?? orderId}`;

/** Every order that was accepted is there, once, and goes no further by itself: completed, cancelled, or held for a reason that it names. */
export const unsettledOrders = async (cartage: Cartage, accepted: ReadonlyMap<string, string>): Promise<Looked> => {
  const orders = await all(everyItem(cartage.orders));
  return { of: accepted.size, breaches: unsettledOf(orders, accepted) };
};

const unsettledOf = (orders: readonly ListedOrder[], accepted: ReadonlyMap<string, string>): readonly string[] => {
  const there = new Set(orders.map(({ orderId }) => orderId));
  return [
    ...[...accepted]
      .filter(([orderId]) => !there.has(orderId))
      .map(([orderId, name]) => `order ${orderId} (${name}) was accepted and is nowhere`),
    ...orders
      .filter((order) => !stands(order))
      .map(({ orderId, status, holds }) => `order ${orderId} is still ${status}${holds.length > 0 ? ` (${holds.join(', ')})` : ''}`),
    ...repeated(orders.map(nameOf)).map((name) => `the order ${name} is there more than once`),
  ];
};

interface Account {
  readonly money?: { readonly discrepancies?: readonly unknown[] };
}

const accountOf = async (http: Http, { orderId, status }: ListedPayment): Promise<readonly string[]> => {
  const { body } = await http.send<Account>({ method: 'GET', path: `/payments/${orderId}` });
  return (body.money?.discrepancies ?? []).map((each) => `payment ${orderId} (${status}) does not add up: ${JSON.stringify(each)}`);
};

/** No more goes back than came in, and what carriers collected was handed over. */
export const wrongSums = ({ orderId, captured, collected, remitted, refunded }: ListedPayment): readonly string[] => [
  ...(collected === remitted ? [] : [`payment ${orderId}: ${collected} were collected, ${remitted} handed over`]),
  ...(refunded > captured + collected ? [`payment ${orderId}: ${refunded} were refunded of ${captured + collected}`] : []),
];

/** Each payment adds up, by its own reckoning and by its sums. */
export const unbalancedMoney = async (cartage: Cartage, http: Http): Promise<Looked> => {
  const payments = await all(everyItem(cartage.payments));
  const found: string[] = payments.flatMap(wrongSums);
  await inParallel(payments, AT_ONCE, async (payment) => found.push(...(await accountOf(http, payment))));
  return { of: payments.length, breaches: found };
};

interface Verified {
  readonly checked: number;
  readonly drifts: readonly { readonly drift: string; readonly sku: string; readonly location: string | null; readonly detail: string }[];
}

/** Rows, movements, claims and the log of inventory say the same. */
export const driftingStock = async (http: Http): Promise<Looked> => {
  const { body } = await http.send<Verified>({ method: 'GET', path: '/inventory/verify' });
  const lineOf = ({ drift, sku, location, detail }: Verified['drifts'][number]): string =>
    `${drift}: ${sku}${location === null ? '' : ` at ${location}`}: ${detail}`;
  return { of: body.checked, breaches: body.drifts.map(lineOf) };
};
