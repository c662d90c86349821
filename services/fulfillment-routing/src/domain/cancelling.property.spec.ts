import { fold, Refused } from '@cartage/eventsourcing';
import type { LineQuantity } from '@cartage/contracts';
import fc from 'fast-check';
import type { Evidence } from './deciding';
import type { BrokeringEvent } from './events';
import { orderBrokering, type BrokeringCommand } from './order-brokering';
import { isStanding } from './state';
import { unitsByLine } from './units';
import {
  brokerOrder,
  cancellationOf,
  cancellationRequest,
  evidence,
  id,
  linesOf,
  location,
  lossOf,
  now,
  order,
  pickOf,
  refusalOf,
  tooLateFor,
  twice,
} from './brokering.fixture';

/** What a neighbour said; it is heard later, perhaps twice. */
interface Said {
  readonly id: string;
  readonly command: (known: Evidence) => BrokeringCommand;
}
type Topic = 'order' | 'inventory' | 'shipping';

/** One order among the services around it. What a topic says is heard in order; topics among each other, in any. */
class World {
  log: readonly BrokeringEvent[] = [];
  private readonly heard = new Set<string>();
  private readonly picked = new Set<string>();
  private readonly shipments = new Map<string, 'here' | 'cancelled' | 'left'>();
  readonly topics: Readonly<Record<Topic, Said[]>> = { order: [], inventory: [], shipping: [] };

  constructor(private readonly locations: Parameters<typeof evidence>[1]) {}

  say(topic: Topic, said: Said): void {
    this.topics[topic].push(said);
  }

  /** A command is named after what was said: the second time it does nothing. What is early waits at the head of its topic. */
  hear(topic: Topic, twice: boolean): void {
    const [said] = this.topics[topic];
    if (!said || !this.take(said)) return;
    if (twice) this.take(said);
    this.topics[topic].shift();
  }

  private take({ id: messageId, command }: Said): boolean {
    if (this.heard.has(messageId)) return true;
    const events = this.decide(command(evidence(1_000 + this.log.length * 10, this.locations)));
    if (!events) return false;
    this.heard.add(messageId);
    this.log = [...this.log, ...events];
    events.forEach((event) => this.answer(event));
    return true;
  }

  private decide(command: BrokeringCommand): readonly BrokeringEvent[] | undefined {
    try {
      return orderBrokering.decide(command, fold(orderBrokering, this.log));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return error.kind === 'unknown' ? undefined : [];
    }
  }

  /** Shipping answers every request for goods that it holds, unless it has said before that they do not go out. */
  private answer(event: BrokeringEvent): void {
    if (event.type === 'FulfillmentBrokered') this.shipments.set(event.data.fulfillmentId, 'here');
    if (event.type !== 'FulfillmentCancellationRequested' && event.type !== 'FulfillmentRejectionRequested') return;
    const { fulfillmentId } = event.data;
    if (this.shipments.get(fulfillmentId) === 'left') this.say('shipping', tooLate(fulfillmentId));
    else this.stop(fulfillmentId);
  }

  /** Nothing of it goes out; said once. */
  stop(fulfillmentId: string): void {
    if (this.shipments.get(fulfillmentId) !== 'here') return;
    this.shipments.set(fulfillmentId, 'cancelled');
    this.say('shipping', nothingGoesOut(fulfillmentId));
  }

  dispatch(fulfillmentId: string): void {
    if (this.shipments.get(fulfillmentId) === 'here') this.shipments.set(fulfillmentId, 'left');
  }

  /** The stock was gone: shipping is never told to plan it. */
  refuse(fulfillmentId: string, unreserved: readonly LineQuantity[]): void {
    if (this.shipments.get(fulfillmentId) === 'here') this.say('inventory', refusal(fulfillmentId, unreserved));
    if (this.shipments.get(fulfillmentId) === 'here') this.shipments.set(fulfillmentId, 'cancelled');
  }

  /** A unit of it is not on the shelf; whoever has the goods may say otherwise. */
  lose(fulfillmentId: string): void {
    const sent = this.log.find((event) => event.type === 'FulfillmentBrokered' && event.data.fulfillmentId === fulfillmentId);
    const [line] = sent?.type === 'FulfillmentBrokered' ? sent.data.lines : [];
    if (line) this.say('inventory', loss(fulfillmentId, this.log.length, [{ ...line, quantity: 1 }]));
  }

  /** A unit of each line, or all of it, is found missing when it is picked; where nothing is left, its shipment ends by that. */
  pickShort(fulfillmentId: string, all: boolean): void {
    const sent = this.log.find((event) => event.type === 'FulfillmentBrokered' && event.data.fulfillmentId === fulfillmentId);
    if (sent?.type !== 'FulfillmentBrokered' || this.shipments.get(fulfillmentId) !== 'here' || this.picked.has(fulfillmentId)) return;
    this.picked.add(fulfillmentId);
    const short = sent.data.lines.map((line) => ({ ...line, quantity: all ? line.quantity : 1 }));
    this.say('shipping', shortPick(fulfillmentId, sent.data.lines, short));
    if (unitsOf(short) === unitsOf(sent.data.lines)) this.stop(fulfillmentId);
  }

  reject(fulfillmentId: string): void {
    if (this.shipments.has(fulfillmentId)) this.say('shipping', rejection(fulfillmentId));
  }

  nth(n: number): string {
    const all = [...this.shipments.keys()];
    return all[n % Math.max(1, all.length)] ?? 'none';
  }
}

const tooLate = (fulfillmentId: string): Said => ({
  id: `late-${fulfillmentId}`,
  command: () => ({ type: 'HearCancellationRefusal', data: { refusal: tooLateFor(fulfillmentId), now } }),
});
const nothingGoesOut = (fulfillmentId: string): Said => ({
  id: `stop-${fulfillmentId}`,
  command: (known) => ({ type: 'HearShipmentCancellation', data: { cancellation: cancellationOf(fulfillmentId), ...twice(known) } }),
});
const shortPick = (fulfillmentId: string, lines: readonly LineQuantity[], short: readonly LineQuantity[]): Said => ({
  id: `short-${fulfillmentId}`,
  command: (known) => ({ type: 'HearShortPick', data: { picked: pickOf(fulfillmentId, lines, short), evidence: known } }),
});
const unitsOf = (lines: readonly LineQuantity[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
const refusal = (fulfillmentId: string, unreserved: readonly LineQuantity[] = []): Said => ({
  id: `refused-${fulfillmentId}`,
  command: (known) => ({ type: 'HearAllocationRefusal', data: { refusal: refusalOf(fulfillmentId, unreserved), evidence: known } }),
});
const loss = (fulfillmentId: string, n: number, lines: readonly LineQuantity[]): Said => ({
  id: `lost-${fulfillmentId}-${n}`,
  command: () => ({ type: 'HearLoss', data: { loss: lossOf(fulfillmentId, lines), now } }),
});
/** Units that waited are there; where, is known or not yet. */
const reserved = (n: number): Said => ({
  id: `reserved-${n}`,
  command: (known) => ({ type: 'HearReservation', data: { evidence: new Map([['1', known]]) } }),
});
/** Units of another fulfilment are the order's again. */
const released = (n: number): Said => ({
  id: `released-${n}`,
  command: (known) => ({ type: 'HearRelease', data: { lines: order.lines, evidence: new Map([['1', known]]) } }),
});
const rejection = (fulfillmentId: string): Said => ({
  id: `reject-${fulfillmentId}`,
  command: () => ({ type: 'RequestRejection', data: { fulfillmentId, reason: { code: 'damaged', by: 'operator' }, now } }),
});

type Step = (world: World) => void;
const nth = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom<Topic>('order', 'inventory', 'shipping'), fc.boolean()).map(
      ([topic, twice]) =>
        (world: World) =>
          world.hear(topic, twice),
    ),
  },
  { weight: 2, arbitrary: nth.map((n) => (world: World) => world.dispatch(world.nth(n))) },
  nth.map((n) => (world: World) => world.stop(world.nth(n))),
  fc.tuple(nth, fc.subarray([...order.lines])).map(
    ([n, unreserved]) =>
      (world: World) =>
        world.refuse(world.nth(n), unreserved),
  ),
  nth.map((n) => (world: World) => world.reject(world.nth(n))),
  {
    weight: 2,
    arbitrary: fc.tuple(nth, fc.boolean()).map(
      ([n, all]) =>
        (world: World) =>
          world.pickShort(world.nth(n), all),
    ),
  },
  { weight: 2, arbitrary: nth.map((n) => (world: World) => world.lose(world.nth(n))) },
  nth.map((n) => (world: World) => world.say('inventory', reserved(n))),
  nth.map((n) => (world: World) => world.say('inventory', released(n))),
);

/** Units of the order's lines, cut into cancellations that never ask for more than there is. */
const cancellations = fc.shuffledSubarray(
  order.lines.flatMap(({ quantity, ...line }) => Array.from({ length: quantity }, () => ({ ...line, quantity: 1 }))),
);
const stock = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 2 })).map(([mugs, tees]) => [mugs, tees]);
const network = fc.array(stock, { maxLength: 4 }).map((all) => all.map((units, i) => location(`L${i}`, units)));

const units = (lines: readonly (readonly LineQuantity[])[], lineId: string): number => unitsByLine(lines.flat()).get(lineId) ?? 0;

const worldOf = (locations: Parameters<typeof evidence>[1], asked: readonly LineQuantity[], confirmedFirst: boolean): World => {
  const world = new World(locations);
  const confirmed: Said = { id: 'confirmed', command: (known) => brokerOrder(known) };
  const requests = asked.map((line, n): Said => ({
    id: `cancel-${n}`,
    command: () => ({ type: 'HearCancellationRequest', data: { ...cancellationRequest(n + 1, [line]), now } }),
  }));
  (confirmedFirst ? [confirmed, ...requests] : [...requests, confirmed]).forEach((said) => world.say('order', said));
  return world;
};

const toTheEnd = (world: World): void => {
  for (let round = 0; round < 100; round += 1) for (const topic of ['order', 'inventory', 'shipping'] as const) world.hear(topic, false);
};

it('ends with every unit cancelled or refused exactly once, and none lost, whatever crosses the cancellations', () => {
  fc.assert(
    fc.property(network, cancellations, fc.boolean(), fc.array(step, { maxLength: 30 }), (locations, asked, confirmedFirst, steps) => {
      const world = worldOf(locations, asked, confirmedFirst);
      steps.forEach((each) => each(world));
      toTheEnd(world);
      asked.forEach((line, n) => {
        const cancellationId = id(n + 1);
        const answers = world.log.flatMap(({ type, data }) =>
          (type === 'FulfillmentCancelled' || type === 'FulfillmentCancellationRefused') && data.cancellationId === cancellationId
            ? [data.lines]
            : [],
        );
        expect(answers).toEqual([[line]]);
      });
      const state = fold(orderBrokering, world.log);
      const standing = [...(state?.fulfillments.values() ?? [])].filter(isStanding).map(({ lines }) => lines);
      const cancelled = world.log.flatMap((event) => (event.type === 'FulfillmentCancelled' ? [event.data.lines] : []));
      for (const { lineId, quantity } of order.lines)
        expect(units([...standing, state?.unfilled ?? [], ...cancelled], lineId)).toBe(quantity);
      expect([...(state?.fulfillments.values() ?? [])].flatMap((one) => one.cancellations)).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

it('answers each of several units of one line by what becomes of it', () => {
  const world = worldOf([location('L0', [1, 1]), location('L1', [1, 0])], linesOf(['MUG', 2]), true);
  world.hear('order', true);
  world.dispatch(world.nth(0));
  toTheEnd(world);
  const answers = world.log.flatMap(({ type, data }) =>
    type === 'FulfillmentCancelled' || type === 'FulfillmentCancellationRefused' ? [[type, data.lines]] : [],
  );
  expect(answers).toEqual([
    ['FulfillmentCancellationRefused', linesOf(['MUG', 1])],
    ['FulfillmentCancelled', linesOf(['MUG', 1])],
  ]);
});
