import { piecesOf, type LineQuantity } from '@cartage/contracts';
import { indexOf } from './demand';
import type { BrokeringFacts, LocationFacts, UnitWorth } from './facts';
import type { RoutingPolicy } from './policy';
import type { RoutingRules } from './rules';
import { atShadowPrices } from './shadow-prices';
import type { SourcingOrder } from './sourcing';

/** As decisions and cards name it, in the service as in a fork. */
export const lookAheadMethod = { method: 'shadow prices of stock', version: '2' } as const;

/** That what a unit is worth to those who come later counts, so that the last one of a region is kept for whom it serves. */
export interface LookAhead {
  readonly method: 'look-ahead';
  /** Whether it counts; otherwise it only stands in decisions, in shadow. */
  readonly decides: boolean;
  /** Stock is to last for so many days. */
  readonly horizonDays: number;
  /** What it costs not to ship an order, in minor units of the table of costs. */
  readonly unfilledCost: number;
}

/** The same rules, with or without. */
export const withLookAhead = (policy: RoutingPolicy, decides: boolean): RoutingPolicy => {
  const { sourcing, ...rest } = policy;
  const exceptions = policy.exceptions.map(({ change: { sourcing: _own, ...change }, ...one }) => ({ ...one, change }));
  return { ...rest, exceptions, ...(decides && sourcing ? { sourcing: { ...sourcing, decides } } : {}) };
};

type Known = Pick<BrokeringFacts, 'skus'> & { readonly unitWorth?: UnitWorth };

/** What was found is of another currency than the costs that it stands beside. */
const isComparable = ({ cost }: Pick<RoutingRules, 'cost'>, { unitWorth }: Known): boolean => cost?.currency === unitWorth?.currency;

const worthAt = ({ worth = [] }: Pick<LocationFacts, 'worth'>, index: ReadonlyMap<string, number>, sku: string): number =>
  worth[index.get(sku) ?? -1] ?? 0;

/** What all of these units are worth to later orders where they are; nothing where the rules do not ask, or nobody knows. */
export const worthOf = (
  rules: Pick<RoutingRules, 'cost' | 'sourcing'>,
  place: Pick<LocationFacts, 'worth'>,
  { lines, ...known }: Known & { readonly lines: readonly LineQuantity[] },
): number | undefined => {
  if (!rules.sourcing || !place.worth || !isComparable(rules, known)) return undefined;
  const index = indexOf(known.skus);
  return lines.reduce(
    (sum, line) =>
      sum + line.quantity * piecesOf(line).reduce((each, { sku, quantity }) => each + quantity * worthAt(place, index, sku), 0),
    0,
  );
};

/** An order as it is sourced with others: what it takes away from those who come later is put on its costs, where the rules let that count. */
export const lookingAhead = (
  order: SourcingOrder,
  rules: Pick<RoutingRules, 'cost' | 'sourcing'>,
  facts: Known & Pick<BrokeringFacts, 'locations'>,
): SourcingOrder => {
  if (rules.sourcing?.decides !== true || !facts.unitWorth || !isComparable(rules, facts)) return order;
  const [places, index] = [new Map(facts.locations.map((place) => [place.location, place])), indexOf(facts.skus)];
  const of = (location: string, sku: string): number => worthAt(places.get(location) ?? {}, index, sku);
  return atShadowPrices({ orders: [order], stock: new Map(), rooms: new Map() }, { of, bound: 0 }).orders[0] ?? order;
};
