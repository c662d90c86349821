import { handling, memoryDeadlines, memoryStore, type DeadlineQueue, type EventStore, type Meta } from '@cartage/eventsourcing';
import { orderBrokering } from '../domain/order-brokering';
import { published, subjectOf } from '../domain/published';
import { cancellationOf, id, lossOf, now, order as sold, refusalOf, rules, shipGroup } from '../domain/brokering.fixture';
import { createFulfillmentDesk, type FulfillmentDesk } from './fulfillment-desk';
import type { Geocoder, Load, Network, StockedLocation } from './network';
import { readingFrom } from './reading';
import { createRouting, type Routing } from './routing';

const nowhere: Geocoder = { postalArea: async () => undefined, country: async () => undefined };
const shelf = (location: string, units: Readonly<Record<string, number>>): StockedLocation => ({
  location,
  kind: 'warehouse',
  active: true,
  day: '2026-11-23',
  load: 0,
  latitude: 51,
  longitude: 0,
  available: new Map(Object.entries(units)),
});
const full = { MUG: 9, TEE: 9 };
const { lines, ...rest } = sold;
const order = { ...rest, shipGroups: [shipGroup], lines: lines.map((line) => ({ ...line, shipGroupId: '1' })) };

interface Bench {
  /** What happens when loads are counted: right behind an append. */
  onCount: () => void;
  readonly deadlines: DeadlineQueue;
  readonly routing: Routing;
  readonly desk: FulfillmentDesk;
  readonly store: EventStore;
  readonly counted: readonly Load[];
  readonly freed: readonly string[];
}

const benchWith = (stocked: readonly StockedLocation[], by = rules): Bench => {
  const deadlines = memoryDeadlines();
  const counted: Load[] = [];
  const freed: string[] = [];
  const network: Network = {
    stocked: async () => stocked,
    placeOf: async () => undefined,
    weightsOf: async () => new Map(),
    learnItem: async () => undefined,
    learnLocation: async () => undefined,
    learnLevels: async () => [],
    arrivalsAt: async () => [],
    wait: async () => undefined,
    waiting: async () => [],
    claim: async () => [],
    count: async (loads) => {
      bench.onCount();
      counted.push(...loads);
    },
    release: async (ids) => void freed.push(...ids),
  };
  const store = memoryStore();
  let n = 100;
  const newId = (): string => id((n += 1));
  const needs = {
    network,
    geocoder: nowhere,
    rulesFor: async () => by,
    newId,
    now: () => new Date('2026-11-23T23:59:59.000Z'),
    ...readingFrom(store),
    deadlines,
  };
  const send = handling({ store, newId, isPublic: (type) => type in published, subjectOf }, orderBrokering);
  const [routing, desk] = [createRouting({ ...needs, send }), createFulfillmentDesk({ ...needs, send })];
  const bench: Bench = { routing, desk, store, deadlines, counted, freed, onCount: () => undefined };
  return bench;
};
const meta = (commandId: string): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
const sent = async ({ routing }: Bench): Promise<string> => {
  const { events } = await routing.broker(order, meta('confirmed'));
  const brokered = events.find((event) => event.type === 'FulfillmentBrokered');
  return brokered?.data.fulfillmentId ?? 'none';
};

it('waits while nothing was heard of a SKU: the news may only be late', async () => {
  for (const stocked of [[], [shelf('A', { MUG: 9 })]]) {
    const { routing, store } = benchWith(stocked);
    await expect(routing.broker(order, meta('confirmed'))).rejects.toMatchObject({ code: 'STOCK_UNKNOWN', kind: 'unknown' });
    expect(await store.head()).toBe('');
  }
});

it('decides once it has heard, even if there is none', async () => {
  const { routing } = benchWith([shelf('A', { MUG: 9, TEE: 0 })]);
  expect((await routing.broker(order, meta('confirmed'))).events.at(-1)).toMatchObject({ type: 'FulfillmentUnfillable' });
});

it('counts what a location was given on the day, also when the event is heard again', async () => {
  const bench = benchWith([shelf('A', full)]);
  const fulfillmentId = await sent(bench);
  const again = await bench.routing.broker(order, meta('confirmed'));
  expect(again.repeated).toBe(true);
  const load = { fulfillmentId, location: 'A', day: '2026-11-23' };
  expect(bench.counted).toEqual([load, load]);
});

it('brokers a refused allocation elsewhere, and frees the load of who refused', async () => {
  const bench = benchWith([shelf('A', full), shelf('B', full)]);
  const fulfillmentId = await sent(bench);
  const { events } = await bench.routing.allocationRefused(refusalOf(fulfillmentId), meta('refused'));
  expect(events.at(-1)).toMatchObject({ type: 'FulfillmentBrokered', data: { location: 'B', attempt: 1 } });
  expect(bench.freed).toEqual([fulfillmentId]);
  expect(bench.counted.map(({ location }) => location)).toEqual(['A', 'B']);
});

it('brokers lines that were refused for want of a reservation when units of a cancelled fulfilment are the order’s again', async () => {
  const bench = benchWith([shelf('A', full), shelf('B', full)]);
  const fulfillmentId = await sent(bench);
  const tee = { lineId: '2', sku: 'TEE', quantity: 1 };
  await bench.routing.allocationRefused(refusalOf(fulfillmentId, [tee]), meta('refused'));
  const release = { ...lossOf(id(9), [tee]), reason: { code: 'changed-mind', by: 'customer' } };
  const brokered = () => bench.counted.length;
  const before = brokered();
  await bench.routing.unitsReleased({ ...release, lines: [] }, meta('of other lines'));
  expect(brokered()).toBe(before);
  for (const commandId of ['released', 'released', 'released again']) await bench.routing.unitsReleased(release, meta(commandId));
  expect(brokered()).toBe(before + 1);
});

it('gives each decision, and each fulfilment, an id of its own when lines that were brokered more and less often are held no more', async () => {
  const { routing } = benchWith([shelf('A', full), shelf('B', full)]);
  const [mugs, tees] = [order.lines.slice(0, 1), order.lines.slice(1)];
  const first = (await routing.broker({ ...order, lines: mugs }, meta('some'))).events.find(({ type }) => type === 'FulfillmentBrokered');
  const of = { orderId: order.orderId, holdId: id(70), type: 'operator' };
  await routing.holdApplied({ ...of, reason: { code: 'fraud', by: 'operator' }, appliedAt: now }, meta('held'));
  const fulfillmentId = first && 'fulfillmentId' in first.data ? (first.data.fulfillmentId ?? '') : '';
  await routing.shipmentCancelled(cancellationOf(fulfillmentId), meta('rejected'));
  await routing.broker({ ...order, lines: tees }, meta('rest'));
  const { events, state } = await routing.holdReleased({ ...of, resolution: 'released', by: 'operator', releasedAt: now }, meta('freed'));
  const decisions = events.flatMap((event) => (event.type === 'OrderBrokered' ? [event.data.decisionId] : []));
  expect(new Set(decisions).size).toBe(2);
  expect([...(state?.fulfillments.values() ?? [])].map((one) => [one.attempt, one.lines.map(({ sku }) => sku)])).toEqual([
    [1, ['MUG']],
    [2, ['MUG']],
    [1, ['TEE']],
  ]);
});

it('watches that a location accepts what a person had brokered again, also where nobody asks a second time', async () => {
  const acceptance = [{ kind: 'warehouse', withinMinutes: 30, otherwise: 'alert' as const }];
  const shelves = [shelf('A', { MUG: 0, TEE: 0 })];
  const bench = benchWith(shelves, { ...rules, acceptance });
  await bench.routing.broker(order, meta('confirmed'));
  shelves[0] = shelf('A', full);
  const before = await bench.store.head();
  const dies = (): never => {
    throw new Error('The process died behind the append.');
  };
  bench.onCount = dies;
  await expect(bench.routing.brokerAgain(order.orderId, meta('asked'))).rejects.toThrow('died');
  expect((await bench.store.head()) > before).toBe(true);
  const due = await bench.deadlines.take({ now: new Date('2026-11-24T00:30:00.000Z'), until: new Date('2027-01-01'), limit: 9 });
  expect(due).toMatchObject([{ name: 'AcceptanceDue', data: { orderId: order.orderId } }]);
});

it('keeps the stock of a location that rejects for a reason of which the rules say nothing, whatever it is called', async () => {
  const bench = benchWith([shelf('A', full)]);
  const of = { orderId: order.orderId, fulfillmentId: await sent(bench) };
  const { events } = await bench.desk.reject(of, { reason: { code: 'constructor', by: 'operator' } }, meta('rejected'));
  expect(events).toMatchObject([{ type: 'FulfillmentRejectionRequested', data: { stockEffect: 'keep' } }]);
});

it('numbers what it publishes of a fulfilment without gaps; decision records stay private', async () => {
  const bench = benchWith([shelf('A', full), shelf('B', full)]);
  const fulfillmentId = await sent(bench);
  await bench.routing.shipmentCancelled(cancellationOf(fulfillmentId), meta('rejected'));
  const [stream] = await bench.store.readMany([`brokering-${order.orderId}`]);
  expect(stream?.events.map(({ type, meta: { subject, sequence } }) => [type, subject, sequence])).toEqual([
    ['OrderBrokered', undefined, undefined],
    ['FulfillmentBrokered', fulfillmentId, 1],
    ['ShipmentCancelled', undefined, undefined],
    ['FulfillmentRejected', fulfillmentId, 2],
    ['OrderBrokered', undefined, undefined],
    ['FulfillmentBrokered', expect.not.stringMatching(fulfillmentId), 1],
  ]);
});

it('does not know the fulfilments of orders that it never heard of', async () => {
  const { routing, desk } = benchWith([]);
  const unknown = { kind: 'unknown' };
  const reason = { code: 'damaged', by: 'operator' };
  await expect(routing.allocationRefused(refusalOf(id(2)), meta('a'))).rejects.toMatchObject(unknown);
  await expect(routing.shipmentCancelled(cancellationOf(id(2)), meta('b'))).rejects.toMatchObject(unknown);
  await expect(desk.reject({ orderId: id(1), fulfillmentId: id(2) }, { reason }, meta('d'))).rejects.toMatchObject(unknown);
  await expect(routing.brokerAgain(id(1), meta('c'))).rejects.toMatchObject({ code: 'BROKERING_UNKNOWN' });
});
