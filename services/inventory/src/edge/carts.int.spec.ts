import type { Deadline } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import { createCarts, type Carts } from '../app/carts';
import { published } from '../domain/published';
import { cartReading } from './cart-reading';
import { driftIn, inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from './inventory.fixture';
import { postgresLedger } from './postgres-ledger';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
let carts: Carts;
const deadlines: Deadline[] = [];

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
  const { store, pool } = one;
  const keeping = { set: async (deadline: Deadline) => void deadlines.push(deadline) };
  const needs = { store, ledger: postgresLedger(store), newId, isPublic: (type: string) => type in published, now: () => new Date() };
  carts = createCarts({ ...needs, reading: cartReading(pool), deadlines: keeping });
});
afterEach(async () => expect(await driftIn(one)).toEqual([]));
afterAll(() => inventory.close());

const MINUTE = 60_000;
const figures = async (sku: string) => (await one.availabilities.of([sku])).items[0];
const kept = async (sku: string, quantity: number): Promise<string> =>
  (await carts.reserve({ lines: [{ sku, quantity }], ttlMs: MINUTE }, metaFor())).cart.reservationId;
const placing = async (sku: string, quantity: number, cart?: string): Promise<string> => {
  const orderId = newId();
  await one.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)], ...(cart === undefined ? {} : { cart }) }, metaFor());
  return orderId;
};
const typesOf = async (orderId: string): Promise<readonly string[]> => {
  const [stream] = await one.store.readMany([`reservation-${orderId}`]);
  return (stream?.events ?? []).map(({ type }) => type);
};
const due = async (reservationId: string): Promise<void> => {
  const mine = deadlines.filter(({ data }) => (data as { reservationId: string }).reservationId === reservationId);
  for (const deadline of mine) await carts.onDue(deadline, metaFor());
};

it('stock that is kept for a cart is promised to nobody else, and once only to the order that takes it over', async () => {
  await stocked(one, 'KEPT', { VASE: 2 });
  const cart = await kept('VASE', 2);
  expect(await figures('VASE')).toMatchObject({ reserved: 2, atp: 0 });
  const other = await placing('VASE', 1);
  expect(await typesOf(other)).toEqual(['StockShort']);
  const orderId = await placing('VASE', 2, cart);
  expect(await typesOf(orderId)).toEqual(['StockReserved']);
  expect(await figures('VASE')).toMatchObject({ reserved: 2, atp: 0 });
  expect(await carts.get(cart)).toMatchObject({ status: 'ended', end: 'taken-over', orderId });
  await due(cart);
  expect(await typesOf(other)).toEqual(['StockShort']);
});

it('what the order does not take of it goes to those who wait', async () => {
  await stocked(one, 'LESS', { BOWL: 3 });
  const cart = await kept('BOWL', 3);
  const waiter = await placing('BOWL', 1);
  await placing('BOWL', 2, cart);
  expect(await typesOf(waiter)).toEqual(['StockShort', 'StockReserved']);
});

it('a cart whose time is over gives back what it kept, and an order that names it then is like any other', async () => {
  await stocked(one, 'OVER', { PLATE: 1 });
  const cart = await kept('PLATE', 1);
  const waiter = await placing('PLATE', 1);
  await due(cart);
  expect(await typesOf(waiter)).toEqual(['StockShort', 'StockReserved']);
  expect(await typesOf(await placing('PLATE', 1, cart))).toEqual(['StockShort']);
  expect(await typesOf(await placing('PLATE', 1, newId()))).toEqual(['StockShort']);
});

it('time and placement race: one of them has it, and it is counted once', async () => {
  await stocked(one, 'RACE', { RACED: 20 });
  const all = await Promise.all(Array.from({ length: 20 }, () => kept('RACED', 1)));
  await Promise.all(
    all.flatMap((cart) => [due(cart), placing('RACED', 1, cart), carts.extend(cart, 2 * MINUTE, metaFor()).catch(() => undefined)]),
  );
  for (const cart of all) await carts.release(cart, metaFor());
  expect(await figures('RACED')).toMatchObject({ reserved: 20, atp: 0 });
  expect(await carts.list({ sku: 'RACED', limit: 5 })).toEqual([]);
});

it('a request that is sent again is answered as the first time', async () => {
  await stocked(one, 'AGAIN', { TRAY: 5 });
  const meta = metaFor();
  const tray = { lines: [{ sku: 'TRAY', quantity: 1 }], ttlMs: MINUTE };
  const first = await carts.reserve(tray, meta);
  expect(await carts.reserve(tray, meta)).toEqual({ cart: first.cart, repeated: true });
  expect(await carts.list({ sku: 'TRAY', limit: 5 })).toMatchObject([
    { reservationId: first.cart.reservationId, units: [{ sku: 'TRAY', quantity: 1 }] },
  ]);
});

it('carts lose what is not there before orders do, the last cart first', async () => {
  await stocked(one, 'LOSES', { CLOCK: 3 });
  const orderId = await placing('CLOCK', 1);
  const [first, second] = [await kept('CLOCK', 1), await kept('CLOCK', 1)];
  const loss = { location: 'LOSES', sku: 'CLOCK', quantity: -1, cause: 'damage' };
  await one.stocks.adjust(loss, metaFor());
  expect([await carts.get(first), await carts.get(second)]).toMatchObject([{ status: 'held' }, { end: 'stock-lost' }]);
  await one.stocks.adjust({ ...loss, quantity: -2 }, metaFor());
  expect(await carts.get(first)).toMatchObject({ end: 'stock-lost' });
  expect(await typesOf(orderId)).toEqual(['StockReserved', 'StockReleased', 'StockShort']);
});
