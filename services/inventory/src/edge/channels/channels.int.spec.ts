import { newId } from '@cartage/service-kit';
import { driftIn, inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from '../inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
});
afterEach(async () => expect(await driftIn(one)).toEqual([]));
afterAll(() => inventory.close());

const order = async (sku: string, quantity: number, channel?: string) => {
  const orderId = newId();
  const asked = { orderId, lines: [lineOf(sku, quantity)], ...(channel === undefined ? {} : { channel }) };
  const { events } = await one.reservations.reserve(asked, metaFor());
  return { orderId, types: events.map(({ type }) => type) };
};
const typesOf = async (orderId: string): Promise<readonly string[]> =>
  ((await one.store.readMany([`reservation-${orderId}`]))[0]?.events ?? []).map(({ type }) => type);
const atp = async (sku: string, channel: string): Promise<number | undefined> =>
  (await one.channels.availability({ skus: [sku], channels: [channel] })).items[0]?.atp;
const end = (orderId: string) => one.reservations.end({ orderId, reason: { code: 'changed-mind', by: 'customer' } }, metaFor());

describe('safety stock of a channel', () => {
  it('is promised to others only; check and reservation agree', async () => {
    await stocked(one, 'CS', { CS: 10 });
    await one.channels.holdBack({ channel: 'market', sku: 'CS', safetyStock: 4 }, metaFor());
    expect(await atp('CS', 'market')).toBe(6);
    const lines = [{ sku: 'CS', quantity: 7 }];
    expect(await one.availabilities.check(lines, 'market')).toMatchObject({ promisable: false, lines: [{ available: 6 }] });
    expect(await one.availabilities.check(lines, 'web')).toMatchObject({ promisable: true, lines: [{ available: 10 }] });
    expect((await order('CS', 7, 'market')).types).toEqual(['StockShort']);
    expect((await order('CS', 7, 'web')).types).toEqual(['StockReserved']);
    expect(await atp('CS', 'market')).toBe(-1);
    expect((await order('CS', 3)).types).toEqual(['StockReserved']);
  });

  it('goes to those of the channel who wait as soon as it is lowered, and to nobody twice', async () => {
    await stocked(one, 'LOW', { LOW: 5 });
    await one.channels.holdBack({ channel: 'market', sku: 'LOW', safetyStock: 5 }, metaFor());
    const { orderId } = await order('LOW', 3, 'market');
    const meta = metaFor();
    const lower = () => one.channels.holdBack({ channel: 'market', sku: 'LOW', safetyStock: 1 }, meta);
    expect(await lower()).toMatchObject({ repeated: false });
    expect(await lower()).toMatchObject({ repeated: true });
    expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
    expect(await atp('LOW', 'market')).toBe(1);
  });

  it('holds for every SKU of which nothing else is said, and at a location as far as it is there', async () => {
    await stocked(one, 'EVERY', { E1: 10, E2: 10 });
    await one.channels.holdBack({ channel: 'outlet', safetyStock: 2 }, metaFor());
    await one.channels.holdBack({ channel: 'outlet', sku: 'E2', safetyStock: 0 }, metaFor());
    await one.channels.holdBack({ channel: 'outlet', sku: 'E2', location: 'EVERY', safetyStock: 99 }, metaFor());
    expect([await atp('E1', 'outlet'), await atp('E2', 'outlet')]).toEqual([8, 0]);
    await one.channels.holdBack({ channel: 'outlet', safetyStock: 0 }, metaFor());
    expect(await atp('E1', 'outlet')).toBe(10);
  });

  it('below zero promises nothing more, until enough is there again', async () => {
    await stocked(one, 'NEG', { NEG: 6 });
    await order('NEG', 5, 'market');
    await one.stocks.holdBack({ sku: 'NEG', location: 'NEG', safetyStock: 4 }, metaFor());
    expect((await one.availabilities.of(['NEG'])).items[0]).toMatchObject({ onHand: 6, reserved: 5, safetyStock: 4, atp: -3 });
    const { orderId, types } = await order('NEG', 1, 'market');
    expect(types).toEqual(['StockShort']);
    await one.stocks.receive({ location: 'NEG', lines: [{ sku: 'NEG', quantity: 3 }] }, metaFor());
    expect(await typesOf(orderId)).toEqual(['StockShort']);
    await one.stocks.receive({ location: 'NEG', lines: [{ sku: 'NEG', quantity: 1 }] }, metaFor());
    expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
  });
});

describe('locations that sell for a channel', () => {
  it('are all that its orders are promised from; what others reserve moves aside', async () => {
    await stocked(one, 'EAST', { WHERE: 5 });
    await stocked(one, 'WEST', { WHERE: 3 });
    await one.channels.sellFrom('west', ['WEST'], metaFor());
    expect(await atp('WHERE', 'west')).toBe(3);
    expect((await order('WHERE', 4, 'web')).types).toEqual(['StockReserved']);
    expect(await atp('WHERE', 'west')).toBe(3);
    expect((await order('WHERE', 4, 'west')).types).toEqual(['StockShort']);
    expect((await order('WHERE', 3, 'west')).types).toEqual(['StockReserved']);
    expect((await one.channels.availability({ skus: ['WHERE'], channels: ['west'] })).items).toEqual([
      { sku: 'WHERE', channel: 'west', atp: 0, locations: [{ location: 'WEST', atp: 3 }] },
    ]);
  });

  it('are given to those who wait when another one sells for it, or when its units come free', async () => {
    await stocked(one, 'N1', { FREE: 2 });
    await stocked(one, 'N2', { FREE: 2 });
    await one.channels.sellFrom('north', ['N1'], metaFor());
    const first = await order('FREE', 2, 'north');
    const second = await order('FREE', 2, 'north');
    const third = await order('FREE', 1, 'north');
    expect([second.types, third.types]).toEqual([['StockShort'], ['StockShort']]);
    const claim = { orderId: first.orderId, fulfillmentId: newId(), location: 'N2', lines: [lineOf('FREE', 2)] };
    await one.reservations.allocate(claim, metaFor());
    expect(await typesOf(second.orderId)).toEqual(['StockShort', 'StockReserved']);
    await end(second.orderId);
    expect(await typesOf(third.orderId)).toEqual(['StockShort', 'StockReserved']);
  });

  it('must be there, and can be all again', async () => {
    await expect(one.channels.sellFrom('south', ['NOWHERE'], metaFor())).rejects.toMatchObject({
      code: 'LOCATION_UNKNOWN',
      errors: [{ field: 'locations[0]' }],
    });
    await one.locations.change('S1', place, metaFor());
    await stocked(one, 'S2', { SOUTH: 1 });
    await one.channels.sellFrom('south', ['S1'], metaFor());
    const { orderId } = await order('SOUTH', 1, 'south');
    await one.channels.sellFrom('south', undefined, metaFor());
    expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
    expect(await one.channels.list({ after: 'outlet', limit: 1 })).toEqual([{ channel: 'south', locations: null, safetyStock: 0 }]);
  });
});
