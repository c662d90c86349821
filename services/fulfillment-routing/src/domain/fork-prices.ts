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
 * What units are worth to those who come later, found in a fork as the service would have found it then: from orders that had come by then, and from what is on the
 * shelves of the fork. Nothing of what came later is in it.
 */
export class ForkPrices {
  private recent: readonly DecisionRecord[];
  private prices: ShadowPrices | undefined;
  private foundAt = -Infinity;

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

  /** Finds them anew, round by round. */
  *find(at: string, shelvesOf: (skus: readonly string[]) => Shelves): Generator<void> {
    this.foundAt = Date.parse(at);
    const { sourcing, cost } = this.policy.rules;
    const since = new Date(this.foundAt - PAST_DAYS * DAY_MS).toISOString();
    const records = this.recent.filter(({ brokeredAt }) => brokeredAt >= since);
    this.prices = records.length < LEAST_ORDERS ? undefined : this.prices;
    if (!sourcing || !cost || records.length < LEAST_ORDERS) return;
    const shelves = shelvesOf(orderedSkus(records));
    const times = (ordersPerDay(records, at) * sourcing.horizonDays) / records.length;
    const orders = records.map((record) => ({ order: expectedOrder(record, this.rulesOf(record), { shelves, cost }), times }));
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
      // What inventory had expected then nobody has kept.
      unitWorth: {
        ...lookAheadMethod,
        model: `fork@${new Date(this.foundAt).toISOString()}`,
        currency,
        demand: { from: 'own-orders', share: 0 },
      },
      locations: locations.map((place) => ({ ...place, worth: worthAt(place.location) })),
    };
  }

  private rulesOf(record: DecisionRecord) {
    return rulesOfRecord(this.policy.rules, this.policy.version, record);
  }
}
