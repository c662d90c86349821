import { memoryStore, type EventStore, type NewEvent } from '@cartage/eventsourcing';
import { storyOf, type Chapter } from './story';

const counting = { initial: 0, evolve: (count: number) => count + 1 };
const ORDER = 'order-0001';
const SHIPMENT = 'shipment-77';

let nth = 0;
const event = (type: string, data: object, correlationId: string, causationId?: string): NewEvent => {
  nth += 1;
  const meta = { commandId: `c-${nth}`, correlationId, actor: 'test', ...(causationId === undefined ? {} : { causationId }) };
  return { id: `00000000-0000-7000-8000-${String(nth).padStart(12, '0')}`, type, data, meta };
};

/** As a log that can be searched by cause. */
const searchable = (store: EventStore): EventStore => {
  const all = async () => {
    const ending = new AbortController();
    for await (const batch of store.follow({ from: '' as never, signal: ending.signal, batchSize: 1_000 })) return batch;
    return [];
  };
  return {
    ...store,
    traces: {
      find: async (id) => (await all()).find((each) => each.id === id),
      correlated: async ({ correlationId }) => (await all()).filter(({ meta }) => meta.correlationId === correlationId),
    },
  };
};

const chapterOf = async (
  name: string,
  kinds: readonly string[],
  streams: Readonly<Record<string, readonly NewEvent[]>>,
): Promise<Chapter> => {
  const store = memoryStore();
  await store.appendMany(Object.entries(streams).map(([stream, events]) => ({ stream, expected: 0, events })));
  return { name, store: store.traces ? store : searchable(store), aggregates: Object.fromEntries(kinds.map((kind) => [kind, counting])) };
};

describe('the story of an order', () => {
  it('has what is its own whole, over all services, and of others only what speaks of it', async () => {
    const placed = event('OrderPlaced', { orderId: ORDER }, 'import-1');
    const orders = await chapterOf('order', ['order'], {
      [`order-${ORDER}`]: [placed],
      'order-another-2': [event('OrderPlaced', { orderId: 'another-2' }, 'import-1')],
    });
    const packed = event('ShipmentPacked', { orderId: ORDER }, 'pack-1', placed.id);
    const shipping = await chapterOf('shipping', ['shipment'], {
      [`shipment-${SHIPMENT}`]: [event('ShipmentCreated', { orderId: ORDER }, 'import-1', placed.id), packed],
      'wave-monday': [
        event('WaveReleased', { shipments: [SHIPMENT] }, 'pack-1'),
        event('WaveReleased', { shipments: ['shipment-of-another'] }, 'pack-1'),
      ],
    });
    const { told, ids, lacking } = await storyOf([orders, shipping], ORDER);
    expect(told.map(({ streams }) => [...streams.keys()])).toEqual([[`order-${ORDER}`], [`shipment-${SHIPMENT}`]]);
    expect(told.map(({ others }) => others.map(({ type, data }) => ({ type, data })))).toEqual([
      [],
      [{ type: 'WaveReleased', data: { shipments: [SHIPMENT] } }],
    ]);
    expect([...ids]).toEqual([ORDER, SHIPMENT]);
    expect(lacking).toEqual([]);
  });

  it('says which logs could not be searched', async () => {
    const store = memoryStore();
    await store.appendMany([{ stream: `order-${ORDER}`, expected: 0, events: [event('OrderPlaced', { orderId: ORDER }, 'a')] }]);
    const { traces: _, ...plain } = store;
    const { lacking } = await storyOf([{ name: 'order', store: plain, aggregates: { order: counting } }], ORDER);
    expect(lacking).toEqual([expect.stringContaining('cannot be searched')]);
  });
});
