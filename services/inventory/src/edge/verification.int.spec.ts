import { newId } from '@cartage/service-kit';
import { inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from './inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
  await stocked(one, 'V-1', { DRY: 5, SUM: 5, CLAIM: 5, WAIT: 5 });
  await one.reservations.reserve({ orderId: newId(), lines: [lineOf('CLAIM', 2)] }, metaFor());
  await one.reservations.reserve({ orderId: newId(), lines: [lineOf('WAIT', 9)] }, metaFor());
});
afterAll(() => inventory.close());

const driftsOf = async (sku: string) => (await one.verification.verify()).drifts.filter((each) => each.sku === sku);

describe('recounting all stock', () => {
  it('finds nothing where every row is the sum of what moved it', async () =>
    expect(await one.verification.verify()).toEqual({ asOf: expect.any(String), drifts: [] }));

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
      },
    ]));
});
