import { handling, memoryDeadlines, memoryStore, type Meta } from '@cartage/eventsourcing';
import { orderBrokering } from '../domain/order-brokering';
import { published, subjectOf } from '../domain/published';
import { id, rules, shipGroup } from '../domain/brokering.fixture';
import type { Geocoder, Load, Network, StockedLocation } from './network';
import { readingFrom } from './reading';
import { createRouting, type Routing } from './routing';
import type { HandledBrokering } from './sending';

const nowhere: Geocoder = { postalArea: async () => undefined, country: async () => undefined };
const meta = (commandId: string): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });

/** Shelves as routing believes them to be; what it hears of stock comes only with a refusal. */
class BelievedNetwork implements Network {
  private readonly taken = new Map<string, string>();
  private readonly loads = new Map<string, number>();

  constructor(
    readonly units: Map<string, number>,
    private readonly capacity?: number,
  ) {}

  async stocked(): Promise<readonly StockedLocation[]> {
    return [...this.units].map(([location, units]) => ({
      ...{
        location,
        kind: 'store',
        active: true,
        day: '2026-11-27',
        load: this.loadOf(location),
        latitude: location === 'WAREHOUSE' ? 40 : 51,
        longitude: 0,
      },
      ...(this.capacity === undefined || location === 'WAREHOUSE' ? {} : { capacity: this.capacity }),
      available: new Map([['MUG', units]]),
    }));
  }

  async placeOf(): Promise<undefined> {
    return undefined;
  }

  async weightsOf(): Promise<ReadonlyMap<string, number>> {
    return new Map();
  }

  async learnItem(): Promise<void> {}

  async claim(loads: readonly Load[]): Promise<readonly Load[]> {
    return loads.filter((load) => {
      if (this.loadOf(load.location) >= (this.capacity ?? Infinity)) return true;
      this.take(load);
      return false;
    });
  }

  async count(loads: readonly Load[]): Promise<void> {
    loads.forEach((load) => this.take(load));
  }

  async release(ids: readonly string[]): Promise<void> {
    for (const fulfillmentId of ids) {
      const location = this.taken.get(fulfillmentId);
      if (location !== undefined) this.loads.set(location, this.loadOf(location) - 1);
      this.taken.delete(fulfillmentId);
    }
  }

  loadOf(location: string): number {
    return this.loads.get(location) ?? 0;
  }

  private take({ fulfillmentId, location }: Load): void {
    if (!this.taken.has(fulfillmentId)) this.loads.set(location, this.loadOf(location) + 1);
    this.taken.set(fulfillmentId, location);
  }

  async learnLocation(): Promise<void> {}
  async wait(): Promise<void> {}
  async learnLevels(): Promise<readonly never[]> {
    return [];
  }
  async arrivalsAt(): Promise<readonly never[]> {
    return [];
  }
  async waiting(): Promise<readonly never[]> {
    return [];
  }
}

const routingOn = (network: Network): Routing => {
  const store = memoryStore();
  let n = 1_000;
  const newId = (): string => id((n += 1));
  const needs = {
    network,
    geocoder: nowhere,
    rulesFor: async () => rules,
    newId,
    now: () => new Date('2026-11-27T09:00:00.000Z'),
    ...readingFrom(store),
    deadlines: memoryDeadlines(),
  };
  return createRouting({ ...needs, send: handling({ store, newId, isPublic: (type) => type in published, subjectOf }, orderBrokering) });
};

const order = (n: number) => ({
  ...{ orderId: id(n), priority: 'standard', shipGroups: [shipGroup] },
  lines: [{ lineId: '1', sku: 'MUG', quantity: 1, shipGroupId: '1' }],
});
const sentTo = ({ events }: HandledBrokering) => {
  const found = events.find((event) => event.type === 'FulfillmentBrokered');
  return found && { fulfillmentId: found.data.fulfillmentId, location: found.data.location };
};

/** The referee: what is on the shelf is allocated once; who comes too late is refused, and told what is there. */
const shipped = async (
  routing: Routing,
  network: BelievedNetwork,
  shelves: Map<string, number>,
  n: number,
): Promise<string | undefined> => {
  const { orderId, ...rest } = order(n);
  let sent = sentTo(await routing.broker({ orderId, ...rest }, meta(`confirmed-${n}`)));
  while (sent) {
    const { fulfillmentId, location } = sent;
    const units = shelves.get(location) ?? 0;
    if (units > 0) {
      shelves.set(location, units - 1);
      return location;
    }
    network.units.set(location, 0);
    const refusal = { orderId, fulfillmentId, location, short: [], levels: [], refusedAt: '2026-11-27T09:00:01.000Z' };
    sent = sentTo(await routing.allocationRefused(refusal, meta(`refused-${fulfillmentId}`)));
  }
  return undefined;
};

const from1To = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1);

it('ships all of 500 orders that race for 20 stores with one unit each, from the warehouse that is full', async () => {
  const stores = from1To(20).map((n) => [`STORE-${n}`, 1] as const);
  const shelves = new Map<string, number>([...stores, ['WAREHOUSE', 1_000]]);
  const network = new BelievedNetwork(new Map(shelves));
  const routing = routingOn(network);
  const ends: (string | undefined)[] = [];
  for (let wave = 0; wave < 500; wave += 50)
    ends.push(...(await Promise.all(from1To(50).map((n) => shipped(routing, network, shelves, wave + n)))));
  expect(ends.filter((location) => location === undefined)).toEqual([]);
  expect(ends.filter((location) => location === 'WAREHOUSE')).toHaveLength(480);
});

it('gives a store ten of a burst of fifty orders when it can take ten a day; the others go elsewhere, and what comes to nothing gives its place back', async () => {
  const network = new BelievedNetwork(
    new Map([
      ['STORE-1', 100],
      ['WAREHOUSE', 100],
    ]),
    10,
  );
  const routing = routingOn(network);
  const handled = await Promise.all(from1To(50).map((n) => routing.broker(order(n), meta(`confirmed-${n}`))));
  const toStore = handled.map(sentTo).filter((sent) => sent?.location === 'STORE-1');
  expect(toStore).toHaveLength(10);
  expect(network.loadOf('STORE-1')).toBe(10);
  const first = handled.findIndex((one) => sentTo(one)?.location === 'STORE-1');
  const fulfillmentId = sentTo(handled[first] as HandledBrokering)?.fulfillmentId ?? '';
  const cancellation = {
    ...{ shipmentId: id(5), orderId: id(first + 1), fulfillmentId, location: 'STORE-1', lines: [] },
    ...{ reason: { code: 'damaged', by: 'operator' }, cancelledAt: '2026-11-27T09:00:01.000Z' },
  };
  await routing.shipmentCancelled(cancellation, meta('stopped'));
  expect(network.loadOf('STORE-1')).toBe(9);
  expect(sentTo(await routing.broker(order(60), meta('confirmed-60')))?.location).toBe('STORE-1');
});

it('gives the places of an order back that is closed, once nothing of it goes out', async () => {
  const network = new BelievedNetwork(new Map([['STORE-1', 100]]), 10);
  const routing = routingOn(network);
  const fulfillmentId = sentTo(await routing.broker(order(1), meta('confirmed')))?.fulfillmentId ?? '';
  const of = { orderId: id(1), reason: { code: 'customer', by: 'customer' }, cancelledAt: '2026-11-27T09:00:01.000Z' };
  await routing.orderCancelled({ ...of, lines: [] }, meta('closed'));
  await routing.shipmentCancelled({ ...of, shipmentId: id(5), fulfillmentId, location: 'STORE-1', lines: [] }, meta('stopped'));
  expect(network.loadOf('STORE-1')).toBe(0);
});

it('gives back what was claimed for a command that was done before', async () => {
  const network = new BelievedNetwork(new Map([['STORE-1', 100]]), 10);
  const routing = routingOn(network);
  await routing.broker(order(1), meta('confirmed'));
  expect((await routing.broker(order(1), meta('confirmed'))).repeated).toBe(true);
  expect(network.loadOf('STORE-1')).toBe(1);
});
