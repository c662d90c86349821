import { unitsBySku, type LineQuantity } from '@cartage/contracts';
import { fold, positionOf, Refused, type StoredEvent } from '@cartage/eventsourcing';
import { cancellationRequest, id, location, shipGroup } from './brokering.fixture';
import type { BrokeringCommand } from './commands';
import type { Evidence } from './deciding';
import { skusOf } from './demand';
import type { BrokeringEvent } from './events';
import type { LocationFacts } from './facts';
import { orderBrokering, streamOf, unfilledOf } from './order-brokering';
import type { RoutingRules } from './rules';
import { waitingForStock } from './stock-arrivals';
import { isStanding, type Brokering, type Fulfillment } from './state';
import { Fork, type ForkNeeds } from './fork';
import { ForkSums, type OrderOutcome } from './fork-outcome';
import type { KnownPlace } from './known-network';
import type { ForkTerms } from './fork-terms';

/** When a past begins. */
export const BEGINS = '2026-11-23T10:00:00.000Z';
const DAY = '2026-11-23';
const NEXT_DAY = '2026-11-24';
const SKUS = ['MUG', 'TEE'];

export interface PastPlace {
  readonly stock: readonly [mugs: number, tees: number];
  readonly capacity?: number;
}

/** Locations, their shelves and what routing has heard of these; orders, and what becomes of them. Everything that happens stands in the log. */
export class Past {
  readonly log: StoredEvent<BrokeringEvent>[] = [];
  private readonly shelves: Map<string, number[]>;
  private readonly heard: Map<string, number[]>;
  private readonly versions = new Map<string, number>();
  private ids = 1_000;
  orders = 0;

  constructor(
    private readonly places: readonly PastPlace[],
    private readonly rules: RoutingRules,
  ) {
    this.shelves = new Map(places.map(({ stock }, i) => [`L${i}`, [...stock]]));
    this.heard = new Map(places.map(({ stock }, i) => [`L${i}`, [...stock]]));
  }

  /** As the service knows its locations now. */
  known(): ReadonlyMap<string, KnownPlace> {
    return new Map(
      this.places.map(({ capacity }, i) => {
        const { kind, active, latitude, longitude } = this.placeOf(i);
        const place = { location: `L${i}`, kind, active, latitude, longitude, ...(capacity === undefined ? {} : { capacity }) };
        return [`L${i}`, { ...place, times: { timeZone: 'UTC' } }];
      }),
    );
  }

  confirm(lines: readonly LineQuantity[]): void {
    this.orders += 1;
    const order = { orderId: id(this.orders), priority: 'standard' };
    this.tell(order.orderId, { type: 'BrokerOrder', data: { ...order, groups: [{ shipGroup, lines, evidence: this.evidence(lines) }] } });
  }

  /** Inventory takes what was given to a location off its shelf, or says that it is not there; routing hears it. */
  allocate(nth: number): void {
    const [orderId, one] = this.pick(nth);
    if (!one) return;
    const shelf = this.shelves.get(one.location) ?? [];
    const wanted = unitsBySku(one.lines);
    const isThere = SKUS.every((sku, i) => (shelf[i] ?? 0) >= (wanted.get(sku) ?? 0));
    if (isThere) SKUS.forEach((sku, i) => (shelf[i] = (shelf[i] ?? 0) - (wanted.get(sku) ?? 0)));
    this.heard.set(one.location, [...shelf]);
    if (isThere) return;
    const short = one.lines.map((line) => ({ ...line, requested: line.quantity, available: shelf[SKUS.indexOf(line.sku)] ?? 0 }));
    const ref = { orderId, fulfillmentId: one.fulfillmentId, location: one.location, levels: [], refusedAt: BEGINS };
    const refusal = { ...ref, short: short.filter(({ requested, available }) => available < requested) };
    this.tell(orderId, { type: 'HearAllocationRefusal', data: { refusal, evidence: this.evidence(one.lines) } });
  }

  /** Nothing of it goes out, whoever wanted that. */
  stop(nth: number): void {
    const [orderId, one] = this.pick(nth);
    if (!one) return;
    const ref = { shipmentId: id(5), orderId, fulfillmentId: one.fulfillmentId, location: one.location };
    const cancellation = { ...ref, lines: one.lines, reason: { code: 'damaged', by: 'operator' }, cancelledAt: BEGINS };
    const data = { cancellation, evidence: this.evidence(one.lines), another: this.evidence(one.lines) };
    this.tell(orderId, { type: 'HearShipmentCancellation', data });
  }

  pickShort(nth: number): void {
    const [orderId, one] = this.pick(nth);
    const [line] = one?.lines ?? [];
    if (!one || !line) return;
    const reason = { code: 'not-found', by: 'operator' };
    const short = [{ ...line, quantity: 1, missing: [{ sku: line.sku, quantity: 1 }], reason }];
    const ref = { shipmentId: id(5), orderId, fulfillmentId: one.fulfillmentId, location: one.location };
    const picked = { ...ref, lines: one.lines, short, pickedAt: BEGINS };
    this.tell(orderId, { type: 'HearShortPick', data: { picked, evidence: this.evidence(one.lines) } });
  }

  cancel(n: number): void {
    const state = this.stateOf(id(n));
    const [line] = [...(state?.fulfillments.values() ?? [])].flatMap(({ lines }) => lines);
    if (!state || !line) return;
    const request = { ...cancellationRequest(900 + n, [{ ...line, quantity: 1 }]), orderId: id(n), now: BEGINS };
    this.tell(id(n), { type: 'HearCancellationRequest', data: request });
  }

  askAgain(n: number): void {
    const state = this.stateOf(id(n));
    const lines = state ? unfilledOf(state, '1') : [];
    if (lines.length > 0) this.tell(id(n), { type: 'BrokerAgain', data: { evidence: new Map([['1', this.evidence(lines)]]) } });
  }

  receive(place: number, sku: number, units: number): void {
    const code = `L${place % this.places.length}`;
    const shelf = this.shelves.get(code) ?? [];
    shelf[sku] = (shelf[sku] ?? 0) + units;
    this.heard.set(code, [...shelf]);
    for (let n = 1; n <= this.orders; n += 1) this.offer(id(n), [code]);
  }

  /** What came there is offered to the order, if it waits for stock. */
  private offer(orderId: string, arrivedAt: readonly string[]): void {
    const state = this.stateOf(orderId);
    const waits = state ? waitingForStock(state) : [];
    const evidence = new Map(waits.map(({ decisionId, lines }) => [decisionId, this.evidence(lines)]));
    if (waits.length > 0) this.tell(orderId, { type: 'HearStock', data: { evidence, arrivedAt } });
  }

  /** The same past once more, with what is otherwise. */
  forked(over: Partial<ForkTerms> = {}, policy?: ForkNeeds['policy'], hindsight?: ForkNeeds['hindsight']): Fork {
    const terms = { from: BEGINS, to: '2026-11-24T00:00:00.000Z', capacity: [], stock: [], opened: [], closed: [], ...over };
    const fork = new Fork({ terms, places: this.known(), ...(policy ? { policy } : {}), ...(hindsight ? { hindsight } : {}) });
    for (const event of this.log) {
      const orderId = event.stream.slice('brokering-'.length);
      if (!fork.knows(orderId)) fork.begin(orderId, []);
      fork.hear(orderId, event);
    }
    fork.finish();
    return fork;
  }

  stateOf(orderId: string): Brokering {
    return fold(
      orderBrokering,
      this.log.filter(({ stream }) => stream === streamOf(orderId)),
    );
  }

  private tell(orderId: string, command: BrokeringCommand): void {
    try {
      orderBrokering.decide(command, this.stateOf(orderId)).forEach((event) => this.append(orderId, event));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  private append(orderId: string, event: BrokeringEvent): void {
    const [n, version] = [this.log.length + 1, (this.versions.get(orderId) ?? 0) + 1];
    this.versions.set(orderId, version);
    const meta = { commandId: `c${n}`, correlationId: 'c', actor: 'spec' };
    const where = { stream: streamOf(orderId), version, position: positionOf(n), recordedAt: this.now() };
    this.log.push({ ...event, id: id(100_000 + n), meta, ...where });
  }

  private now(): string {
    return new Date(Date.parse(BEGINS) + this.log.length * 1_000).toISOString();
  }

  private pick(nth: number): readonly [orderId: string, one: Fulfillment | undefined] {
    const standing = Array.from({ length: this.orders }, (_, n) => id(n + 1)).flatMap((orderId) =>
      [...(this.stateOf(orderId)?.fulfillments.values() ?? [])].filter(isStanding).map((one) => [orderId, one] as const),
    );
    return standing[nth % Math.max(1, standing.length)] ?? ['', undefined];
  }

  private placeOf(i: number): LocationFacts {
    return location(`L${i}`, [], { latitude: 51.5 + i });
  }

  private loadOf(code: string): number {
    return Array.from({ length: this.orders }, (_, n) => [...(this.stateOf(id(n + 1))?.fulfillments.values() ?? [])])
      .flat()
      .filter((one) => isStanding(one) && one.location === code && one.workDay === DAY).length;
  }

  private evidence(lines: readonly LineQuantity[]): Evidence {
    const skus = skusOf(lines);
    const locations = this.places.map(({ capacity }, i): LocationFacts => {
      const shelf = this.heard.get(`L${i}`) ?? [];
      const later = [{ day: NEXT_DAY, load: 0, beginsAt: `${NEXT_DAY}T00:00:00.000Z` }];
      const limit = capacity === undefined ? {} : { capacity, later };
      return { ...this.placeOf(i), load: this.loadOf(`L${i}`), ...limit, available: skus.map((sku) => shelf[SKUS.indexOf(sku)] ?? 0) };
    });
    const ids = Array.from({ length: 1 + this.rules.maxSplit }, () => id((this.ids += 1)));
    const facts = { destination: { locatedBy: 'coordinates', latitude: 51.5, longitude: 0 } as const, skus, locations };
    return { decisionId: ids[0] ?? '', fulfillmentIds: ids.slice(1), rules: this.rules, facts, now: this.now() };
  }
}

/** All of them at once. */
export const sumsOf = (outcomes: Iterable<OrderOutcome>): ForkSums => {
  const sums = new ForkSums();
  for (const outcome of outcomes) sums.add(outcome);
  return sums;
};
