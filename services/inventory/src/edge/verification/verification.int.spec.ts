import { newId } from '@cartage/service-kit';
import { inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from '../inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
const claimant = newId();

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
  await stocked(one, 'V-1', { DRY: 5, SUM: 5, CLAIM: 5, WAIT: 5 });
  await one.reservations.reserve({ orderId: claimant, lines: [lineOf('CLAIM', 2)] }, metaFor());
  await one.reservations.reserve({ orderId: newId(), lines: [lineOf('WAIT', 9)] }, metaFor());
});
afterAll(() => inventory.close());

const driftsOf = async (sku: string) => (await one.verification.verify()).drifts.filter((each) => each.sku === sku);

describe('recounting all stock', () => {
  it('finds nothing where every row is the sum of what moved it', async () =>
    expect(await one.verification.verify()).toEqual({ asOf: expect.any(String), checked: 8, drifts: [] }));

  it.each([
    ['a location', 'SUM', `update stock set on_hand = 4 where sku = 'SUM'`, ['location-and-movements', 'network-and-locations']],
    ['the network', 'DRY', `update network_stock set on_hand = 6 where sku = 'DRY'`, ['network-and-locations', 'network-and-movements']],
    ['a claim', 'CLAIM', `update reservation_line set reserved = 1, wanted = 1 where sku = 'CLAIM'`, ['network-and-claims']],
    ['the queue', 'WAIT', `update reservation_line set waiting = 1, wanted = 1 where sku = 'WAIT'`, ['queue']],
  ])('names the drift where %s was tampered with', async (_, sku, tampering, drifts) => {
    await one.pool.query(tampering);
    expect((await driftsOf(sku)).map(({ drift }) => drift)).toEqual(drifts);
  });

  it('says what the one says, and what the other', async () =>
    expect(await driftsOf('CLAIM')).toEqual([
      {
        drift: 'network-and-claims',
        sku: 'CLAIM',
        location: null,
        detail: 'reserved 2, allocated 0; the claims of orders add up to 1, 0',
        behind: [
          {
            reference: claimant,
            eventId: expect.any(String),
            at: expect.any(String),
            detail: 'its movements add up to 2 reserved, 0 allocated; its claim says 1, 0',
          },
        ],
      },
    ]));
});

describe('a repair', () => {
  const repair = async (sku: string) => (await one.repairs.repair(sku, metaFor())).answer;
  const tamper = (statement: string) => one.pool.query(statement);
  const eventsOf = async (stream: string) => (await one.store.readMany([stream]))[0]?.events ?? [];
  const fresh = async (sku: string, location = 'R-1'): Promise<string> => {
    const orderId = newId();
    await stocked(one, location, { [sku]: 5 });
    await one.reservations.reserve({ orderId, lines: [lineOf(sku, 2)] }, metaFor());
    return orderId;
  };

  it('tells units on hand that the log does not know as an adjustment, and loses claims on those that are not there', async () => {
    const orderId = await fresh('FEWER');
    await tamper(`update stock set on_hand = 1 where sku = 'FEWER'`);
    expect(await repair('FEWER')).toEqual({ sku: 'FEWER', adjustments: [{ location: 'R-1', quantity: -4 }], corrections: [], claims: [] });
    expect((await eventsOf('stock-R-1/FEWER')).at(-1)).toMatchObject({ type: 'StockAdjusted', data: { quantity: -4, cause: 'drift' } });
    expect((await eventsOf(`reservation-${orderId}`)).map(({ type }) => type)).toEqual(['StockReserved', 'StockReleased', 'StockShort']);
    expect(await driftsOf('FEWER')).toEqual([]);
  });

  it('offers units that the log did not know to those who wait', async () => {
    const orderId = newId();
    await stocked(one, 'R-1', { MORE: 1 });
    await one.reservations.reserve({ orderId, lines: [lineOf('MORE', 3)] }, metaFor());
    await tamper(`update stock set on_hand = 4 where sku = 'MORE'`);
    await repair('MORE');
    expect((await eventsOf(`reservation-${orderId}`)).map(({ type }) => type)).toEqual(['StockShort', 'StockReserved']);
    expect(await driftsOf('MORE')).toEqual([]);
  });

  it.each([
    ['sums of the network', 'SUMS', `update network_stock set reserved = 1, on_hand = 6 where sku = 'SUMS'`],
    ['what is unfit', 'UNFIT', `update stock set unavailable = 3 where sku = 'UNFIT'`],
    ['what is held back', 'HELD', `update stock set safety_stock = 2 where sku = 'HELD'`],
    ['a claim', 'LINE', `update reservation_line set reserved = 1, wanted = 1 where sku = 'LINE'`],
    ['a claim that is gone', 'GONE', `delete from reservation_line where sku = 'GONE'`],
  ])('sets %s right by the log, and the log says so', async (_, sku, statement) => {
    await fresh(sku);
    await tamper(statement);
    expect(await driftsOf(sku)).not.toEqual([]);
    const meta = metaFor();
    const first = await one.repairs.repair(sku, meta);
    expect(await one.repairs.repair(sku, meta)).toEqual({ ...first, repeated: true });
    expect(await eventsOf(`recount-${sku}`)).toMatchObject([{ type: 'StockRecounted', data: { sku } }]);
    expect(await driftsOf(sku)).toEqual([]);
  });

  it('serves an order that waited for what is there', async () => {
    const orderId = newId();
    await stocked(one, 'R-1', { WAITS: 5 });
    await one.reservations.reserve({ orderId, lines: [lineOf('WAITS', 9)] }, metaFor());
    await tamper(`update reservation_line set waiting = 1, wanted = 1 where sku = 'WAITS'`);
    expect(await repair('WAITS')).toMatchObject({ claims: [orderId] });
    expect(await driftsOf('WAITS')).toEqual([]);
  });

  it('changes nothing where nothing drifted, and knows no SKU that never was', async () => {
    await fresh('SOUND');
    expect(await repair('SOUND')).toEqual({ sku: 'SOUND', adjustments: [], corrections: [], claims: [] });
    expect(await eventsOf('recount-SOUND')).toEqual([]);
    await expect(repair('NEVER')).rejects.toMatchObject({ code: 'SKU_UNKNOWN' });
  });

  it('is refused where movements were changed themselves, which is named', async () => {
    await fresh('ALTERED');
    await tamper(`update stock_movement set delta_on_hand = -5 where sku = 'ALTERED' and kind = 'StockReceived'`);
    expect((await driftsOf('ALTERED')).map(({ drift }) => drift)).toContain('movement-and-log');
    await expect(repair('ALTERED')).rejects.toMatchObject({ code: 'DRIFT_NOT_REPAIRABLE' });
  });

  it('tells again what was told wrong', async () => {
    await fresh('TOLD');
    await one.feed.catchUp(new AbortController().signal);
    await tamper(`update channel_availability set atp = 77 where sku = 'TOLD'`);
    expect(await driftsOf('TOLD')).toMatchObject([{ drift: 'announced', detail: 'others were told that 77 can be promised; it is 3' }]);
    await repair('TOLD');
    await one.feed.catchUp(new AbortController().signal);
    expect(await driftsOf('TOLD')).toEqual([]);
  });
});
