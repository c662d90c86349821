import type { Personal, Sealed } from '@cartage/contracts';
import { handling, memoryStore, type EventStore, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { order, streamOf } from '../domain/order';
import type { Placement } from '../domain/placement';
import { facts } from '../domain/order.fixture';
import { recording } from './facts/recording';
import { createOrders } from './orders';
import { reading } from './reading';

/** A vault whose keys can be thrown away. */
const paperVault = () => {
  const keys = new Set<string>();
  const vault: Vault = {
    seal: async (key, personal) => (keys.add(key), { key, box: Buffer.from(JSON.stringify(personal)).toString('base64') }),
    open: async ({ key, box }: Sealed) => (keys.has(key) ? (JSON.parse(Buffer.from(box, 'base64').toString()) as Personal) : undefined),
  };
  return { vault, keys };
};

const setUp = (store: EventStore = memoryStore()) => {
  let ids = 0;
  const send = handling({ store, newId: () => `e${(ids += 1)}`, isPublic: (type) => type.startsWith('Order') }, order);
  const { vault, keys } = paperVault();
  const now = () => new Date('2026-11-23T10:00:00.000Z');
  const idFor = (...parts: readonly string[]) => parts.join('|');
  const orders = createOrders({ send, read: reading(store), vault, now, idFor, policies: { returns: 'returns-2026-11' } });
  return { store, orders, keys, record: recording({ send, now }) };
};

let commands = 0;
const meta = (commandId = `k${(commands += 1)}`, fingerprint?: string): Meta => ({
  commandId,
  correlationId: 'c',
  actor: 'spec',
  ...(fingerprint === undefined ? {} : { fingerprint }),
});

const placement: Placement = {
  channel: 'marketplace-x',
  externalOrderId: 'MX-1',
  currency: 'EUR',
  customer: { id: 'c-17', name: 'A. Customer', email: 'a@example.org' },
  shipTo: { lines: ['Rue 1'], city: 'Paris', postalCode: '75001', country: 'FR' },
  lines: [{ sku: 'MUG', quantity: 2, unitPrice: 500 }],
  payment: { method: 'card' },
  raw: { OrderId: 'MX-1', BuyerName: 'A. Customer' },
};

describe('placing an order of a channel', () => {
  it('makes one order of the same pair, also when it comes many times at once, and answers the same', async () => {
    const { orders, store } = setUp();
    const placed = await Promise.all(Array.from({ length: 20 }, () => orders.place(placement, meta())));
    const late = await orders.place(placement, meta());
    expect(new Set([...placed, late].map(({ receipt }) => JSON.stringify(receipt))).size).toBe(1);
    expect([...placed, late].filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await store.readMany([streamOf(late.receipt.orderId)]))[0]?.version).toBe(1);
  });

  it('answers a repeat as the first time, however far the order has come', async () => {
    const { orders, record } = setUp();
    const { receipt } = await orders.place(placement, meta());
    await record('RecordReservation', receipt.orderId, facts.reserved, meta());
    await record('RecordPayment', receipt.orderId, facts.authorized, meta());
    expect(await orders.place(placement, meta())).toMatchObject({ receipt, version: 1, repeated: true });
  });

  it('does not mind under which key or by which door the pair comes again', async () => {
    const { orders } = setUp();
    const first = await orders.place(placement, meta('key', 'fingerprint of the first'));
    expect(await orders.place(placement, meta('key', 'fingerprint of another'))).toMatchObject({ receipt: first.receipt, repeated: true });
  });

  it.each<[string, Partial<Placement>, readonly string[]]>([
    ['lines', { lines: [{ sku: 'MUG', quantity: 3, unitPrice: 500 }] }, ['totals', 'lines[0]']],
    ['a customer’s e-mail, which is sealed', { customer: { id: 'c-17', name: 'A. Customer', email: 'b@example.org' } }, ['customer.email']],
    ['an address, which is sealed', { shipTo: { ...placement.shipTo, lines: ['Rue 2'] } }, ['shipTo']],
  ])('refuses the same pair with other %s, names them and changes nothing', async (_, other, fields) => {
    const { orders, store } = setUp();
    const { receipt } = await orders.place(placement, meta());
    await expect(orders.place({ ...placement, ...other }, meta())).rejects.toMatchObject({
      code: 'CHANNEL_ORDER_DIFFERS',
      kind: 'conflict',
      errors: fields.map((field) => ({ field, code: 'DIFFERS' })),
    });
    expect((await store.readMany([streamOf(receipt.orderId)]))[0]?.version).toBe(1);
  });

  it('takes the channel’s message as a copy: a later one does not make it another order', async () => {
    const { orders } = setUp();
    await orders.place(placement, meta());
    const again = await orders.place({ ...placement, raw: { OrderId: 'MX-1', LastUpdate: 'later' } }, meta());
    expect(again.repeated).toBe(true);
    expect(await orders.personal(again.receipt.orderId)).toMatchObject({ raw: placement.raw });
  });

  it('writes nothing when the order is wrong', async () => {
    const { orders, store } = setUp();
    await expect(orders.place({ ...placement, currency: 'XYZ' }, meta())).rejects.toMatchObject({ code: 'ORDER_INVALID' });
    expect(await store.head()).toBe('');
  });

  it('costs one read and one write for a crowd', async () => {
    const store = memoryStore();
    const calls: string[] = [];
    const { orders } = setUp({
      ...store,
      readMany: (streams) => (calls.push('read'), store.readMany(streams)),
      appendMany: (writes) => (calls.push('append'), store.appendMany(writes)),
    });
    await Promise.all(Array.from({ length: 100 }, (_, n) => orders.place({ ...placement, externalOrderId: `MX-${n}` }, meta())));
    expect(calls).toEqual(['read', 'append']);
  });
});

describe('placing an order without a number of its own', () => {
  const { externalOrderId: _, ...unnumbered } = placement;

  it('is one order for one key, and another for another', async () => {
    const { orders } = setUp();
    const first = await orders.place(unnumbered, meta('a', 'f'));
    const [again, other] = [await orders.place(unnumbered, meta('a', 'f')), await orders.place(unnumbered, meta('b', 'f'))];
    expect(again.receipt).toEqual(first.receipt);
    expect(other.receipt.orderId).not.toBe(first.receipt.orderId);
  });

  it('refuses a key that comes again with another order', async () => {
    const { orders } = setUp();
    await orders.place(unnumbered, meta('a', 'f'));
    await expect(orders.place({ ...unnumbered, currency: 'USD' }, meta('a', 'g'))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('seals a guest’s data under a key of the order’s own', async () => {
    const { orders, keys } = setUp();
    const { receipt } = await orders.place({ ...unnumbered, customer: { name: 'Guest' } }, meta());
    expect([...keys]).toEqual([`guest-${receipt.orderId}`]);
  });
});

describe('what is personal in an order', () => {
  it('stands in the log only sealed, the channel’s message included', async () => {
    const { orders, store } = setUp();
    const { receipt } = await orders.place(placement, meta());
    const log = JSON.stringify(await store.readMany([streamOf(receipt.orderId)]));
    for (const personal of ['A. Customer', 'example.org', 'Rue 1', '75001', 'BuyerName']) expect(log).not.toContain(personal);
    expect(await orders.personal(receipt.orderId)).toMatchObject({ name: 'A. Customer', raw: { BuyerName: 'A. Customer' } });
  });

  it('is gone when the person was erased, and the order stays', async () => {
    const { orders, keys } = setUp();
    const { receipt } = await orders.place(placement, meta());
    keys.clear();
    await expect(orders.personal(receipt.orderId)).rejects.toMatchObject({ code: 'PERSONAL_ERASED' });
    expect(await orders.get(receipt.orderId)).toMatchObject({ status: 'placed', totals: { total: 1000 } });
  });
});

describe('reading an order', () => {
  it('shows it as it stands and as it stood, by version and by time', async () => {
    let clock = Date.parse('2026-11-23T10:00:00.000Z');
    const { orders, record } = setUp(memoryStore({ now: () => new Date((clock += 60_000)) }));
    const { orderId } = (await orders.place(placement, meta())).receipt;
    await record('RecordReservation', orderId, facts.reserved, meta());
    await record('RecordPayment', orderId, facts.authorized, meta());
    expect(await orders.get(orderId)).toMatchObject({ status: 'confirmed', version: 4, payment: { outcome: 'authorized', score: 10 } });
    expect(await orders.get(orderId, { version: 2 })).toMatchObject({ status: 'placed', version: 2, payment: { outcome: 'pending' } });
    expect(await orders.get(orderId, { time: '2026-11-23T10:01:30.000Z' })).toMatchObject({
      version: 1,
      changedAt: '2026-11-23T10:01:00.000Z',
    });
    await expect(orders.get(orderId, { time: '2026-11-23T09:00:00.000Z' })).rejects.toMatchObject({
      code: 'ORDER_UNKNOWN',
      kind: 'unknown',
    });
    expect(await orders.ofChannel('marketplace-x', 'MX-1')).toMatchObject({ orderId });
  });

  it('tells who did what and when, of the order and of each line', async () => {
    const { orders, record } = setUp();
    const two = [
      { sku: 'A', quantity: 1, unitPrice: 1 },
      { sku: 'B', quantity: 1, unitPrice: 1 },
    ];
    const { orderId } = (await orders.place({ ...placement, lines: two }, { ...meta(), actor: 'channel:x' })).receipt;
    const parcel = { ...facts.packed, lines: [{ lineId: '2', sku: 'B', quantity: 1 }] };
    await record('RecordShipmentProgress', orderId, parcel, { ...meta(), actor: 'order.shipping' });
    await record('RecordShipmentProgress', orderId, facts.inTransit, { ...meta(), actor: 'order.shipping' });
    expect(await orders.timeline(orderId)).toMatchObject([
      { version: 1, step: 'placed', actor: 'channel:x', at: '2026-11-23T10:00:00.000Z' },
      { version: 2, step: 'packed', actor: 'order.shipping', lines: [{ lineId: '2', quantity: 1, status: 'packed' }] },
      { version: 3, step: 'in-transit', detail: 'simulated CT123456785GB Coventry hub', lines: [{ lineId: '2', quantity: 1 }] },
    ]);
    expect((await orders.timeline(orderId, '1')).map(({ step }) => step)).toEqual(['placed']);
    expect((await orders.timeline(orderId, '2')).map(({ step }) => step)).toEqual(['placed', 'packed', 'in-transit']);
    await expect(orders.timeline(orderId, '3')).rejects.toMatchObject({ code: 'LINE_UNKNOWN' });
  });

  it('takes an order of 10,000 lines through its life without a pause', async () => {
    const { orders, record } = setUp();
    const lines = Array.from({ length: 10_000 }, (_, n) => ({ sku: `S${n}`, quantity: 1, unitPrice: 1 }));
    const units = lines.map(({ sku }, n) => ({ lineId: String(n + 1), sku, quantity: 1 }));
    const start = performance.now();
    const { orderId } = (await orders.place({ ...placement, lines }, meta())).receipt;
    await record('RecordAllocation', orderId, { ...facts.allocated, lines: units }, meta());
    for (const fact of [facts.packed, facts.handedOver, facts.delivered])
      await record('RecordShipmentProgress', orderId, { ...fact, lines: units }, meta());
    expect(await orders.get(orderId)).toMatchObject({ status: 'completed' });
    // Quadratic work on the lines would take minutes.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
