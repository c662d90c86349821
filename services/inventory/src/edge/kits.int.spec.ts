import { limits } from '@cartage/contracts';
import { newId } from '@cartage/service-kit';
import { createItems } from '../app/catalogue/items';
import { publishedCatalogue } from '../domain/catalogue/published';
import { postgresItems } from './catalogue/postgres-items';
import { driftIn, inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from './inventory.fixture';

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

const reason = { code: 'changed-mind', by: 'customer' } as const;

/** A set of one lamp and two bulbs, under names of its own. */
const described = async (name: string, bulbs = 2) => {
  const [set, lamp, bulb] = [`${name}-SET`, `${name}-LAMP`, `${name}-BULB`];
  const { store, pool } = one;
  const items = createItems({
    store,
    catalogue: postgresItems(pool, store),
    newId,
    isPublic: (type) => type in publishedCatalogue,
    now: () => new Date(),
  });
  const kit = [
    { sku: lamp, quantity: 1, share: 3 },
    { sku: bulb, quantity: bulbs, share: 1 },
  ];
  await items.describe(set, { title: name, status: 'active', returnable: true, kit }, metaFor());
  return { set, lamp, bulb };
};
const reserve = async (process: Process, sku: string, quantity: number): Promise<string> => {
  const orderId = newId();
  await process.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
const typesOf = async (orderId: string): Promise<readonly string[]> => {
  const [stream] = await one.store.readMany([`reservation-${orderId}`]);
  return (stream?.events ?? []).map(({ type }) => type);
};
const figures = async (sku: string) => (await one.availabilities.of([sku])).items[0];

it('a kit is as available as its parts make it, over the network and at each location, and is sold no more often', async () => {
  const { set, lamp, bulb } = await described('ATP');
  await stocked(one, 'ATP-A', { [lamp]: 5, [bulb]: 3 });
  await stocked(one, 'ATP-B', { [bulb]: 9 });
  expect(await figures(set)).toMatchObject({
    atp: 5,
    parts: [{ sku: lamp }, { sku: bulb, quantity: 2 }],
    locations: [{ atp: 1 }, { atp: 0 }],
  });
  expect(await one.availabilities.check([{ sku: set, quantity: 6 }])).toMatchObject({ promisable: false, lines: [{ available: 5 }] });
  const orders = await Promise.all(Array.from({ length: 8 }, (_, i) => reserve(i % 2 ? one : other, set, 1)));
  const told = await Promise.all(orders.map(typesOf));
  expect(told.filter(([first]) => first === 'StockReserved')).toHaveLength(5);
  expect(await figures(lamp)).toMatchObject({ reserved: 5, atp: 0 });
  expect(await figures(bulb)).toMatchObject({ reserved: 10, atp: 2 });
});

it('a kit that waits is served when the last of its parts comes, whichever it is', async () => {
  const { set, lamp, bulb } = await described('WAITS');
  await stocked(one, 'WAITS', { [bulb]: 2 });
  const orderId = await reserve(one, set, 1);
  expect(await typesOf(orderId)).toEqual(['StockShort']);
  await one.stocks.receive({ location: 'WAITS', lines: [{ sku: lamp, quantity: 1 }] }, metaFor());
  expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
  const second = await reserve(one, set, 2);
  await one.stocks.receive(
    {
      location: 'WAITS',
      lines: [
        { sku: lamp, quantity: 2 },
        { sku: bulb, quantity: 1 },
      ],
    },
    metaFor(),
  );
  await one.locations.change('WAITS-B', { ...place, active: false }, metaFor());
  await one.stocks.receive({ location: 'WAITS-B', lines: [{ sku: bulb, quantity: 3 }] }, metaFor());
  expect(await typesOf(second)).toEqual(['StockShort']);
  await one.locations.change('WAITS-B', place, metaFor());
  expect(await typesOf(second)).toEqual(['StockShort', 'StockReserved']);
});

it('an order of more than anybody has waits like any other, and stands in nobody’s way', async () => {
  const { set, lamp, bulb } = await described('VAST', 10_000);
  await stocked(one, 'VAST', { [lamp]: 1, [bulb]: 10_000 });
  const vast = await reserve(one, set, limits.quantity);
  const alsoVast = await reserve(other, lamp, limits.quantity);
  const small = await reserve(other, set, 1);
  expect([await typesOf(vast), await typesOf(alsoVast), await typesOf(small)]).toEqual([['StockShort'], ['StockShort'], ['StockReserved']]);
  await one.reservations.end({ orderId: small, reason }, metaFor());
  expect(await typesOf(vast)).toEqual(['StockShort']);
});

it('a kit ships from one location, comes back, and leaves no part behind', async () => {
  const { set, lamp, bulb } = await described('LIFE');
  await stocked(one, 'LIFE', { [lamp]: 2, [bulb]: 4 });
  const orderId = await reserve(one, set, 2);
  const fulfillmentId = newId();
  await one.reservations.allocate({ orderId, fulfillmentId, location: 'LIFE', lines: [lineOf(set, 2)] }, metaFor());
  await one.reservations.issue({ orderId, fulfillmentId, shipmentId: newId(), lines: [lineOf(set, 2)] }, metaFor());
  expect(await figures(bulb)).toMatchObject({ onHand: 0, allocated: 0, reserved: 0 });
  const returned = { orderId, returnId: newId(), lineId: '1', location: 'LIFE', disposition: 'restock' };
  await one.reservations.restock({ ...returned, gradingId: newId(), sku: set, quantity: 1 }, metaFor());
  await one.reservations.restock({ ...returned, gradingId: newId(), sku: bulb, quantity: 2 }, metaFor());
  expect([await figures(lamp), await figures(bulb)]).toMatchObject([{ onHand: 1 }, { onHand: 4 }]);
});

it('a kit of which a part is lost waits for all of it, and what it does not need goes to others', async () => {
  const { set, lamp, bulb } = await described('LOSS');
  await stocked(one, 'LOSS', { [lamp]: 1, [bulb]: 2 });
  const orderId = await reserve(one, set, 1);
  const waiter = await reserve(one, lamp, 1);
  await one.reservations.allocate({ orderId, fulfillmentId: newId(), location: 'LOSS', lines: [lineOf(set, 1)] }, metaFor());
  await one.stocks.adjust({ location: 'LOSS', sku: bulb, quantity: -1, cause: 'damage' }, metaFor());
  expect((await typesOf(orderId)).slice(2)).toEqual(['AllocationReleased', 'StockReleased', 'StockShort']);
  expect(await typesOf(waiter)).toEqual(['StockShort', 'StockReserved']);
});

it('kits may be of a dozen parts, and a dozen kits may share one: in one order or in many, they are claimed, lose it and get it again', async () => {
  const own = Array.from({ length: 12 }, (_, i) => `DOZEN-${i}`);
  const [lamp, hamper] = ['DOZEN-LAMP', 'DOZEN-HAMPER'];
  const part = (sku: string) => ({ sku, quantity: 1, share: 1 });
  const describe = (sku: string, kit: readonly ReturnType<typeof part>[]) =>
    one.items.describe(sku, { title: sku, status: 'active', returnable: true, kit }, metaFor());
  for (const sku of own) await describe(`${sku}-SET`, [part(lamp), part(sku)]);
  await describe(hamper, [lamp, ...own].map(part));
  await stocked(one, 'DOZEN', { [lamp]: 13, ...Object.fromEntries(own.map((sku) => [sku, 3])) });
  const all = newId();
  await one.reservations.reserve({ orderId: all, lines: own.map((sku, i) => lineOf(`${sku}-SET`, 1, String(i))) }, metaFor());
  const basket = await reserve(one, hamper, 1);
  expect([await typesOf(all), await typesOf(basket)]).toEqual([['StockReserved'], ['StockReserved']]);
  const waiting: string[] = [];
  for (const sku of own) waiting.push(await reserve(one, `${sku}-SET`, 1));
  await one.stocks.receive({ location: 'DOZEN', lines: [{ sku: lamp, quantity: 12 }] }, metaFor());
  for (const orderId of waiting) expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
  await one.stocks.adjust({ location: 'DOZEN', sku: lamp, quantity: -13, cause: 'loss' }, metaFor());
  for (const orderId of [...waiting, basket]) expect((await typesOf(orderId)).at(-1)).toBe('StockShort');
  expect(await typesOf(all)).toEqual(['StockReserved']);
});

it('a kit keeps the parts that it was ordered with; later orders have others', async () => {
  const { set, lamp, bulb } = await described('ANEW');
  await stocked(one, 'ANEW', { [lamp]: 4, [bulb]: 10 });
  const before = await reserve(one, set, 1);
  await described('ANEW', 3);
  await reserve(other, set, 1);
  await one.reservations.change({ orderId: before, lines: [lineOf(set, 1)], reason }, metaFor());
  expect(await figures(bulb)).toMatchObject({ reserved: 7 });
  await one.reservations.end({ orderId: before, reason }, metaFor());
  expect(await figures(bulb)).toMatchObject({ reserved: 3 });
});

it('goods that come in as a kit are booked as its parts, and a kit holds nothing back', async () => {
  const { set, lamp, bulb } = await described('COMES');
  await stocked(one, 'COMES', { [set]: 2 });
  expect([await figures(lamp), await figures(bulb)]).toMatchObject([{ onHand: 2 }, { onHand: 4 }]);
  await one.stocks.adjust({ location: 'COMES', sku: set, quantity: -1, cause: 'damage' }, metaFor());
  expect([await figures(lamp), await figures(bulb)]).toMatchObject([{ onHand: 1 }, { onHand: 2 }]);
  await expect(one.stocks.holdBack({ location: 'COMES', sku: set, safetyStock: 1 }, metaFor())).rejects.toMatchObject({
    code: 'KIT_HAS_NO_STOCK',
  });
});

it('kits and parts are claimed by many at once, in any order, and nothing is promised twice', async () => {
  const { set, lamp, bulb } = await described('CROWD');
  await stocked(one, 'CROWD', { [lamp]: 40, [bulb]: 60 });
  const skus = [set, lamp, bulb];
  const orders = await Promise.all(Array.from({ length: 120 }, (_, i) => reserve(i % 2 ? one : other, skus[i % 3] ?? set, 1)));
  expect(await figures(lamp)).toMatchObject({ atp: 0 });
  await Promise.all(orders.map((orderId) => one.reservations.end({ orderId, reason }, metaFor())));
  expect([await figures(lamp), await figures(bulb)]).toMatchObject([
    { reserved: 0, atp: 40 },
    { reserved: 0, atp: 60 },
  ]);
});
