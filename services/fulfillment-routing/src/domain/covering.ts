import { unitsAt, usable } from './demand';
import type { RoutingRules } from './rules';
import type { Candidate } from './scoring';

/** What must be covered, and by how many locations at most. */
export interface Cover {
  readonly quantities: readonly number[];
  readonly rules: Pick<RoutingRules, 'maxSplit' | 'searchBudget'>;
  readonly inUse: readonly string[];
  /** Whether these can be given the lines as they must go: a kit goes from one location. */
  readonly fits: (chosen: readonly Candidate[]) => boolean;
}

/**
 * The fewest locations that together have everything, and of all such sets the one with the best scores; nothing when the split limit
 * allows none. `ranked` are eligible, best first. Exact while the search stays within its budget, greedy beyond it.
 */
export const cover = (ranked: readonly Candidate[], want: Cover): readonly Candidate[] | undefined => {
  const { maxSplit, searchBudget } = want.rules;
  for (let size = 1; size <= Math.min(maxSplit, ranked.length); size += 1) {
    if (combinations(ranked.length, size) * want.quantities.length > searchBudget) return greedy(ranked, want);
    const found = bestOfSize(ranked, want, size);
    if (found) return found;
  }
  return undefined;
};

const combinations = (n: number, size: number): number => {
  let count = 1;
  for (let i = 0; i < size; i += 1) count = (count * (n - i)) / (i + 1);
  return count;
};

/** Locations that ship other lines of the order anyway do not add to its split. */
const allowed = (chosen: readonly Candidate[], { rules, inUse }: Cover): boolean =>
  new Set([...inUse, ...chosen.map(({ location }) => location)]).size <= rules.maxSplit ||
  chosen.every(({ location }) => inUse.includes(location));

const covers = (chosen: readonly Candidate[], { quantities, fits }: Cover): boolean =>
  quantities.every((quantity, i) => chosen.reduce((sum, { available }) => sum + unitsAt(available, i), 0) >= quantity) && fits(chosen);

const total = (chosen: readonly Candidate[]): number => chosen.reduce((sum, { score }) => sum + score, 0);

/** Of equal totals the first in order of rank stays. */
const bestOfSize = (ranked: readonly Candidate[], want: Cover, size: number): readonly Candidate[] | undefined => {
  let best: readonly Candidate[] | undefined;
  for (const chosen of subsets(ranked, size))
    if ((!best || total(chosen) > total(best)) && allowed(chosen, want) && covers(chosen, want)) best = chosen;
  return best;
};

function* subsets(ranked: readonly Candidate[], size: number, from = 0): Generator<readonly Candidate[]> {
  if (size === 0) return yield [];
  for (let i = from; i <= ranked.length - size; i += 1)
    for (const rest of subsets(ranked, size - 1, i + 1)) yield [ranked[i] as Candidate, ...rest];
}

/** Takes again and again the location with most of what is still wanted; then lets go those that the others made needless. */
const greedy = (ranked: readonly Candidate[], want: Cover): readonly Candidate[] | undefined => {
  let chosen: readonly Candidate[] = [];
  let open: readonly number[] = want.quantities;
  while (open.some((quantity) => quantity > 0)) {
    const next = mostOf(ranked, open, (candidate) => !chosen.includes(candidate) && allowed([...chosen, candidate], want));
    if (!next) return undefined;
    chosen = [...chosen, next];
    open = open.map((quantity, i) => Math.max(0, quantity - unitsAt(next.available, i)));
  }
  if (!want.fits(chosen)) return undefined;
  return needed(chosen, want).toSorted((a, b) => ranked.indexOf(a) - ranked.indexOf(b));
};

const mostOf = (ranked: readonly Candidate[], open: readonly number[], may: (candidate: Candidate) => boolean): Candidate | undefined => {
  let most: { readonly candidate: Candidate; readonly units: number } | undefined;
  for (const candidate of ranked) {
    if (!may(candidate)) continue;
    const units = usable(candidate.available, open);
    if (units > (most?.units ?? 0)) most = { candidate, units };
  }
  return most?.candidate;
};

const needed = (chosen: readonly Candidate[], want: Cover): readonly Candidate[] =>
  chosen.reduceRight((kept, each) => {
    const others = kept.filter((one) => one !== each);
    return others.length > 0 && covers(others, want) ? others : kept;
  }, chosen);
