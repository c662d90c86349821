import { lifeUntil, sumOf, type DemandHistory, type Origin } from './history';
import { meanOf } from './levels';

/** Units per day that SKUs of each group sold when they were new. */
export interface Launches {
  readonly byGroup: ReadonlyMap<string, number>;
  /** Nothing where nobody was new yet. */
  readonly all: number | undefined;
}

/** So many days a SKU is new; as many days of its group's launches count as much as a day of its own. */
export const NEW_DAYS = 24;
const DAYS_OF_DOUBT = 10;
/** Who was there when the calendar began may have been there long before. */
const FIRST_DAYS = 6;

/** What was learned from those that were new once, before an origin. */
export const launchesUntil = ({ series }: DemandHistory, { known }: Origin): Launches => {
  const rates = new Map<string, number[]>();
  for (const { demand, group = '' } of series) {
    const life = lifeUntil(demand, known);
    if (life.length < NEW_DAYS || life.length > known - FIRST_DAYS) continue;
    rates.set(group, [...(rates.get(group) ?? []), sumOf(life.subarray(0, NEW_DAYS)) / NEW_DAYS]);
  }
  const mean = (values: readonly number[]): number => sumOf(values) / values.length;
  const all = [...rates.values()].flat();
  return {
    byGroup: new Map([...rates].map(([group, values]) => [group, mean(values)])),
    all: all.length === 0 ? undefined : mean(all),
  };
};

/** Units per day of a SKU that is new: its own days, and its group's as long as it has few (shrinkage as by James and Stein 1961, with a fixed weight). */
export const borrowed = (launches: Launches, group: string | undefined, life: Float64Array): number => {
  const fromGroup = launches.byGroup.get(group ?? '') ?? launches.all;
  if (fromGroup === undefined) return meanOf(life);
  return (sumOf(life) + DAYS_OF_DOUBT * fromGroup) / (life.length + DAYS_OF_DOUBT);
};
