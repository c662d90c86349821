import { newId } from '@cartage/service-kit';
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

const MINUTE = 60_000;
const reason = { code: 'changed-mind', by: 'customer' } as const;
const order = async (sku: string, quantity: number, more: { readonly channel?: string; readonly cart?: string } = {}, by = one) => {
  const orderId = newId();
  const { events } = await by.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)], ...more }, metaFor());
  return { orderId, types: events.map(({ type }) => type) };
};
const typesOf = async (orderId: string): Promise<readonly string[]> =>
  ((await one.store.readMany([`reservation-${orderId}`]))[0]?.events ?? []).map(({ type }) => type);
const shownIn = async (sku: string, channel: string) => (await one.channels.availability({ skus: [sku], channels: [channel] })).items[0];
const kept = async (sku: string, quantity: number, channel?: string): Promise<string> =>
  (await one.carts.reserve({ lines: [{ sku, quantity }], channel, ttlMs: MINUTE }, metaFor())).cart.reservationId;

/** A set of one lamp and two bulbs, under names of its own. */
const described = async (name: string) => {
  const [set, lamp, bulb] = [`${name}-SET`, `${name}-LAMP`, `${name}-BULB`];
  const kit = [
    { sku: lamp, quantity: 1, share: 3 },
    { sku: bulb, quantity: 2, share: 1 },
  ];
  await one.items.describe(set, { title: name, status: 'active', returnable: true, kit }, metaFor());
  return { set, lamp, bulb };
};

describe('a kit in a channel', () => {
  it('is as available as the part that is scarcest there: check, answer and reservation agree', async () => {
    const { set, lamp, bulb } = await described('SCARCE');
    await stocked(one, 'SCARCE', { [lamp]: 10, [bulb]: 10 });
    await one.channels.holdBack({ channel: 'market', sku: bulb, safetyStock: 5 }, metaFor());
    expect(await shownIn(set, 'market')).toEqual({ sku: set, channel: 'market', atp: 2, locations: [{ location: 'SCARCE', atp: 5 }] });
    expect(await shownIn(set, 'web')).toMatchObject({ atp: 5 });
    const lines = [{ sku: set, quantity: 3 }];
    expect(await one.availabilities.check(lines, 'market')).toMatchObject({ promisable: false, lines: [{ available: 2 }] });
    expect((await order(set, 3, { channel: 'market' })).types).toEqual(['StockShort']);
    expect((await order(set, 2, { channel: 'market' })).types).toEqual(['StockReserved']);
    expect((await order(set, 3, { channel: 'web' })).types).toEqual(['StockReserved']);
  });

  it('is sold only from locations that sell for the channel, each with all of its parts', async () => {
    const { set, lamp, bulb } = await described('PLACES');
    await stocked(one, 'PLACES-A', { [lamp]: 4, [bulb]: 1 });
    await stocked(one, 'PLACES-B', { [lamp]: 1, [bulb]: 9 });
    await one.channels.sellFrom('b-only', ['PLACES-B'], metaFor());
    expect(await shownIn(set, 'b-only')).toMatchObject({ atp: 1, locations: [{ location: 'PLACES-B', atp: 1 }] });
    expect((await order(set, 2, { channel: 'b-only' })).types).toEqual(['StockShort']);
  });

  it('waits for what is held back from the channel, and is served when that is lowered', async () => {
    const { set, lamp, bulb } = await described('LOWER');
    await stocked(one, 'LOWER', { [lamp]: 2, [bulb]: 4 });
    await one.channels.holdBack({ channel: 'market', sku: lamp, safetyStock: 2 }, metaFor());
    const { orderId, types } = await order(set, 1, { channel: 'market' });
    expect(types).toEqual(['StockShort']);
    await one.channels.holdBack({ channel: 'market', sku: lamp, safetyStock: 1 }, metaFor());
    expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
  });

  it('is held back part by part: what is said of the kit itself is refused', async () => {
    const { set } = await described('SELF');
    await expect(one.channels.holdBack({ channel: 'market', sku: set, safetyStock: 1 }, metaFor())).rejects.toMatchObject({
      code: 'KIT_HAS_NO_STOCK',
    });
  });

  it('is claimed by channels and processes at once, and none gets what is held back from it', async () => {
    const { set, lamp, bulb } = await described('CROWD');
    await stocked(one, 'CROWD', { [lamp]: 20, [bulb]: 40 });
    await one.channels.holdBack({ channel: 'market', sku: lamp, safetyStock: 12 }, metaFor());
    const sold = await Promise.all(
      Array.from({ length: 60 }, (_, i) => order(set, 1, { channel: i % 3 ? 'market' : 'web' }, i % 2 ? one : other)),
    );
    const reserved = (nth: (i: number) => boolean): number => sold.filter(({ types }, i) => nth(i) && types[0] === 'StockReserved').length;
    expect(reserved((i) => i % 3 > 0)).toBeLessThanOrEqual(8);
    expect(reserved(() => true)).toBe(20);
  });
});

describe('a cart that is filled in a channel', () => {
  it('is kept nothing that is held back from the channel, and takes room there from others', async () => {
    await stocked(one, 'CART', { CART: 10 });
    await one.channels.holdBack({ channel: 'market', sku: 'CART', safetyStock: 4 }, metaFor());
    await expect(kept('CART', 7, 'market')).rejects.toMatchObject({ code: 'STOCK_SHORT', message: expect.stringContaining('6 units') });
    await kept('CART', 6, 'market');
    expect(await shownIn('CART', 'market')).toMatchObject({ atp: 0 });
    expect((await order('CART', 1, { channel: 'market' })).types).toEqual(['StockShort']);
    expect((await order('CART', 4, { channel: 'web' })).types).toEqual(['StockReserved']);
  });

  it('stands at the locations that sell for its channel, and moves aside for nobody else’s', async () => {
    await stocked(one, 'ROOM-A', { ROOM: 2 });
    await stocked(one, 'ROOM-B', { ROOM: 2 });
    await one.channels.sellFrom('room-a', ['ROOM-A'], metaFor());
    const cart = await kept('ROOM', 2, 'room-a');
    expect(await shownIn('ROOM', 'room-a')).toMatchObject({ atp: 0 });
    const waiter = await order('ROOM', 2, { channel: 'room-a' });
    expect(waiter.types).toEqual(['StockShort']);
    await one.carts.release(cart, metaFor());
    expect(await typesOf(waiter.orderId)).toEqual(['StockShort', 'StockReserved']);
    expect(await one.carts.get(cart)).toMatchObject({ channel: 'room-a', end: 'released' });
  });

  it('is taken over by its order, also where nothing more could be promised to the channel', async () => {
    await stocked(one, 'OVER', { OVER: 5 });
    await one.channels.holdBack({ channel: 'market', sku: 'OVER', safetyStock: 3 }, metaFor());
    const cart = await kept('OVER', 2, 'market');
    const taking = await order('OVER', 2, { channel: 'market', cart });
    expect(taking.types).toEqual(['StockReserved']);
    expect(await shownIn('OVER', 'market')).toMatchObject({ atp: 0 });
    await one.reservations.end({ orderId: taking.orderId, reason }, metaFor());
    expect(await shownIn('OVER', 'market')).toMatchObject({ atp: 2 });
  });
});
