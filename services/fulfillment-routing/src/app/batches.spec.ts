import { handling, manualClock, memoryDeadlines, memoryStore, type EventStore, type Meta } from '@cartage/eventsourcing';
import { id, linesOf, refusalOf, rules, shipGroup } from '../domain/brokering.fixture';
import { orderBrokering } from '../domain/order-brokering';
import { published, subjectOf } from '../domain/published';
import type { RoutingRules } from '../domain/rules';
import type { Batching } from './batches';
import type { Load } from './network';
import { levelOf, locationOf, MemoryNetwork } from './network.fixture';
import { readingFrom, recordsOf } from './reading';
import { createRouting, type ConfirmedOrder } from './routing';
import type { HandledBrokering } from './sending';
import { sourcing } from './sourcing';

const priced: RoutingRules = {
  ...rules,
  cost: {
    ...{ currency: 'GBP', halfCost: 500, handling: {} },
    rates: [
      { from: ['A'], to: ['GB'], amount: 100 },
      { from: ['B'], to: ['GB'], amount: 200 },
      { from: ['A'], amount: 150 },
      { from: ['B'], amount: 900 },
      { amount: 950 },
    ],
  },
};
const meta = (commandId: string): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
const london = { country: 'GB', latitude: 51.5, longitude: 0 };
const calais = { country: 'FR', latitude: 51, longitude: 1.9 };
const orderTo = (n: number, destination = london, sku = 'MUG'): ConfirmedOrder => ({
  ...{ orderId: id(n), priority: 'standard', shipGroups: [{ ...shipGroup, destination }] },
  lines: linesOf([sku, 1]).map((line) => ({ ...line, shipGroupId: '1' })),
});

/** Places that are full though nobody knew when it was planned. */
class ContestedNetwork extends MemoryNetwork {
  lost = '';

  override async stocked(query: Parameters<MemoryNetwork['stocked']>[0]) {
    return (await super.stocked(query)).map((one) => ({ ...one, capacity: 5 }));
  }

  override async claim(loads: readonly Load[]): Promise<readonly Load[]> {
    const refused = loads.filter(({ location }) => location === this.lost);
    await this.count(loads.filter((one) => !refused.includes(one)));
    return refused;
  }
}

const bench = async (over: Partial<Batching> = {}, by: RoutingRules = priced, store: EventStore = memoryStore()) => {
  const [network, clock] = [new ContestedNetwork(), manualClock('2026-11-23T10:00:00.000Z')];
  for (const code of ['A', 'B', 'C']) await network.learnLocation(locationOf(code));
  await network.learnLevels([levelOf('A', 'MUG', 1, 1), levelOf('B', 'MUG', 1, 1), levelOf('C', 'MUG', 1, 5)]);
  let n = 1_000;
  const newId = (): string => id((n += 1));
  const reading = readingFrom(store);
  const routing = createRouting({
    ...{ network, newId, now: clock.now, deadlines: memoryDeadlines(), ...reading },
    geocoder: { postalArea: async () => undefined, country: async () => undefined },
    rulesFor: async () => by,
    send: handling({ store, newId, isPublic: (type) => type in published, subjectOf }, orderBrokering),
    batching: {
      ...{ windowMs: 500, clock, onTrouble: () => undefined },
      source: sourcing({ solve: async () => undefined }, async () => undefined),
      ...over,
    },
  });
  const requestsOf = async (order: number) => recordsOf(await reading.history(id(order))).map(({ request }) => request);
  return { routing, network, clock, store, requestsOf };
};
const from = (handled: HandledBrokering) =>
  handled.events.flatMap((event) => (event.type === 'FulfillmentBrokered' ? [event.data.location] : []));

it('gives the last unit to whoever would pay most for another, whoever comes first', async () => {
  const { routing, clock, requestsOf } = await bench();
  const both = [routing.broker(orderTo(1), meta('1')), routing.broker(orderTo(2, calais), meta('2'))];
  await clock.advance(500);
  expect((await Promise.all(both)).map(from)).toEqual([['B'], ['A']]);
  const [request] = await requestsOf(2);
  const parts = [{ location: 'A', lines: [{ lineId: '1', quantity: 1 }] }];
  expect(request).toMatchObject({ attempt: 1, batch: { size: 2, method: 'heuristic', gap: expect.any(Number) as number, parts } });
});

it('writes nothing while it waits: who is told again after a crash is decided then', async () => {
  const { routing, clock, store } = await bench();
  void routing.broker(orderTo(1), meta('1'));
  await clock.advance(499);
  expect(await store.head()).toBe('');
  const after = await bench({}, priced, store);
  const again = [after.routing.broker(orderTo(1), meta('1')), after.routing.broker(orderTo(2, calais), meta('2'))];
  await after.clock.advance(500);
  expect((await Promise.all(again)).map(from)).toEqual([['B'], ['A']]);
});

it('decides anew, alone, only whoever loses a race for a place, on what the others leave', async () => {
  const { routing, network, clock, requestsOf } = await bench();
  network.lost = 'B';
  const both = [routing.broker(orderTo(1), meta('1')), routing.broker(orderTo(2, calais), meta('2'))];
  await clock.advance(500);
  expect((await Promise.all(both)).map(from)).toEqual([['C'], ['A']]);
  expect(await requestsOf(1)).toMatchObject([{ attempt: 1 }]);
});

it('decides anew only whoever loses a race for a unit, and uses up no attempt', async () => {
  const { routing, network, clock, requestsOf } = await bench();
  const both = [routing.broker(orderTo(1), meta('1')), routing.broker(orderTo(2, calais), meta('2'))];
  await clock.advance(500);
  const [first] = await Promise.all(both);
  const lost = first?.events.find((event) => event.type === 'FulfillmentBrokered')?.data.fulfillmentId ?? '';
  await network.learnLevels([levelOf('B', 'MUG', 2, 0)]);
  const refused = routing.allocationRefused({ ...refusalOf(lost), orderId: id(1), location: 'B' }, meta('refused'));
  await clock.advance(500);
  const { events } = await refused;
  expect(events.map(({ type }) => type)).toEqual(['AllocationRefused', 'OrderBrokered', 'FulfillmentBrokered']);
  expect((await requestsOf(1)).map(({ attempt, batch }) => [attempt, batch?.size])).toEqual([
    [1, 2],
    [1, undefined],
  ]);
  expect(await requestsOf(2)).toHaveLength(1);
});

it('offers nobody what others of the batch were given', async () => {
  const { routing, network, clock } = await bench();
  await network.learnLevels([levelOf('B', 'MUG', 2, 0), levelOf('C', 'MUG', 2, 0)]);
  const both = [routing.broker(orderTo(1), meta('1')), routing.broker(orderTo(2, calais), meta('2'))];
  await clock.advance(500);
  const handled = await Promise.all(both);
  expect(handled.map(from).flat()).toEqual(['A']);
  expect(handled.flatMap(({ events }) => events).filter(({ type }) => type === 'FulfillmentUnfillable')).toHaveLength(1);
});

const fulfillmentOf = (handled: HandledBrokering | undefined): string =>
  handled?.events.find((event) => event.type === 'FulfillmentBrokered')?.data.fulfillmentId ?? '';

it('decides what is brokered again together with whoever comes then', async () => {
  const { routing, network, clock, requestsOf } = await bench();
  const alone = routing.broker(orderTo(1), meta('1'));
  await clock.advance(500);
  await network.learnLevels([levelOf('A', 'MUG', 2, 0), levelOf('B', 'MUG', 2, 1), levelOf('C', 'MUG', 2, 1)]);
  const refusal = { ...refusalOf(fulfillmentOf(await alone)), orderId: id(1), location: 'A' };
  const both = [routing.broker(orderTo(2, calais), meta('2')), routing.allocationRefused(refusal, meta('refused'))];
  await clock.advance(500);
  // Both would rather have B; to Calais C costs little more.
  expect((await Promise.all(both)).map(from)).toEqual([['C'], ['B']]);
  expect((await requestsOf(1)).at(-1)).toMatchObject({ attempt: 1, excluded: ['A'], batch: { size: 2 } });
});

it('keeps no order waiting longer than the window, the first time or again, nor at all where nothing is brokered again', async () => {
  const { routing, clock } = await bench();
  const first = routing.broker(orderTo(1), meta('1'));
  await clock.advance(499);
  const second = routing.broker(orderTo(2), meta('2'));
  await clock.advance(1);
  const [handled] = await Promise.all([first, second]);
  const refusal = { ...refusalOf(fulfillmentOf(handled)), orderId: id(1), location: 'A' };
  await expect(routing.allocationRefused(refusal, { ...meta('tried'), preview: true })).rejects.toThrow('This was a preview');
  const refused = routing.allocationRefused(refusal, meta('refused'));
  await clock.advance(500);
  expect(from(await refused)).toHaveLength(1);
  expect((await routing.allocationRefused(refusal, meta('again'))).events).toEqual([]);
  expect(clock.waiting()).toBe(0);
});

it('uses up the attempt of whoever would not ship it, and of nobody else', async () => {
  const { routing, network, clock, requestsOf } = await bench();
  const alone = routing.broker(orderTo(1), meta('1'));
  await clock.advance(500);
  const fulfillmentId = fulfillmentOf(await alone);
  await network.learnLevels([levelOf('A', 'MUG', 2, 0), levelOf('B', 'MUG', 2, 1), levelOf('C', 'MUG', 2, 5)]);
  const cancelled = {
    ...{ fulfillmentId, orderId: id(1), shipmentId: id(91), location: 'A', lines: linesOf(['MUG', 1]) },
    ...{ reason: { code: 'damaged', by: 'operator' }, cancelledAt: clock.now().toISOString() },
  };
  const both = [routing.shipmentCancelled(cancelled, meta('rejected')), routing.broker(orderTo(2), meta('2'))];
  await clock.advance(500);
  expect((await Promise.all(both)).map(from).flat().toSorted()).toEqual(['B', 'C']);
  expect((await requestsOf(1)).at(-1)).toMatchObject({ attempt: 2, batch: { size: 2 } });
  expect(await requestsOf(2)).toMatchObject([{ attempt: 1, batch: { size: 2 } }]);
});

it('fails nobody for an order of which nothing is known yet', async () => {
  const { routing, clock } = await bench();
  const both = Promise.allSettled([routing.broker(orderTo(1, london, 'HAT'), meta('1')), routing.broker(orderTo(2), meta('2'))]);
  await clock.advance(500);
  const [early, known] = await both;
  expect(early).toMatchObject({ status: 'rejected', reason: { code: 'STOCK_UNKNOWN' } });
  expect(known?.status === 'fulfilled' && from(known.value)).toEqual(['A']);
});

it.each([
  ['the rules have no table of costs', {}, rules],
  ['no plan can be looked for', { source: () => Promise.reject(new Error('The solver has crashed.')) }, priced],
])('decides each alone where %s', async (_, over, by) => {
  const { routing, clock, requestsOf } = await bench(over, by);
  const both = [routing.broker(orderTo(1), meta('1')), routing.broker(orderTo(2), meta('2'))];
  await clock.advance(500);
  expect((await Promise.all(both)).map((one) => from(one).length)).toEqual([1, 1]);
  expect(await requestsOf(1)).toEqual([expect.not.objectContaining({ batch: expect.anything() as object })]);
});
