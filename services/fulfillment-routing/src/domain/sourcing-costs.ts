import type { LineQuantity } from '@cartage/contracts';
import { sumOfParts, tariffFor, weighs, type Known } from './estimating';
import type { CostTable } from './rules';
import type { Candidate } from './scoring';
import type { SourcingPlace } from './sourcing';
import { divided, type UnitsOfLine } from './units';

interface Wanted extends Known {
  readonly lines: readonly LineQuantity[];
}

/** Whether its costs grow evenly as they are. */
const isStraight = (cost: CostTable): boolean => !weighs(cost) && cost.handlingPerLine === undefined;

/** What it costs to ship these lines from each of these, or some units of them: straightened while a plan is looked for, exact when it is judged. */
export const sourcingPlaces = (
  cost: CostTable,
  { lines, skus, weights, request: { destination } }: Wanted,
  candidates: readonly Pick<Candidate, 'location' | 'kind' | 'distanceKm'>[],
): readonly SourcingPlace[] =>
  candidates.map(({ location, kind, distanceKm: km }) => {
    const tariff = tariffFor(cost, { skus, ...(weights ? { weights } : {}) }, { place: { location, kind }, km, destination });
    const { fixed, perUnit } = tariff.straightened(lines);
    const exactly = (units: readonly UnitsOfLine[]): number => sumOfParts(tariff.of(divided(lines, units).found));
    return { location, cost: fixed, perUnit, ...(isStraight(cost) ? {} : { exactly }) };
  });
