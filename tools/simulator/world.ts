import type { Actor } from './actors';
import { meanwhile } from './actors';
import type { ListedOrder, ListedPayment } from './answers';
import { carrier, type Scan } from './carriers';
import { everyItem, type Cartage } from './cartage';
import { inParallel } from './crowd';
import { intentOf } from './customers';
import { damagedOf, mishapOf } from './mishaps';
import { operator, type ReviewDecision } from './operator';
import { patiently, reaching } from './patience';
import { chanceOf } from './random';
import { regretOf, sendBack } from './returning';
import { customerService, doesWithout, thinkAgain } from './second-thoughts';
import { stands } from './settled';
import { locations, openShop, shopOf, toysArrive, type Shop } from './shop';
import { openSupplier, supplier } from './supplier';
import type { Progress } from './terminal';
import { deviationOf, troubleshooters, type Played } from './trouble';
import { warehouseStaff } from './warehouse';
import { activatePolicy } from './way-back';

export interface WorldOptions {
  readonly seed: number;
  readonly orders: number;
  readonly progress: (what: string, total: number) => Progress;
  /** Whoever waits gives up when nothing moved for so long; a minute unless told. */
  readonly stuckMs?: number;
}

const AT_ONCE = 16;

const journey = ({ seed, shop, nameOf }: Played, orderId: string): readonly Scan[] => {
  const name = nameOf(orderId);
  const { percent, faker } = chanceOf(seed, 'journey', name ?? orderId);
  const collected: readonly Scan[] = [{ code: 'PICKED_UP' }, { code: 'HUB_SCAN', hub: faker.location.city() }];
  const mishap = name === undefined ? 'none' : mishapOf(seed, shop, name);
  if (mishap.startsWith('lost')) return collected;
  const start: readonly Scan[] = [...collected, { code: 'ON_VAN' }];
  if (mishap === 'refused at the door') return [...start, { code: 'NOT_DELIVERED', remark: 'Refused.' }, { code: 'RETURN_TO_SENDER' }];
  const missed: readonly Scan[] = percent(10) ? [{ code: 'NOT_DELIVERED', remark: 'Nobody at home.' }, { code: 'ON_VAN' }] : [];
  return [...start, ...missed, { code: 'DELIVERED' }];
};

const verdict = (seed: number, name: string): ReviewDecision => (chanceOf(seed, 'review', name).percent(70) ? 'accept' : 'reject');

interface World {
  readonly shop: Shop;
  /** What the orders that were placed here are called outside, by their ids. */
  readonly names: Map<string, string>;
  /** How many orders Cartage places by itself, to send something again or in exchange. */
  again: number;
}

const actorsOf = (cartage: Cartage, played: Played): readonly Actor[] => {
  const { seed, nameOf } = played;
  const called = (orderId: string): string => nameOf(orderId) ?? orderId;
  const deviation = deviationOf(cartage, played);
  return [
    ...Object.keys(locations).flatMap((location) => warehouseStaff(cartage, location, deviation)),
    supplier(cartage, seed, nameOf),
    ...customerService(cartage, seed),
    ...troubleshooters(cartage, played),
    operator(cartage, async ({ orderId }) => verdict(seed, called(orderId))),
    carrier(cartage, { journeyOf: async ({ orderId }) => journey(played, orderId) }),
  ];
};

const placing = async (cartage: Cartage, { shop, names }: World, { seed, orders, progress }: WorldOptions): Promise<void> => {
  const shown = progress('orders placed', orders);
  const numbers = Array.from({ length: orders }, (_, i) => i + 1);
  await inParallel(numbers, AT_ONCE, async (n) => {
    const { channel, externalOrderId, order } = intentOf(seed, shop, n);
    const { body } = await cartage.placeOrder(channel, externalOrderId, order);
    names.set(body.orderId, externalOrderId);
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

/** How many have come to their end; one fewer than wanted while another is on its way, such as one that sends lost goods again. */
const settledOf = async (
  cartage: Cartage,
  { placed, again }: { readonly placed: number; readonly again: number },
  isDone: (order: ListedOrder) => boolean,
): Promise<number> => {
  let [done, all] = [0, 0];
  for await (const order of everyItem(cartage.orders)) {
    all += 1;
    if (isDone(order)) done += 1;
  }
  return Math.min(done, done === all && all === placed + again ? placed : placed - 1);
};

const settling = async (
  cartage: Cartage,
  world: World,
  {
    orders,
    progress,
    stuckMs,
    what,
    isDone,
  }: Pick<WorldOptions, 'orders' | 'progress' | 'stuckMs'> & { readonly what: string; readonly isDone: (order: ListedOrder) => boolean },
): Promise<void> => {
  const shown = progress(what, orders);
  let before = 0;
  const settled = async (): Promise<number> => {
    const now = await settledOf(cartage, { placed: orders, again: world.again }, isDone);
    shown.advance(now - before);
    return (before = now);
  };
  await reaching(`Orders that came to their end (${what})`, orders, settled, stuckMs).finally(() => shown.stop());
};

/** What came damaged is claimed: half of it is paid back, half sent again. */
const claiming = async (cartage: Cartage, seed: number, world: World): Promise<void> => {
  const work = async ({ channel, externalOrderId }: ListedOrder): Promise<void> => {
    if (externalOrderId === null || mishapOf(seed, world.shop, externalOrderId) !== 'arrived damaged') return;
    const order = await cartage.order(channel, externalOrderId);
    const damaged = damagedOf(order);
    if (!damaged) return;
    const claim = { orderId: order.orderId, lines: [{ ...damaged, kind: 'damaged' }] };
    const { body } = await patiently(() => cartage.claim(`claim-${externalOrderId}`, claim), ['ORDER_UNKNOWN', 'LINE_NOT_ELIGIBLE']);
    const decision = chanceOf(seed, 'claim', externalOrderId).percent(50) ? 'refund' : 'send-again';
    await patiently(
      () => cartage.decideClaim(body.claimId, { decision, costBearer: 'carrier', note: 'Crushed in transit.' }),
      ['CLAIM_UNKNOWN'],
    );
    if (decision === 'send-again') world.again += 1;
  };
  await inParallel(everyItem(cartage.orders, { status: 'completed' }), AT_ONCE, work);
};

/** Some send something back, and some of them want the like of it. */
const regretting = async (cartage: Cartage, seed: number, world: World): Promise<void> => {
  const work = async (listed: ListedOrder): Promise<void> => {
    const { channel, externalOrderId } = listed;
    if (externalOrderId === null || mishapOf(seed, world.shop, externalOrderId) !== 'none') return;
    const parcel = regretOf(seed, listed, await cartage.order(channel, externalOrderId));
    if (!parcel) return;
    const { status } = await sendBack(cartage, parcel);
    if (status !== 'declined' && parcel.lines.some(({ exchangeFor }) => exchangeFor)) world.again += 1;
  };
  await inParallel(everyItem(cartage.orders, { status: 'completed' }), AT_ONCE, work);
};

/** Marketplaces give back what they took, and say so, until every return has come to its end. */
const givingBack = async (cartage: Cartage, stuckMs: number | undefined): Promise<void> => {
  const say = async ({ orderId }: ListedPayment): Promise<void> => {
    const { money } = await cartage.payment(orderId);
    for (const { refundId, status, provider } of money?.refunds ?? [])
      if (status === 'requested' && provider === 'channel')
        await cartage.payOut(orderId, refundId, { tender: 'original', reference: `MKT-${refundId.slice(-8)}` });
  };
  const ended = async (): Promise<number> => {
    await inParallel(everyItem(cartage.payments, { attention: 'channel-refund-due' }), AT_ONCE, say);
    return -(await cartage.returns({ status: 'received', limit: 1 })).items.length;
  };
  await reaching('Returns that came to their end', 0, ended, stuckMs);
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
  const { seed, stuckMs } = options;
  const world: World = { shop: shopOf(seed), names: new Map(), again: 0 };
  const { shop, names } = world;
  const played: Played = { seed, shop, nameOf: (orderId) => names.get(orderId), sentAgain: () => (world.again += 1) };
  const settle = (what: string, isDone = isWithoutToys): Promise<void> => settling(cartage, world, { ...options, what, isDone });
  await openShop(cartage, shop);
  await openSupplier(cartage, shop, new Date().toISOString());
  await activatePolicy(cartage, shop);
  await meanwhile(actorsOf(cartage, played), async () => {
    await placing(cartage, world, options);
    await settle('orders settled', waitsForToys(seed));
    await toysArrive(cartage, shop);
    await settle('orders settled, once the toys are there');
    await claiming(cartage, seed, world);
    await settle('orders settled, once what was damaged is made good');
    await regretting(cartage, seed, world);
    await givingBack(cartage, stuckMs);
    await settle('orders settled, once what was exchanged is sent');
  });
  await remitting(cartage);
};
