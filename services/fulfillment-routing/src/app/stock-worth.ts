import { timesOf, type DemandSource } from '../domain/expected-demand';
import type { DecisionRecord } from '../domain/events';
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
} from '../domain/expected-orders';
import type { UnitWorth } from '../domain/facts';
import { lookAheadMethod, type LookAhead } from '../domain/look-ahead';
import type { CostTable } from '../domain/rules';
import { shadowPriceSteps, type ExpectedOrder, type ShadowPrices } from '../domain/shadow-prices';
import type { SourcingProblem } from '../domain/sourcing';
import { saidBy, type DemandTable } from './expected-demand';
import type { Network } from './network';
import type { RoutingRuleBook } from './routing-rules';

/** What units are worth to those who come later. */
export interface StockWorth {
  readonly from: UnitWorth;
  of(location: string, sku: string): number;
}

/** Prices that were found, as they are kept. */
export interface PricedStock {
  readonly currency: string;
  /** By which rules. */
  readonly rules: string;
  readonly horizonDays: number;
  /** Orders of the past that stood for those that come, from when to when, and how many a day there were. */
  readonly orders: number;
  readonly from: string;
  readonly to: string;
  readonly perDay: number;
  /** What expected orders were counted by. */
  readonly demand?: DemandSource;
  /** Those that are worth anything; minor units. */
  readonly prices: readonly (readonly [location: string, sku: string, price: number])[];
}

export interface KeptPrices {
  /** Which they are: what decisions name. */
  readonly model: string;
  readonly madeAt: string;
  readonly priced: PricedStock;
}

/** Whoever finds prices first keeps them for all. */
export interface PriceTable {
  /** The newest, unless they are known. */
  newer(known: string | undefined): Promise<KeptPrices | undefined>;
  /** Unless others were kept since `before`. */
  keep(priced: PricedStock, times: { readonly before: string; readonly now: string }): Promise<void>;
}

export interface StockPricingNeeds {
  readonly table: PriceTable;
  readonly rules: Pick<RoutingRuleBook, 'inForce' | 'pastDecisions' | 'rulesOf'>;
  readonly network: Pick<Network, 'stocked' | 'weightsOf'>;
  /** What inventory expects. */
  readonly demand: Pick<DemandTable, 'perDay'>;
  readonly now: () => Date;
  /** Lets others have their turn, between rounds. */
  readonly pause: () => Promise<void>;
}

const MOST_SKUS = 5_000;
/** Prices are found anew so often; those that are much older say nothing any more. */
const [EVERY_MS, OLD_MS] = [15 * 60_000, 6 * 3_600_000];
/** From earlier prices they are found in fewer rounds. */
const ROUNDS_AGAIN = 20;

interface Pace {
  readonly skus: readonly string[];
  /** Orders, together. */
  readonly perDay: number;
  readonly horizonDays: number;
}

interface Asking {
  readonly sourcing: LookAhead;
  readonly cost: CostTable;
  readonly rules: string;
}

/** Finds what units are worth to those who come later, by what came lately and what is there now; and knows what was found last. */
export class StockPricing {
  private kept: KeptPrices | undefined;
  private worth: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map();

  constructor(private readonly needs: StockPricingNeeds) {}

  /** What is known without waiting for it; nothing where it is too old to say anything. */
  readonly current = (): StockWorth | undefined => {
    const { kept, worth } = this;
    if (!kept || this.needs.now().getTime() - Date.parse(kept.madeAt) > OLD_MS) return undefined;
    const { currency, demand } = kept.priced;
    const from = { ...lookAheadMethod, model: kept.model, currency, ...(demand ? { demand } : {}) };
    return { from, of: (location, sku) => worth.get(location)?.get(sku) ?? 0 };
  };

  readonly newest = (): KeptPrices | undefined => this.kept;

  /** Finds them anew where it is time, and learns what others found. */
  async renew(): Promise<void> {
    const { table, now } = this.needs;
    const asking = await this.asking();
    if (!asking) return this.forget();
    await this.read();
    const before = new Date(now().getTime() - EVERY_MS).toISOString();
    if (this.kept && this.kept.madeAt > before) return;
    const priced = await this.found(asking);
    if (!priced) return;
    await table.keep(priced, { before, now: now().toISOString() });
    await this.read();
  }

  /** Only where the rules in force name it, and have costs to look ahead by. */
  private async asking(): Promise<Asking | undefined> {
    const { rules, version } = await this.needs.rules.inForce();
    const { sourcing, cost } = rules;
    return sourcing && cost ? { sourcing, cost, rules: version } : undefined;
  }

  private forget(): void {
    [this.kept, this.worth] = [undefined, new Map()];
  }

  private async read(): Promise<void> {
    const newest = await this.needs.table.newer(this.kept?.model);
    if (!newest) return;
    const worth = new Map<string, Map<string, number>>();
    for (const [location, sku, price] of newest.priced.prices) {
      const shelf = worth.get(location) ?? new Map<string, number>();
      worth.set(location, shelf.set(sku, price));
    }
    [this.kept, this.worth] = [newest, worth];
  }

  private async found(asking: Asking): Promise<PricedStock | undefined> {
    const records = await this.records();
    const [oldest] = records.map(({ brokeredAt }) => brokeredAt).toSorted();
    const skus = orderedSkus(records);
    if (records.length < LEAST_ORDERS || oldest === undefined || skus.length > MOST_SKUS) return undefined;
    const to = this.needs.now().toISOString();
    const shelves = await this.shelves(skus, to);
    const perDay = ordersPerDay(records, to);
    const { sourcing, cost, rules } = asking;
    const counted = await this.counted(records, { skus, perDay, horizonDays: sourcing.horizonDays });
    const orders = await this.expected(records, counted.times, { shelves, cost });
    return {
      ...{ currency: cost.currency, rules, horizonDays: sourcing.horizonDays, orders: records.length, from: oldest, to },
      ...{ perDay, demand: counted.source, prices: pricesOf(await this.priced(orders, shelves, sourcing), shelves) },
    };
  }

  /** By what inventory expects, where it said so lately; else by the pace of the orders. */
  private async counted(records: readonly DecisionRecord[], { skus, perDay, horizonDays }: Pace) {
    const expected = await this.needs.demand.perDay(skus, saidBy(this.needs.now().toISOString()));
    return timesOf(records, { times: (perDay * horizonDays) / records.length, horizonDays, perDay: expected });
  }

  private async records(): Promise<readonly DecisionRecord[]> {
    const { rules, now } = this.needs;
    const from = new Date(now().getTime() - PAST_DAYS * DAY_MS).toISOString();
    const records: DecisionRecord[] = [];
    for await (const some of rules.pastDecisions({ from, limit: MOST_ORDERS })) records.push(...some);
    return records.filter(isSentTo);
  }

  private async shelves(skus: readonly string[], at: string): Promise<Shelves> {
    const stocked = await this.needs.network.stocked({ skus, at, laterDays: 1 });
    const open = stocked.filter(({ active }) => active);
    return new Map(open.map(({ available: units, ...place }) => [place.location, { ...place, available: [], units }]));
  }

  private expected(
    records: readonly DecisionRecord[],
    times: readonly number[],
    known: { readonly shelves: Shelves; readonly cost: CostTable },
  ): Promise<readonly ExpectedOrder[]> {
    const { rules } = this.needs;
    return Promise.all(
      records.map(async (record, n) => ({ order: expectedOrder(record, await rules.rulesOf(record), known), times: times[n] ?? 0 })),
    );
  }

  private async priced(orders: readonly ExpectedOrder[], shelves: Shelves, { unfilledCost }: LookAhead): Promise<ShadowPrices> {
    const stock: SourcingProblem['stock'] = new Map([...shelves].map(([location, { units }]) => [location, units]));
    const { worth } = this;
    const from: ShadowPrices = { of: (location, sku) => worth.get(location)?.get(sku) ?? 0, bound: 0 };
    const steps = shadowPriceSteps({ orders, stock, unfilledCost }, worth.size === 0 ? {} : { from, rounds: ROUNDS_AGAIN });
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      await this.needs.pause();
    }
  }
}

const pricesOf = (prices: ShadowPrices, shelves: Shelves): PricedStock['prices'] =>
  [...shelves].flatMap(([location, { units }]) =>
    [...units.keys()].flatMap((sku) => {
      const price = Math.round(prices.of(location, sku));
      return price > 0 ? [[location, sku, price] as const] : [];
    }),
  );
