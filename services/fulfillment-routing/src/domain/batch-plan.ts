import { unitsBySku, type LineQuantity } from '@cartage/contracts';
import { indexOf, unitsAt } from './demand';
import type { BatchPlan, BrokeringRequest } from './facts';
import type { RoutingRules } from './rules';
import type { Candidate } from './scoring';
import { divided, unitsByLine, unitsOf } from './units';

interface Planned {
  readonly location: string;
  readonly lines: readonly LineQuantity[];
}

const isWhole = (lines: readonly LineQuantity[], { parts }: BatchPlan): boolean => {
  const [wanted, planned] = [unitsByLine(lines), unitsByLine(parts.flatMap((part) => part.lines))];
  return wanted.size === planned.size && [...wanted].every(([lineId, units]) => planned.get(lineId) === units);
};

const has = ({ available }: Candidate, lines: readonly LineQuantity[], index: ReadonlyMap<string, number>): boolean =>
  [...unitsBySku(lines)].every(([sku, units]) => unitsAt(available, index.get(sku) ?? -1) >= units);

const mayBeSplit = ({ parts }: BatchPlan, inUse: readonly string[], { maxSplit }: RoutingRules): boolean =>
  new Set([...inUse, ...parts.map(({ location }) => location)]).size <= maxSplit;

interface Among {
  readonly rules: RoutingRules;
  readonly skus: readonly string[];
  readonly eligible: readonly Candidate[];
}

/** As it was decided together with others, the best ranked location first; nothing where the lines, the stock or the locations are not what they were then. */
export const asPlanned = ({ batch, lines, inUse }: BrokeringRequest, { rules, skus, eligible }: Among): readonly Planned[] | undefined => {
  if (!batch || !isWhole(lines, batch) || !mayBeSplit(batch, inUse, rules)) return undefined;
  const index = indexOf(skus);
  const given = eligible.flatMap((candidate): readonly Planned[] => {
    const units = batch.parts.filter(({ location }) => location === candidate.location).flatMap((part) => part.lines);
    const found = divided(lines, units).found;
    return found.length > 0 && has(candidate, found, index) ? [{ location: candidate.location, lines: found }] : [];
  });
  return unitsOf(given.flatMap((one) => one.lines)) === unitsOf(lines) ? given : undefined;
};

/** Whoever is decided anew is decided alone. */
export const alone = ({ batch: _, ...request }: BrokeringRequest): BrokeringRequest => request;
