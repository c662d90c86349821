import { worthIn } from '@cartage/contracts';
import type { Feature } from './risk-learning';
import type { Terms } from './terms';
import type { CustomerFacts } from './verification';

/** What risk is learned from. All of it is known when an order comes, and none of it is what a person cannot help: country, name or address. */
export const riskFeatures: readonly Feature[] = [
  { name: 'orders-within-hour', kind: 'up' },
  { name: 'returning', kind: 'down' },
  { name: 'country-known', kind: 'down' },
  { name: 'guest', kind: 'up' },
  { name: 'worth', kind: 'up' },
  { name: 'most-units', kind: 'up' },
  { name: 'cash-at-the-door', kind: 'up' },
  { name: 'expedited', kind: 'up' },
  { name: 'countries', kind: 'up' },
  { name: 'provider-score', kind: 'up' },
];

/** Whole numbers, few of each: what was learned of many orders then takes as little room as what was learned of few. */
export type RiskValues = readonly (number | null)[];

/** A doubling is two steps. */
const steps = (value: number): number => Math.max(0, Math.round(2 * Math.log2(1 + value)));
const truth = (is: boolean): number => (is ? 1 : 0);
const stepsOfWorth = ({ total, currency }: Terms): number | null => {
  const cents = worthIn({ currency, amount: total }, 'USD');
  return cents === undefined ? null : Math.min(40, steps(cents / 100));
};

const mostUnits = ({ lines }: Terms): number => {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return Math.max(0, ...units.values());
};

/** Of an order, in the order of the features; null where nobody knows it. */
export const riskValuesOf = (terms: Terms, { ordersWithinHour, returning, countryKnown, risk }: CustomerFacts): RiskValues => [
  ...[Math.min(10, ordersWithinHour), truth(returning), truth(countryKnown), truth(terms.customerId === undefined)],
  ...[stepsOfWorth(terms), Math.min(20, steps(mostUnits(terms)))],
  ...[truth(terms.payments.some(({ method }) => method === 'cod')), truth(terms.priority === 'expedited')],
  ...[Math.min(3, new Set(terms.destinations.map(({ country }) => country)).size)],
  risk?.score === undefined ? null : Math.round(risk.score / 10),
];
