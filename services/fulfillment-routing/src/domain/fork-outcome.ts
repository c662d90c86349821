import { workDayOf } from './deciding';
import { isExact } from './distance';
import { estimatedCostOf } from './estimating';
import type { DecisionRecord } from './events';
import type { RoutingRules } from './rules';
import { standing, type Brokering, type Fulfillment } from './state';
import { unitsOf } from './units';
import { daysBetween } from './work-days';

/** Minor units of a currency. */
export interface Amount {
  readonly currency: string;
  readonly amount: number;
}

/** What one location ships of an order, and what that comes to. */
export interface ForkedFulfillment {
  readonly location: string;
  /** The location's own day on which it is begun. */
  readonly workDay: string;
  readonly units: number;
  /** Absent: not known. */
  readonly km?: number;
  /** Carriage and handling; absent: the rules have no table. */
  readonly cost?: Amount;
  /** Days after the one on which it is to be handed over. */
  readonly daysLate: number;
  /** From the decision to the day on which it is begun. */
  readonly daysToBegin: number;
}

/** What becomes of an order, of what was decided in the time of the fork. */
export interface OrderSide {
  readonly fulfillments: readonly ForkedFulfillment[];
  /** Units that nobody ships at the end. */
  readonly unfilled: number;
}

export interface OrderOutcome {
  readonly orderId: string;
  readonly isSame: boolean;
  readonly before: OrderSide;
  readonly now: OrderSide;
}

/** What became of orders, added up. */
export interface ForkTotals {
  readonly orders: number;
  readonly fulfillments: number;
  /** Orders that come from more than one location. */
  readonly split: number;
  /** Orders of which something waits at the end, and how many units of them. */
  readonly short: number;
  readonly unfilledUnits: number;
  readonly km: number;
  /** One for each currency that costs were estimated in. */
  readonly costs: readonly Amount[];
  readonly late: number;
  readonly daysLate: number;
  readonly daysToBegin: number;
}

/** A decision for one location, before it is known what ships in the end. */
export type Leg = Omit<ForkedFulfillment, 'units'>;

/** By `yardstick` both are estimated, what was and what would have been: else they could not be compared. */
export const legsOf = (record: DecisionRecord, yardstick: RoutingRules): readonly (readonly [fulfillmentId: string, leg: Leg])[] =>
  record.assignments.map(({ fulfillmentId, location, lines }) => {
    const workDay = workDayOf(record, location);
    const candidate = record.candidates.find((one) => one.location === location);
    const { shipBy } = record.shipGroup;
    const km = candidate?.distanceKm;
    return [
      fulfillmentId,
      {
        ...{ location, workDay },
        ...(km === undefined || !isExact(record.destination) ? {} : { km }),
        ...costOf(yardstick, estimatedCostOf(yardstick, { kind: '', ...candidate, location, lines }, record)),
        daysLate: shipBy === undefined ? 0 : Math.max(0, daysBetween(shipBy.slice(0, 10), workDay)),
        daysToBegin: Math.max(0, daysBetween(record.brokeredAt.slice(0, 10), workDay)),
      },
    ];
  });

const costOf = ({ cost }: RoutingRules, amount: number | undefined): { readonly cost?: Amount } =>
  amount === undefined || !cost ? {} : { cost: { currency: cost.currency, amount } };

const shipped = ({ fulfillmentId, lines }: Fulfillment, legs: ReadonlyMap<string, Leg>): readonly ForkedFulfillment[] => {
  const leg = legs.get(fulfillmentId);
  return leg && lines.length > 0 ? [{ ...leg, units: unitsOf(lines) }] : [];
};

export const sideOf = (state: Brokering, legs: ReadonlyMap<string, Leg>): OrderSide => ({
  fulfillments: standing(state).flatMap((one) => shipped(one, legs)),
  unfilled: state?.closed === undefined ? unitsOf(state?.unfilled ?? []) : 0,
});

export const noTotals: ForkTotals = {
  ...{ orders: 0, fulfillments: 0, split: 0, short: 0, unfilledUnits: 0, km: 0 },
  costs: [],
  ...{ late: 0, daysLate: 0, daysToBegin: 0 },
};

/** By currency, in the order of their names. */
const summed = (costs: readonly Amount[], cost: Amount | undefined): readonly Amount[] => {
  if (!cost) return costs;
  const sums = new Map(costs.map(({ currency, amount }) => [currency, amount]));
  sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.amount);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amount]) => ({ currency, amount }));
};

/** Tenths of a kilometre do not add up exactly. */
const tenths = (km: number): number => Math.round(km * 10) / 10;

const withFulfillment = (totals: ForkTotals, { km = 0, cost, daysLate, daysToBegin }: ForkedFulfillment): ForkTotals => ({
  ...totals,
  fulfillments: totals.fulfillments + 1,
  km: tenths(totals.km + km),
  costs: summed(totals.costs, cost),
  late: totals.late + (daysLate > 0 ? 1 : 0),
  daysLate: totals.daysLate + daysLate,
  daysToBegin: totals.daysToBegin + daysToBegin,
});

const withOrder = (totals: ForkTotals, { fulfillments, unfilled }: OrderSide): ForkTotals =>
  fulfillments.reduce(withFulfillment, {
    ...totals,
    orders: totals.orders + 1,
    split: totals.split + (new Set(fulfillments.map(({ location }) => location)).size > 1 ? 1 : 0),
    short: totals.short + (unfilled > 0 ? 1 : 0),
    unfilledUnits: totals.unfilledUnits + unfilled,
  });

/** What a location has to do on one of its days, as it was and in the fork. */
export interface DayUse {
  readonly location: string;
  readonly day: string;
  readonly before: number;
  readonly now: number;
  /** As many as it can take in the fork; absent: no limit. */
  readonly capacity?: number;
}

/** Orders of a fork, added up one after the other. */
export class ForkSums {
  same = 0;
  before = noTotals;
  now = noTotals;
  private readonly days = new Map<string, { readonly location: string; readonly day: string; before: number; now: number }>();

  add({ isSame, before, now }: OrderOutcome): void {
    if (isSame) this.same += 1;
    this.before = withOrder(this.before, before);
    this.now = withOrder(this.now, now);
    this.count('before', before);
    this.count('now', now);
  }

  /** What was decided in the time of the fork, by location and day. */
  dayUses(capacityOf: (location: string) => number | undefined): readonly DayUse[] {
    return [...this.days]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, use]) => {
        const capacity = capacityOf(use.location);
        return { ...use, ...(capacity === undefined ? {} : { capacity }) };
      });
  }

  private count(which: 'before' | 'now', { fulfillments }: OrderSide): void {
    for (const { location, workDay: day } of fulfillments) {
      const key = `${location}\n${day}`;
      const use = this.days.get(key) ?? { location, day, before: 0, now: 0 };
      use[which] += 1;
      this.days.set(key, use);
    }
  }
}
