import { drawsOf, LearnedCarriers } from '@cartage/shipping/carrier-learning';
import type { Figure } from './figure';

const [SHIPMENTS, LANES, CHOICES] = [100_000, 5_000, 20_000];
const goal = { must: 1, aim: 0.1, better: 'less' } as const;
const services = ['post/standard', 'post/tracked', 'vans/next-day', 'courier/express'];
const terms = { perDayLate: 200, perLost: 5_000, floor: 0.02, bound: 0.05 };

const timed = (work: () => void): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

const laneOf = (n: number): string => `LON-1>${n % LANES}`;
const serviceOf = (n: number): string => services[Math.floor(n / LANES) % services.length] ?? '';

/** What one choice between four offers costs by what is learned of them, and what is learned from one shipment. */
export const choosing = (): readonly Figure[] => {
  const carriers = new LearnedCarriers();
  const learning = timed(() => {
    for (let n = 0; n < SHIPMENTS; n += 1) {
      const outcome = { day: Math.floor(n / 500), end: n % 200 === 0 ? 'lost' : 'delivered', daysLate: n % 7 === 0 ? 2 : 0 } as const;
      carriers.learn({ lane: laneOf(n), service: serviceOf(n) }, outcome);
    }
  });
  const offers = services.map((service, n) => ({ service, cost: 400 + 150 * n }));
  const choices = timed(() => {
    for (let n = 0; n < CHOICES; n += 1) {
      const asked = { currency: 'GBP', lane: laneOf(n), offers, baseline: 'post/standard', terms };
      carriers.choose(asked, drawsOf(`label-${n}`));
    }
  });
  return [
    { name: `a carrier chosen by what is learned of ${LANES} lanes`, value: choices / CHOICES, unit: 'ms', goal },
    { name: 'to learn from a shipment', value: learning / SHIPMENTS, unit: 'ms', goal },
  ];
};
