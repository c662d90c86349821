import type { LineQuantity } from '@cartage/contracts';
import { id, linesOf, now } from '../domain/brokering.fixture';
import { MemoryNetwork } from './network.fixture';
import type { OrderWaits } from './network';
import type { StockLeft } from './stock-offers';
import { meta, routingOn, type Bench } from './stock-offers.fixture';

const mug = linesOf(['MUG', 1]);
const from1To = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1);
const shop = async (network?: MemoryNetwork): Promise<Bench> => {
  const bench = routingOn(network);
  for (const location of ['A', 'B']) await bench.open(location);
  await bench.receive('A', 'MUG', 1, 0);
  return bench;
};
const goers = async (bench: Bench, orders: readonly number[]): Promise<readonly number[]> => {
  const gone = await Promise.all(orders.map(async (n) => ((await bench.shipped(n)).length > 0 ? [n] : [])));
  return gone.flat();
};
const fulfillmentOf = async ({ read }: Bench, order: number) => {
  const { state } = await read(id(order));
  const [one] = [...(state?.fulfillments.values() ?? [])];
  if (!one) throw new Error(`Order ${order} has no fulfilment.`);
  return one;
};
const pickShort = async (bench: Bench, order: number, short: readonly LineQuantity[]): Promise<void> => {
  const { fulfillmentId, location } = await fulfillmentOf(bench, order);
  const reason = { code: 'not-found', by: 'operator' };
  const missing = short.map((line) => ({ ...line, missing: [{ sku: line.sku, quantity: line.quantity }], reason }));
  const picked = { shipmentId: id(5), orderId: id(order), fulfillmentId, location, lines: [], short: missing, pickedAt: now };
  await bench.routing.pickedShort(picked, meta(`picked-${order}`));
};

it('what was short where it was picked goes from where stock is, though that is heard only afterwards', async () => {
  const bench = await shop();
  await bench.receive('A', 'MUG', 2, 1);
  await bench.confirm(1, mug);
  await bench.receive('A', 'MUG', 3, 0);
  await pickShort(bench, 1, mug);
  expect(await bench.unfilled(1)).toBe(1);
  await bench.receive('B', 'MUG', 1, 1);
  expect(await bench.shipped(1)).toEqual(['1: 1 from B']);
  expect(await bench.unfilled(1)).toBe(0);
  expect((await bench.read(id(1))).state?.fulfillments.size).toBe(2);
});

it('a location that did not find them is asked again only when more comes to it', async () => {
  const bench = await shop();
  await bench.receive('A', 'MUG', 2, 5);
  await bench.confirm(1, mug);
  await pickShort(bench, 1, mug);
  await bench.receive('B', 'TEE', 1, 1);
  await bench.confirm(2, linesOf(['MUG', 9]));
  await bench.receive('B', 'MUG', 1, 0);
  expect(await bench.shipped(1)).toEqual([]);
  await bench.receive('A', 'MUG', 3, 6);
  expect(await bench.shipped(1)).toEqual(['1: 1 from A']);
});

it('a location that would not ship them is not asked again, whatever comes to it; another one is', async () => {
  const bench = await shop();
  await bench.receive('A', 'MUG', 2, 1);
  await bench.confirm(1, mug);
  const { fulfillmentId, location, lines } = await fulfillmentOf(bench, 1);
  const cancelled = { shipmentId: id(5), orderId: id(1), fulfillmentId, location, lines, cancelledAt: now };
  await bench.routing.shipmentCancelled({ ...cancelled, reason: { code: 'damaged', by: 'operator' } }, meta('stopped'));
  await bench.receive('A', 'MUG', 3, 9);
  expect(await bench.shipped(1)).toEqual([]);
  await bench.receive('B', 'MUG', 1, 1);
  expect(await bench.shipped(1)).toEqual(['1: 1 from B']);
});

it('what the stock ledger refused goes from there after all, once there is more', async () => {
  const bench = await shop();
  await bench.receive('A', 'MUG', 2, 1);
  await bench.confirm(1, mug);
  const { fulfillmentId, location } = await fulfillmentOf(bench, 1);
  await bench.receive('A', 'MUG', 3, 0);
  const refusal = { orderId: id(1), fulfillmentId, location, short: [], levels: [], refusedAt: now };
  await bench.routing.allocationRefused(refusal, meta('refused'));
  expect(await bench.unfilled(1)).toBe(1);
  await bench.receive('A', 'MUG', 4, 1);
  expect(await bench.shipped(1)).toEqual(['1: 1 from A']);
});

it('gives three units to the three of many orders that wait longest, and asks few of the others', async () => {
  const bench = await shop();
  await Promise.all(from1To(120).map((n) => bench.confirm(n, mug)));
  const asked = jest.spyOn(bench.network, 'stocked');
  await bench.receive('B', 'MUG', 1, 3);
  expect(await goers(bench, from1To(120))).toEqual([1, 2, 3]);
  expect(asked.mock.calls.length).toBeLessThan(30);
  await bench.receive('B', 'MUG', 2, 0);
  await bench.receive('B', 'MUG', 3, 2);
  expect(await goers(bench, from1To(120))).toEqual([1, 2, 3, 4, 5]);
});

it('passes over whoever wants more than there is, or something else as well', async () => {
  const bench = await shop();
  await bench.receive('A', 'TEE', 1, 0);
  await bench.confirm(1, linesOf(['MUG', 4]));
  await bench.confirm(2, linesOf(['MUG', 1], ['TEE', 1]));
  await bench.confirm(3, linesOf(['MUG', 2]));
  await bench.confirm(4, mug);
  await bench.receive('B', 'MUG', 1, 3);
  expect(await goers(bench, from1To(4))).toEqual([3, 4]);
});

it('asks nobody of many who would not be given what came to a location that rejected them', async () => {
  const bench = await shop();
  await bench.receive('A', 'MUG', 2, 40);
  for (const n of from1To(30)) {
    await bench.confirm(n, mug);
    const { fulfillmentId, location, lines } = await fulfillmentOf(bench, n);
    const of = { shipmentId: id(5), orderId: id(n), fulfillmentId, location, lines, cancelledAt: now };
    await bench.routing.shipmentCancelled({ ...of, reason: { code: 'damaged', by: 'operator' } }, meta(`stopped-${n}`));
  }
  const asked = jest.spyOn(bench.network, 'stocked');
  await bench.receive('A', 'MUG', 3, 50);
  expect(asked).not.toHaveBeenCalled();
  await bench.receive('B', 'MUG', 1, 2);
  expect(await goers(bench, from1To(30))).toEqual([1, 2]);
});

it('does not give what one takes to the next, wherever else there is some', async () => {
  const bench = await shop();
  for (const n of from1To(5)) await bench.confirm(n, linesOf(['MUG', 2]));
  await bench.network.learnLevels([{ ...levelAt('A', 2, 4) }]);
  await bench.receive('B', 'MUG', 1, 4);
  const places = await Promise.all(from1To(4).map((n) => bench.shipped(n)));
  expect(places.flat().sort()).toEqual(['1: 2 from A', '1: 2 from A', '1: 2 from B', '1: 2 from B']);
  expect(await bench.shipped(5)).toEqual([]);
});
const levelAt = (location: string, revision: number, available: number) => ({
  ...{ sku: 'MUG', location, revision, onHand: available, allocated: 0, safetyStock: 0, available },
});

it('gives more than a hundred orders their turn one after the other', async () => {
  const bench = await shop();
  await Promise.all(from1To(110).map((n) => bench.confirm(n, mug)));
  await bench.receive('B', 'MUG', 1, 1_000);
  expect(await goers(bench, from1To(110))).toHaveLength(100);
  const [left] = await bench.deadlines.take({ now: new Date('2027-01-01'), until: new Date('2027-01-02'), limit: 9 });
  expect(left).toMatchObject({ name: 'StockLeft', data: { arrivals: [{ sku: 'MUG', location: 'B' }], after: { orderId: id(100) } } });
  const { arrivals, after } = left?.data as StockLeft;
  await bench.routing.stockArrived(arrivals, meta('left'), after);
  expect(await goers(bench, from1To(110))).toHaveLength(110);
});

it('goes on where a process died between learning of it and offering it', async () => {
  const bench = await shop();
  await bench.confirm(1, mug);
  await bench.network.learnLevels([levelAt('B', 1, 1)]);
  expect(await bench.shipped(1)).toEqual([]);
  await bench.receive('B', 'MUG', 1, 1);
  expect(await bench.shipped(1)).toEqual(['1: 1 from B']);
});

it('is brokered once by two processes that hear of stock at the same time, and by one that hears of it twice', async () => {
  const bench = await shop();
  const another = bench.process();
  for (const n of from1To(4)) await bench.confirm(n, mug);
  const arrivals = await bench.network.learnLevels([levelAt('A', 2, 2)]);
  await Promise.all([bench.receive('B', 'MUG', 1, 2), another.stockArrived(arrivals, meta('A/MUG/2'))]);
  await bench.receive('B', 'MUG', 1, 2);
  for (const n of from1To(4)) expect(await bench.shipped(n)).toHaveLength(1);
});

/** Something happens just before it is remembered who waits. */
class Late extends MemoryNetwork {
  meanwhile: (() => Promise<void>) | undefined;
  override async wait(waits: OrderWaits): Promise<void> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    return super.wait(waits);
  }
}

it('finds what came between what was known and that it was remembered who waits', async () => {
  const network = new Late();
  const bench = await shop(network);
  network.meanwhile = () => bench.receive('B', 'MUG', 1, 1);
  await bench.confirm(1, mug);
  expect(await bench.shipped(1)).toEqual(['1: 1 from B']);
  expect(await bench.unfilled(1)).toBe(0);
});

it('remembers who waits, though the process that decided it died before it did', async () => {
  const network = new Late();
  const bench = await shop(network);
  network.meanwhile = () => Promise.reject(new Error('killed'));
  await expect(bench.confirm(1, mug)).rejects.toThrow('killed');
  await bench.confirm(1, mug);
  await bench.receive('B', 'MUG', 1, 1);
  expect(await bench.shipped(1)).toEqual(['1: 1 from B']);
});

it('offers what a location has once it is opened', async () => {
  const bench = await shop();
  await bench.open('C', { active: false });
  await bench.confirm(1, mug);
  await bench.receive('C', 'MUG', 1, 1);
  expect(await bench.shipped(1)).toEqual([]);
  await bench.open('C', { revision: 2 });
  expect(await bench.shipped(1)).toEqual(['1: 1 from C']);
});

it('offers nothing to what is held, and does when it is released', async () => {
  const bench = await shop();
  await bench.confirm(1, mug);
  const hold = { orderId: id(1), holdId: id(7), type: 'fraud', reason: { code: 'fraud', by: 'operator' }, appliedAt: now };
  await bench.routing.holdApplied(hold, meta('held'));
  await bench.receive('B', 'MUG', 1, 1);
  expect(await bench.shipped(1)).toEqual([]);
  const release = { orderId: id(1), holdId: id(7), type: 'fraud', resolution: 'cleared', by: 'operator', releasedAt: now };
  await bench.routing.holdReleased(release, meta('released'));
  expect(await bench.shipped(1)).toEqual(['1: 1 from B']);
});

it('forgets an order that is cancelled', async () => {
  const bench = await shop();
  await bench.confirm(1, mug);
  const cancelled = { orderId: id(1), lines: [], reason: { code: 'customer', by: 'customer' }, cancelledAt: now };
  await bench.routing.orderCancelled(cancelled, meta('cancelled'));
  await bench.receive('B', 'MUG', 1, 1);
  expect(await bench.network.waiting({ skus: ['MUG'], taken: [], limit: 9 })).toEqual([]);
});

it('asks nothing of who waits for an order that never did', async () => {
  const bench = await shop();
  await bench.receive('A', 'MUG', 2, 9);
  const [wait, waiting] = [jest.spyOn(bench.network, 'wait'), jest.spyOn(bench.network, 'waiting')];
  await bench.confirm(1, mug);
  await bench.receive('A', 'MUG', 3, 8);
  expect([wait.mock.calls, waiting.mock.calls]).toEqual([[], []]);
});
