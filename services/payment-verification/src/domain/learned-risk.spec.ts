import type { LearnedRisk } from '@cartage/contracts';
import { learnedSaid, type LearnedRiskPolicy } from './learned-risk';
import { facts, limits, paidBy, terms } from './payment.fixture';
import { riskFeatures, riskValuesOf } from './risk-features';
import { verify, type RuleSet } from './verification';
import { requireSound } from './soundness';
import { rules } from './rule-sets.fixture';

/** On an order of £40: accepted it costs p × (40 + 15), a look costs 3, declined (1 − p) × 12. */
const policy: LearnedRiskPolicy = { acts: 'decline', currency: 'GBP', lossPercent: 100, fee: 1_500, marginPercent: 30, reviewCost: 300 };
const said = (probability: number): LearnedRisk =>
  learnedSaid({
    model: '0000000000000042',
    probability,
    contributions: [
      { feature: 'orders-within-hour', points: 1.23456 },
      { feature: 'worth', points: 0.0001 },
      { feature: 'returning', points: -0.5 },
    ],
  });
const judged = (probability: number, learned?: Partial<LearnedRiskPolicy>, of = terms, rulesOf: Partial<RuleSet> = {}) =>
  verify(
    of,
    { ...facts, learned: said(probability) },
    { ...limits, ...rulesOf, ...(learned ? { learned: { ...policy, ...learned } } : {}) },
  );

describe('what was learned of the risk of orders', () => {
  it('stands in the verdict by whole numbers, with what raises it first and nothing that says nothing', () => {
    expect(judged(0.01234).learned).toEqual({
      ...{ method: 'monotone logistic', version: '1', model: '0000000000000042', probability: 123 },
      contributions: [
        { feature: 'orders-within-hour', points: 1235 },
        { feature: 'returning', points: -500 },
      ],
    });
  });

  it.each([
    [0.02, 'accept', { accept: 110, review: 300, decline: 1176 }],
    [0.2, 'review', { accept: 1100, review: 300, decline: 960 }],
    [0.9, 'decline', { accept: 4950, review: 300, decline: 120 }],
  ] as const)('at a probability of %s follows %s by what each is expected to cost', (probability, action, costs) => {
    expect(judged(probability, {}).learned?.acted).toEqual({ acts: 'decline', currency: 'GBP', action, costs });
  });

  it.each([
    ['never', 0.9, 'accept'],
    ['review', 0.9, 'review'],
    ['decline', 0.9, 'reject'],
    ['decline', 0.2, 'review'],
    ['decline', 0.02, 'accept'],
  ] as const)('where the rules let it %s, an order with a risk of %s is decided: %s', (acts, probability, decision) => {
    const verdict = judged(probability, { acts });
    expect(verdict.decision).toBe(decision);
    expect(verdict.reasons.map(({ rule }) => rule)).toEqual(decision === 'accept' ? [] : ['learned-risk']);
  });

  it('never makes a verdict milder: rules stay', () => {
    const strict = judged(0.0001, {}, { ...terms, priority: 'expedited', total: 300_000 }, { reviewFrom: 1 });
    expect(strict).toMatchObject({ decision: 'reject', learned: { acted: { action: 'accept' } } });
    expect(strict.reasons.map(({ rule }) => rule)).not.toContain('learned-risk');
  });

  it('only stands there where the rules say nothing of it, where nobody knows the worth, and not at all where the channel has the money', () => {
    expect(judged(0.9)).toMatchObject({ decision: 'accept', learned: { probability: 9000 } });
    expect(judged(0.9, {}, { ...terms, currency: 'XXX' }).learned?.acted).toBeUndefined();
    expect(judged(0.9, {}, paidBy({ method: 'prepaid' })).learned).toBeUndefined();
  });

  it('has costs in a currency whose worth is kept', () => {
    expect(() => requireSound({ ...rules, learned: { ...policy, currency: 'XXX' } })).toThrow('cannot be used');
    expect(() => requireSound({ ...rules, learned: policy })).not.toThrow();
  });

  it('is learned from what is known when an order comes, in few whole numbers', () => {
    const risk = { provider: 'spec', version: '1', score: 47, reasons: [] };
    expect(riskValuesOf(terms, { ...facts, ordersWithinHour: 40, risk })).toEqual([10, 1, 1, 0, 11, 4, 0, 0, 1, 5]);
    expect(riskValuesOf(paidBy({ method: 'cod' }, { currency: 'XXX', priority: 'expedited', destinations: [] }), facts)).toEqual([
      0,
      1,
      1,
      0,
      null,
      4,
      1,
      1,
      0,
      null,
    ]);
    expect(riskValuesOf(terms, facts)).toHaveLength(riskFeatures.length);
  });
});
