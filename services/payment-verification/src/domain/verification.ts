import type { Amount, Finding, Verdict } from '@cartage/contracts';
import { rulesFor } from './rules';
import type { Terms } from './terms';

/** What was known about the customer when the order came. A guest has no past. */
export interface CustomerFacts {
  /** Whether the customer ordered before. */
  readonly returning: boolean;
  /** Other orders that were heard of within the hour before this one, by our clock: a channel's own time may be anything. */
  readonly ordersWithinHour: number;
  /** Whether an earlier order went to the same country. */
  readonly countryKnown: boolean;
}

/** The numbers that the rules measure with. */
export interface VerificationLimits {
  readonly reviewFrom: number;
  readonly rejectFrom: number;
  /** In the currency of the first, and so in every other by what that is roughly worth there, but for those given here. */
  readonly highValue: readonly Amount[];
  /** So many units of one SKU are unusual. */
  readonly bulkUnits: number;
  /** So many orders of a customer within an hour are unusual, this one counted. */
  readonly velocityOrders: number;
  readonly cod: {
    readonly limit: readonly Amount[];
    /** Countries with cash on delivery; `*` is every country. */
    readonly countries: readonly string[];
    /** `<country>-<postal area>` without cash on delivery. */
    readonly excludedAreas: readonly string[];
  };
}

/** Version of the rules: a changed rule or weight gets a new one. */
export const ruleSet = '2026-11';

const decisionFor = (score: number, { reviewFrom, rejectFrom }: VerificationLimits): Verdict['decision'] => {
  if (score >= rejectFrom) return 'reject';
  return score >= reviewFrom ? 'review' : 'accept';
};

/** Judges an order: the weights of the rules that speak, summed up to 100, against the limits. */
export const verify = (terms: Terms, facts: CustomerFacts, limits: VerificationLimits): Verdict => {
  const reasons = rulesFor(terms).flatMap(({ name, weight, speaks }): readonly Finding[] => {
    const detail = speaks({ terms, facts, limits });
    return detail === undefined ? [] : [{ rule: name, detail, weight }];
  });
  const score = Math.min(
    100,
    reasons.reduce((sum, { weight = 0 }) => sum + weight, 0),
  );
  return { decision: decisionFor(score, limits), score, reasons, rules: ruleSet };
};
