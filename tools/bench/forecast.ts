import { HORIZON, replenishments } from '@cartage/inventory/replenishing';
import { numbersFrom } from '../simulation/random';
import type { Figure } from './figure';

const SKUS = 10_000;
/** As many as a service forecasts before others have their turn. */
const TOGETHER = 25;
const DAYS = 400;
const terms = { serviceLevel: 95, reviewDays: 7, leadDays: 14, decides: true };

/** Some sell daily, most now and then. */
const seriesOf = (n: number) => {
  const chance = numbersFrom(n + 1);
  const often = 0.02 + 0.9 * chance() ** 3;
  const demand = Float64Array.from({ length: DAYS }, () => (chance() < often ? 1 + Math.floor(5 * chance()) : 0));
  return { sku: `SKU-${n}`, demand };
};

/** What it costs to say of each SKU what will be asked for, by how much that may be wrong, and from where on more is to be ordered. */
export const forecasting = (): readonly Figure[] => {
  const weekdays = Array.from({ length: DAYS + HORIZON }, (_, day) => day % 7);
  const said = Array.from({ length: TOGETHER }, () => ({ terms, receipts: [12, 14, 15, 13, 20] }));
  const longest = { ms: 0 };
  const started = performance.now();
  for (let first = 0; first < SKUS; first += TOGETHER) {
    const at = performance.now();
    replenishments({ weekdays, series: Array.from({ length: TOGETHER }, (_, n) => seriesOf(first + n)) }, DAYS, said);
    longest.ms = Math.max(longest.ms, performance.now() - at);
  }
  return [
    {
      name: `forecasts and proposals of ${SKUS} SKUs`,
      value: (performance.now() - started) / 1_000,
      unit: 's',
      goal: { must: 60, better: 'less' },
    },
    { name: `the longest that others wait for ${TOGETHER} of them`, value: longest.ms, unit: 'ms' },
  ];
};
