import type { RoutingRules } from './rules';

/** What may be otherwise for some orders; the rest is the same for all. */
export type RuleTerms = Omit<RoutingRules, 'version' | 'shortlist' | 'searchBudget'>;

/** For orders of which all that is said is true. */
export interface RuleException {
  readonly channels?: readonly string[];
  readonly methods?: readonly string[];
  readonly countries?: readonly string[];
  /** SKUs, with `*` at the end for all that begin so; one line is enough. */
  readonly skus?: readonly string[];
  readonly change: Partial<RuleTerms>;
}

/** A version of the rules: what holds for all, and what is otherwise; later exceptions go before earlier ones. */
export interface RoutingPolicy extends RuleTerms {
  readonly exceptions: readonly RuleException[];
}

/** What is to be routed, as far as rules differ by it. */
export interface RoutedOrder {
  readonly channel?: string | undefined;
  readonly method?: string | undefined;
  readonly country?: string | undefined;
  readonly skus: readonly string[];
}

const isAmong = (said: readonly string[] | undefined, one: string | undefined): boolean =>
  said === undefined || (one !== undefined && said.includes(one));

const matches = (pattern: string, sku: string): boolean => (pattern.endsWith('*') ? sku.startsWith(pattern.slice(0, -1)) : sku === pattern);

const concerns = ({ channels, methods, countries, skus }: RuleException, order: RoutedOrder): boolean =>
  isAmong(channels, order.channel) &&
  isAmong(methods, order.method) &&
  isAmong(countries, order.country) &&
  (skus === undefined || order.skus.some((sku) => skus.some((pattern) => matches(pattern, sku))));

/** What is absent changes nothing. */
const said = (change: Partial<RuleTerms>): Partial<RuleTerms> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

const SHORTLIST = 50;
const SEARCH_BUDGET = 1_000_000;

/** The rules that one order is routed by; its record keeps them as they are then. */
export const rulesFor = ({ exceptions, ...terms }: RoutingPolicy, version: string, order: RoutedOrder): RoutingRules => ({
  ...exceptions.filter((one) => concerns(one, order)).reduce<RuleTerms>((before, { change }) => ({ ...before, ...said(change) }), terms),
  version,
  shortlist: SHORTLIST,
  searchBudget: SEARCH_BUDGET,
});

export const policyOf = ({ version: _v, shortlist: _s, searchBudget: _b, ...terms }: RoutingRules): RoutingPolicy => ({
  ...terms,
  exceptions: [],
});
