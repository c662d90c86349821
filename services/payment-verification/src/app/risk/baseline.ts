import { limitIn, type Amount } from '@cartage/contracts';
import type { RiskAnswer, RiskCase, RiskProvider } from './risk-provider';

const VERSION = 'baseline-1';

/** What orders are usually worth less than, in the currency of the first and by worth in the others. */
const usual: readonly Amount[] = [{ currency: 'GBP', amount: 50_000 }];

interface Sign {
  readonly code: string;
  readonly points: (order: RiskCase) => number;
}

/** Points that add up to a score. What they say of customers is what the rules know, too: it is a floor for whoever has nothing better. */
const signs: readonly Sign[] = [
  { code: 'new-customer', points: ({ facts }) => (facts.returning ? 0 : 10) },
  { code: 'guest', points: ({ customerId }) => (customerId === undefined ? 5 : 0) },
  { code: 'many-orders', points: ({ facts }) => Math.min(30, facts.ordersWithinHour * 6) },
  { code: 'new-country', points: ({ facts }) => (facts.returning && !facts.countryKnown ? 15 : 0) },
  { code: 'several-countries', points: ({ destinations }) => (new Set(destinations.map(({ country }) => country)).size > 1 ? 10 : 0) },
  { code: 'in-a-hurry', points: ({ priority }) => (priority === 'expedited' ? 5 : 0) },
  {
    code: 'unusual-value',
    points: ({ total, currency }) => {
      const limit = limitIn(usual, currency);
      return limit === undefined || limit === 0 ? 10 : Math.min(25, Math.floor((total / limit) * 5));
    },
  },
  {
    code: 'many-units',
    points: ({ lines }) => Math.min(15, Math.floor(lines.reduce((most, { quantity }) => Math.max(most, quantity), 0) / 10)),
  },
];

const assessed = (order: RiskCase): RiskAnswer => {
  const spoke = signs.map(({ code, points }) => ({ code, points: points(order) })).filter(({ points }) => points > 0);
  return {
    version: VERSION,
    score: Math.min(
      100,
      spoke.reduce((sum, { points }) => sum + points, 0),
    ),
    reasons: spoke.map(({ code, points }) => ({ code, detail: `${points} points` })),
  };
};

/** Plain and built in: it asks nobody, and always answers. */
export const baselineRisk: RiskProvider = { name: 'baseline', assess: async (order) => assessed(order) };
