import {
  Fork,
  ForkPrices,
  MOST_ORDERS,
  orderBrokering,
  rulesFor,
  streamOf,
  withLookAhead,
  type BrokeringEvent,
  type BrokeringFacts,
  type DecisionRecord,
  type ForkTerms,
  type KnownPlace,
  type OrderOutcome,
  type RoutingPolicy,
} from '@cartage/fulfillment-routing/forks';
import { positionOf, type StoredEvent } from '@cartage/eventsourcing';
import { Shelves, type PlacedOrder, type World } from '../sourcing/world';

type Recorded = StoredEvent<BrokeringEvent>;

/** Orders as routing really decided them, one after the other, each of what those before it left. */
export interface LivedPast {
  readonly log: readonly Recorded[];
  /** First decisions of orders before: of them is known what came, and what was on shelves. */
  readonly earlier: readonly DecisionRecord[];
  readonly places: ReadonlyMap<string, KnownPlace>;
  readonly from: string;
  readonly to: string;
}

const iso = (at: number): string => new Date(at).toISOString();
const WAY = { shipGroupId: '1', method: 'ship' } as const;

const factsOf = ({ places, stock }: Pick<World, 'places' | 'stock'>, { lines, destination, at }: PlacedOrder): BrokeringFacts => {
  const skus = lines.map(({ sku }) => sku);
  return {
    destination: { locatedBy: 'coordinates', ...destination },
    skus,
    locations: places.map(({ location, latitude, longitude }) => ({
      ...{ location, latitude, longitude, kind: 'warehouse', active: true, load: 0, day: iso(at).slice(0, 10) },
      available: skus.map((sku) => stock.get(location)?.get(sku) ?? 0),
    })),
  };
};

const decided = (world: World, policy: RoutingPolicy, order: PlacedOrder): readonly BrokeringEvent[] => {
  const lines = order.lines.map((line, l) => ({ lineId: String(l + 1), ...line }));
  const rules = rulesFor(policy, 'as it was', { skus: lines.map(({ sku }) => sku) });
  const evidence = {
    ...{ decisionId: `${order.id}/1`, rules, facts: factsOf(world, order), now: iso(order.at) },
    fulfillmentIds: Array.from({ length: rules.maxSplit }, (_, n) => `${order.id}/1/${n + 1}`),
  };
  const groups = [{ shipGroup: WAY, lines, evidence }];
  return orderBrokering.decide({ type: 'BrokerOrder', data: { orderId: order.id, priority: 'standard', groups } }, orderBrokering.initial);
};

const recordsIn = (events: readonly BrokeringEvent[]): readonly DecisionRecord[] =>
  events.flatMap((event) => (event.type === 'OrderBrokered' ? [event.data] : []));

/** Takes off the shelves what an order was given. */
const take = (shelves: Shelves, events: readonly BrokeringEvent[]): void => {
  for (const { orderId: id, request, assignments } of recordsIn(events))
    shelves.take([{ id, lines: request.lines, maxSplit: assignments.length, places: [] }], [assignments]);
};

export interface ToLive {
  readonly world: World;
  readonly past: readonly PlacedOrder[];
  readonly judged: readonly PlacedOrder[];
  /** By which it was. */
  readonly policy: RoutingPolicy;
}

export const livedPast = ({ world, past, judged, policy }: ToLive): LivedPast => {
  const shelves = new Shelves(world.stock);
  const earlier = past.slice(-MOST_ORDERS).flatMap((order) => recordsIn(decided(world, policy, order)));
  const log: Recorded[] = [];
  for (const order of judged) {
    const events = decided({ ...world, stock: shelves.stock }, policy, order);
    take(shelves, events);
    for (const [n, event] of events.entries()) {
      const meta = { commandId: order.id, correlationId: order.id, actor: 'history' };
      const place = { stream: streamOf(order.id), version: n + 1, position: positionOf(log.length + 1), recordedAt: iso(order.at) };
      log.push({ ...event, ...place, id: `${order.id}/${n}`, meta });
    }
  }
  const [first, last] = [judged[0]?.at ?? 0, judged.at(-1)?.at ?? 0];
  const places = world.places.map(({ location, latitude, longitude }): readonly [string, KnownPlace] => [
    location,
    { location, latitude, longitude, kind: 'warehouse', active: true, times: { timeZone: 'UTC' } },
  ]);
  return { log, earlier, places: new Map(places), from: iso(first), to: iso(last + 1) };
};

/** The same once more by other rules, without looking ahead or with it. */
export const forked = (
  { log, earlier, places, from, to }: LivedPast,
  policy: RoutingPolicy,
  looksAhead: boolean,
): readonly OrderOutcome[] => {
  const by = { rules: withLookAhead(policy, looksAhead), version: 'tried' };
  const terms: ForkTerms = {
    ...{ from, to, rules: by.version, capacity: [], stock: [], opened: [], closed: [] },
    learned: looksAhead ? ['look-ahead'] : [],
  };
  const fork = new Fork({ terms, places, policy: by, earlier, ...(looksAhead ? { prices: new ForkPrices(by, earlier) } : {}) });
  for (const event of log) {
    const orderId = event.stream.slice(streamOf('').length);
    for (const _round of fork.lookAhead(event.recordedAt));
    if (!fork.knows(orderId)) fork.begin(orderId, []);
    fork.hear(orderId, event);
  }
  fork.finish();
  return [...fork.outcomes()];
};
