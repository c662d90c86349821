/** Units of a SKU that are expected at one time. */
export interface ExpectedUnits {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly units: number;
}

/**
 * What is on order of a SKU for the open locations, as far as anybody knows when it comes, the earliest first; and how much of it lines that wait have
 * a claim on. Never more is claimed than is expected.
 */
export interface SkuSupply {
  readonly sku: string;
  readonly dates: readonly ExpectedUnits[];
  readonly backordered: number;
}

export const noSupply = (sku: string): SkuSupply => ({ sku, dates: [], backordered: 0 });

export const expectedOf = ({ dates }: Pick<SkuSupply, 'dates'>): number => dates.reduce((sum, { units }) => sum + units, 0);

/** So many units more are expected then, or (below zero) fewer. */
export const expecting = (dates: SkuSupply['dates'], { at, units }: ExpectedUnits): SkuSupply['dates'] => {
  const there = dates.find((each) => each.at === at)?.units ?? 0;
  return [...dates.filter((each) => each.at !== at), { at, units: there + units }]
    .filter((each) => each.units !== 0)
    .toSorted((one, other) => (one.at < other.at ? -1 : 1));
};

/** When so many units have come, if all comes as expected; nothing where fewer are expected. */
export const comeBy = (dates: SkuSupply['dates'], units: number): string | undefined => {
  let come = 0;
  return dates.find((each) => {
    come += each.units;
    return come >= units;
  })?.at;
};

/**
 * When each of those who wait is served: first in, first out among those for whom what is expected is enough. Each has a claim on units of its own, so
 * that all claims together are never more than is expected; a line that is too large leaves it to those behind.
 */
export const promisedDates = (waiting: readonly number[], dates: SkuSupply['dates'], claimed = 0): readonly (string | undefined)[] => {
  let taken = claimed;
  return waiting.map((units) => {
    const at = comeBy(dates, taken + units);
    if (at !== undefined) taken += units;
    return at;
  });
};
