import {
  DAY_MS,
  expectedOrder,
  isSentTo,
  LEAST_ORDERS,
  MOST_ORDERS,
  orderedSkus,
  ordersPerDay,
  PAST_DAYS,
  type Shelves,
} from './expected-orders';
import { rulesOfRecord } from './back-test';
import { timesOf, type DemandSource, type UnitsPerDay } from './expected-demand';
import type { DecisionRecord } from './events';
import type { BrokeringFacts } from './facts';
import { lookAheadMethod } from './look-ahead';
import type { RoutingPolicy } from './policy';
import { shadowPriceSteps, type ShadowPrices } from './shadow-prices';

/** Prices are found anew after so long in the time of the fork. The service does so each quarter of an hour; what is on the shelves hardly changes in between. */
const EVERY_MS = 3 * 3_600_000;
/** From earlier prices they are found in fewer rounds. */
const ROUNDS_AGAIN = 20;

interface Policy {
  readonly rules: RoutingPolicy;
  readonly version: string;
}

/**
 * What units are worth to those who come later, found in a fork as the service would have found it then: from orders that had come by then, what inventory had said by then
 * that it expects, and from what is on the shelves of the fork. Nothing of what came later is in it.
 */
export class ForkPrices {
  private recent: readonly DecisionRecord[];
  private prices: ShadowPrices | undefined;
  private foundAt = -Infinity;
  private expected: UnitsPerDay = new Map();
  private demand: DemandSource = { from: 'own-orders', share: 0 };

  constructor(
    private readonly policy: Policy,
    /** First decisions of before the fork begins, the oldest first. */
    earlier: readonly DecisionRecord[],
  ) {
    this.recent = earlier.filter(isSentTo).slice(-MOST_ORDERS);
  }

  /** A first decision of an order. */
  see(record: DecisionRecord): void {
    if (isSentTo(record)) this.recent = [...this.recent, record].slice(-MOST_ORDERS);
  }

  isDue(at: string): boolean {
    return this.recent.length >= LEAST_ORDERS && Date.parse(at) - this.foundAt >= EVERY_MS;
  }

  /** SKUs of orders that came lately, of which it matters what inventory expected. */
  skus(): readonly string[] {
    return orderedSkus(this.recent);
  }

  /** What inventory had said by now that it expects: the next prices are found by it. */
  expect(perDay: UnitsPerDay): void {
    this.expected = perDay;
  }

  /** Finds them anew, round by round. */
  *find(at: string, shelvesOf: (skus: readonly string[]) => Shelves): Generator<void> {
    this.foundAt = Date.parse(at);
    const { sourcing, cost } = this.policy.rules;
    const since = new Date(this.foundAt - PAST_DAYS * DAY_MS).toISOString();
    const records = this.recent.filter(({ brokeredAt }) => brokeredAt >= since);
    this.prices = records.length < LEAST_ORDERS ? undefined : this.prices;
    if (!sourcing || !cost || records.length < LEAST_ORDERS) return;
    const shelves = shelvesOf(orderedSkus(records));
    const { horizonDays } = sourcing;
    const pace = (ordersPerDay(records, at) * horizonDays) / records.length;
    const counted = timesOf(records, { times: pace, horizonDays, perDay: this.expected });
    this.demand = counted.source;
    const orders = records.map((record, n) => ({
      order: expectedOrder(record, this.rulesOf(record), { shelves, cost }),
      times: counted.times[n] ?? 0,
    }));
    const stock = new Map([...shelves].map(([location, { units }]) => [location, units]));
    const expected = { orders, stock, unfilledCost: sourcing.unfilledCost };
    this.prices = yield* shadowPriceSteps(expected, this.prices ? { from: this.prices, rounds: ROUNDS_AGAIN } : {});
  }

  /** The same facts with what units are worth there by now, in place of what was thought of it then. */
  onto({ unitWorth: _then, ...facts }: BrokeringFacts): BrokeringFacts {
    const { prices } = this;
    const { currency } = this.policy.rules.cost ?? {};
    const locations = facts.locations.map(({ worth: _worth, ...place }) => place);
    if (!prices || currency === undefined) return { ...facts, locations };
    const worthAt = (location: string) => facts.skus.map((sku) => Math.round(prices.of(location, sku)));
    return {
      ...facts,
      unitWorth: {
        ...lookAheadMethod,
        model: `fork@${new Date(this.foundAt).toISOString()}`,
        currency,
        demand: this.demand,
      },
      locations: locations.map((place) => ({ ...place, worth: worthAt(place.location) })),
    };
  }

  private rulesOf(record: DecisionRecord) {
    return rulesOfRecord(this.policy.rules, this.policy.version, record);
  }
}
