import type { LineQuantity } from '@cartage/contracts';
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

const reason = { code: 'changed-mind', by: 'customer' } as const;

const reserving = async (process: Process, lines: readonly LineQuantity[]): Promise<string> => {
  const orderId = newId();
  await process.reservations.reserve({ orderId, lines }, metaFor());
  return orderId;
};
/** What each order was told, the name of the event alone. */
const outcomesOf = async (orderIds: readonly string[]): Promise<readonly (readonly string[])[]> => {
  const streams = await one.store.readMany(orderIds.map((orderId) => `reservation-${orderId}`));
  return streams.map(({ events }) => events.map(({ type }) => type));
};
/** Who waits for a SKU, the first first: those who come at once may come in any order. */
const waitingFor = async (sku: string): Promise<readonly string[]> => {
  const { rows } = await one.pool.query<{ id: string }>(
    `select order_id as id from reservation_line where sku = $1 and waiting > 0 order by arrival`,
    [sku],
  );
  return rows.map(({ id }) => id);
};
const SHORT = ['StockShort'];
const SERVED = ['StockShort', 'StockReserved'];

describe('a flash sale', () => {
  it('holds 50 of 400 buyers, lets 350 wait, and serves the next 100 in order when 100 more come in', async () => {
    await stocked(one, 'SALE', { DROP: 50 });
    const buyers = Array.from({ length: 400 }, () => newId());
    await Promise.all(
      buyers.map((orderId, i) => (i % 2 ? one : other).reservations.reserve({ orderId, lines: [lineOf('DROP', 1)] }, metaFor())),
    );
    const waiting = await waitingFor('DROP');
    expect(waiting).toHaveLength(350);
    await other.stocks.receive({ location: 'SALE', lines: [{ sku: 'DROP', quantity: 100 }] }, metaFor());
    const outcomes = await outcomesOf(waiting);
    expect(outcomes.slice(0, 100)).toEqual(Array(100).fill(SERVED));
    expect(outcomes.slice(100)).toEqual(Array(250).fill(SHORT));
    expect((await one.availabilities.of(['DROP'])).items).toMatchObject([{ onHand: 150, reserved: 150, atp: 0 }]);
  });

  it('serves thousands who wait, however many come at once', async () => {
    await stocked(one, 'MANY', { CROWD: 1 });
    const buyers = Array.from({ length: 700 }, () => newId());
    await Promise.all(buyers.map((orderId) => one.reservations.reserve({ orderId, lines: [lineOf('CROWD', 1)] }, metaFor())));
    const waiting = await waitingFor('CROWD');
    await one.stocks.receive({ location: 'MANY', lines: [{ sku: 'CROWD', quantity: 650 }] }, metaFor());
    const outcomes = await outcomesOf(waiting);
    expect(outcomes.slice(0, 650)).toEqual(Array(650).fill(SERVED));
    expect(outcomes.slice(650)).toEqual(Array(49).fill(SHORT));
  });
});

describe('those who wait', () => {
  const arrivals: readonly [string, (sku: string, location: string) => Promise<unknown>][] = [
    ['is received', (sku, location) => one.stocks.receive({ location, lines: [{ sku, quantity: 2 }] }, metaFor())],
    ['is found', (sku, location) => one.stocks.adjust({ location, sku, quantity: 2, cause: 'found' }, metaFor())],
    ['is held back no more', (sku, location) => one.stocks.holdBack({ location, sku, safetyStock: 0 }, metaFor())],
    [
      'came back and can be sold again',
      (sku, location) => {
        const returned = { orderId: newId(), returnId: newId(), gradingId: newId(), lineId: '1', disposition: 'restock' };
        return one.reservations.restock({ ...returned, sku, location, quantity: 2 }, metaFor());
      },
    ],
    ['stands at a location that opens', (_, location) => one.locations.change(`${location}-B`, place, metaFor())],
  ];

  it.each(arrivals)('are served when stock %s', async (how, arrive) => {
    const sku = `ARRIVES-${how}`;
    const location = `L-${arrivals.findIndex(([each]) => each === how)}`;
    await stocked(one, location, { [sku]: 2 });
    await one.stocks.holdBack({ location, sku, safetyStock: 2 }, metaFor());
    await stocked(one, `${location}-B`, { [sku]: 2 });
    await one.locations.change(`${location}-B`, { ...place, active: false }, metaFor());
    const orderId = await reserving(one, [lineOf(sku, 2)]);
    expect(await outcomesOf([orderId])).toEqual([SHORT]);
    await arrive(sku, location);
    expect(await outcomesOf([orderId])).toEqual([SERVED]);
  });

  it('are served by what another order gives back, in the same transaction', async () => {
    await stocked(one, 'GIVES', { GIVEN: 3 });
    const holder = await reserving(one, [lineOf('GIVEN', 3)]);
    const [first, second] = [await reserving(other, [lineOf('GIVEN', 2)]), await reserving(one, [lineOf('GIVEN', 1)])];
    await one.reservations.change({ orderId: holder, lines: [lineOf('GIVEN', -2)], reason }, metaFor());
    expect(await outcomesOf([first, second])).toEqual([SERVED, SHORT]);
    await one.reservations.end({ orderId: holder, reason }, metaFor());
    expect(await outcomesOf([second])).toEqual([SERVED]);
  });

  it('are passed by those for whom it is enough, and keep their place', async () => {
    await stocked(one, 'FITS', { FITTING: 1 });
    const large = await reserving(one, [lineOf('FITTING', 5)]);
    const small = await reserving(one, [lineOf('FITTING', 1)]);
    const next = await reserving(one, [lineOf('FITTING', 5)]);
    expect(await outcomesOf([large, small, next])).toEqual([SHORT, ['StockReserved'], SHORT]);
    await one.stocks.receive({ location: 'FITS', lines: [{ sku: 'FITTING', quantity: 5 }] }, metaFor());
    expect(await outcomesOf([large, next])).toEqual([SERVED, SHORT]);
  });

  it('wait for a SKU that nobody has ever seen, too', async () => {
    const orderId = await reserving(one, [lineOf('UNSEEN', 1)]);
    await stocked(one, 'FIRST', { UNSEEN: 1 });
    expect(await outcomesOf([orderId])).toEqual([SERVED]);
  });

  it('miss nothing that comes in while they are told to wait', async () => {
    await one.locations.change('CROSS', place, metaFor());
    const skus = Array.from({ length: 12 }, (_, i) => `CROSSING-${i}`);
    const orderIds = await Promise.all(
      skus.map(async (sku) => {
        const [orderId] = await Promise.all([
          reserving(one, [lineOf(sku, 1)]),
          other.stocks.receive({ location: 'CROSS', lines: [{ sku, quantity: 1 }] }, metaFor()),
        ]);
        return orderId;
      }),
    );
    for (const outcome of await outcomesOf(orderIds)) expect(outcome.at(-1)).toBe('StockReserved');
  });

  it('take the units that are there, if the customer so wants, and the rest later', async () => {
    await stocked(one, 'SPLIT', { PARTS: 2 });
    const orderId = await reserving(one, [lineOf('PARTS', 5)]);
    await one.reservations.split({ orderId, lineIds: ['1'] }, metaFor());
    expect((await one.availabilities.of(['PARTS'])).items).toMatchObject([{ reserved: 2, atp: 0 }]);
    await one.stocks.receive({ location: 'SPLIT', lines: [{ sku: 'PARTS', quantity: 4 }] }, metaFor());
    expect((await one.availabilities.of(['PARTS'])).items).toMatchObject([{ reserved: 5, atp: 1 }]);
  });
});

describe('what could stand in for what is short', () => {
  const item = (group: string) => ({ title: 'x', status: 'active', returnable: true, substitutionGroup: group }) as const;
  const shortOf = async (orderId: string) =>
    (await one.store.readMany([`reservation-${orderId}`]))[0]?.events.flatMap(({ type, data }) =>
      type === 'StockShort' ? (data as { readonly short: readonly object[] }).short : [],
    );

  it('is what there is of its group, most of it first, and never what is short itself or sold no more', async () => {
    for (const sku of ['G-A', 'G-B', 'G-C', 'G-D']) await one.items.describe(sku, item('g'), metaFor());
    await one.items.describe('G-OLD', { ...item('g'), status: 'discontinued' }, metaFor());
    await one.items.describe('G-ALONE', item('alone'), metaFor());
    await stocked(one, 'GROUP', { 'G-B': 2, 'G-C': 5, 'G-OLD': 9, 'G-A': 1 });
    const orderId = await reserving(one, [lineOf('G-A', 4), lineOf('G-ALONE', 1, '2')]);
    expect(await shortOf(orderId)).toMatchObject([
      {
        sku: 'G-A',
        substitutes: [
          { sku: 'G-C', available: 5 },
          { sku: 'G-B', available: 2 },
        ],
      },
      expect.not.objectContaining({ substitutes: expect.anything() }),
    ]);
  });

  it('is told where a loss makes somebody short, too', async () => {
    for (const sku of ['H-A', 'H-B']) await one.items.describe(sku, item('h'), metaFor());
    await stocked(one, 'HURT', { 'H-A': 1, 'H-B': 3 });
    const orderId = await reserving(one, [lineOf('H-A', 1)]);
    await one.stocks.adjust({ location: 'HURT', sku: 'H-A', quantity: -1, cause: 'damage' }, metaFor());
    expect(await shortOf(orderId)).toMatchObject([{ sku: 'H-A', substitutes: [{ sku: 'H-B', available: 3 }] }]);
  });
});
