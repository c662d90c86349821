import { newId } from '@cartage/service-kit';
import type { StockClaim, StockInstant, Units } from '../app/explanation';
import { atpOf } from '../domain/stock';
import { inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from './inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
});
afterAll(() => inventory.close());

const columns = ['onHand', 'reserved', 'allocated', 'safetyStock', 'unavailable'] as const;
const sumOf = (rows: readonly Units[]) => new Map(columns.map((column) => [column, rows.reduce((sum, row) => sum + row[column], 0)]));
const figuresOf = (units: Units) => sumOf([units]);
const unitsOf = (claims: readonly StockClaim[]) => ({
  reserved: claims.reduce((sum, { reserved }) => sum + reserved, 0),
  allocated: claims.reduce((sum, { allocated }) => sum + allocated.reduce((units, each) => units + each.units, 0), 0),
});

/** A SKU with something of everything: 50 come in, 2 held back, orders reserve, one is allocated and issued in part, one unit is lost, one comes back. */
const lived = async (sku: string) => {
  const [waits, ships, gone] = [newId(), newId(), newId()];
  const [fulfillmentId, shipmentId] = [newId(), newId()];
  const { reservations, stocks } = one;
  await stocked(one, `${sku}-W`, { [sku]: 50 });
  await stocks.holdBack({ sku, location: `${sku}-W`, safetyStock: 2 }, metaFor());
  await reservations.reserve({ orderId: waits, lines: [lineOf(sku, 1)] }, metaFor());
  await reservations.reserve({ orderId: ships, lines: [lineOf(sku, 5), lineOf(sku, 2, '2')] }, metaFor());
  await reservations.allocate({ orderId: ships, fulfillmentId, location: `${sku}-W`, lines: [lineOf(sku, 5)] }, metaFor());
  await reservations.issue({ orderId: ships, fulfillmentId, shipmentId, lines: [lineOf(sku, 3)] }, metaFor());
  await reservations.reserve({ orderId: gone, lines: [lineOf(sku, 4)] }, metaFor());
  await reservations.end({ orderId: gone, reason: { code: 'changed-mind', by: 'customer' } }, metaFor());
  await stocks.adjust({ sku, location: `${sku}-W`, quantity: -1, cause: 'loss', reference: 'CS-1' }, metaFor());
  const returned = { orderId: ships, returnId: newId(), gradingId: newId(), lineId: '1', sku, quantity: 1, location: `${sku}-W` };
  await reservations.restock({ ...returned, disposition: 'quarantine' }, metaFor());
  return { waits, ships, gone, fulfillmentId };
};

const expectExact = async (sku: string, asOf?: StockInstant, location?: string): Promise<number> => {
  const shown = await one.explanations.of({ sku, asOf, location });
  expect(figuresOf(shown)).toEqual(sumOf(shown.movements));
  expect(shown.atp).toBe(atpOf(shown));
  expect(shown.safetyStock).toBe(shown.heldBack.reduce((sum, { units }) => sum + units, 0));
  const claims = await one.explanations.claims({ sku, asOf, location, limit: 200 });
  expect(unitsOf(claims)).toEqual({ reserved: shown.reserved, allocated: shown.allocated });
  return shown.atp;
};

describe('why ATP is what it is', () => {
  it('is told by movement and claim, and adds up to the ledger', async () => {
    const { waits, ships, fulfillmentId } = await lived('WHY');
    const [figures] = (await one.availabilities.of(['WHY'])).items;
    const shown = await one.explanations.of({ sku: 'WHY' });
    expect(shown).toMatchObject({ location: null, onHand: 46, reserved: 3, allocated: 2, safetyStock: 2, unavailable: 1, atp: 39 });
    expect(figures).toMatchObject({ onHand: 46, reserved: 3, allocated: 2, safetyStock: 2, atp: 39 });
    expect(shown.sentence).toBe('39 of WHY can be promised: 46 on hand, less 3 reserved, 2 allocated and 2 held back.');
    expect(shown.movements.map(({ sentence }) => sentence)).toEqual([
      '1 receipt: 50 more on hand.',
      '1 change of safety stock: 2 more held back.',
      '3 reservations: 12 more reserved.',
      '1 allocation: 5 fewer reserved, 5 more allocated.',
      '1 issue: 3 fewer on hand, 3 fewer allocated.',
      '1 reservation given back (changed-mind): 4 fewer reserved.',
      '1 adjustment (loss): 1 fewer on hand.',
      '1 returned unit booked: 1 more not fit to be sold.',
    ]);
    expect(shown.heldBack).toEqual([{ location: 'WHY-W', units: 2 }]);
    const claims = await one.explanations.claims({ sku: 'WHY', limit: 10 });
    expect(new Map(claims.map(({ orderId, reserved, allocated }) => [orderId, { reserved, allocated }]))).toEqual(
      new Map([
        [waits, { reserved: 1, allocated: [] }],
        [ships, { reserved: 2, allocated: [{ location: 'WHY-W', fulfillmentId, units: 2 }] }],
      ]),
    );
    expect(await expectExact('WHY')).toBe(39);
  });

  it('is told of one location, where claims on the network are no matter', async () => {
    await lived('HERE');
    const shown = await one.explanations.of({ sku: 'HERE', location: 'HERE-W' });
    expect(shown).toMatchObject({ location: 'HERE-W', onHand: 46, reserved: 0, allocated: 2, safetyStock: 2, unavailable: 1, atp: 42 });
    expect(shown.sentence).toBe('42 of HERE can be promised at HERE-W: 46 on hand, less 2 allocated and 2 held back.');
    expect(await expectExact('HERE', undefined, 'HERE-W')).toBe(42);
    await expect(one.explanations.of({ sku: 'HERE', location: 'NOWHERE' })).rejects.toMatchObject({ code: 'LOCATION_UNKNOWN' });
  });

  it('is exact after every movement, by its position and by its time, as it was told then', async () => {
    await lived('THEN');
    const movements = await one.explanations.movements({ sku: 'THEN', limit: 200 });
    expect(movements).toHaveLength(10);
    for (const { position, atp } of movements) expect(await expectExact('THEN', { position })).toBe(atp);
    expect(await expectExact('THEN', { time: '2001-01-01T00:00:00.000Z' })).toBe(0);
    expect(await expectExact('THEN', { time: new Date().toISOString() })).toBe(movements[0]?.atp);
  });

  it('says what happened between two instants, and it adds up to the difference', async () => {
    await lived('DIFF');
    const movements = await one.explanations.movements({ sku: 'DIFF', limit: 200 });
    const [from, to] = [movements[7], movements[3]].map((movement) => ({ position: movement?.position ?? '' }));
    const told = await one.explanations.between({ sku: 'DIFF', from: from ?? { position: '' }, to });
    const sums = sumOf(told.movements);
    for (const column of columns) expect(told.to[column] - told.from[column]).toBe(sums.get(column));
    expect(told.to.atp - told.from.atp).toBe((movements[3]?.atp ?? 0) - (movements[7]?.atp ?? 0));
    const between = await one.explanations.movements({ sku: 'DIFF', from, asOf: to, limit: 200 });
    expect(between.map(({ id }) => id)).toEqual(movements.slice(3, 7).map(({ id }) => id));
  });

  it('tells each movement in plain words, with what it was for', async () => {
    const { ships, gone, fulfillmentId } = await lived('SAID');
    const movements = await one.explanations.movements({ sku: 'SAID', limit: 200 });
    expect(movements.map(({ sentence }) => sentence)).toEqual([
      `1 unit of order ${ships} came back to SAID-W, not fit to be sold.`,
      '1 unit fewer at SAID-W: loss (CS-1).',
      `4 units of order ${gone} are free again: changed-mind.`,
      `4 units reserved for order ${gone}.`,
      `3 units of order ${ships} left SAID-W (fulfilment ${fulfillmentId}).`,
      `5 units of order ${ships} are to ship from SAID-W (fulfilment ${fulfillmentId}).`,
      `7 units reserved for order ${ships}.`,
      expect.stringMatching(/^1 unit reserved for order/),
      'SAID-W holds back 2 units more.',
      '50 units came in at SAID-W.',
    ]);
    const page = await one.explanations.movements({ sku: 'SAID', after: movements[3]?.id, limit: 2 });
    expect(page.map(({ id }) => id)).toEqual([movements[4]?.id, movements[5]?.id]);
  });

  it('shows at once what a location brought or took with it when it opened or closed', async () => {
    await stocked(one, 'DOOR', { DOOR: 8 });
    await one.stocks.holdBack({ sku: 'DOOR', location: 'DOOR', safetyStock: 3 }, metaFor());
    await one.locations.change('DOOR', { ...place, active: false }, metaFor());
    expect(await one.explanations.of({ sku: 'DOOR' })).toMatchObject({ onHand: 0, safetyStock: 0, heldBack: [], atp: 0 });
    const here = await one.explanations.of({ sku: 'DOOR', location: 'DOOR' });
    expect(here).toMatchObject({ onHand: 8, safetyStock: 3, atp: 0 });
    expect(here.sentence).toBe('Nothing of DOOR can be promised at DOOR: it is closed. 8 are on hand.');
    await one.locations.change('DOOR', place, metaFor());
    expect(await expectExact('DOOR')).toBe(5);
    const [opened] = await one.explanations.movements({ sku: 'DOOR', limit: 1 });
    expect(opened?.sentence).toBe('DOOR opened: 8 units count from now on.');
  });

  it('refuses a position that the log does not have', async () =>
    expect(one.explanations.of({ sku: 'WHY', asOf: { position: '0000000999999999' } })).rejects.toMatchObject({ code: 'AS_OF_INVALID' }));
});
