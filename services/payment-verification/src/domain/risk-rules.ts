import { limitIn } from '@cartage/contracts';
import type { Case, Rule } from './rules';

const isWorthLess = ({ terms, limits }: Case): boolean => terms.total < (limitIn(limits.risk.acceptAwayBelow, terms.currency) ?? 0);

const saidOf = ({ facts: { risk } }: Case): string =>
  risk
    ? `${risk.provider} ${risk.version ?? ''} scores it ${risk.score}: ${risk.reasons.map(({ code }) => code).join(', ') || 'without reasons'}.`
    : '';

/** What a risk provider said, or that it said nothing. Where none is asked, these are silent. */
export const scoreRules: readonly Rule[] = [
  {
    name: 'risk-doubtful',
    weight: 50,
    speaks: (found) => {
      const {
        facts: { risk },
        limits: { risk: from },
      } = found;
      return risk?.score !== undefined && risk.score >= from.doubtfulFrom && risk.score < from.highFrom ? saidOf(found) : undefined;
    },
  },
  {
    name: 'risk-high',
    weight: 80,
    speaks: (found) => {
      const {
        facts: { risk },
        limits,
      } = found;
      return risk?.score !== undefined && risk.score >= limits.risk.highFrom ? saidOf(found) : undefined;
    },
  },
  {
    name: 'risk-provider-away',
    weight: 50,
    speaks: (found) => {
      const { risk } = found.facts;
      return risk?.away === undefined || isWorthLess(found) ? undefined : `${risk.provider} did not say how risky it is (${risk.away}).`;
    },
  },
];
