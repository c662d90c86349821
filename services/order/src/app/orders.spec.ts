import type { Sealed } from '@cartage/contracts';
import { handling, memoryStore, START, type EventStore, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { emptyBook } from '../domain/promising/promise-book';
import { order, streamOf } from '../domain/order';
import type { Placement } from '../domain/placement';
import type { Fact } from '../domain/facts';
import { facts } from '../domain/facts.fixture';
import { occasion } from '../domain/order.fixture';
import { recordFacts } from './facts';
import { createAdmission } from './admission';
import { createOrders } from './orders';
import { reading } from './reading';

/** A vault whose keys can be thrown away. */
const paperVault = () => {
  const keys = new Set<string>();
  const vault: Vault = {
    seal: async (key, content) => (keys.add(key), { key, box: Buffer.from(JSON.stringify(content)).toString('base64') }),
    open: async <Content extends object>({ key, box }: Sealed) =>
      keys.has(key) ? (JSON.parse(Buffer.from(box, 'base64').toString()) as Content) : undefined,
  };
  return { vault, keys };
};

const setUp = (store: EventStore = memoryStore()) => {
  let ids = 0;
  const send = handling({ store, newId: () => `e${(ids += 1)}`, isPublic: (type) => type.startsWith('Order') }, order);
  const { vault, keys } = paperVault();
  const now = () => new Date('2026-11-23T10:00:00.000Z');
  const idFor = (...parts: readonly string[]) => parts.join('|');
  const admission = createAdmission({
    catalogue: { keepItem: async () => undefined, keepPrices: async () => undefined, of: async () => [] },
    park: async () => undefined,
    settle: async () => undefined,
    policies: new Map(),
    tolerance: { percent: 0 },
  });
  const orders = createOrders({
    send,
    read: reading(store),
    vault,
    now,
    idFor,
    policies: { returns: 'returns-2026-11' },
    admission,
    promises: async () => emptyBook,
  });
  return { store, orders, keys, record: recordFacts({ send, occasion: () => occasion() }) };
};

/** The same fact of another order. */
const about = <Each extends Fact>(orderId: string, { type, data }: Each, more: object = {}): Each =>
  ({ type, data: { ...data, orderId, ...('paymentId' in data ? { paymentId: `payment|${orderId}|1` } : {}), ...more } }) as unknown as Each;
const mugs = { lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }] };

let commands = 0;
const meta = (commandId = `k${(commands += 1)}`, fingerprint?: string): Meta => ({
  commandId,
  correlationId: 'c',
  actor: 'spec',
  ...(fingerprint === undefined ? {} : { fingerprint }),
});

const placement = {
  channel: 'marketplace-x',
  externalOrderId: 'MX-1',
  currency: 'EUR',
  customer: { id: 'c-17', name: 'A. Customer', email: 'a@example.org' },
  shipTo: { lines: ['Rue 1'], city: 'Paris', postalCode: '75001', country: 'FR' },
  lines: [{ sku: 'MUG', quantity: 2, unitPrice: 500 }],
  payment: { method: 'card', token: 'tok_visa' },
  raw: { OrderId: 'MX-1', BuyerName: 'A. Customer' },
} as const satisfies Placement;

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
    await record(about(receipt.orderId, facts.reserved, mugs), meta());
    await record(about(receipt.orderId, facts.authorized), meta());
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
    ['another country, which is told and sealed', { shipTo: { ...placement.shipTo, country: 'BE' } }, ['shipTo']],
    ['a token, which is sealed', { payment: { method: 'card', token: 'tok_other' } }, ['payment']],
    ['a way of paying', { payment: { method: 'upi', token: 'tok_visa' } }, ['payment']],
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

  it('knows a number however it was typed', async () => {
    const { orders } = setUp();
    const first = await orders.place({ ...placement, externalOrderId: '#1001/2 CAF\u00c9' }, meta());
    expect(await orders.place({ ...placement, externalOrderId: ' #1001/2 CAFE\u0301 ' }, meta())).toMatchObject({
      receipt: { ...first.receipt, externalOrderId: '#1001/2 CAF\u00c9' },
      repeated: true,
    });
    expect(await orders.ofChannel('marketplace-x', ' #1001/2 CAFE\u0301')).toMatchObject({ orderId: first.receipt.orderId });
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

  it('costs one write for a crowd', async () => {
    const store = memoryStore();
    const calls: string[] = [];
    const { orders } = setUp({
      ...store,
      readMany: (streams) => (calls.push('read'), store.readMany(streams)),
      appendMany: (writes) => (calls.push('append'), store.appendMany(writes)),
    });
    await Promise.all(Array.from({ length: 100 }, (_, n) => orders.place({ ...placement, externalOrderId: `MX-${n}` }, meta())));
    expect(calls).toEqual(['append']);
  });
});

describe('an order that no topic could carry', () => {
  it('is refused at the entrance, by name, and leaves nothing behind', async () => {
    const { orders, store } = setUp();
    const raw = { everything: 'x'.repeat(13 * 1024 * 1024) };
    const refused = { code: 'ORDER_TOO_LARGE', kind: 'invalid', errors: [{ field: 'raw' }] };
    await expect(orders.place({ ...placement, raw }, meta())).rejects.toMatchObject(refused);
    expect(await store.head()).toBe(START);
  });
});

describe('placing many orders of a channel at once', () => {
  it('takes what can be taken, answers the others with what is wrong, and shares the round trips', async () => {
    const store = memoryStore();
    const calls: string[] = [];
    const { orders } = setUp({ ...store, appendMany: (writes) => (calls.push('append'), store.appendMany(writes)) });
    const many = ['1', '2', '3'].map((externalOrderId) => ({ ...placement, externalOrderId }));
    const answers = await orders.placeMany(
      [...many, { ...placement, currency: 'ABC' }, { ...many[0], currency: 'USD' } as Placement],
      meta(),
    );
    expect(answers.slice(0, 3)).toMatchObject(many.map(({ externalOrderId }) => ({ repeated: false, receipt: { externalOrderId } })));
    expect(answers.slice(3)).toMatchObject([{ code: 'ORDER_INVALID' }, { code: 'CHANNEL_ORDER_DIFFERS' }]);
    expect(calls).toEqual(['append']);
    expect(await orders.placeMany(many, meta())).toMatchObject(answers.slice(0, 3).map((placed) => ({ ...placed, repeated: true })));
  });

  it('is not answered at all when something breaks: all of it may be sent again', async () => {
    const store = memoryStore();
    const { orders } = setUp({ ...store, appendMany: () => Promise.reject(new Error('away')) });
    await expect(orders.placeMany([placement], meta())).rejects.toThrow('away');
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
    for (const personal of ['A. Customer', 'example.org', 'Rue 1', 'BuyerName', 'tok_visa']) expect(log).not.toContain(personal);
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
    await record(about(orderId, facts.reserved, mugs), meta());
    await record(about(orderId, facts.authorized), meta());
    expect(await orders.get(orderId)).toMatchObject({ status: 'confirmed', version: 4, payments: [{ outcome: 'authorized', score: 10 }] });
    expect(await orders.get(orderId, { version: 2 })).toMatchObject({ status: 'placed', version: 2, payments: [{ outcome: 'pending' }] });
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
    const boxes = [
      { parcelId: 'a', weightGrams: 1, lines: [{ lineId: '2', sku: 'B', quantity: 1 }] },
      { parcelId: 'b', weightGrams: 1, lines: [{ lineId: '1', sku: 'A', quantity: 1 }] },
    ];
    const lines = boxes.flatMap((box) => box.lines);
    const actor = { actor: 'order.shipping' };
    await record(about(orderId, facts.packed, { lines, parcels: boxes }), { ...meta(), ...actor });
    await record(about(orderId, facts.inTransit), { ...meta(), ...actor });
    await record(about(orderId, facts.captured), { ...meta(), actor: 'order.payment' });
    expect(await orders.timeline(orderId)).toMatchObject([
      { version: 1, step: 'placed', actor: 'channel:x', at: '2026-11-23T10:00:00.000Z' },
      { version: 2, step: 'packed', actor: 'order.shipping', shipmentId: facts.packed.data.shipmentId, lines: [{ status: 'packed' }, {}] },
      {
        version: 3,
        step: 'in-transit',
        detail: 'simulated CT123456785GB Coventry hub',
        lines: [{ lineId: '2', quantity: 1, status: 'packed' }],
      },
      { version: 4, step: 'captured', detail: '2134 GBP (minor units)', actor: 'order.payment' },
    ]);
    expect((await orders.timeline(orderId, '1')).map(({ step }) => step)).toEqual(['placed', 'packed', 'captured']);
    expect((await orders.timeline(orderId, '2')).map(({ step }) => step)).toEqual(['placed', 'packed', 'in-transit', 'captured']);
    await expect(orders.timeline(orderId, '3')).rejects.toMatchObject({ code: 'LINE_UNKNOWN' });
  });

  // Work that grows with the square of the lines would take minutes, and the suite's limit ends it.
  it('takes an order of 10,000 lines through its life', async () => {
    const { orders, record } = setUp();
    const lines = Array.from({ length: 10_000 }, (_, n) => ({ sku: `S${n}`, quantity: 1, unitPrice: 1 }));
    const units = lines.map(({ sku }, n) => ({ lineId: String(n + 1), sku, quantity: 1 }));
    const { orderId } = (await orders.place({ ...placement, lines }, meta())).receipt;
    const life = [facts.reserved, facts.authorized, facts.allocated, facts.packed, facts.handedOver, facts.delivered];
    for (const fact of life) await record(about(orderId, fact, { lines: units }), meta());
    expect(await orders.get(orderId)).toMatchObject({ status: 'completed' });
  });

  it.each(['ship', 'carry-out'])('does without 10,000 lines of an order by its policy: %s', async (method) => {
    const { orders, record } = setUp();
    const lines = Array.from({ length: 10_000 }, (_, n) => ({ sku: `S${n}`, quantity: 1, unitPrice: 1, shipGroupId: 'all' }));
    const shipGroups = [{ shipGroupId: 'all', method, ...(method === 'ship' ? {} : { pickupLocation: 'LDN-1' }) }];
    const { orderId } = (await orders.place({ ...placement, lines, shipGroups, ifShort: ['cancel'] }, meta())).receipt;
    const short = lines.map(({ sku }, n) => ({ ...facts.short.data.short[0], lineId: String(n + 1), sku }));
    await record(about(orderId, facts.short, { short }), meta());
    expect(await orders.get(orderId)).toMatchObject({ status: 'cancelled' });
    expect((await orders.timeline(orderId)).map(({ step }) => step)).toEqual([
      'placed',
      'stock-short',
      'shortage-resolved',
      'line-cancelled',
      'cancelled',
    ]);
  });
});
