import {
  learnedSaid,
  RiskLearner,
  riskValuesOf,
  verify,
  type RiskFact,
  type Terms,
  type VerificationLimits,
} from '@cartage/payment-verification/risk';
import type { Figure } from './figure';

const [ORDERS, PER_DAY, SCORES] = [40_000, 200, 20_000];
const goal = { must: 1, aim: 0.1, better: 'less' } as const;
const FIRST = Date.parse('2026-03-02T10:00:00.000Z');
const at = (n: number): string => new Date(FIRST + Math.floor(n / PER_DAY) * 86_400_000).toISOString();

const termsOf = (n: number): Terms => {
  const total = 1_000 + 700 * (n % 97);
  return {
    ...{ orderId: `order-${n}`, channel: 'web', customerId: `customer-${n % 5_000}`, currency: 'GBP', total, priority: 'standard' },
    ...{
      taxIncluded: true,
      capture: 'shipment',
      prepaidTrusted: false,
      placedAt: at(n),
      deliveries: [],
      destinations: [{ country: 'GB' }],
    },
    lines: [{ lineId: '1', sku: `SKU-${n % 50}`, quantity: 1 + (n % 9), total, shipGroupId: '1' }],
    payments: [{ paymentId: 'p', method: n % 5 === 0 ? 'cod' : 'card', amount: total, provider: 'simulated' }],
  };
};
const factsOf = (n: number) => ({ returning: n % 3 > 0, ordersWithinHour: n % 29 === 0 ? n % 4 : 0, countryKnown: n % 3 > 0 });

const limits: VerificationLimits = {
  ...{ version: '1', reviewFrom: 50, rejectFrom: 80, weights: {}, highValue: [{ currency: 'GBP', amount: 200_000 }], bulkUnits: 100 },
  ...{ velocityOrders: 5, exceptions: [], reviewWithinMinutes: 240, reviewAgainPercent: 20 },
  cod: { limit: [{ currency: 'GBP', amount: 100_000 }], countries: ['*'], excludedAreas: [], areaLimits: [], excludedCustomers: [] },
  risk: { doubtfulFrom: 60, highFrom: 85, acceptAwayBelow: [] },
  learned: { acts: 'review', currency: 'GBP', lossPercent: 100, fee: 1_500, marginPercent: 30, reviewCost: 300 },
};

const factOf = (n: number): RiskFact => {
  const facts = factsOf(n);
  const isBad = n % 40 === 0 || (facts.ordersWithinHour > 1 && n % 3 === 0) || (n % 5 === 0 && n % 13 === 0);
  return {
    ...{ position: String(n).padStart(16, '0'), recordedAt: at(n), isTaken: true, foretold: 300 },
    ...{ values: riskValuesOf(termsOf(n), facts), wentWrong: isBad ? ['chargeback'] : [] },
  };
};

const timed = (work: () => void): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

/** What one verdict costs by the rules alone, and with what is learned beside them; and what is learned from an order, all times that it is learned anew included. */
export const scoring = (): readonly Figure[] => {
  const learner = new RiskLearner();
  let longest = 0;
  const learning = timed(() => {
    for (let n = 0; n < ORDERS; n += 1)
      longest = Math.max(
        longest,
        timed(() => learner.learn(factOf(n))),
      );
  });
  const scores = (known: (n: number) => Parameters<typeof verify>[1]): number =>
    timed(() => {
      for (let n = 0; n < SCORES; n += 1) verify(termsOf(n), known(n), limits);
    });
  const byRules = scores(factsOf);
  const learned = scores((n) => {
    const assessed = learner.assess(riskValuesOf(termsOf(n), factsOf(n)));
    return { ...factsOf(n), ...(assessed ? { learned: learnedSaid(assessed) } : {}) };
  });
  return [
    { name: 'a verdict by the rules', value: byRules / SCORES, unit: 'ms', goal },
    { name: 'a verdict with what is learned beside it', value: learned / SCORES, unit: 'ms', goal },
    { name: 'to learn from an order', value: learning / ORDERS, unit: 'ms', goal },
    { name: 'to learn the risk anew, at the longest', value: longest, unit: 'ms', goal: { must: 500, aim: 100, better: 'less' } },
  ];
};
