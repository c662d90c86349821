import { newId } from '@cartage/service-kit';
import type { OrderedLine } from '../../domain/supply/purchase-order';
import { driftIn, inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from '../inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
let other: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one, other] = inventory.processes;
  await one.locations.change('LDN', place, metaFor());
});
afterEach(async () => expect(await driftIn(one)).toEqual([]));
afterAll(() => inventory.close());

const reason = { code: 'supplier-late', by: 'operator', actor: 'clerk' } as const;
const changedMind = { code: 'changed-mind', by: 'customer' } as const;
const day = (n: number): string => new Date(Date.UTC(2027, 0, n)).toISOString();

const line = (sku: string, quantity: number, expectedAt?: string, lineId = '1'): OrderedLine => ({
  ...{ lineId, sku, location: 'LDN', quantity },
  ...(expectedAt === undefined ? {} : { expectedAt }),
});
const ordering = (purchaseOrder: string, ...lines: readonly OrderedLine[]) =>
  one.purchaseOrders.order({ purchaseOrder, lines, reason }, metaFor());
const receiving = (purchaseOrder: string, units: Readonly<Record<string, number>>, final = false) => {
  const lines = Object.entries(units).map(([lineId, quantity]) => ({ lineId, quantity }));
  return one.purchaseOrders.receive({ purchaseOrder, lines, final, reason }, metaFor());
};
const wanting = async (sku: string, ...units: readonly number[]): Promise<readonly string[]> => {
  const orderIds: string[] = [];
  for (const quantity of units) {
    const orderId = newId();
    await other.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
    orderIds.push(orderId);
  }
  return orderIds;
};
/** What each order was told: the names of the facts, with their dates or units. */
const told = async (orderIds: readonly string[]): Promise<readonly (readonly string[])[]> => {
  const streams = await one.store.readMany(orderIds.map((orderId) => `reservation-${orderId}`));
  return streams.map(({ events }) => events.map((event) => wordOf(event.type, event.data as Readonly<Record<string, unknown>>)));
};
const wordOf = (type: string, data: Readonly<Record<string, unknown>>): string => {
  if (type === 'StockBackordered' || type === 'BackorderMoved') {
    const lines = data['lines'] as readonly { readonly promisedAt?: string }[];
    return [type, ...lines.map(({ promisedAt: at }) => (at === undefined ? 'unknown' : new Date(at).getUTCDate()))].join(' ');
  }
  return type;
};
const SHORT = 'StockShort';
const SERVED = 'StockReserved';

describe('those who wait', () => {
  it('are promised what is on order when they begin to wait, and when it is ordered: the first first', async () => {
    const [early = ''] = await wanting('A', 3);
    await ordering('PO-A', line('A', 5, day(9)), line('A', 2, day(12), '2'));
    const [late = '', large = '', last = ''] = await wanting('A', 3, 4, 1);
    expect(await told([early, late, large, last])).toEqual([
      [SHORT, 'StockBackordered 9'],
      [SHORT, 'StockBackordered 12'],
      [SHORT],
      [SHORT, 'StockBackordered 12'],
    ]);
    const [stream] = await one.store.readMany([`reservation-${late}`]);
    expect(stream?.events[0]?.data).toMatchObject({ short: [{ nextSupplyAt: day(9) }] });
  });

  it('are told when their date moves, when nobody knows any more, and when what is on order becomes less', async () => {
    await ordering('PO-B', line('B', 5, day(9)));
    const orders = await wanting('B', 3, 2);
    await ordering('PO-B', line('B', 5, day(14)));
    await ordering('PO-B', line('B', 4, day(14)));
    await ordering('PO-B', line('B', 4));
    await ordering('PO-B', line('B', 6, day(20)));
    expect(await told(orders)).toEqual([
      [SHORT, 'StockBackordered 9', 'BackorderMoved 14', 'BackorderMoved unknown', 'BackorderMoved 20'],
      [SHORT, 'StockBackordered 9', 'BackorderMoved 14', 'BackorderMoved unknown', 'BackorderMoved 20'],
    ]);
    await one.purchaseOrders.close({ purchaseOrder: 'PO-B', reason }, metaFor());
    expect((await told(orders)).map((words) => words.at(-1))).toEqual(['BackorderMoved unknown', 'BackorderMoved unknown']);
  });

  it('move up when one before them goes', async () => {
    await ordering('PO-C', line('C', 2, day(9)), line('C', 2, day(19), '2'));
    const [first = '', second = '', third = ''] = await wanting('C', 2, 2, 1);
    await one.reservations.end({ orderId: first, reason: changedMind }, metaFor());
    expect(await told([second, third])).toEqual([
      [SHORT, 'StockBackordered 19', 'BackorderMoved 9'],
      [SHORT, 'StockBackordered 19'],
    ]);
  });

  it('are promised nothing that comes to a location that is closed', async () => {
    await one.locations.change('SHUT', { ...place, active: false }, metaFor());
    await ordering('PO-D', { ...line('D', 5, day(9)), location: 'SHUT' });
    const orders = await wanting('D', 2);
    expect(await told(orders)).toEqual([[SHORT]]);
    await one.locations.change('SHUT', place, metaFor());
    expect(await told(orders)).toEqual([[SHORT, 'StockBackordered 9']]);
    await one.locations.change('SHUT', { ...place, active: false }, metaFor());
    expect(await told(orders)).toEqual([[SHORT, 'StockBackordered 9', 'BackorderMoved unknown']]);
  });

  it('keep what was promised to them, though many begin to wait at once: never more claims than units', async () => {
    await ordering('PO-E', line('E', 50, day(9)), line('E', 50, day(19), '2'));
    const orderIds = Array.from({ length: 150 }, () => newId());
    await Promise.all(
      orderIds.map((orderId, i) => (i % 2 ? one : other).reservations.reserve({ orderId, lines: [lineOf('E', 1)] }, metaFor())),
    );
    const words = (await told(orderIds)).map((each) => each.at(-1));
    const count = (word: string) => words.filter((each) => each === word).length;
    expect([count('StockBackordered 9'), count('StockBackordered 19'), count(SHORT)]).toEqual([50, 50, 50]);
  });
});

describe('what comes of a purchase order', () => {
  it('is for those who have a claim on it, in parts too; a line that waits for more keeps its place', async () => {
    await ordering('PO-F', line('F', 3, day(9)), line('F', 3, day(12), '2'));
    const [large = '', small = ''] = await wanting('F', 5, 1);
    await receiving('PO-F', { '1': 3 });
    expect(await told([large, small])).toEqual([
      [SHORT, 'StockBackordered 12', SERVED],
      [SHORT, 'StockBackordered 12'],
    ]);
    await receiving('PO-F', { '2': 3 });
    expect((await told([large, small])).map((words) => words.at(-1))).toEqual([SERVED, SERVED]);
    expect((await one.availabilities.of(['F'])).items).toMatchObject([{ onHand: 6, reserved: 6, atp: 0 }]);
  });

  it('serves more than had a date, if more comes than was ordered', async () => {
    await ordering('PO-G', line('G', 2, day(9)));
    const orders = await wanting('G', 2, 3);
    const { answer } = await receiving('PO-G', { '1': 5 });
    expect(answer).toMatchObject({ status: 'received', lines: [{ received: 5, outstanding: 0 }] });
    expect(await told(orders)).toEqual([
      [SHORT, 'StockBackordered 9', SERVED],
      [SHORT, SERVED],
    ]);
  });

  it('serves fewer if fewer come: who is left without knows it, if no more is to come', async () => {
    await ordering('PO-H', line('H', 5, day(9)));
    const orders = await wanting('H', 2, 3);
    await receiving('PO-H', { '1': 2 }, true);
    expect(await told(orders)).toEqual([
      [SHORT, 'StockBackordered 9', SERVED],
      [SHORT, 'StockBackordered 9', 'BackorderMoved unknown'],
    ]);
  });

  it('is booked once, however often it is told', async () => {
    await ordering('PO-I', line('I', 5, day(9)));
    const meta = metaFor();
    const receipt = { purchaseOrder: 'PO-I', lines: [{ lineId: '1', quantity: 3 }], final: false, reason };
    const [first, again] = [await one.purchaseOrders.receive(receipt, meta), await other.purchaseOrders.receive(receipt, meta)];
    expect([first.repeated, again.repeated, again.answer]).toEqual([false, true, first.answer]);
    expect((await one.availabilities.of(['I'])).items).toMatchObject([{ onHand: 3 }]);
  });

  it('comes to a location that is there', async () => {
    const there = { ...line('J', 1), location: 'NOWHERE' };
    await expect(ordering('PO-J', there)).rejects.toMatchObject({ code: 'LOCATION_UNKNOWN' });
  });
});

describe('what does not come in time', () => {
  it('is promised to nobody any more, until somebody says when it comes', async () => {
    await ordering('PO-K', line('K', 2, day(9)));
    const orders = await wanting('K', 2);
    const missed = { purchaseOrder: 'PO-K', expectedAt: day(9) };
    expect(await one.deadlines.nextAt()).toBeDefined();
    await one.purchaseOrders.miss(missed, metaFor());
    await other.purchaseOrders.miss(missed, metaFor());
    expect((await one.purchaseOrders.get('PO-K')).lines).toMatchObject([{ overdue: true, outstanding: 2 }]);
    expect(await told([...orders, ...(await wanting('K', 1))])).toEqual([[SHORT, 'StockBackordered 9', 'BackorderMoved unknown'], [SHORT]]);
    await ordering('PO-K', line('K', 2, day(15)));
    expect((await told(orders))[0]?.at(-1)).toBe('BackorderMoved 15');
  });

  it('is not missed when it came', async () => {
    await ordering('PO-L', line('L', 2, day(9)));
    await receiving('PO-L', { '1': 2 });
    await one.purchaseOrders.miss({ purchaseOrder: 'PO-L', expectedAt: day(9) }, metaFor());
    expect((await one.purchaseOrders.get('PO-L')).lines).toMatchObject([{ overdue: false }]);
  });
});

it('a line that comes to wait again, because its units were lost, takes its old place', async () => {
  await stocked(one, 'LOST', { M: 2 });
  const [first = '', second = ''] = await wanting('M', 2, 1);
  await ordering('PO-M', line('M', 2, day(9)));
  await one.stocks.adjust({ location: 'LOST', sku: 'M', quantity: -2, cause: 'loss' }, metaFor());
  expect((await told([first, second])).map((words) => words.slice(-2))).toEqual([
    [SHORT, 'StockBackordered 9'],
    ['StockBackordered 9', 'BackorderMoved unknown'],
  ]);
});

describe('a cart', () => {
  const keeping = async (sku: string, quantity: number): Promise<string> =>
    (await other.carts.reserve({ lines: [{ sku, quantity }], ttlMs: 60_000 }, metaFor())).cart.reservationId;

  it('is kept nothing of what those who wait have a date for: neither while it is on order, nor when it comes', async () => {
    await ordering('PO-N', line('N', 3, day(9)));
    const orders = await wanting('N', 2);
    await expect(keeping('N', 1)).rejects.toMatchObject({ code: 'STOCK_SHORT' });
    await receiving('PO-N', { '1': 2 });
    await expect(keeping('N', 1)).rejects.toMatchObject({ code: 'STOCK_SHORT' });
    expect(await told(orders)).toEqual([[SHORT, 'StockBackordered 9', SERVED]]);
    await receiving('PO-N', { '1': 1 });
    await keeping('N', 1);
    expect((await one.availabilities.of(['N'])).items).toMatchObject([{ onHand: 3, reserved: 3, atp: 0 }]);
  });

  it('that gives back what it kept serves who waits, and whoever is behind moves up', async () => {
    await stocked(one, 'LDN', { O: 1 });
    const cart = await keeping('O', 1);
    await ordering('PO-O', line('O', 1, day(9)), line('O', 1, day(19), '2'));
    const orders = await wanting('O', 1, 1);
    await other.carts.release(cart, metaFor());
    expect(await told(orders)).toEqual([
      [SHORT, 'StockBackordered 9', SERVED],
      [SHORT, 'StockBackordered 19', 'BackorderMoved 9'],
    ]);
  });

  it('that an order takes over leaves the dates of those who wait as they are', async () => {
    await stocked(one, 'LDN', { P: 2 });
    const cart = await keeping('P', 2);
    await ordering('PO-P', line('P', 1, day(9)));
    const orders = await wanting('P', 1);
    const orderId = newId();
    await one.reservations.reserve({ orderId, cart, lines: [lineOf('P', 2)] }, metaFor());
    expect(await told([...orders, orderId])).toEqual([[SHORT, 'StockBackordered 9'], [SERVED]]);
  });
});
