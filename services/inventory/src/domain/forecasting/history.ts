/** What was asked for of one SKU, at one location or at all, on each trading day of the calendar. */
export interface DemandSeries {
  readonly sku: string;
  readonly location?: string;
  /** Whom a SKU without a history of its own borrows from: a category, a brand. */
  readonly group?: string;
  /** Units by trading day; all series are equally long. Before its first sale a SKU did not exist. */
  readonly demand: Float64Array;
}

export interface DemandHistory {
  /** Of each trading day of the past, and of those that are to be forecast: 0 is Sunday. */
  readonly weekdays: readonly number[];
  readonly series: readonly DemandSeries[];
}

/** How many days are known before the forecast begins, and how many it spans. */
export interface Origin {
  readonly known: number;
  readonly ahead: number;
}

export const firstSale = (demand: Float64Array): number => demand.findIndex((value) => value > 0);

/** A series from its first sale on, up to an origin. */
export const lifeUntil = (demand: Float64Array, known: number): Float64Array => {
  const first = firstSale(demand);
  return first < 0 || first >= known ? demand.subarray(known, known) : demand.subarray(first, known);
};

/** What really came after an origin. */
export const cameAfter = (demand: Float64Array, { known, ahead }: Origin): Float64Array => demand.subarray(known, known + ahead);

/** By index: of the many short sums of a forecast, an iterator for each would cost more than the sum. */
export const sumOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let n = 0; n < values.length; n += 1) sum += values[n] ?? 0;
  return sum;
};

/** Mean squared difference from one day to the next: what RMSSE is scaled by (Hyndman and Koehler 2006; Makridakis et al. 2022). */
export const squaredStep = (life: Float64Array): number => stepOf(life, (difference) => difference * difference);

/** Mean absolute difference from one day to the next: what MASE is scaled by (Hyndman and Koehler 2006). */
export const absoluteStep = (life: Float64Array): number => stepOf(life, Math.abs);

const stepOf = (life: Float64Array, cost: (difference: number) => number): number => {
  let sum = 0;
  for (let day = 1; day < life.length; day += 1) sum += cost((life[day] ?? 0) - (life[day - 1] ?? 0));
  return life.length < 2 ? 0 : sum / (life.length - 1);
};
