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

const reason = { code: 'broken-box', by: 'operator', actor: 'clerk' } as const;
const figures = async (sku: string) => (await one.availabilities.of([sku])).items[0]?.locations[0];

/** Goods that came back and are set aside. */
const setAside = async (sku: string, quantity: number): Promise<void> => {
  await stocked(one, 'RET', { [sku]: quantity });
  const [orderId, fulfillmentId] = [newId(), newId()];
  const lines = [lineOf(sku, quantity)];
  await one.reservations.reserve({ orderId, lines }, metaFor());
  await one.reservations.allocate({ orderId, fulfillmentId, location: 'RET', lines }, metaFor());
  await one.reservations.issue({ orderId, fulfillmentId, shipmentId: newId(), lines }, metaFor());
  const back = { orderId, returnId: newId(), gradingId: newId(), lineId: '1', location: 'RET', disposition: 'quarantine' };
  await one.reservations.restock({ ...back, sku, quantity }, metaFor());
};
const disposing = (sku: string, quantity: number, outcome: string, more: object = {}) =>
  one.stocks.dispose({ location: 'RET', sku, quantity, outcome, reason, ...more }, metaFor());

it('what is fit again can be sold, and goes to those who wait; what is sold off or destroyed leaves the books, and both are explained', async () => {
  await setAside('LAMP', 5);
  const waiter = newId();
  await one.reservations.reserve({ orderId: waiter, lines: [lineOf('LAMP', 1)] }, metaFor());
  await disposing('LAMP', 2, 'refurbished');
  await disposing('LAMP', 1, 'liquidated', { proceeds: { amount: 1_250, currency: 'GBP' } });
  await disposing('LAMP', 1, 'destroyed');
  expect(await figures('LAMP')).toMatchObject({ onHand: 2, unavailable: 1 });
  expect((await one.availabilities.of(['LAMP'])).items).toMatchObject([{ reserved: 1, atp: 1 }]);
  const said = (await one.explanations.movements({ sku: 'LAMP', location: 'RET', limit: 50 })).map(({ sentence }) => sentence);
  expect(said.slice(0, 3)).toEqual([
    '1 unit at RET that was not fit to be sold left the books: broken-box.',
    '1 unit at RET that was not fit to be sold left the books: broken-box.',
    '2 units at RET that were not fit to be sold can be sold again: broken-box.',
  ]);
});

it('no more leaves than is set aside, and nothing that can be sold', async () => {
  await setAside('VASE', 2);
  await stocked(one, 'RET', { VASE: 5 });
  await expect(disposing('VASE', 3, 'destroyed')).rejects.toMatchObject({ code: 'STOCK_INSUFFICIENT' });
  await expect(
    one.stocks.dispose({ location: 'NOWHERE', sku: 'VASE', quantity: 1, outcome: 'destroyed', reason }, metaFor()),
  ).rejects.toMatchObject({
    code: 'LOCATION_UNKNOWN',
  });
  expect(await figures('VASE')).toMatchObject({ onHand: 5, unavailable: 2 });
});

it('is booked once, however often it is told, and two that want the same units do not both get them', async () => {
  await setAside('JUG', 3);
  const meta = metaFor();
  const disposal = { location: 'RET', sku: 'JUG', quantity: 2, outcome: 'destroyed', reason };
  const answers = [await one.stocks.dispose(disposal, meta), await inventory.processes[1].stocks.dispose(disposal, meta)];
  expect(answers.map(({ repeated }) => repeated)).toEqual([false, true]);
  const tries = await Promise.allSettled([disposing('JUG', 1, 'liquidated'), disposing('JUG', 1, 'refurbished')]);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
