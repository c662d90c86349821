import type { LearnedRiskPolicy } from '../../domain/learned-risk';
import { riskFeatures } from '../../domain/risk-features';
import { MATURE_DAYS, type RiskLearned, type RiskMonth } from '../../domain/risk-learner';
import { learnedRisk } from '../../domain/risk-learning';

/** How orders of one country, method or channel fared by what was learned: whether whoever is flagged there was so rightly (equalized odds: Hardt, Price and Srebro 2016). */
export interface RiskSlice {
  readonly by: 'all' | 'country' | 'method' | 'channel';
  readonly value: string;
  /** Judged, with something foretold of them. */
  readonly orders: number;
  /** So many of them were foretold to go wrong, in sum. */
  readonly foretold: number;
  /** Of them, those that would cost least if a person looked at them, or if they were declined. */
  readonly flagged: number;
  /** Of them, those that were not accepted at once. */
  readonly flaggedByRules: number;
  /** Of them, those that are old enough and whose money was promised: the rest is of these. */
  readonly known: number;
  readonly wentWrong: number;
  readonly foretoldOfKnown: number;
  readonly flaggedOfWrong: number;
  readonly flaggedOfGood: number;
}

export interface RiskReport {
  readonly from: string;
  readonly to: string;
  readonly items: readonly RiskSlice[];
}

export interface RiskReportsNeeds {
  readonly slices: (within: { readonly from: string; readonly to: string; readonly now: string }) => Promise<readonly RiskSlice[]>;
  readonly learned: () => RiskLearned;
  readonly policy: () => Promise<LearnedRiskPolicy | undefined>;
  readonly now: () => Date;
}

const DAY_MS = 86_400_000;
const PERIOD_MS = 180 * DAY_MS;
const LATELY = 3;

const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const sumOf = (months: readonly RiskMonth[], key: 'orders' | 'foretold' | 'wentWrong' | 'error' | 'baseError'): number =>
  months.reduce((sum, month) => sum + month[key], 0);
const share = (sum: number, of: number): number => Number((of === 0 ? 0 : sum / of).toFixed(6));

const notes = [
  `An order counts ${MATURE_DAYS} days after it was judged; what goes wrong later is not learned. One whose money was never promised is not learned from: nobody knows what would have become of it.`,
  'What is declined or cancelled by the rules or by a person is not seen: what is learned holds for orders like those that went through.',
  'It went wrong: a chargeback that is not won, a shipment that came back undelivered, units that the customer cancelled, money that went back for nothing that came back.',
  'What happened a year ago counts half. It is learned anew each week.',
];
const notFor = [
  'Decisions about people by what they cannot help: country, name and address are no features; they are only looked at, so that it is seen whom it flags.',
  'Declining without a person, unless whoever answers for it has switched that on in the rules.',
  'Fraud that changes as soon as it is caught: watch the drift.',
];

const about = { up: 'never lowers the risk as it rises', down: 'never raises it', number: 'either way', category: 'by its words' } as const;

const madeOf = ({ trials: [inUse] }: RiskLearned) =>
  riskFeatures.map(({ name, kind }, feature) => ({
    ...{ name, about: about[kind] },
    weight: Number(
      (inUse?.state.encoding ?? [])
        .reduce((sum, each, n) => (each.feature === feature && !each.isMissing ? sum + (inUse?.state.coefficients[n] ?? 0) : sum), 0)
        .toFixed(4),
    ),
  }));

const errorOf = (months: readonly RiskMonth[]) => {
  const orders = sumOf(months, 'orders');
  if (orders === 0) return [];
  return [
    { measure: 'Brier score', value: share(sumOf(months, 'error'), orders), baseline: share(sumOf(months, 'baseError'), orders) },
    {
      measure: 'foretold more than happened',
      value: share(sumOf(months, 'foretold') - sumOf(months, 'wentWrong'), orders),
      baseline: null,
    },
  ];
};

const standings = { never: 'shadow', review: 'decides', decline: 'decides' } as const;

const cardOf = (learned: RiskLearned, policy: LearnedRiskPolicy | undefined) => ({
  ...{ name: 'risk', title: 'Risk of orders', ...learnedRisk, model: learned.model, standing: standings[policy?.acts ?? 'never'] },
  data: {
    about: 'Orders of the own log, and what became of them.',
    ...(learned.orders === 0 ? { from: null, to: null } : { from: dayText(learned.from), to: dayText(learned.to) }),
    learnedFrom: learned.orders,
    counts: { 'went wrong': learned.wentWrong, ...learned.outcomes },
  },
  error: errorOf(learned.months),
  drift: learned.months.map(({ month, orders, foretold, wentWrong }) => ({
    ...{ period: month, decisions: orders, foretold: share(foretold, orders), happened: share(wentWrong, orders) },
  })),
  madeOf: learned.trials.length === 0 ? [] : madeOf(learned),
  ...{ notes, notFor },
});

export type RiskCard = ReturnType<typeof cardOf>;

/** By how much more was foretold than happened, of the orders of the last months that are old enough. */
export const recentGap = ({ months }: Pick<RiskLearned, 'months'>): number => {
  const recent = months.slice(-LATELY);
  return share(sumOf(recent, 'foretold') - sumOf(recent, 'wentWrong'), sumOf(recent, 'orders'));
};

export interface RiskReports {
  slices(asked: { readonly from?: string | undefined; readonly to?: string | undefined }): Promise<RiskReport>;
  card(): Promise<RiskCard>;
}

/** What was learned of the risk of orders, and how it holds. */
export const createRiskReports = ({ slices, learned, policy, now }: RiskReportsNeeds): RiskReports => ({
  slices: async (asked) => {
    const to = asked.to ?? now().toISOString();
    const within = { from: asked.from ?? new Date(Date.parse(to) - PERIOD_MS).toISOString(), to };
    return { ...within, items: await slices({ ...within, now: now().toISOString() }) };
  },
  card: async () => cardOf(learned(), await policy()),
});
