import { fold, type StoredEvent } from '@cartage/eventsourcing';
import { rulesOfRecord } from './back-test';
import { decideOn, type Evidence } from './deciding';
import { skusOf } from './demand';
import type { BrokeringEvent, DecisionRecord, EventData } from './events';
import { orderBrokering } from './order-brokering';
import type { BrokeringFacts } from './facts';
import type { RoutingPolicy } from './policy';
import type { RoutingRules } from './rules';
import { evolve, isStanding, type Brokering, type Fulfillment } from './state';
import { Divergence } from './divergence';
import { decideInFork, hearInFork, isForked, isSame, recordIn, waitingInFork, type ForkedOrder } from './forked-order';
import type { Hindsight } from './hindsight';
import { KnownNetwork, momentOf, type KnownPlace } from './known-network';
import { legsOf, sideOf, type OrderOutcome } from './fork-outcome';
import type { ForkTerms } from './fork-terms';
import { offerInFork, StockWaits, waitsInForkAlone } from './fork-stock-waits';
import { byWait, type Asked, type AskedLines, type Kept } from './fork-kept';
import { Waits, type Wait } from './fork-waits';
import type { ForkPrices } from './fork-prices';

export interface ForkNeeds {
  readonly terms: ForkTerms;
  /** The rules of the fork, and how they are named; absent: each order by those that it was routed by. */
  readonly policy?: { readonly rules: RoutingPolicy; readonly version: string };
  readonly places: ReadonlyMap<string, KnownPlace>;
  /** First decisions of before it begins, the oldest first: they say what was on shelves. */
  readonly earlier?: readonly DecisionRecord[];
  /** Where the fork looks ahead by what it finds itself. */
  readonly prices?: ForkPrices;
  /** Is given the first decisions of orders. */
  readonly hindsight?: Pick<Hindsight, 'add' | 'finish'>;
}

const HOUR_MS = 3_600_000;

/**
 * The past once more, from an instant on, with other rules, capacity or stock. What really came is told to it in the order of the log: each decision is made again of
 * what was known then and of what is otherwise in the fork, and what locations, carriers and customers did is done in it again, as far as it is about the same
 * fulfilments. Pure: the same log and terms give the same answer.
 */
export class Fork {
  private readonly divergence: Divergence;
  private readonly network: KnownNetwork;
  private readonly orders = new Map<string, Kept>();
  private readonly waits = new Waits();
  private readonly stockWaits = new StockWaits();
  decisions = 0;

  constructor(private readonly needs: ForkNeeds) {
    this.divergence = new Divergence(needs.terms.stock);
    this.network = new KnownNetwork(needs.terms, needs.places, this.divergence);
    for (const record of needs.earlier ?? []) this.network.see(record);
    this.network.takeRisen();
  }

  knows(orderId: string): boolean {
    return this.orders.has(orderId);
  }

  /** What had become of an order before the fork begins. */
  begin(orderId: string, past: readonly BrokeringEvent[]): void {
    const state = fold(orderBrokering, past);
    this.orders.set(orderId, { order: { real: state, fork: state }, before: new Map(), now: new Map(), asked: new Map() });
  }

  hear(orderId: string, event: StoredEvent<BrokeringEvent>): void {
    this.wakeUntil(event.recordedAt);
    const kept = this.orders.get(orderId);
    if (!kept) return;
    const { real } = kept.order;
    if (event.type === 'OrderBrokered') this.decide(kept, event.data);
    else kept.order = this.heard(kept.order, event);
    this.book(real, kept.order.real, Date.parse(event.recordedAt));
    if (isForked(kept.order)) this.diverge(orderId, kept.order);
  }

  private diverge(orderId: string, order: ForkedOrder): void {
    this.divergence.update(orderId, order.real, order.fork);
    this.stockWaits.update(orderId, order);
  }

  /** What still waits is asked for until the end. */
  finish(): void {
    this.wakeUntil(this.needs.terms.to);
    this.needs.hindsight?.finish();
  }

  /** By order, in the order of their ids. */
  *outcomes(): Generator<OrderOutcome> {
    for (const orderId of [...this.orders.keys()].sort()) {
      const kept = this.orders.get(orderId);
      if (!kept) continue;
      yield this.outcomeOf(orderId, kept);
    }
  }

  /** As many fulfilments as a location can take on a day in the fork. */
  capacityOf(location: string): number | undefined {
    return this.network.capacityOf(location);
  }

  private outcomeOf(orderId: string, { order, ...legs }: Kept): OrderOutcome {
    const before = sideOf(order.real, legs.before);
    if (!isForked(order)) return { orderId, isSame: true, before, now: before };
    const now = sideOf(order.fork, new Map([...legs.before, ...legs.now]));
    return { orderId, isSame: JSON.stringify(before) === JSON.stringify(now), before, now };
  }

  private heard(order: ForkedOrder, event: StoredEvent<BrokeringEvent>): ForkedOrder {
    const real = evolve(order.real, event);
    if (event.type === 'AllocationRefused' && this.hasInFork(event.data, event.recordedAt)) return { real, fork: order.fork };
    return { real, fork: isForked(order) ? hearInFork(order, event) : real };
  }

  /** Whether the location has in the fork what it really had not. */
  private hasInFork({ location, short, unreserved = [] }: EventData<'AllocationRefused'>, at: string): boolean {
    const isThere = ({ sku, requested, available }: (typeof short)[number]): boolean =>
      available + this.divergence.stockAt(location, sku, Date.parse(at)) >= requested;
    return short.length > 0 && unreserved.length === 0 && short.every((one) => !one.parts && isThere(one));
  }

  private decide(kept: Kept, record: DecisionRecord): void {
    this.decisions += 1;
    this.network.see(record);
    this.offerArrived(record.brokeredAt);
    const rules = this.rulesOf(record);
    const moment = momentOf(record.brokeredAt, record.shipGroup.service, rules);
    const factsFor = (lines: Parameters<typeof skusOf>[0]) => this.priced(this.network.factsOf(record, skusOf(lines), moment));
    const events = decideInFork(kept.order, record, { rules, factsFor });
    const made = recordIn(events);
    const real = evolve(kept.order.real, { type: 'OrderBrokered', data: record });
    const isLikeIt = !isForked(kept.order) && isSame(record, made);
    kept.order = { real, fork: isLikeIt ? real : events.reduce<Brokering>(evolve, kept.order.fork) };
    legsOf(record, this.yardstick(record)).forEach(([id, leg]) => kept.before.set(id, leg));
    this.came(record, made);
    if (made) this.follow(kept, made, rules);
  }

  /** First decisions say what orders come. */
  private came(record: DecisionRecord, made: DecisionRecord | undefined): void {
    if (record.cause === 'confirmed') this.needs.prices?.see(record);
    if (made?.cause === 'confirmed') this.needs.hindsight?.add(made);
  }

  /** Before what happened at this instant is heard: finds anew, where it is time, what units are worth to those who come later, step by step. */
  *lookAhead(at: string): Generator<void> {
    const { prices } = this.needs;
    if (prices?.isDue(at)) yield* prices.find(at, (skus) => this.network.shelvesAt(at, skus));
  }

  private readonly priced = (facts: BrokeringFacts): BrokeringFacts => this.needs.prices?.onto(facts) ?? facts;

  private rulesOf(record: DecisionRecord): RoutingRules {
    const { policy } = this.needs;
    return policy ? rulesOfRecord(policy.rules, policy.version, record) : record.rules;
  }

  /** Costs of both are estimated by the table of the rules that are tried, or, where they have none, by that of the time. */
  private yardstick(record: DecisionRecord): RoutingRules {
    const rules = this.rulesOf(record);
    return rules.cost ? rules : record.rules;
  }

  /** Memory is for what is otherwise: an order that goes as it went has nothing of its own here. */
  private follow(kept: Kept, made: DecisionRecord, rules: RoutingRules): void {
    if (!isForked(kept.order)) return;
    legsOf(made, this.yardstick(made)).forEach(([id, leg]) => kept.now.set(id, leg));
    const { orderId, shipGroup, destination, askAgainAt: at } = made;
    kept.asked.set(shipGroup.shipGroupId, { shipGroup, destination, rules });
    if (at === undefined) return;
    this.waits.add({ at, orderId, shipGroupId: shipGroup.shipGroupId });
  }

  /** What really stands at locations, and what does not any more. */
  private book(before: Brokering, after: Brokering, at: number): void {
    if (!after || before?.fulfillments === after.fulfillments) return;
    for (const one of after.fulfillments.values()) this.bookOne(before?.fulfillments.get(one.fulfillmentId), one, at);
  }

  private bookOne(was: Fulfillment | undefined, is: Fulfillment, at: number): void {
    if (!was) this.given(is, at);
    else if (isStanding(was) && !isStanding(is)) this.ended(was);
  }

  private given(one: Fulfillment, at: number): void {
    this.divergence.given(one, at);
    this.network.count(one.location, one.workDay, 1);
  }

  private ended(one: Fulfillment): void {
    this.divergence.ended(one);
    this.network.count(one.location, one.workDay, -1);
  }

  /** Deadlines of the fork's own. */
  private wakeUntil(until: string): void {
    for (let wait = this.waits.next(until); wait; wait = this.waits.next(until)) this.wake(wait);
  }

  private wake(wait: Wait): void {
    const { at, orderId, shipGroupId } = wait;
    const kept = this.orders.get(orderId);
    const asked = kept?.asked.get(shipGroupId);
    if (!kept || !asked || waitingInFork(kept.order, shipGroupId).length === 0) return;
    const events = this.askedAgain(kept, wait, asked);
    const made = recordIn(events);
    if (!made || made.assignments.length === 0) {
      this.waits.add({ at: new Date(Date.parse(at) + HOUR_MS).toISOString(), orderId, shipGroupId });
      return;
    }
    kept.order = { real: kept.order.real, fork: events.reduce<Brokering>(evolve, kept.order.fork) };
    this.follow(kept, made, asked.rules);
    this.diverge(orderId, kept.order);
  }

  /** What has come is offered to those that wait for it in the fork alone, who waits longest first. */
  private offerArrived(at: string): void {
    const risen = this.network.takeRisen();
    const orders = this.stockWaits.of(risen.map(({ sku }) => sku)).flatMap((orderId) => this.orders.get(orderId) ?? []);
    const arrivedAt = [...new Set(risen.map(({ location }) => location))];
    for (const kept of orders.toSorted(byWait)) this.offerTo(kept, at, arrivedAt);
  }

  private offerTo(kept: Kept, at: string, arrivedAt: readonly string[]): void {
    const evidence = new Map(
      waitsInForkAlone(kept.order).flatMap(({ decisionId, shipGroupId, lines }) => {
        const asked = kept.asked.get(shipGroupId);
        return asked ? [[decisionId, this.evidenceAt(at, `${decisionId}/${at}`, { ...asked, lines })] as const] : [];
      }),
    );
    const events = offerInFork(kept.order, { evidence, arrivedAt });
    kept.order = { real: kept.order.real, fork: events.reduce<Brokering>(evolve, kept.order.fork) };
    for (const event of events) if (event.type === 'OrderBrokered') this.follow(kept, event.data, event.data.rules);
    if (kept.order.fork && events.length > 0) this.diverge(kept.order.fork.orderId, kept.order);
  }

  /** Of what is known at this instant. */
  private askedAgain({ order: { real, fork } }: Kept, wait: Wait, { rules, destination, ...asked }: Asked): readonly BrokeringEvent[] {
    const { at, orderId, shipGroupId } = wait;
    const shipGroup = fork?.shipGroups.get(shipGroupId) ?? asked.shipGroup;
    const lines = waitingInFork({ real, fork }, shipGroupId);
    const evidence = this.evidenceAt(at, `${orderId}/${shipGroupId}/${at}`, { rules, destination, shipGroup, lines });
    return fork ? decideOn(fork, evidence, { cause: 'day-begun', shipGroup, lines, attempt: 1 }) : [];
  }

  /** What is known at an instant at which nothing was really decided. */
  private evidenceAt(at: string, decisionId: string, { rules, destination, shipGroup, lines }: AskedLines): Evidence {
    const facts = this.priced(this.network.factsAt(destination, skusOf(lines), momentOf(at, shipGroup.service, rules)));
    const fulfillmentIds = Array.from({ length: rules.maxSplit }, (_, n) => `${decisionId}/${n + 1}`);
    return { decisionId, fulfillmentIds, rules, facts, now: at };
  }
}
