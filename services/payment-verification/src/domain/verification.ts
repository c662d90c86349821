import type { Reason, Verdict } from '@cartage/contracts';
import { isCod, type Terms } from './terms';

/** What was known about the customer when the order came. A guest has no past. */
export interface CustomerFacts {
  /** Whether the customer ordered before. */
  readonly returning: boolean;
  /** Other orders placed within the hour before this one. */
  readonly ordersWithinHour: number;
  /** Whether an earlier order went to the same country. */
  readonly countryKnown: boolean;
}

/** Amounts by currency, minor units; `*` stands for every other currency. */
export type AmountByCurrency = Readonly<Record<string, number>>;

/** The numbers that the rules measure with. */
export interface VerificationLimits {
  readonly reviewFrom: number;
  readonly rejectFrom: number;
  readonly highValue: AmountByCurrency;
  /** So many units of one SKU are unusual. */
  readonly bulkUnits: number;
  /** So many orders of a customer within an hour are unusual, this one counted. */
  readonly velocityOrders: number;
  readonly cod: {
    readonly limit: AmountByCurrency;
    /** Countries with cash on delivery; `*` is every country. */
    readonly countries: readonly string[];
    /** `<country>-<postal area>` without cash on delivery. */
    readonly excludedAreas: readonly string[];
  };
}

interface Case {
  readonly terms: Terms;
  readonly facts: CustomerFacts;
  readonly limits: VerificationLimits;
}

interface Rule {
  /** Stable: it stands in verdicts for ever. */
  readonly name: string;
  readonly weight: number;
  /** Says why the rule speaks, or nothing. */
  readonly speaks: (found: Case) => string | undefined;
}

const limitOf = (amounts: AmountByCurrency, currency: string): number => amounts[currency] ?? amounts['*'] ?? Number.POSITIVE_INFINITY;

const isHighValue = ({ terms, limits }: Case): boolean => terms.total >= limitOf(limits.highValue, terms.currency);

const money = ({ total, currency }: Terms): string => `${total} (${currency}, minor units)`;

const largestQuantity = ({ lines }: Terms): readonly [sku: string, units: number] => {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0] as const);
};

/** The money is at our risk: nobody has it yet. */
const riskRules: readonly Rule[] = [
  {
    name: 'high-value',
    weight: 30,
    speaks: (found) => (isHighValue(found) ? `The total of ${money(found.terms)} is high.` : undefined),
  },
  {
    name: 'first-order-high-value',
    weight: 25,
    speaks: (found) => (!found.facts.returning && isHighValue(found) ? 'The first order of this customer is of high value.' : undefined),
  },
  {
    name: 'expedited-high-value',
    weight: 15,
    speaks: (found) => (found.terms.priority === 'expedited' && isHighValue(found) ? 'High value in a hurry.' : undefined),
  },
  {
    name: 'many-units-of-one-sku',
    weight: 15,
    speaks: ({ terms, limits }) => {
      const [sku, units] = largestQuantity(terms);
      return units >= limits.bulkUnits ? `${units} units of ${sku}.` : undefined;
    },
  },
  {
    name: 'new-destination-country',
    weight: 20,
    speaks: ({ terms, facts }) =>
      facts.returning && !facts.countryKnown ? `No earlier order of this customer went to ${terms.destination.country}.` : undefined,
  },
  {
    name: 'order-velocity',
    weight: 25,
    speaks: ({ facts, limits }) =>
      facts.ordersWithinHour + 1 >= limits.velocityOrders
        ? `The customer’s order number ${facts.ordersWithinHour + 1} within one hour.`
        : undefined,
  },
];

/** Where cash on delivery may be had, and for how much. One breach is enough to refuse. */
const codRules: readonly Rule[] = [
  {
    name: 'cod-value-limit',
    weight: 100,
    speaks: ({ terms, limits }) =>
      terms.total > limitOf(limits.cod.limit, terms.currency) ? `${money(terms)} is more than may be paid at the door.` : undefined,
  },
  {
    name: 'cod-country-not-served',
    weight: 100,
    speaks: ({ terms: { destination }, limits }) =>
      limits.cod.countries.includes('*') || limits.cod.countries.includes(destination.country)
        ? undefined
        : `No cash on delivery in ${destination.country}.`,
  },
  {
    name: 'cod-area-excluded',
    weight: 100,
    speaks: ({ terms: { destination }, limits }) => {
      const area = `${destination.country}-${destination.postalArea ?? ''}`;
      return limits.cod.excludedAreas.includes(area) ? `No cash on delivery in ${area}.` : undefined;
    },
  },
  {
    name: 'cod-first-order-near-limit',
    weight: 30,
    speaks: ({ terms, facts, limits }) =>
      !facts.returning && terms.total * 2 > limitOf(limits.cod.limit, terms.currency)
        ? 'The first order of this customer takes more than half of the limit for cash on delivery.'
        : undefined,
  },
];

const prepaidRules: readonly Rule[] = [
  { name: 'paid-on-channel', weight: 0, speaks: () => 'The channel has the money: nothing is at risk.' },
];

const rulesFor = (terms: Terms): readonly Rule[] => {
  if (terms.method === 'prepaid') return prepaidRules;
  return isCod(terms) ? [...codRules, ...riskRules] : riskRules;
};

/** Version of the rules above: a changed rule or weight gets a new one. */
export const ruleSet = '2026-11';

const decisionFor = (score: number, { reviewFrom, rejectFrom }: VerificationLimits): Verdict['decision'] => {
  if (score >= rejectFrom) return 'reject';
  return score >= reviewFrom ? 'review' : 'accept';
};

/** Judges an order: the weights of the rules that speak, summed up to 100, against the limits. */
export const verify = (terms: Terms, facts: CustomerFacts, limits: VerificationLimits): Verdict => {
  const reasons = rulesFor(terms).flatMap(({ name, weight, speaks }): readonly Reason[] => {
    const detail = speaks({ terms, facts, limits });
    return detail === undefined ? [] : [{ rule: name, detail, weight }];
  });
  const score = Math.min(
    100,
    reasons.reduce((sum, { weight = 0 }) => sum + weight, 0),
  );
  return { decision: decisionFor(score, limits), score, reasons, rules: ruleSet };
};
