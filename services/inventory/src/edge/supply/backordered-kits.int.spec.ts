import { newId } from '@cartage/service-kit';
import type { OrderedLine } from '../../domain/supply/purchase-order';
import { driftIn, inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from '../inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
let other: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one, other] = inventory.processes;
});
afterEach(async () => expect(await driftIn(one)).toEqual([]));
afterAll(() => inventory.close());

const reason = { code: 'supplier-late', by: 'operator', actor: 'clerk' } as const;
const changedMind = { code: 'changed-mind', by: 'customer' } as const;
const day = (n: number): string => new Date(Date.UTC(2027, 0, n)).toISOString();

/** A set of one lamp and two bulbs, under names of its own, at a location of its own. */
const described = async (name: string, units: Readonly<Record<string, number>>) => {
  const [set, lamp, bulb] = [`${name}-SET`, `${name}-LAMP`, `${name}-BULB`];
  const kit = [
    { sku: lamp, quantity: 1, share: 3 },
    { sku: bulb, quantity: 2, share: 1 },
  ];
  await one.items.describe(set, { title: name, status: 'active', returnable: true, kit }, metaFor());
  await stocked(one, name, { [`${name}-OTHER`]: 1, ...units });
  return { set, lamp, bulb };
};
const ordering = (location: string, sku: string, quantity: number, expectedAt?: string) => {
  const line: OrderedLine = { lineId: '1', sku, location, quantity, ...(expectedAt === undefined ? {} : { expectedAt }) };
  return one.purchaseOrders.order({ purchaseOrder: sku, lines: [line], reason }, metaFor());
};
const receiving = (sku: string, quantity: number) =>
  other.purchaseOrders.receive({ purchaseOrder: sku, lines: [{ lineId: '1', quantity }], final: false, reason }, metaFor());
const wanting = async (sku: string, quantity = 1): Promise<string> => {
  const orderId = newId();
  await other.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
/** What others hear of it: facts with their dates. */
const told = async (orderId: string): Promise<readonly string[]> => {
  const [stream] = await one.store.readMany([`reservation-${orderId}`]);
  return (stream?.events ?? [])
    .filter(({ type }) => type !== 'PartsAwaited')
    .map(({ type, data }) => {
      if (type !== 'StockBackordered' && type !== 'BackorderMoved') return type;
      const { lines } = data as { readonly lines: readonly { readonly promisedAt?: string }[] };
      return [type, ...lines.map(({ promisedAt: at }) => (at === undefined ? 'unknown' : new Date(at).getUTCDate()))].join(' ');
    });
};
const SHORT = 'StockShort';
const SERVED = 'StockReserved';

it('a kit that waits is dated by its scarcest part, and served when that comes', async () => {
  const { set, lamp, bulb } = await described('SCARCE', {});
  const orderId = await wanting(set, 2);
  await ordering('SCARCE', lamp, 2, day(9));
  expect(await told(orderId)).toEqual([SHORT]);
  await ordering('SCARCE', bulb, 4, day(19));
  await ordering('SCARCE', bulb, 4, day(14));
  await receiving(lamp, 2);
  expect(await told(orderId)).toEqual([SHORT, 'StockBackordered 19', 'BackorderMoved 14']);
  await receiving(bulb, 4);
  expect(await told(orderId)).toEqual([SHORT, 'StockBackordered 19', 'BackorderMoved 14', SERVED]);
});

it('a part that is there does not hold a kit up, until somebody buys it: then the date moves, and back when it comes again', async () => {
  const { set, lamp, bulb } = await described('SHELF', { 'SHELF-BULB': 2 });
  await ordering('SHELF', lamp, 1, day(9));
  const orderId = await wanting(set);
  expect(await told(orderId)).toEqual([SHORT, 'StockBackordered 9']);
  await ordering('SHELF', bulb, 4, day(19));
  const buyer = await wanting(bulb);
  await one.reservations.end({ orderId: buyer, reason: changedMind }, metaFor());
  expect(await told(orderId)).toEqual([SHORT, 'StockBackordered 9', 'BackorderMoved 19', 'BackorderMoved 9']);
});

it('a kit and those who want its parts alone share what is on order, the first first', async () => {
  const { set, lamp, bulb } = await described('SHARED', { 'SHARED-BULB': 50 });
  await ordering('SHARED', lamp, 3, day(9));
  const orders = [await wanting(lamp, 1), await wanting(set, 1), await wanting(lamp, 2), await wanting(set, 1)];
  expect(await Promise.all(orders.map(told))).toEqual([
    [SHORT, 'StockBackordered 9'],
    [SHORT, 'StockBackordered 9'],
    [SHORT],
    [SHORT, 'StockBackordered 9'],
  ]);
  await receiving(lamp, 3);
  expect((await Promise.all(orders.map(told))).map((words) => words.at(-1))).toEqual([SERVED, SERVED, SHORT, SERVED]);
  expect((await one.availabilities.of([bulb])).items).toMatchObject([{ onHand: 50, reserved: 4 }]);
});

it('a kit that is cancelled leaves its claims on all parts to those behind', async () => {
  const { set, lamp, bulb } = await described('LEFT', {});
  await ordering('LEFT', lamp, 1, day(9));
  await ordering('LEFT', bulb, 2, day(12));
  const [kit, waiter] = [await wanting(set), await wanting(bulb)];
  expect(await told(waiter)).toEqual([SHORT]);
  await one.reservations.end({ orderId: kit, reason: changedMind }, metaFor());
  expect(await told(waiter)).toEqual([SHORT, 'StockBackordered 12']);
});

it('a cart that is kept a part of a kit moves the kit’s date, and never has what is on order', async () => {
  const { set, lamp, bulb } = await described('CART', { 'CART-BULB': 2 });
  await ordering('CART', lamp, 1, day(9));
  await ordering('CART', bulb, 2, day(19));
  const orderId = await wanting(set);
  const keeping = (sku: string) => one.carts.reserve({ lines: [{ sku, quantity: 1 }], ttlMs: 60_000 }, metaFor());
  const { cart } = await keeping(bulb);
  await expect(keeping(lamp)).rejects.toMatchObject({ code: 'STOCK_SHORT' });
  await one.carts.release(cart.reservationId, metaFor());
  expect(await told(orderId)).toEqual([SHORT, 'StockBackordered 9', 'BackorderMoved 19', 'BackorderMoved 9']);
});

it('orders of a channel that may not sell from everywhere wait without a date, and are served when goods come where it sells', async () => {
  await stocked(one, 'FAR', { 'FAR-OTHER': 1 });
  await stocked(one, 'NEAR', { 'NEAR-OTHER': 1 });
  await one.channels.sellFrom('shop', ['NEAR'], metaFor());
  await ordering('FAR', 'CONFINED', 5, day(9));
  const orderId = newId();
  await one.reservations.reserve({ orderId, channel: 'shop', lines: [lineOf('CONFINED', 1)] }, metaFor());
  const free = await wanting('CONFINED');
  expect([await told(orderId), await told(free)]).toEqual([[SHORT], [SHORT, 'StockBackordered 9']]);
  await one.channels.sellFrom('shop', undefined, metaFor());
  expect(await told(orderId)).toEqual([SHORT, 'StockBackordered 9']);
});

it('many kits and parts that begin to wait at once never have more claims than units', async () => {
  const { set, lamp, bulb } = await described('CROWD', { 'CROWD-BULB': 20 });
  await ordering('CROWD', lamp, 30, day(9));
  await ordering('CROWD', bulb, 30, day(12));
  const skus = [set, lamp, bulb];
  await Promise.all(
    Array.from({ length: 90 }, (_, i) =>
      (i % 2 ? one : other).reservations.reserve({ orderId: newId(), lines: [lineOf(skus[i % 3] ?? set, 1)] }, metaFor()),
    ),
  );
  await receiving(lamp, 30);
  await receiving(bulb, 30);
  expect((await one.availabilities.of([lamp])).items).toMatchObject([{ atp: 0 }]);
});
