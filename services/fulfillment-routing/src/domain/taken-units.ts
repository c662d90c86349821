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
  const left = locations.map((one) => {
    const here = taken.filter(({ location }) => location === one.location);
    return {
      ...one,
      available: one.available.map((units, i) => here.reduce((rest, each) => (each.sku === skus[i] ? rest - each.units : rest), units)),
    };
  });
  return { ...known, facts: { ...known.facts, locations: left } };
};
