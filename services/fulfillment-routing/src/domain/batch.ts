import { unitsBySku, type LineQuantity } from '@cartage/contracts';
import { broker } from './brokering';
import type { Evidence } from './deciding';
import { indexOf } from './demand';
import type { BatchPlan, BrokeringRequest } from './facts';
import { lookingAhead } from './look-ahead';
import type { RoutingRules } from './rules';
import { candidatesFor, type Candidate } from './scoring';
import {
  faultOf,
  isBetter,
  leastCostOf,
  costOf,
  valueOf,
  type SourcedPart,
  type SourcingOrder,
  type SourcingPlan,
  type SourcingProblem,
} from './sourcing';
import { sourcingPlaces } from './sourcing-costs';
import { withoutTaken, type TakenUnits } from './taken-units';
import { divided, merged } from './units';

/** A search tries hundreds of ways for each order, and each way looks at all of its lines. */
const MOST_LINES = 200;

/** Lines of one ship group that are decided together with others, and what is known for them. */
export interface BatchMember {
  readonly orderId: string;
  readonly request: BrokeringRequest;
  readonly evidence: Evidence;
}

/**
 * Lines may go from anywhere when nobody was named for them, nobody has them at hand, and they need nothing that only comes free with them: what a fulfilment that came to
 * nothing held is in no book yet, and no plan of several can count on it. Whoever has very many lines goes alone: all others would wait for the search.
 */
export const isOpen = ({ preferred, only, lines }: BrokeringRequest, assignments: readonly Assigned[], { facts }: Evidence): boolean => {
  if (preferred !== undefined || only !== undefined || lines.length > MOST_LINES) return false;
  const [index, there] = [indexOf(facts.skus), new Map(facts.locations.map((one) => [one.location, one.available]))];
  return takenBy(assignments).every(({ sku, location, units }) => (there.get(location)?.[index.get(sku) ?? -1] ?? 0) >= units);
};

interface Assigned {
  readonly location: string;
  readonly lines: readonly LineQuantity[];
}

type Priced = RoutingRules & { readonly cost: NonNullable<RoutingRules['cost']> };
const isPriced = (rules: RoutingRules): rules is Priced => rules.cost !== undefined;

/** Those whose costs can be compared: by rules that have a table, in the currency of the first of them. The others are decided each alone. */
export const comparable = (members: readonly BatchMember[]): readonly BatchMember[] => {
  const currency = members.find(({ evidence: { rules } }) => isPriced(rules))?.evidence.rules.cost?.currency;
  return members.filter(({ evidence: { rules } }) => isPriced(rules) && rules.cost.currency === currency);
};

/** The least that was seen of something: what was known at slightly different instants. */
class Least {
  readonly seen = new Map<string, number>();

  see(key: string, units: number): void {
    this.seen.set(key, Math.max(0, Math.min(units, this.seen.get(key) ?? Infinity)));
  }
}

const candidatesOf = ({ request, evidence: { rules, facts } }: BatchMember): readonly Candidate[] =>
  candidatesFor(rules, request, facts).filter(({ refusal }) => refusal === undefined);

const orderOf = (member: BatchMember, i: number): SourcingOrder => {
  const { request, evidence } = member;
  const { rules, facts } = evidence;
  const lines = merged(request.lines);
  const places = isPriced(rules) ? sourcingPlaces(rules.cost, { ...facts, request, lines }, candidatesOf(member)) : [];
  return lookingAhead({ id: `${i} ${member.orderId}`, lines, maxSplit: rules.maxSplit, places }, rules, facts);
};

/** Who may ship what of these, and at what cost, of what all of them know. */
export const batchProblem = (members: readonly BatchMember[]): SourcingProblem => {
  const [stock, rooms] = [new Map<string, Least>(), new Least()];
  for (const { facts } of members.map(({ evidence }) => evidence))
    for (const { location, available, capacity, load } of facts.locations) {
      const shelf = stock.get(location) ?? new Least();
      stock.set(location, shelf);
      facts.skus.forEach((sku, i) => shelf.see(sku, available[i] ?? 0));
      if (capacity !== undefined) rooms.see(location, capacity - load);
    }
  return { orders: members.map(orderOf), stock: new Map([...stock].map(([location, { seen }]) => [location, seen])), rooms: rooms.seen };
};

/** One more or less that it can begin. */
const withLoads = (known: Evidence, given: readonly string[]): Evidence => ({
  ...known,
  facts: {
    ...known.facts,
    locations: known.facts.locations.map((one) => ({ ...one, load: one.load + given.filter((code) => code === one.location).length })),
  },
});

const partsOf = (assignments: readonly Assigned[]): readonly SourcedPart[] =>
  assignments.map(({ location, lines }) => ({ location, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }));

/** As each would be decided alone, on what those before it left. What would be begun on a later day is decided with nobody. */
export const oneByOne = (members: readonly BatchMember[]): SourcingPlan => {
  const taken: TakenUnits[] = [];
  const given: string[] = [];
  return members.map(({ request, evidence }) => {
    const { rules, facts } = withLoads(withoutTaken(evidence, taken), given);
    const { assignments, candidates } = broker(rules, request, facts);
    if (assignments.some(({ location }) => candidates.find((one) => one.location === location)?.plannedFor !== undefined)) return [];
    taken.push(...takenBy(assignments));
    given.push(...assignments.map(({ location }) => location));
    return partsOf(assignments);
  });
};

const takenBy = (assignments: readonly Assigned[]): readonly TakenUnits[] =>
  assignments.flatMap(({ location, lines }) => [...unitsBySku(lines)].map(([sku, units]) => ({ sku, location, units })));

export interface FoundPlan {
  readonly plan: SourcingPlan;
  readonly method: BatchPlan['method'];
}

/** Together if that is better; nobody is worse off for having waited. */
export const betterOf = (problem: SourcingProblem, found: FoundPlan, alone: SourcingPlan): FoundPlan => {
  if (faultOf(problem, alone) !== undefined) return found;
  return isBetter(valueOf(problem, alone), valueOf(problem, found.plan)) ? { plan: alone, method: 'one-by-one' } : found;
};

/** The best of all costs at most this share less, as costs are looked for: no order can cost less than if it had all stock for itself. Nothing where some are not shipped. */
export const gapOf = ({ orders }: SourcingProblem, { plan, method }: FoundPlan): number | undefined => {
  if (method === 'exact') return 0;
  if (orders.some((_, i) => (plan[i] ?? []).length === 0)) return undefined;
  const least = orders.reduce((sum, order) => sum + leastCostOf(order), 0);
  const cost = orders.reduce((sum, order, i) => sum + costOf(order, plan[i] ?? []), 0);
  return cost === 0 ? 0 : Math.max(0, Math.round(((cost - least) / cost) * 10_000) / 10_000);
};

/** What a member is decided on: what the others leave, and the plan for it where there is one. */
export interface PlannedMember {
  readonly evidence: Evidence;
  /** What all others are given. */
  readonly taken: readonly TakenUnits[];
}

/** All members, of which `planned` were decided together. */
export const withPlan = (
  members: readonly BatchMember[],
  planned: readonly BatchMember[],
  { plan, ...batch }: Omit<BatchPlan, 'parts'> & { readonly plan: SourcingPlan },
): ReadonlyMap<BatchMember, PlannedMember> => {
  const parts = new Map(planned.map((member, i) => [member, plan[i] ?? []]));
  const taken = planned.map((member) => ({ member, units: takenIn(member, parts.get(member) ?? []) }));
  return new Map(
    members.map((member) => {
      const others = taken.filter((one) => one.member !== member).flatMap(({ units }) => units);
      const mine = parts.get(member) ?? [];
      const evidence = withoutTaken(member.evidence, others);
      return [member, { taken: others, evidence: mine.length > 0 ? { ...evidence, batch: { ...batch, parts: mine } } : evidence }];
    }),
  );
};

const takenIn = ({ request: { lines } }: BatchMember, parts: readonly SourcedPart[]): readonly TakenUnits[] =>
  takenBy(parts.map(({ location, lines: units }) => ({ location, lines: divided(merged(lines), units).found })));
