import { basisOf, valuedBy, type CostBasis } from '../../domain/costing/pool';
import type { KnownCosts } from './stock-values';

/** Where what units are worth is known from. */
export interface WorthReading {
  /** Unit prices by SKU, in minor units of a currency. */
  readonly prices: (skus: readonly string[], currency: string) => Promise<ReadonlyMap<string, number>>;
  /** What units cost, by SKU and where they lie. */
  readonly costs: (skus: readonly string[]) => Promise<KnownCosts>;
}

/** What units are worth by what they cost, else by price lists; in a currency. */
export interface Worth {
  readonly currency: string;
  readonly prices: ReadonlyMap<string, number>;
  readonly costs: KnownCosts;
}

/** Minor units, and by what they are known. */
export interface UnitsWorth {
  readonly amount: number;
  readonly currency: string;
  readonly by: 'cost' | 'price';
}

interface Subject {
  readonly sku: string;
  readonly location?: string | undefined;
}

export const worthFor = async (
  { prices, costs }: WorthReading,
  subjects: readonly Pick<Subject, 'sku'>[],
  currency: string | undefined,
): Promise<Worth | undefined> => {
  if (currency === undefined) return undefined;
  const skus = [...new Set(subjects.map(({ sku }) => sku))];
  const none = { pools: [], bases: [] };
  return skus.length === 0
    ? { currency, prices: new Map(), costs: none }
    : { currency, prices: await prices(skus, currency), costs: await costs(skus) };
};

/** Where the goods lie, else what the SKU costs elsewhere. */
const basisFor = ({ sku, location }: Subject, { pools, bases }: KnownCosts): CostBasis | undefined => {
  const there = pools.find((pool) => pool.sku === sku && pool.transferId === '' && pool.location === location);
  return (there && basisOf(there)) ?? bases.find((basis) => basis.sku === sku);
};

/** Below zero for units that are missing; null: nothing is known. A cost in another currency, or in several, says nothing in this one. */
export const worthOf = (units: number, subject: Subject, { currency, prices, costs }: Worth): UnitsWorth | null => {
  const basis = basisFor(subject, costs);
  if (basis && Object.keys(basis.amounts).every((each) => each === currency)) {
    const amount = valuedBy(Math.abs(units), basis).amounts[currency] ?? 0;
    return { amount: units < 0 ? 0 - amount : amount, currency, by: 'cost' };
  }
  const unitPrice = prices.get(subject.sku);
  return unitPrice === undefined ? null : { amount: units * unitPrice, currency, by: 'price' };
};
