import { unitsBySku } from '@cartage/contracts';
import { sourcingPlaces } from './sourcing-costs';
import type { DecisionRecord } from './events';
import type { RoutingRules } from './rules';
import type { Candidate } from './scoring';
import { isBetter, valueOf, type SourcingOrder, type SourcingPlan, type SourcingProblem, type SourcingValue } from './sourcing';
import { merged } from './units';

/** Orders that were decided one after the other, and might have been decided together. */
export interface HindsightBatch {
  readonly problem: SourcingProblem;
  /** As they were decided in the fork: that can be carried out, too. */
  readonly now: SourcingPlan;
}

/** What the first decisions of orders came to, and what would have been the best had those of some minutes been decided together. */
export interface HindsightTotals {
  readonly minutes: number;
  readonly currency: string;
  readonly batches: number;
  /** Of which it is certain that there is nothing better. */
  readonly exact: number;
  readonly orders: number;
  readonly now: SourcingValue;
  readonly best: SourcingValue;
}

export interface HindsightRules {
  readonly cost: NonNullable<RoutingRules['cost']>;
}

/** The most that was seen there, or given away. */
class Most {
  private readonly seen = new Map<string, number>();
  private readonly given = new Map<string, number>();

  see(key: string, units: number): void {
    this.seen.set(key, Math.max(units, this.seen.get(key) ?? 0));
  }

  give(key: string, units: number): void {
    this.given.set(key, units + (this.given.get(key) ?? 0));
  }

  entries(): readonly (readonly [key: string, units: number])[] {
    return [...this.seen].map(([key, units]) => [key, Math.max(units, this.given.get(key) ?? 0)]);
  }
}

const mayShip = ({ refusal }: Candidate): boolean => refusal === undefined || refusal === 'over-capacity';

/** Fulfilments that it can still be given, on its day and on those for which it may be planned. */
const roomOf = ({ planAheadDays }: RoutingRules, { capacity = 0, load, later = [] }: Candidate): number =>
  [load, ...later.slice(0, planAheadDays).map((one) => one.load)].reduce((sum, taken) => sum + Math.max(0, capacity - taken), 0);

/** A batch ends when it has so many, whatever the time: it is in memory, and its best is looked for while others wait. */
const MOST_ORDERS = 500;

/** A batch that is being gathered. */
class Gathering {
  private readonly orders: SourcingOrder[] = [];
  private readonly now: SourcingPlan[number][] = [];
  private readonly stock = new Map<string, Most>();
  private readonly rooms = new Most();

  constructor(
    readonly slot: number,
    private readonly yardstick: HindsightRules,
  ) {}

  add(record: DecisionRecord): void {
    const { orderId, shipGroup, request, candidates, assignments, rules } = record;
    const lines = merged(request.lines);
    const places = sourcingPlaces(this.yardstick.cost, { ...record, lines }, candidates.filter(mayShip));
    this.orders.push({ id: `${orderId}/${shipGroup.shipGroupId}`, lines, maxSplit: rules.maxSplit, places });
    this.now.push(
      assignments.map(({ location, lines }) => ({ location, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) })),
    );
    for (const candidate of candidates) this.see(record, candidate);
    for (const { location, lines } of assignments) {
      this.rooms.give(location, 1);
      for (const [sku, units] of unitsBySku(lines)) this.shelfOf(location).give(sku, units);
    }
  }

  get isFull(): boolean {
    return this.orders.length >= MOST_ORDERS;
  }

  batch(): HindsightBatch {
    const stock = new Map([...this.stock].map(([location, most]) => [location, new Map(most.entries())]));
    return { problem: { orders: this.orders, stock, rooms: new Map(this.rooms.entries()) }, now: this.now };
  }

  private see({ rules, skus }: DecisionRecord, candidate: Candidate): void {
    const { location, capacity, available } = candidate;
    skus.forEach((sku, i) => this.shelfOf(location).see(sku, Math.max(0, available[i] ?? 0)));
    if (capacity !== undefined) this.rooms.see(location, roomOf(rules, candidate));
  }

  private shelfOf(location: string): Most {
    const shelf = this.stock.get(location) ?? new Most();
    this.stock.set(location, shelf);
    return shelf;
  }
}

const MINUTE_MS = 60_000;

/** First decisions of orders in batches of so many minutes, each with the stock and the room that were seen meanwhile. */
export class Hindsight {
  private gathering: Gathering | undefined;
  private whole: HindsightBatch[] = [];

  constructor(
    private readonly minutes: number,
    private readonly yardstick: HindsightRules,
  ) {}

  add(record: DecisionRecord): void {
    const slot = Math.floor(Date.parse(record.brokeredAt) / (this.minutes * MINUTE_MS));
    if (this.gathering && (this.gathering.slot < slot || this.gathering.isFull)) this.finish();
    this.gathering ??= new Gathering(slot, this.yardstick);
    this.gathering.add(record);
  }

  /** Nothing more comes. */
  finish(): void {
    if (this.gathering) this.whole.push(this.gathering.batch());
    this.gathering = undefined;
  }

  /** Batches that are whole, each once. */
  take(): readonly HindsightBatch[] {
    const taken = this.whole;
    this.whole = [];
    return taken;
  }
}

const nothing: SourcingValue = { unfilled: 0, fulfillments: 0, cost: 0 };
export const noHindsight = (minutes: number, { cost: { currency } }: HindsightRules): HindsightTotals => ({
  ...{ minutes, currency, batches: 0, exact: 0, orders: 0 },
  ...{ now: nothing, best: nothing },
});

const added = (sum: SourcingValue, value: SourcingValue): SourcingValue => ({
  unfilled: sum.unfilled + value.unfilled,
  fulfillments: sum.fulfillments + value.fulfillments,
  cost: sum.cost + value.cost,
});

/** One batch more, and a plan for it; where that is no better than what was done, what was done is the best that is known. */
export const withBatch = (
  totals: HindsightTotals,
  { problem, now }: HindsightBatch,
  found: { readonly value: SourcingValue; readonly isOptimal: boolean },
): HindsightTotals => {
  const done = valueOf(problem, now);
  return {
    ...totals,
    batches: totals.batches + 1,
    exact: totals.exact + (found.isOptimal ? 1 : 0),
    orders: totals.orders + problem.orders.length,
    now: added(totals.now, done),
    best: added(totals.best, isBetter(done, found.value) ? done : found.value),
  };
};
