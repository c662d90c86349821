import { worthIn, type Finding, type LearnedRisk, type Verdict } from '@cartage/contracts';
import { actionFor, expectedCosts, learnedRisk, type Action, type Assessed, type Costs } from './risk-learning';
import type { Terms } from './terms';

/** What may be made of what was learned of orders. */
export interface LearnedRiskPolicy {
  /** `never`: it stands beside the verdict, in shadow. `review`: a person looks at most. `decline`: an order may be declined by it. */
  readonly acts: 'never' | 'review' | 'decline';
  /** Of the two amounts below; others are taken for what they are worth in it. */
  readonly currency: string;
  /** Of a hundred of the total of an order that goes wrong, what is lost. */
  readonly lossPercent: number;
  /** What it costs besides, such as the fee of a chargeback; minor units. */
  readonly fee: number;
  /** Of a hundred of the total of a good order, what is not earned where it is declined. */
  readonly marginPercent: number;
  /** What it costs that a person looks; minor units. */
  readonly reviewCost: number;
}

const TEN_THOUSAND = 10_000;

/** As it stands in verdicts for ever: whole numbers, and only features that say something. */
export const learnedSaid = ({ model, probability, contributions }: Assessed & { readonly model: string }): LearnedRisk => ({
  ...{ ...learnedRisk, model, probability: Math.round(probability * TEN_THOUSAND) },
  contributions: contributions
    .map(({ feature, points }) => ({ feature, points: Math.round(points * 1_000) }))
    .filter(({ points }) => points !== 0),
});

const costsBy = ({ lossPercent, fee, marginPercent, reviewCost }: LearnedRiskPolicy): Costs => ({
  ...{ loss: lossPercent / 100, fee, margin: marginPercent / 100, review: reviewCost, amount: 0 },
});

/** Nothing where nobody knows what the order is worth in the currency of the costs. */
export const actedOn = (terms: Terms, { probability }: LearnedRisk, policy: LearnedRiskPolicy): LearnedRisk['acted'] => {
  const { currency, acts } = policy;
  const amount = worthIn({ currency: terms.currency, amount: terms.total }, currency);
  if (amount === undefined) return undefined;
  const [share, costs] = [probability / TEN_THOUSAND, costsBy(policy)];
  const expected = expectedCosts(share, { amount }, costs);
  return {
    ...{ acts, currency, action: actionFor(share, { amount }, costs) },
    costs: { accept: Math.round(expected.accept), review: Math.round(expected.review), decline: Math.round(expected.decline) },
  };
};

const decisions: { readonly [Each in Action]: Verdict['decision'] } = { accept: 'accept', review: 'review', decline: 'reject' };
const severity: { readonly [Decision in Verdict['decision']]: number } = { accept: 0, review: 1, reject: 2 };

/** What it says of the order where it may: at most a person's look, unless it may decline. */
const wishOf = ({ action, acts }: NonNullable<LearnedRisk['acted']>): Action => {
  if (acts === 'never') return 'accept';
  return action === 'decline' && acts === 'review' ? 'review' : action;
};

const findingOf = ({ model, probability, contributions }: LearnedRisk, wish: Action): Finding => {
  const raising = contributions
    .filter(({ points }) => points > 0)
    .slice(0, 3)
    .map(({ feature }) => feature);
  const detail = `It goes wrong with ${(probability / 100).toFixed(1)} %, as was learned up to ${model}: ${raising.join(', ') || 'nothing in particular'}.`;
  // It names the refusal that it makes, whatever else spoke.
  return { rule: 'learned-risk', detail, ...(wish === 'decline' ? { weight: 100 } : {}) };
};

/** The verdict of the rules with what was learned beside it; where it may act it makes the verdict stricter, and never milder: rules stay. */
export const withLearnedRisk = (
  verdict: Verdict,
  terms: Terms,
  { said, policy }: { readonly said: LearnedRisk | undefined; readonly policy: LearnedRiskPolicy | undefined },
): Verdict => {
  if (!said) return verdict;
  const acted = policy && actedOn(terms, said, policy);
  const learned = { ...said, ...(acted ? { acted } : {}) };
  const wish = acted ? wishOf(acted) : 'accept';
  if (severity[decisions[wish]] <= severity[verdict.decision]) return { ...verdict, learned };
  return { ...verdict, decision: decisions[wish], reasons: [...verdict.reasons, findingOf(said, wish)], learned };
};
