import type { Evidence } from './deciding';

/** Units of a SKU that were given out already and are known as still there. */
export interface TakenUnits {
  readonly sku: string;
  readonly location: string;
  readonly units: number;
}

/** What is known, without what others were given of it a moment ago. */
export const withoutTaken = (known: Evidence, taken: readonly TakenUnits[]): Evidence => {
  const { skus, locations } = known.facts;
  if (taken.length === 0) return known;
  const gone = new Map<string, Map<string, number>>();
  for (const { location, sku, units } of taken) {
    const here = gone.get(location) ?? new Map<string, number>();
    gone.set(location, here.set(sku, (here.get(sku) ?? 0) + units));
  }
  const left = locations.map((one) => {
    const here = gone.get(one.location);
    return here ? { ...one, available: one.available.map((units, i) => units - (here.get(skus[i] ?? '') ?? 0)) } : one;
  });
  return { ...known, facts: { ...known.facts, locations: left } };
};
