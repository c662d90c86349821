import type { RuleSet } from './verification';
import type { RuleSetEvent } from './rule-sets';

export const now = '2026-11-02T10:00:00.000Z';

export const rules: RuleSet = {
  reviewFrom: 50,
  rejectFrom: 80,
  weights: { 'high-value': 40 },
  highValue: [{ currency: 'GBP', amount: 200_000 }],
  bulkUnits: 100,
  velocityOrders: 5,
  cod: {
    limit: [{ currency: 'GBP', amount: 100_000 }],
    countries: ['*'],
    excludedAreas: ['IN-110001'],
    areaLimits: [{ area: 'IN-40*', limit: [{ currency: 'INR', amount: 1_000_000 }] }],
    excludedCustomers: ['customer-9'],
  },
  exceptions: [{ countries: ['IN'], currencies: ['INR'], change: { velocityOrders: 20, cod: { countries: ['IN'] } } }],
  reviewWithinMinutes: 240,
  reviewAgainPercent: 20,
  risk: { doubtfulFrom: 60, highFrom: 85, acceptAwayBelow: [{ currency: 'GBP', amount: 10_000 }] },
};

export const draftedAs = (version: string, by = 'staff-17', of: RuleSet = rules): RuleSetEvent => ({
  type: 'RulesDrafted',
  data: { version, rules: of, note: 'Fewer doubts.', by, draftedAt: now },
});
export const activatedAs = (version: string, replaces?: string, by = 'staff-17'): RuleSetEvent => ({
  type: 'RulesActivated',
  data: { version, note: 'Tried.', by, ...(replaces === undefined ? {} : { replaces }), activatedAt: now },
});
