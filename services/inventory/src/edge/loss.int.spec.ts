import { newId } from '@cartage/service-kit';
import { driftIn, inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from './inventory.fixture';

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

const reserving = async (sku: string, quantity: number): Promise<string> => {
  const orderId = newId();
  await one.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
const allocating = async (sku: string, quantity: number, location: string): Promise<string> => {
  const orderId = await reserving(sku, quantity);
  await one.reservations.allocate({ orderId, fulfillmentId: newId(), location, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
const lose = (sku: string, location: string, quantity: number) =>
  one.stocks.adjust({ sku, location, quantity: -quantity, cause: 'count' }, metaFor());
const figures = async (sku: string) => (await one.availabilities.of([sku])).items[0];
const factsOf = async (orderId: string) => {
  const [stream] = await one.store.readMany([`reservation-${orderId}`]);
  return stream?.events ?? [];
};
const typesOf = async (orderId: string): Promise<readonly string[]> => (await factsOf(orderId)).map(({ type }) => type);
const HELD = ['StockReserved'];

describe('a count below what is claimed', () => {
  it('is booked: the order waits for the unit that is not there, and a unit elsewhere is promised once (P13)', async () => {
    await stocked(one, 'P13-A', { 'P13-MUG': 2 });
    const first = await allocating('P13-MUG', 2, 'P13-A');
    await lose('P13-MUG', 'P13-A', 1);
    expect(await figures('P13-MUG')).toMatchObject({ onHand: 1, allocated: 1, reserved: 0, atp: 0, locations: [{ onHand: 1, atp: 0 }] });
    expect((await one.explanations.movements({ sku: 'P13-MUG', limit: 1 }))[0]).toMatchObject({ onHand: -1, reason: 'count', atp: 0 });
    expect(await factsOf(first)).toMatchObject([
      { type: 'StockReserved' },
      { type: 'StockAllocated' },
      { type: 'AllocationReleased', data: { lines: [{ quantity: 1 }], reason: { code: 'stock-lost' }, levels: [{ allocated: 1 }] } },
      { type: 'StockReleased', data: { lines: [{ quantity: 1 }], reason: { code: 'stock-lost' } } },
      { type: 'StockShort', data: { short: [{ requested: 1, available: 0 }] } },
    ]);
    await stocked(one, 'P13-B', { 'P13-MUG': 1 });
    const second = await reserving('P13-MUG', 1);
    expect([(await typesOf(first)).at(-1), await typesOf(second)]).toEqual(['StockReserved', ['StockShort']]);
    expect(await figures('P13-MUG')).toMatchObject({ onHand: 2, allocated: 1, reserved: 1, atp: 0 });
  });

  it('takes from who ordered last, and no more than is not there', async () => {
    await stocked(one, 'LAST', { TOY: 6 });
    const [first, second, third] = [await reserving('TOY', 2), await reserving('TOY', 2), await reserving('TOY', 2)];
    await lose('TOY', 'LAST', 3);
    expect(await typesOf(first)).toEqual(HELD);
    expect(await typesOf(second)).toEqual(['StockReserved', 'StockReleased', 'StockShort']);
    expect(await typesOf(third)).toEqual(['StockReserved', 'StockReleased', 'StockShort']);
    expect(await figures('TOY')).toMatchObject({ onHand: 3, reserved: 3, atp: 0 });
  });

  it('takes from reservations first: what a location is to ship stays, as long as it is there', async () => {
    await stocked(one, 'PICKED', { CUP: 4 });
    const open = await reserving('CUP', 2);
    const picked = await allocating('CUP', 2, 'PICKED');
    await lose('CUP', 'PICKED', 2);
    expect(await typesOf(picked)).toEqual(['StockReserved', 'StockAllocated']);
    expect(await typesOf(open)).toEqual(['StockReserved', 'StockReleased', 'StockShort']);
  });

  it('turns an allocation into a reservation where another location has the units', async () => {
    await stocked(one, 'HERE', { PAN: 2 });
    await stocked(one, 'THERE', { PAN: 2 });
    const orderId = await allocating('PAN', 2, 'HERE');
    await lose('PAN', 'HERE', 2);
    expect(await typesOf(orderId)).toEqual(['StockReserved', 'StockAllocated', 'AllocationReleased']);
    expect(await figures('PAN')).toMatchObject({ onHand: 2, reserved: 2, allocated: 0, atp: 0 });
  });

  it('keeps the place of who loses: what comes in goes to them before those who waited from the start', async () => {
    await stocked(one, 'PLACE', { BAG: 2 });
    const loser = await reserving('BAG', 2);
    const waiter = await reserving('BAG', 1);
    await lose('BAG', 'PLACE', 2);
    await one.stocks.receive({ location: 'PLACE', lines: [{ sku: 'BAG', quantity: 2 }] }, metaFor());
    expect((await typesOf(loser)).at(-1)).toBe('StockReserved');
    expect(await typesOf(waiter)).toEqual(['StockShort']);
  });

  it('makes hundreds of orders wait at once', async () => {
    await stocked(one, 'BURNT', { WOOD: 450 });
    const buyers = Array.from({ length: 450 }, () => newId());
    await Promise.all(buyers.map((orderId) => one.reservations.reserve({ orderId, lines: [lineOf('WOOD', 1)] }, metaFor())));
    await lose('WOOD', 'BURNT', 430);
    expect(await figures('WOOD')).toMatchObject({ onHand: 20, reserved: 20, atp: 0 });
  });

  it('cannot be below nothing', () => expect(lose('NONE', 'BURNT', 1)).rejects.toMatchObject({ code: 'STOCK_INSUFFICIENT' }));
});

describe('a dispatch that crosses a booked loss', () => {
  const dispatched = async (sku: string, orderId: string, quantity: number): Promise<void> => {
    const allocation = (await factsOf(orderId)).find(({ type }) => type === 'StockAllocated');
    const { fulfillmentId } = allocation?.data as { fulfillmentId: string };
    await one.reservations.issue({ orderId, fulfillmentId, shipmentId: newId(), lines: [lineOf(sku, quantity)] }, metaFor());
  };

  it('is booked: the unit that was written off is found again, and the order waits for it no more', async () => {
    await stocked(one, 'CROSS', { JUG: 2 });
    const orderId = await allocating('JUG', 2, 'CROSS');
    await lose('JUG', 'CROSS', 1);
    await dispatched('JUG', orderId, 2);
    expect((await typesOf(orderId)).slice(-3)).toEqual(['StockShort', 'StockReserved', 'StockIssued']);
    expect(await figures('JUG')).toMatchObject({ onHand: 0, allocated: 0, reserved: 0, atp: 0 });
    const moves = await one.explanations.movements({ sku: 'JUG', limit: 5 });
    const found = moves.find(({ kind, onHand }) => kind === 'StockAdjusted' && onHand > 0);
    expect(found).toMatchObject({ reason: 'drift', onHand: 1, location: 'CROSS' });
  });

  it('takes no unit that another order is promised', async () => {
    await stocked(one, 'OTHERS', { POT: 3 });
    const other = await allocating('POT', 2, 'OTHERS');
    const orderId = await allocating('POT', 1, 'OTHERS');
    await lose('POT', 'OTHERS', 1);
    await dispatched('POT', orderId, 1);
    expect(await typesOf(other)).toEqual(['StockReserved', 'StockAllocated']);
    expect(await figures('POT')).toMatchObject({ onHand: 2, allocated: 2, reserved: 0 });
  });

  it('ends the claim that the order had got elsewhere meanwhile', async () => {
    await stocked(one, 'GONE', { CAN: 1 });
    await stocked(one, 'ELSEWHERE', { CAN: 1 });
    const orderId = await allocating('CAN', 1, 'GONE');
    await lose('CAN', 'GONE', 1);
    await dispatched('CAN', orderId, 1);
    expect(await figures('CAN')).toMatchObject({ onHand: 1, allocated: 0, reserved: 0, atp: 1 });
  });
});

describe('what a location says when it rejects a fulfilment', () => {
  const rejected = async (sku: string, location: string, effect: 'minus' | 'zero') => {
    const [orderId, fulfillmentId, lines] = [newId(), newId(), [lineOf(sku, 2)]];
    await one.reservations.reserve({ orderId, lines }, metaFor());
    await one.reservations.allocate({ orderId, fulfillmentId, location, lines }, metaFor());
    const reason = { code: 'not-found-on-shelf', by: 'operator' };
    await one.reservations.releaseAllocation({ orderId, fulfillmentId, reason }, metaFor());
    const [written, meta] = [{ location, lines, stockEffect: effect, detail: 'Rejected: not-found-on-shelf.', fulfillmentId }, metaFor()];
    await one.stocks.writeOff(written, meta);
    expect(await one.stocks.writeOff(written, meta)).toMatchObject({ repeated: true });
    return orderId;
  };

  it('is booked once: these units are not there', async () => {
    await stocked(one, 'REJ-A', { 'REJ-MUG': 5 });
    await rejected('REJ-MUG', 'REJ-A', 'minus');
    expect(await figures('REJ-MUG')).toMatchObject({ onHand: 3, reserved: 2, allocated: 0, atp: 1 });
    expect((await one.explanations.movements({ sku: 'REJ-MUG', limit: 1 }))[0]).toMatchObject({ onHand: -2, reason: 'loss' });
  });

  it('or nothing of it is: but for what others are to be sent from there; and who has no unit any more is short', async () => {
    await stocked(one, 'REJ-B', { 'REJ-TEE': 9 });
    await allocating('REJ-TEE', 3, 'REJ-B');
    const orderId = await rejected('REJ-TEE', 'REJ-B', 'zero');
    expect(await figures('REJ-TEE')).toMatchObject({ onHand: 3, reserved: 0, allocated: 3, atp: 0 });
    expect((await typesOf(orderId)).slice(-1)).toEqual(['StockShort']);
  });

  it('takes no more than is there', async () => {
    await stocked(one, 'REJ-C', { 'REJ-CAP': 2 });
    await rejected('REJ-CAP', 'REJ-C', 'minus');
    const lines = [lineOf('REJ-CAP', 4)];
    const again = {
      location: 'REJ-C',
      lines,
      stockEffect: 'minus',
      detail: 'Rejected: damaged.',
      fulfillmentId: newId(),
    } as const;
    await one.stocks.writeOff(again, metaFor());
    expect(await figures('REJ-CAP')).toMatchObject({ onHand: 0, atp: 0 });
  });
});

describe('what is not there when a fulfilment is picked', () => {
  const allocatedAt = async (location: string, sku: string, quantity: number) => {
    const [orderId, fulfillmentId, lines] = [newId(), newId(), [lineOf(sku, quantity)]];
    await one.reservations.reserve({ orderId, lines }, metaFor());
    await one.reservations.allocate({ orderId, fulfillmentId, location, lines }, metaFor());
    return { orderId, fulfillmentId };
  };
  const picked = async (
    { orderId, fulfillmentId }: Awaited<ReturnType<typeof allocatedAt>>,
    location: string,
    [sku, left, short]: readonly [string, number, number],
  ) => {
    const reason = { code: 'short-picked', by: 'operator' };
    const keeping = left > 0 ? [lineOf(sku, left)] : [];
    const [release, loss] = [metaFor(), metaFor()];
    const twice = async (): Promise<void> => {
      await one.reservations.releaseAllocation({ orderId, fulfillmentId, reason, keeping }, release);
      const lines = [{ sku, quantity: short }];
      await one.stocks.writeOff({ location, lines, stockEffect: 'minus', detail: 'Short pick: not-found.', fulfillmentId }, loss);
    };
    await twice();
    await twice();
  };

  it('is reserved elsewhere again, and lost where it is not; the rest stays claimed and leaves', async () => {
    await stocked(one, 'PICK-A', { 'PICK-MUG': 5 });
    await stocked(one, 'PICK-B', { 'PICK-MUG': 4 });
    const of = await allocatedAt('PICK-A', 'PICK-MUG', 3);
    await picked(of, 'PICK-A', ['PICK-MUG', 2, 1]);
    expect(await figures('PICK-MUG')).toMatchObject({ onHand: 8, allocated: 2, reserved: 1, atp: 5 });
    const elsewhere = { orderId: of.orderId, fulfillmentId: newId(), location: 'PICK-B', lines: [lineOf('PICK-MUG', 1)] };
    await one.reservations.allocate(elsewhere, metaFor());
    await one.reservations.issue({ ...of, shipmentId: newId(), lines: [lineOf('PICK-MUG', 2)] }, metaFor());
    expect(await figures('PICK-MUG')).toMatchObject({ onHand: 6, allocated: 1, reserved: 0, atp: 5 });
    expect(await typesOf(of.orderId)).toEqual(['StockReserved', 'StockAllocated', 'AllocationReleased', 'StockAllocated', 'StockIssued']);
  });

  it('ends the same where the rest had left before it was heard', async () => {
    await stocked(one, 'PICK-C', { 'PICK-CUP': 3 });
    const of = await allocatedAt('PICK-C', 'PICK-CUP', 3);
    await one.reservations.issue({ ...of, shipmentId: newId(), lines: [lineOf('PICK-CUP', 2)] }, metaFor());
    await picked(of, 'PICK-C', ['PICK-CUP', 2, 1]);
    expect(await figures('PICK-CUP')).toMatchObject({ onHand: 0, allocated: 0, reserved: 0, atp: 0 });
    expect((await typesOf(of.orderId)).slice(-1)).toEqual(['StockShort']);
  });
});
