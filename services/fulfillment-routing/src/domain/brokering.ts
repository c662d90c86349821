import { piecesOf, wholeUnits, withParts, type LineQuantity, type ShortLine } from '@cartage/contracts';
import { asPlanned } from './batch-plan';
import { cover } from './covering';
import { demandOf, indexOf, unitsAt } from './demand';
import type { BrokeringFacts, BrokeringRequest, LocationFacts } from './facts';
import type { RoutingRules } from './rules';
import { candidatesFor, plannedAhead, type Candidate } from './scoring';
import { unitsOf } from './units';

export interface Assignment {
  readonly location: string;
  readonly lines: readonly LineQuantity[];
}

/** Why nothing was assigned. */
export type Unfilled = 'short' | 'split-limit' | 'no-capacity' | 'attempts-exhausted';

/** Which location ships which lines, and what spoke for and against each. All lines are assigned, or none. */
export interface Decision {
  readonly candidates: readonly Candidate[];
  /** Locations that were ranked too low to be looked at closely. */
  readonly overlooked: number;
  /** What was known of these: other rules may rank them higher. */
  readonly others?: readonly LocationFacts[];
  readonly assignments: readonly Assignment[];
  readonly unfilled: readonly ShortLine[];
  readonly because?: Unfilled;
  /** The next working day of a location that has them and is full: then it is asked again. */
  readonly askAgainAt?: string;
}

/**
 * Decides where lines ship from. Pure, and the same for the same facts: a decision record can be made again, also by other rules. Who can begin today goes
 * before who can only begin later.
 */
export const broker = (rules: RoutingRules, request: BrokeringRequest, facts: BrokeringFacts): Decision => {
  const all = candidatesFor(rules, request, facts);
  const today = choose(rules, request, { skus: facts.skus, all });
  if (today.because === undefined || today.because === 'attempts-exhausted') return today;
  const ahead = plannedAhead(rules, request, facts);
  const planned = ahead && choose(rules, request, { skus: facts.skus, all: ahead });
  if (planned?.because === undefined && planned) return planned;
  return waitsForCapacity(rules, request, { skus: facts.skus, all }) ? { ...today, because: 'no-capacity', ...askAgainAt(all) } : today;
};

const hasNoRoom = ({ refusal }: Candidate): boolean => refusal === 'over-capacity';

/** Whether it could be shipped if nobody was full. */
const waitsForCapacity = (rules: RoutingRules, request: BrokeringRequest, { skus, all }: Among): boolean => {
  if (!all.some(hasNoRoom)) return false;
  const roomy = all.map((candidate) => (hasNoRoom(candidate) ? withoutRefusal(candidate) : candidate));
  return choose(rules, request, { skus, all: roomy }).because === undefined;
};

const withoutRefusal = ({ refusal: _, ...candidate }: Candidate): Candidate => candidate;

const askAgainAt = (all: readonly Candidate[]): Pick<Decision, 'askAgainAt'> => {
  const begins = all.filter(hasNoRoom).flatMap(({ later = [] }) => later.slice(0, 1).map(({ beginsAt }) => beginsAt));
  const first = begins.toSorted()[0];
  return first === undefined ? {} : { askAgainAt: first };
};

/** A candidate without what was made of it. */
export const factsOf = ({
  distanceKm: _d,
  components: _c,
  cost: _k,
  costParts: _cp,
  keeps: _w,
  score: _s,
  refusal: _r,
  plannedFor: _p,
  ...facts
}: Candidate): LocationFacts => facts;

interface Among {
  readonly skus: readonly string[];
  /** Best first. */
  readonly all: readonly Candidate[];
}

const choose = (rules: RoutingRules, request: BrokeringRequest, { skus, all }: Among): Decision => {
  const { quantities } = demandOf(request.lines, skus);
  const candidates = shortlisted(rules, all, quantities);
  const others = all.filter((one) => !candidates.includes(one)).map(factsOf);
  const overlooked = { overlooked: others.length, ...(others.length > 0 ? { others } : {}) };
  const eligible = candidates.filter(({ refusal }) => refusal === undefined);
  const none = (because: Unfilled): Decision => ({
    candidates,
    ...overlooked,
    assignments: [],
    unfilled: unfilledLines(request.lines, skus, eligible),
    because,
  });
  if (request.attempt > rules.maxAttempts) return none('attempts-exhausted');
  if (!isThere(request.lines, skus, eligible)) return none('short');
  const fits = fitting(request.lines, skus);
  const found = { candidates, ...overlooked, unfilled: [] };
  const planned = asPlanned(request, { rules, skus, eligible });
  if (planned) return { ...found, assignments: planned };
  const chosen = preferredAlone(eligible, request, quantities) ?? cover(eligible, { quantities, rules, inUse: request.inUse, fits });
  return chosen ? { ...found, assignments: assign(request.lines, skus, chosen) } : none('split-limit');
};

const preferredAlone = (
  eligible: readonly Candidate[],
  { preferred }: BrokeringRequest,
  quantities: readonly number[],
): readonly Candidate[] | undefined => {
  const found = eligible.find(({ location }) => location === preferred);
  return found && quantities.every((quantity, i) => unitsAt(found.available, i) >= quantity) ? [found] : undefined;
};

const sumOf = (candidates: readonly Candidate[], sku: number): number =>
  candidates.reduce((sum, { available }) => sum + unitsAt(available, sku), 0);

/** The best of the eligible and of the refused; beyond that only who is needed for the quantity of some SKU. Keeps the order. */
const shortlisted = ({ shortlist }: RoutingRules, ranked: readonly Candidate[], quantities: readonly number[]): readonly Candidate[] => {
  if (ranked.length <= shortlist) return ranked;
  const eligible = ranked.filter(({ refusal }) => refusal === undefined);
  const refused = ranked.filter(({ refusal }) => refusal !== undefined);
  const best = eligible.slice(0, shortlist);
  const rest = eligible.slice(shortlist);
  const kept = new Set([...best, ...refused.slice(0, Math.max(0, shortlist - eligible.length))]);
  quantities.forEach((quantity, sku) => {
    let missing = quantity - sumOf(best, sku);
    for (const each of rest) {
      if (missing <= 0) return;
      const units = unitsAt(each.available, sku);
      if (units > 0) kept.add(each);
      missing -= units;
    }
  });
  return ranked.filter((each) => kept.has(each));
};

/** Whether there are enough units of each SKU, and of each kit at one location or another all of its parts. */
const isThere = (lines: readonly LineQuantity[], skus: readonly string[], eligible: readonly Candidate[]): boolean => {
  if (!demandOf(lines, skus).quantities.every((quantity, i) => sumOf(eligible, i) >= quantity)) return false;
  const index = indexOf(skus);
  return lines.every((line) => !line.parts || wholeOver(line, index, eligible) >= line.quantity);
};

const wholeOver = (line: LineQuantity, index: ReadonlyMap<string, number>, candidates: readonly Candidate[]): number =>
  candidates.reduce((sum, { available }) => sum + wholeUnits(line, (sku) => unitsAt(available, index.get(sku) ?? -1)), 0);

/** Without kits whoever has the units together can be given the lines. */
const fitting = (lines: readonly LineQuantity[], skus: readonly string[]): ((chosen: readonly Candidate[]) => boolean) => {
  if (lines.every(({ parts }) => !parts)) return () => true;
  const wanted = unitsOf(lines);
  return (chosen) => {
    const assigned = assign(lines, skus, chosen).flatMap((assignment) => assignment.lines);
    return unitsOf(assigned) === wanted;
  };
};

/** Line by line from the best ranked location that still has units of it; kits first, because they find fewer places. */
const assign = (lines: readonly LineQuantity[], skus: readonly string[], chosen: readonly Candidate[]): readonly Assignment[] => {
  const index = indexOf(skus);
  const shelves = chosen.map(({ location, available }) => ({ location, left: [...available], lines: [] as LineQuantity[] }));
  for (const { lineId, sku, parts, quantity } of [...lines].sort((a, b) => Number(!a.parts) - Number(!b.parts))) {
    const line = withParts({ lineId, sku }, parts);
    let open = quantity;
    for (const shelf of shelves) {
      const taken = Math.min(
        open,
        wholeUnits(line, (each) => unitsAt(shelf.left, index.get(each) ?? -1)),
      );
      if (taken === 0) continue;
      shelf.lines.push({ ...line, quantity: taken });
      for (const piece of piecesOf(line)) {
        const i = index.get(piece.sku) ?? -1;
        shelf.left[i] = (shelf.left[i] ?? 0) - taken * piece.quantity;
      }
      open -= taken;
    }
  }
  return shelves.map(({ location, lines: taken }) => ({ location, lines: taken })).filter(({ lines: taken }) => taken.length > 0);
};

/** All of them wait: lines are assigned together or not at all. What could have been had of each says which one stopped the others. */
const unfilledLines = (lines: readonly LineQuantity[], skus: readonly string[], eligible: readonly Candidate[]): readonly ShortLine[] => {
  const left = new Map(skus.map((sku, i) => [sku, sumOf(eligible, i)]));
  const index = indexOf(skus);
  return lines.map(({ lineId, sku, parts, quantity }) => {
    const line = withParts({ lineId, sku }, parts);
    const there = wholeUnits(line, (each) => left.get(each) ?? 0);
    const available = Math.min(there, quantity, parts ? wholeOver({ ...line, quantity }, index, eligible) : quantity);
    for (const piece of piecesOf(line)) left.set(piece.sku, (left.get(piece.sku) ?? 0) - available * piece.quantity);
    return { ...line, requested: quantity, available };
  });
};
