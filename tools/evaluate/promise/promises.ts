import { quantileOf, type Share } from '../statistics/interval';
import type { Delivery } from './reading';

/** What was promised of each judged delivery by one method, in days; NaN where it could say nothing. */
export interface Promises {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  /** Of promises, that should be kept; nothing for those that somebody else made. */
  readonly share: number | undefined;
  readonly days: Float64Array;
  /** How often which level was the narrowest one known. */
  readonly levels: ReadonlyMap<string, number>;
}

export type PromiseMeasure = 'late' | 'gap' | 'meanDays' | 'slack';

/** What one promise adds to a figure. */
const shareOf: Readonly<Record<PromiseMeasure, (days: number, delivery: Delivery, promises: Promises) => Share>> = {
  late: (days, delivery) => ({ top: delivery.days > days ? 1 : 0, bottom: 1 }),
  gap: (days, delivery, { share = Number.NaN }) => ({ top: (delivery.days > days ? 1 : 0) - (1 - share), bottom: 1 }),
  meanDays: (days) => ({ top: days, bottom: 1 }),
  slack: (days, delivery) => (delivery.days > days ? { top: 0, bottom: 0 } : { top: days - delivery.days, bottom: 1 }),
};

/** Figures by block: which block a delivery belongs to is told by its place. */
export const sharesBy = (
  promises: Promises,
  deliveries: readonly Delivery[],
  measure: PromiseMeasure,
  blockOf: (n: number) => number,
): readonly Share[] => {
  const blocks: { top: number; bottom: number }[] = [];
  promises.days.forEach((days, n) => {
    const delivery = deliveries[n];
    if (delivery === undefined || Number.isNaN(days)) return;
    while (blocks.length <= blockOf(n)) blocks.push({ top: 0, bottom: 0 });
    const { top, bottom } = shareOf[measure](days, delivery, promises);
    const block = blocks[blockOf(n)] ?? { top: 0, bottom: 0 };
    block.top += top;
    block.bottom += bottom;
  });
  return blocks;
};

export const medianOf = ({ days }: Promises): number => quantileOf(days.filter((each) => !Number.isNaN(each)).sort(), 0.5);

/** Late share and mean days for one share that was asked for. */
export interface Point {
  readonly late: number;
  readonly days: number;
}

/** Mean days of a curve of points at a late share, in proportion between two of them; nothing outside of it. */
export const daysAt = (curve: readonly Point[], late: number): number | undefined => {
  const sorted = curve.toSorted((a, b) => a.late - b.late);
  const above = sorted.findIndex((point) => point.late >= late);
  const [low, high] = [sorted[above - 1], sorted[above]];
  if (high === undefined) return undefined;
  if (high.late === late) return high.days;
  return low === undefined ? undefined : low.days + ((late - low.late) / (high.late - low.late)) * (high.days - low.days);
};
