import { promiseBook, TransitLearner } from '@cartage/order/promising';
import type { Figure } from './figure';

const DELIVERIES = 100_000;
const LANES = 5_000;
const PROMISES = 20_000;
const goal = { must: 1, aim: 0.1, better: 'less' } as const;

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2026-03-02T10:00:00.000Z');
const at = (day: number): string => new Date(FIRST + day * DAY_MS).toISOString();

const saleOf = (n: number) => ({
  channel: 'web',
  service: n % 2 === 0 ? 'standard' : 'express',
  destination: { country: 'GB', postalArea: `A${n % LANES}` },
});

const policy = {
  ...{ code: 'standard', revision: 1, by: 'bench', changedAt: at(0) },
  terms: {
    ...{ country: 'GB', location: 'LON-1', timeZone: 'Europe/London', cutOff: '14:00', processingDays: 1, active: true },
    ...{ transitDays: { least: 1, most: 2 }, learned: { percent: 90, decides: true } },
  },
};

const learnedFrom = (deliveries: number): TransitLearner => {
  const learner = new TransitLearner();
  for (let n = 0; n < deliveries; n += 1) {
    const [day, position] = [Math.floor(n / 500), String(n).padStart(16, '0')];
    const told = { ...saleOf(n), location: 'LON-1', handedOverAt: at(day), recordedAt: at(day + (n % 7)), position };
    learner.learn({ ...told, step: 'ended', deliveredAt: at(day + (n % 7)) });
  }
  return learner;
};

const timed = (work: () => void): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

/** What one promise costs, by the policy's own days and by what is learned, and what is learned from one delivery. */
export const promising = (): readonly Figure[] => {
  let learner = new TransitLearner();
  const learning = timed(() => (learner = learnedFrom(DELIVERIES)));
  const book = promiseBook({ policies: [policy], calendars: [], places: [] }, learner);
  const promises = (by: Parameters<typeof book.promise>[0]): number =>
    timed(() => {
      for (let n = 0; n < PROMISES; n += 1) book.promise(by, saleOf(n), { at: at(n % 200) });
    });
  const { learned: _, ...terms } = policy.terms;
  return [
    { name: 'a promise by the policy’s own days', value: promises({ ...policy, terms }) / PROMISES, unit: 'ms', goal },
    { name: `a promise learned over ${LANES} lanes`, value: promises(policy) / PROMISES, unit: 'ms', goal },
    { name: 'to learn from a delivery', value: learning / DELIVERIES, unit: 'ms', goal },
  ];
};
