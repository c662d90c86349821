import { newId } from '@cartage/service-kit';
import { driftIn, inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from '../inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
let other: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one, other] = inventory.processes;
  await one.locations.change('PAR', place, metaFor());
});
afterEach(async () => expect(await driftIn(one)).toEqual([]));
afterAll(() => inventory.close());

const reason = { code: 'not-needed', by: 'operator', actor: 'clerk' } as const;
const day = (n: number): string => new Date(Date.UTC(2027, 0, n)).toISOString();

const planned = async (from: string, sku: string, quantity: number, expectedAt?: string): Promise<string> => {
  const plan = { from, to: 'PAR', lines: [{ sku, quantity }], expectedAt };
  return (await one.transfers.plan(plan, metaFor())).answer.transferId;
};
const sent = async (from: string, sku: string, quantity: number, expectedAt?: string): Promise<string> => {
  const transferId = await planned(from, sku, quantity, expectedAt);
  await other.transfers.dispatch({ transferId }, metaFor());
  return transferId;
};
const receiving = (transferId: string, quantity: number, lost = 0) =>
  one.transfers.receive(
    {
      transferId,
      lines: quantity > 0 ? [{ lineId: '1', quantity }] : [],
      lost: lost > 0 ? [{ lineId: '1', quantity: lost, cause: 'damage' }] : [],
    },
    metaFor(),
  );
const wanting = async (sku: string, quantity: number): Promise<string> => {
  const orderId = newId();
  await other.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
const told = async (orderId: string): Promise<readonly string[]> => {
  const [stream] = await one.store.readMany([`reservation-${orderId}`]);
  return (stream?.events ?? []).map(({ type }) => type);
};
const figures = async (sku: string) => (await one.availabilities.of([sku])).items[0];

it('goods can be sold where they are until they leave, nowhere while they are on their way, and where they come to when they came', async () => {
  await stocked(one, 'A', { MUG: 5 });
  const transferId = await planned('A', 'MUG', 4, day(9));
  expect(await figures('MUG')).toMatchObject({ onHand: 5, atp: 5 });
  await one.transfers.dispatch({ transferId }, metaFor());
  expect(await figures('MUG')).toMatchObject({ onHand: 1, atp: 1 });
  await receiving(transferId, 3);
  expect(await figures('MUG')).toMatchObject({
    onHand: 4,
    locations: [
      { location: 'A', onHand: 1 },
      { location: 'PAR', onHand: 3 },
    ],
  });
  const { answer } = await receiving(transferId, 0, 1);
  expect(answer).toMatchObject({ status: 'closed', lines: [{ sent: 4, received: 3, lost: 1, inTransit: 0 }] });
  expect(await one.transfers.list({ location: 'PAR', status: 'closed', limit: 9 })).toMatchObject([{ transferId }]);
});

it('what is promised stays: what orders reserved or were allocated, and nobody else', async () => {
  await stocked(one, 'B', { BOWL: 5 });
  const orderId = await wanting('BOWL', 1);
  await one.reservations.allocate({ orderId, fulfillmentId: newId(), location: 'B', lines: [lineOf('BOWL', 1)] }, metaFor());
  await wanting('BOWL', 2);
  const tooMuch = await planned('B', 'BOWL', 3);
  await expect(one.transfers.dispatch({ transferId: tooMuch }, metaFor())).rejects.toMatchObject({ code: 'STOCK_PROMISED' });
  await one.transfers.dispatch({ transferId: tooMuch, lines: [{ lineId: '1', quantity: 2 }] }, metaFor());
  expect(await figures('BOWL')).toMatchObject({ onHand: 3, reserved: 2, allocated: 1, atp: 0 });
});

it('those who wait are promised what is on its way, are told when it comes later, and get it when it comes', async () => {
  await one.locations.change('SHUT', place, metaFor());
  await one.stocks.receive({ location: 'SHUT', lines: [{ sku: 'VASE', quantity: 4 }] }, metaFor());
  await one.locations.change('SHUT', { ...place, active: false }, metaFor());
  const orderId = await wanting('VASE', 2);
  const transferId = await sent('SHUT', 'VASE', 4, day(9));
  expect(await told(orderId)).toEqual(['StockShort', 'StockBackordered']);
  await one.transfers.reschedule({ transferId, expectedAt: day(12), reason }, metaFor());
  await one.transfers.onDue({ ...due(transferId, day(9)) }, metaFor());
  await one.transfers.onDue({ ...due(transferId, day(12)) }, metaFor());
  expect(await one.transfers.get(transferId)).toMatchObject({ overdue: true });
  await receiving(transferId, 3);
  expect(await told(orderId)).toEqual(['StockShort', 'StockBackordered', 'BackorderMoved', 'BackorderMoved', 'StockReserved']);
  expect(await figures('VASE')).toMatchObject({ onHand: 3, reserved: 2, atp: 1 });
});

const due = (transferId: string, expectedAt: string) => ({
  ...{ id: 'd', stream: `transfer-${transferId}`, name: 'TransferOverdue', dueAt: expectedAt, correlationId: 'c' },
  data: { transferId, expectedAt },
});

it('what is lost on the way is promised to nobody any more', async () => {
  await one.locations.change('SHUT', place, metaFor());
  await one.stocks.receive({ location: 'SHUT', lines: [{ sku: 'JUG', quantity: 2 }] }, metaFor());
  await one.locations.change('SHUT', { ...place, active: false }, metaFor());
  const orderId = await wanting('JUG', 2);
  const transferId = await sent('SHUT', 'JUG', 2, day(9));
  await receiving(transferId, 0, 1);
  expect(await told(orderId)).toEqual(['StockShort', 'StockBackordered', 'BackorderMoved']);
  await receiving(transferId, 1);
  const sentences = (await one.explanations.movements({ sku: 'JUG', location: 'PAR', limit: 9 })).map(({ sentence }) => sentence);
  expect(sentences).toEqual([
    `1 unit came to PAR from another location (${transferId}).`,
    `Units on the way to PAR were lost: damage (${transferId}).`,
  ]);
});

it('one that is cancelled moves nothing, and one that left cannot be', async () => {
  await stocked(one, 'C', { POT: 2 });
  const first = await planned('C', 'POT', 2);
  const { answer } = await one.transfers.cancel({ transferId: first, reason }, metaFor());
  expect(answer).toMatchObject({ status: 'cancelled' });
  const second = await sent('C', 'POT', 1);
  await expect(one.transfers.cancel({ transferId: second, reason }, metaFor())).rejects.toMatchObject({ code: 'TRANSFER_STATUS' });
  expect(await figures('POT')).toMatchObject({ onHand: 1 });
});

it('is booked once, however often it is told, and two that want the same units do not both get them', async () => {
  await stocked(one, 'D', { CUP: 3 });
  const [first, second] = [await planned('D', 'CUP', 2), await planned('D', 'CUP', 2)];
  const tries = await Promise.allSettled([
    one.transfers.dispatch({ transferId: first }, metaFor()),
    other.transfers.dispatch({ transferId: second }, metaFor()),
  ]);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const meta = metaFor();
  const [done] = await one.transfers.list({ status: 'in-transit', location: 'D', limit: 1 });
  const receipt = { transferId: String(done?.transferId), lines: [{ lineId: '1', quantity: 1 }], lost: [] };
  const answers = [await one.transfers.receive(receipt, meta), await other.transfers.receive(receipt, meta)];
  expect(answers.map(({ repeated }) => repeated)).toEqual([false, true]);
  expect(await figures('CUP')).toMatchObject({ onHand: 2 });
});

it('goes between locations that are there, and not as a kit', async () => {
  await stocked(one, 'E', { PAN: 2 });
  await expect(one.transfers.plan({ from: 'E', to: 'NOWHERE', lines: [{ sku: 'PAN', quantity: 1 }] }, metaFor())).rejects.toMatchObject({
    code: 'LOCATION_UNKNOWN',
  });
  const kit = [{ sku: 'PAN', quantity: 2, share: 1 }];
  await one.items.describe('PANS', { title: 'Pans', status: 'active', returnable: true, kit }, metaFor());
  await expect(planned('E', 'PANS', 1)).rejects.toMatchObject({ code: 'KIT_HAS_NO_STOCK' });
});
