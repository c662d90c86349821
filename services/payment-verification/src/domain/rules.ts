import { limitIn } from '@cartage/contracts';
import { liesIn } from './areas';
import { scoreRules } from './risk-rules';
import { isSecured, type Terms } from './terms';
import type { AreaLimit, CustomerFacts, Measures } from './verification';

/** What a rule looks at. */
export interface Case {
  readonly terms: Terms;
  readonly facts: CustomerFacts;
  readonly limits: Measures;
}

export interface Rule {
  /** Stable: it stands in verdicts for ever. */
  readonly name: string;
  readonly weight: number;
  /** Says why the rule speaks, or nothing. */
  readonly speaks: (found: Case) => string | undefined;
}

const isHighValue = ({ terms, limits }: Case): boolean =>
  terms.total >= (limitIn(limits.highValue, terms.currency) ?? Number.POSITIVE_INFINITY);

/** What is to be paid at the door. */
const cashOf = ({ payments }: Terms): number =>
  payments.filter(({ method }) => method === 'cod').reduce((sum, { amount }) => sum + amount, 0);

const exceeds = (amount: number, { terms, limits }: Case): boolean =>
  amount > (limitIn(limits.cod.limit, terms.currency) ?? Number.POSITIVE_INFINITY);

const areasIn = <Area>({ destinations }: Terms, areas: readonly Area[], nameOf: (area: Area) => string): readonly Area[] =>
  areas.filter((area) => destinations.some((destination) => liesIn(destination, nameOf(area))));

const isOver = ({ limit }: AreaLimit, { terms }: Case): boolean =>
  cashOf(terms) > (limitIn(limit, terms.currency) ?? Number.POSITIVE_INFINITY);

const money = (amount: number, { currency }: Terms): string => `${amount} (${currency}, minor units)`;

const largestQuantity = ({ lines }: Terms): readonly [sku: string, units: number] => {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0] as const);
};

/** What we cannot take at all yet. */
const formRules: readonly Rule[] = [
  {
    name: 'several-cash-payments',
    weight: 100,
    speaks: ({ terms: { payments } }) =>
      payments.filter(({ method }) => method === 'cod').length > 1 ? 'One payment at most is cash on delivery.' : undefined,
  },
  {
    name: 'channel-not-trusted',
    weight: 100,
    speaks: ({ terms: { payments, channel, prepaidTrusted } }) =>
      payments.some(({ method }) => method === 'prepaid') && !prepaidTrusted
        ? `The channel ${channel} is not named in PAYMENT_PREPAID_CHANNELS: it is not trusted to have the customer’s money.`
        : undefined,
  },
  {
    name: 'payment-differs-from-total',
    weight: 100,
    speaks: ({ terms }) => {
      const paid = terms.payments.reduce((sum, { amount }) => sum + amount, 0);
      return paid === terms.total ? undefined : `${money(paid, terms)} is to be paid, and the total is ${terms.total}.`;
    },
  },
];

/** The money is at our risk: nobody has it yet. */
const riskRules: readonly Rule[] = [
  {
    name: 'value-limit-unknown',
    weight: 50,
    speaks: ({ terms, limits }) =>
      terms.total > 0 && limitIn(limits.highValue, terms.currency) === undefined
        ? `What is of high value in ${terms.currency} is not known: set it, or let a person look.`
        : undefined,
  },
  {
    name: 'high-value',
    weight: 30,
    speaks: (found) => (isHighValue(found) ? `The total of ${money(found.terms.total, found.terms)} is high.` : undefined),
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
    speaks: ({ terms: { destinations }, facts }) =>
      destinations.length > 0 && facts.returning && !facts.countryKnown
        ? `No earlier order of this customer went to ${destinations.map(({ country }) => country).join(', ')}.`
        : undefined,
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

/** Where cash on delivery may be had, and for how much. One breach is enough to refuse; another way to pay may still do. */
const codRules: readonly Rule[] = [
  {
    name: 'cod-value-limit',
    weight: 100,
    speaks: (found) =>
      exceeds(cashOf(found.terms), found) ? `${money(cashOf(found.terms), found.terms)} is more than may be paid at the door.` : undefined,
  },
  {
    name: 'cod-limit-unknown',
    weight: 50,
    speaks: ({ terms, limits }) =>
      cashOf(terms) > 0 && limitIn(limits.cod.limit, terms.currency) === undefined
        ? `How much ${terms.currency} may be paid at the door is not known: set it, or let a person look.`
        : undefined,
  },
  {
    name: 'cod-country-not-served',
    weight: 100,
    speaks: ({ terms: { destinations }, limits: { cod } }) => {
      const without = destinations.filter(({ country }) => !cod.countries.includes('*') && !cod.countries.includes(country));
      return without.length === 0 ? undefined : `No cash on delivery in ${without.map(({ country }) => country).join(', ')}.`;
    },
  },
  {
    name: 'cod-area-excluded',
    weight: 100,
    speaks: ({ terms, limits: { cod } }) => {
      const excluded = areasIn(terms, cod.excludedAreas, (area) => area);
      return excluded.length === 0 ? undefined : `No cash on delivery in ${excluded.join(', ')}.`;
    },
  },
  {
    name: 'cod-area-limit',
    weight: 100,
    speaks: (found) => {
      const areas = areasIn(found.terms, found.limits.cod.areaLimits, ({ area }) => area).filter((limit) => isOver(limit, found));
      if (areas.length === 0) return undefined;
      return `${money(cashOf(found.terms), found.terms)} is more than may be paid at the door in ${areas.map(({ area }) => area).join(', ')}.`;
    },
  },
  {
    name: 'cod-customer-excluded',
    weight: 100,
    speaks: ({ terms: { customerId }, limits: { cod } }) =>
      customerId !== undefined && cod.excludedCustomers.includes(customerId) ? 'This customer pays in another way.' : undefined,
  },
  {
    name: 'cod-first-order-near-limit',
    weight: 30,
    speaks: (found) =>
      !found.facts.returning && exceeds(cashOf(found.terms) * 2, found)
        ? 'The first order of this customer takes more than half of the limit for cash on delivery.'
        : undefined,
  },
];

const prepaidRules: readonly Rule[] = [
  { name: 'paid-on-channel', weight: 0, speaks: () => 'The channel has the money: nothing is at risk.' },
];

const exchangeRules: readonly Rule[] = [
  { name: 'paid-by-exchange', weight: 0, speaks: () => 'Goods that come back pay for it: no money is at risk.' },
];

/** The rules that an order is judged by; their weights add up. */
export const rulesFor = ({ payments }: Terms): readonly Rule[] => {
  if (payments.every(({ method }) => method === 'prepaid')) return [...formRules, ...prepaidRules];
  if (payments.every(isSecured)) return [...formRules, ...exchangeRules];
  return [...formRules, ...(payments.some(({ method }) => method === 'cod') ? codRules : []), ...riskRules, ...scoreRules];
};

/** Whether another way to pay might be taken where this rule says no. */
export const leavesAnotherWay = (rule: string): boolean => rule === 'channel-not-trusted' || codRules.some(({ name }) => name === rule);

/** The rules that a rule set may weigh; what we cannot take at all weighs what it does. */
export const weighable: readonly string[] = [...codRules, ...riskRules, ...scoreRules].map(({ name }) => name);
