import { costOfUnits, shareOfUnits } from '@cartage/contracts';

/** Money by currency, in minor units. Two currencies are never added: that takes a rate, which is not ours to know. */
export type Amounts = Readonly<Record<string, number>>;

/** Units of a SKU that lie together, and what they cost all together. */
export interface CostPool {
  readonly units: number;
  /** Units among them of which nobody ever said what they cost. */
  readonly unvalued: number;
  readonly amounts: Amounts;
}

export const emptyPool: CostPool = { units: 0, unvalued: 0, amounts: {} };

/** What so many units cost, all together: what else of the SKU is taken to cost where nobody says so. */
export interface CostBasis {
  readonly units: number;
  readonly amounts: Amounts;
}

export const sumOf = (one: Amounts, other: Amounts, sign: 1 | -1 = 1): Amounts => {
  const sum = new Map(Object.entries(one));
  for (const [currency, amount] of Object.entries(other)) sum.set(currency, (sum.get(currency) ?? 0) + sign * amount);
  return Object.fromEntries([...sum].filter(([, amount]) => amount !== 0));
};

/** Whether they can be counted exactly: beyond that sums would be wrong, and nobody would see it. */
const isExact = (amounts: Amounts): boolean => Object.values(amounts).every(Number.isSafeInteger);

const withoutCost = (units: number): CostPool => ({ ...emptyPool, units, unvalued: units });

/** What comes with more than can be counted exactly together with what is there comes without a cost. */
export const joined = (pool: CostPool, coming: CostPool): CostPool => {
  const amounts = sumOf(pool.amounts, coming.amounts);
  const { units, unvalued } = isExact(amounts) ? coming : withoutCost(coming.units);
  return { units: pool.units + units, unvalued: pool.unvalued + unvalued, amounts: isExact(amounts) ? amounts : pool.amounts };
};

/**
 * What leaves a pool with so many of its units. Those without a cost leave first, and take nothing along; the others take their share of each amount (the moving
 * average), rounded half up, and the last of them all that is left: what goes and what stays is what was there, to the minor unit.
 */
export const takenFrom = (pool: CostPool, wanted: number): { readonly taken: CostPool; readonly left: CostPool } => {
  const units = Math.min(wanted, pool.units);
  const unvalued = Math.min(units, pool.unvalued);
  const share = { before: 0, units: units - unvalued, of: pool.units - pool.unvalued };
  const amounts = mapped(pool.amounts, (amount) => shareOfUnits(amount, share));
  const left = { units: pool.units - units, unvalued: pool.unvalued - unvalued, amounts: sumOf(pool.amounts, amounts, -1) };
  return { taken: { units, unvalued, amounts }, left };
};

/** Of the units of a pool that have a cost; nothing where none has. */
export const basisOf = ({ units, unvalued, amounts }: CostPool): CostBasis | undefined =>
  units > unvalued ? { units: units - unvalued, amounts } : undefined;

/** So many units at what others cost, rounded half up; without a cost where none is known, or where it comes to more than can be counted exactly. */
export const valuedBy = (units: number, basis: CostBasis | undefined): CostPool => {
  if (!basis) return withoutCost(units);
  const amounts = mapped(basis.amounts, (amount) => costOfUnits(amount, { before: 0, units, of: basis.units }));
  return isExact(amounts) ? { units, unvalued: 0, amounts } : withoutCost(units);
};

const mapped = (amounts: Amounts, change: (amount: number) => number): Amounts =>
  Object.fromEntries(
    Object.entries(amounts)
      .map(([currency, amount]) => [currency, change(amount)] as const)
      .filter(([, amount]) => amount !== 0),
  );
