import type { KnownCosts } from '../../app/costing/stock-values';
import { basisOf, valuedBy, type CostBasis } from '../../domain/costing/pool';
import { unitsOf, type Difference } from '../../domain/statements/difference';
import type { ShownDifference } from './statements.answers';

/** Unit prices by SKU, in minor units of a currency. */
export type UnitPrices = (skus: readonly string[], currency: string) => Promise<ReadonlyMap<string, number>>;

/** What units cost, by SKU and where they lie. */
export type UnitCosts = (skus: readonly string[]) => Promise<KnownCosts>;

/** What units are worth by what they cost, else by price lists; in a currency. */
export interface Worth {
  readonly currency: string;
  readonly prices: ReadonlyMap<string, number>;
  readonly costs: KnownCosts;
}

export const worthFor = async (
  { prices, costs }: { readonly prices: UnitPrices; readonly costs: UnitCosts },
  differences: readonly Pick<Difference, 'sku'>[],
  currency: string | undefined,
): Promise<Worth | undefined> => {
  if (currency === undefined) return undefined;
  const skus = [...new Set(differences.map(({ sku }) => sku))];
  const none = { pools: [], bases: [] };
  return skus.length === 0
    ? { currency, prices: new Map(), costs: none }
    : { currency, prices: await prices(skus, currency), costs: await costs(skus) };
};

type Subject = Pick<Difference, 'sku' | 'location'>;

/** Where the goods lie, else what the SKU costs elsewhere. */
const basisFor = ({ sku, location }: Subject, { pools, bases }: KnownCosts): CostBasis | undefined => {
  const there = pools.find((pool) => pool.sku === sku && pool.transferId === '' && pool.location === location);
  return (there && basisOf(there)) ?? bases.find((basis) => basis.sku === sku);
};

/** A cost in another currency, or in several, says nothing in this one. */
const valueOf = (units: number, subject: Subject, { currency, prices, costs }: Worth): ShownDifference['value'] => {
  const basis = basisFor(subject, costs);
  if (basis && Object.keys(basis.amounts).every((each) => each === currency)) {
    const amount = valuedBy(Math.abs(units), basis).amounts[currency] ?? 0;
    return { amount: units < 0 ? 0 - amount : amount, currency, by: 'cost' };
  }
  const unitPrice = prices.get(subject.sku);
  return unitPrice === undefined ? null : { amount: units * unitPrice, currency, by: 'price' };
};

const DAY_MS = 86_400_000;

export const shownDifference = ({ revision: _, ...difference }: Difference, now: Date, worth: Worth | undefined): ShownDifference => {
  const units = unitsOf(difference);
  const until = difference.settledAt === undefined || difference.status === 'open' ? now.getTime() : Date.parse(difference.settledAt);
  return {
    ...difference,
    units,
    days: Math.max(0, Math.floor((until - Date.parse(difference.since)) / DAY_MS)),
    value: worth ? valueOf(units, difference, worth) : null,
  };
};
