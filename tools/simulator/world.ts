import type { Actor } from './actors';
import { meanwhile } from './actors';
import type { ListedOrder, ListedPayment } from './answers';
import { carrier, type Scan } from './carriers';
import { everyItem, type Cartage } from './cartage';
import { inParallel } from './crowd';
import { intentOf } from './customers';
import { operator, type ReviewDecision } from './operator';
import { reaching } from './patience';
import { chanceOf } from './random';
import { regretOf, sendBack } from './returning';
import { customerService, doesWithout, thinkAgain } from './second-thoughts';
import { standing, stands } from './settled';
import { locations, openShop, shopOf, toysArrive, type Shop } from './shop';
import type { Progress } from './terminal';
import { warehouseStaff } from './warehouse';

export interface WorldOptions {
  readonly seed: number;
  readonly orders: number;
  readonly progress: (what: string, total: number) => Progress;
}

const AT_ONCE = 16;

const journey = (seed: number, name: string): readonly Scan[] => {
  const { percent, faker } = chanceOf(seed, 'journey', name);
  const start: readonly Scan[] = [{ code: 'PICKED_UP' }, { code: 'HUB_SCAN', hub: faker.location.city() }, { code: 'ON_VAN' }];
  const missed: readonly Scan[] = percent(10) ? [{ code: 'NOT_DELIVERED', remark: 'Nobody at home.' }, { code: 'ON_VAN' }] : [];
  return [...start, ...missed, { code: 'DELIVERED' }];
};

const verdict = (seed: number, name: string): ReviewDecision => (chanceOf(seed, 'review', name).percent(70) ? 'accept' : 'reject');

const actorsOf = (cartage: Cartage, seed: number): readonly Actor[] => {
  /** What the order is called outside: chance goes by that. */
  const nameOf = async (orderId: string): Promise<string> => (await cartage.orderById(orderId)).externalOrderId ?? orderId;
  return [
    ...Object.keys(locations).flatMap((location) => warehouseStaff(cartage, location)),
    ...customerService(cartage, seed),
    operator(cartage, async ({ orderId }) => verdict(seed, await nameOf(orderId))),
    carrier(cartage, { journeyOf: async ({ orderId }) => journey(seed, await nameOf(orderId)) }),
  ];
};

const placing = async (cartage: Cartage, shop: Shop, { seed, orders, progress }: WorldOptions): Promise<void> => {
  const shown = progress('orders placed', orders);
  const numbers = Array.from({ length: orders }, (_, i) => i + 1);
  await inParallel(numbers, AT_ONCE, async (n) => {
    const { channel, externalOrderId, order } = intentOf(seed, shop, n);
    const { body } = await cartage.placeOrder(channel, externalOrderId, order);
    await thinkAgain(cartage, seed, { orderId: body.orderId, externalOrderId, quantity: order.lines[0]?.quantity ?? 0 });
    shown.advance();
  }).finally(() => shown.stop());
};

/** Before the toys arrive: whoever does without them is rid of them. */
const waitsForToys =
  (seed: number) =>
  (order: ListedOrder): boolean =>
    stands(order) && !(order.status === 'on-hold' && order.holds.includes('stock-short') && doesWithout(seed, order.externalOrderId ?? ''));

const isWithoutToys = (order: ListedOrder): boolean => stands(order) && !order.holds.includes('stock-short');

const settling = async (
  cartage: Cartage,
  { orders, progress }: WorldOptions,
  [what, isDone]: readonly [what: string, isDone: (order: ListedOrder) => boolean],
): Promise<void> => {
  const shown = progress(what, orders);
  let before = 0;
  const settled = async (): Promise<number> => {
    const now = await standing(cartage, {}, isDone);
    shown.advance(now - before);
    return (before = now);
  };
  await reaching(`Orders that came to their end (${what})`, orders, settled).finally(() => shown.stop());
};

const regretting = async (cartage: Cartage, seed: number): Promise<void> => {
  const work = async (listed: ListedOrder): Promise<void> => {
    const order = await cartage.order(listed.channel, listed.externalOrderId ?? '');
    const parcel = regretOf(seed, listed, order, 'LDN-1');
    if (parcel) await sendBack(cartage, parcel);
  };
  await inParallel(everyItem(cartage.orders, { status: 'completed' }), AT_ONCE, work);
};

/** The carrier hands over the cash that it collected at the doors. */
const remitting = async (cartage: Cartage): Promise<void> => {
  const work = async ({ orderId }: ListedPayment): Promise<void> => {
    const { money } = await cartage.payment(orderId);
    for (const { shipmentId, amount, remitted } of money?.shipments ?? [])
      if (amount > remitted)
        await cartage.remit(orderId, { shipmentId, amount: amount - remitted, reference: `REM-${shipmentId.slice(0, 8)}` });
  };
  for await (const payment of everyItem(cartage.payments))
    if (payment.method === 'cod' && payment.collected > payment.remitted) await work(payment);
};

/** Opens the shop, lets everybody do their part until every order has come to its end, and then lets some customers think again. */
export const live = async (cartage: Cartage, options: WorldOptions): Promise<void> => {
  const shop = shopOf(options.seed);
  await openShop(cartage, shop);
  await meanwhile(actorsOf(cartage, options.seed), async () => {
    await placing(cartage, shop, options);
    await settling(cartage, options, ['orders settled', waitsForToys(options.seed)]);
    await toysArrive(cartage, shop);
    await settling(cartage, options, ['orders settled, once the toys are there', isWithoutToys]);
  });
  await regretting(cartage, options.seed);
  await remitting(cartage);
};
