import { newId } from '@cartage/service-kit';
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

const outcomeOf = async ({ store }: Process, orderId: string): Promise<readonly string[]> => {
  const [stream] = await store.readMany([`reservation-${orderId}`]);
  return stream?.events.map(({ type }) => type) ?? [];
};
const atpOf = async ({ availabilities }: Process, sku: string): Promise<number | undefined> =>
  (await availabilities.of([sku])).items[0]?.atp;
const orders = (count: number): readonly string[] => Array.from({ length: count }, () => newId());

describe('the last unit', () => {
  it('goes to exactly one of many orders that two processes take at once; the others are short', async () => {
    await stocked(one, 'X1', { LAST: 1 });
    const all = orders(60);
    await Promise.all(
      all.map((orderId, i) => (i % 2 ? one : other).reservations.reserve({ orderId, lines: [lineOf('LAST', 1)] }, metaFor())),
    );
    const outcomes = (await Promise.all(all.map((orderId) => outcomeOf(one, orderId)))).flat();
    expect(outcomes.filter((type) => type === 'StockReserved')).toHaveLength(1);
    expect(outcomes.filter((type) => type === 'StockShort')).toHaveLength(59);
    expect(await atpOf(one, 'LAST')).toBe(0);
  });

  it('is not sold twice by two lines of one order', async () => {
    await stocked(one, 'X2', { PAIR: 3 });
    const [orderId = ''] = orders(1);
    const { events } = await one.reservations.reserve({ orderId, lines: [lineOf('PAIR', 2), lineOf('PAIR', 2, '2')] }, metaFor());
    expect(events).toMatchObject([
      { type: 'StockReserved', data: { lines: [{ lineId: '1', quantity: 2 }] } },
      { type: 'StockShort', data: { short: [{ lineId: '2', requested: 2, available: 1 }] } },
    ]);
    expect(await atpOf(one, 'PAIR')).toBe(1);
  });

  it('is promised to those who came first', async () => {
    await stocked(one, 'FIFO', { QUEUE: 5 });
    const all = orders(8);
    await Promise.all(all.map((orderId) => one.reservations.reserve({ orderId, lines: [lineOf('QUEUE', 1)] }, metaFor())));
    const outcomes = (await Promise.all(all.map((orderId) => outcomeOf(one, orderId)))).flat();
    expect(outcomes).toEqual([...Array<string>(5).fill('StockReserved'), ...Array<string>(3).fill('StockShort')]);
  });
});

describe('check and claim', () => {
  it('agree over several locations, one of which must hold back more than it has', async () => {
    await stocked(one, 'X3-A', { SPREAD: 3 });
    await stocked(one, 'X3-B', { SPREAD: 2 });
    await stocked(one, 'X3-C', { SPREAD: 1 });
    await one.stocks.holdBack({ sku: 'SPREAD', location: 'X3-C', safetyStock: 50 }, metaFor());
    const [first = '', second = ''] = orders(2);
    expect(await one.availabilities.check([{ sku: 'SPREAD', quantity: 5 }])).toMatchObject({ promisable: true });
    expect(await one.availabilities.check([{ sku: 'SPREAD', quantity: 6 }])).toMatchObject({ promisable: false });
    await one.reservations.reserve({ orderId: first, lines: [lineOf('SPREAD', 6)] }, metaFor());
    await one.reservations.reserve({ orderId: second, lines: [lineOf('SPREAD', 5)] }, metaFor());
    expect([...(await outcomeOf(one, first)), ...(await outcomeOf(one, second))]).toEqual(['StockShort', 'StockReserved']);
  });

  it('count closed locations in neither, until they open', async () => {
    await stocked(one, 'CLOSING', { SHUT: 4 });
    await one.locations.change('CLOSING', { ...place, active: false }, metaFor());
    const [orderId = ''] = orders(1);
    expect(await one.availabilities.check([{ sku: 'SHUT', quantity: 1 }])).toMatchObject({ promisable: false });
    const { events } = await one.reservations.reserve({ orderId, lines: [lineOf('SHUT', 1)] }, metaFor());
    expect(events).toMatchObject([{ type: 'StockShort' }]);
    await one.locations.change('CLOSING', place, metaFor());
    expect(await atpOf(one, 'SHUT')).toBe(3);
  });
});

describe('the life of a claim', () => {
  const fulfill = async (sku: string, location: string) => {
    const [orderId = '', fulfillmentId = '', shipmentId = ''] = orders(3);
    const lines = [lineOf(sku, 2)];
    await one.reservations.reserve({ orderId, lines }, metaFor());
    return { orderId, fulfillmentId, shipmentId, lines, location };
  };
  const levelsOf = async (sku: string) => (await one.availabilities.of([sku])).items[0];

  it('goes from the network to a location, out of the door, and back as a return where it was received', async () => {
    await stocked(one, 'LIFE', { BOOK: 5 });
    await one.locations.change('BACK', place, metaFor());
    const claim = await fulfill('BOOK', 'LIFE');
    expect(await levelsOf('BOOK')).toMatchObject({ onHand: 5, reserved: 2, allocated: 0, atp: 3 });
    await one.reservations.allocate(claim, metaFor());
    expect(await levelsOf('BOOK')).toMatchObject({ onHand: 5, reserved: 0, allocated: 2, atp: 3 });
    await one.reservations.issue(claim, metaFor());
    expect(await levelsOf('BOOK')).toMatchObject({ onHand: 3, reserved: 0, allocated: 0, atp: 3 });
    const returned = { orderId: claim.orderId, returnId: newId(), lineId: '1', sku: 'BOOK', quantity: 1, location: 'BACK' };
    await one.reservations.restock({ ...returned, disposition: 'restock', gradingId: 'g1' }, metaFor());
    await one.reservations.restock({ ...returned, disposition: 'quarantine', gradingId: 'g2' }, metaFor());
    expect(await levelsOf('BOOK')).toMatchObject({
      onHand: 4,
      atp: 4,
      locations: [
        { location: 'BACK', onHand: 1, unavailable: 1, atp: 1 },
        { location: 'LIFE', onHand: 3, atp: 3 },
      ],
    });
  });

  it('is refused by a location that has not enough, and brokered to another', async () => {
    await stocked(one, 'FEW', { LAMP: 1 });
    await stocked(one, 'MANY', { LAMP: 3 });
    const claim = await fulfill('LAMP', 'FEW');
    const { events } = await one.reservations.allocate(claim, metaFor());
    expect(events).toMatchObject([{ type: 'AllocationRefused', data: { short: [{ sku: 'LAMP', requested: 2, available: 1 }] } }]);
    await one.reservations.allocate({ ...claim, fulfillmentId: newId(), location: 'MANY' }, metaFor());
    expect(await levelsOf('LAMP')).toMatchObject({ reserved: 0, allocated: 2, locations: [{ allocated: 0 }, { allocated: 2 }] });
  });

  it('is given back by a rejected fulfilment, and by a cancelled order for good', async () => {
    await stocked(one, 'REJECTS', { VASE: 2 });
    const claim = await fulfill('VASE', 'REJECTS');
    await one.reservations.allocate(claim, metaFor());
    await one.reservations.releaseAllocation({ ...claim, reason: { code: 'not-found-on-shelf', by: 'operator' } }, metaFor());
    expect(await levelsOf('VASE')).toMatchObject({ reserved: 2, allocated: 0, atp: 0 });
    await one.reservations.end({ orderId: claim.orderId, reason: { code: 'order-cancelled', by: 'customer' } }, metaFor());
    expect(await levelsOf('VASE')).toMatchObject({ reserved: 0, allocated: 0, atp: 2 });
    const { events } = await one.reservations.allocate({ ...claim, fulfillmentId: newId() }, metaFor());
    expect(events).toMatchObject([{ type: 'AllocationRefused', data: { short: [{ sku: 'VASE', requested: 2, available: 0 }] } }]);
  });

  it('changes nothing when the same fact comes again, to either process', async () => {
    await stocked(one, 'TWICE', { CLOCK: 9 });
    const claim = await fulfill('CLOCK', 'TWICE');
    const meta = metaFor();
    const answers = await Promise.all([one, other, one, other].map(({ reservations }) => reservations.allocate(claim, meta)));
    expect(answers.flatMap(({ events }) => events)).toHaveLength(1);
    expect(await outcomeOf(one, claim.orderId)).toEqual(['StockReserved', 'StockAllocated']);
  });

  it('waits for facts that come too early', async () => {
    await stocked(one, 'EARLY', { CHAIR: 9 });
    const claim = await fulfill('CHAIR', 'EARLY');
    await expect(one.reservations.issue(claim, metaFor())).rejects.toMatchObject({ kind: 'unknown' });
    await expect(one.reservations.allocate({ ...claim, orderId: newId() }, metaFor())).rejects.toMatchObject({ kind: 'unknown' });
  });
});

describe('a batch', () => {
  it('does not lose the good orders for a refused one, and numbers each order’s events without gaps', async () => {
    await stocked(one, 'MIXED', { PEN: 50 });
    const all = orders(20);
    const bad = one.reservations
      .end({ orderId: newId(), reason: { code: 'order-cancelled', by: 'customer' } }, metaFor())
      .catch((error: unknown) => error);
    const good = all.map((orderId) => one.reservations.reserve({ orderId, lines: [lineOf('PEN', 1)] }, metaFor()));
    const early = all.map((orderId) => one.reservations.end({ orderId, reason: { code: 'order-cancelled', by: 'customer' } }, metaFor()));
    expect(await bad).toMatchObject({ code: 'RESERVATION_UNKNOWN' });
    await Promise.all([...good, ...early]);
    const streams = await one.store.readMany(all.map((orderId) => `reservation-${orderId}`));
    for (const { events } of streams)
      expect(events.map(({ type, meta }) => [type, meta.sequence])).toEqual([
        ['StockReserved', 1],
        ['DemandChanged', undefined],
        ['StockReleased', 2],
      ]);
    expect(await atpOf(one, 'PEN')).toBe(50);
  });

  it('leaves neither event nor row behind when its transaction dies before the commit', async () => {
    await stocked(one, 'CRASH', { BELL: 3 });
    const [orderId = ''] = orders(1);
    const lines = [lineOf('BELL', 1)];
    await one.pool.query(`alter table stock_movement add constraint crash check (sku <> 'BELL' or kind <> 'StockReserved')`);
    await expect(one.reservations.reserve({ orderId, lines }, metaFor())).rejects.toThrow('crash');
    expect(await outcomeOf(one, orderId)).toEqual([]);
    expect(await atpOf(one, 'BELL')).toBe(3);
    await one.pool.query('alter table stock_movement drop constraint crash');
    await one.reservations.reserve({ orderId, lines }, metaFor());
    expect(await outcomeOf(one, orderId)).toEqual(['StockReserved']);
  });
});
