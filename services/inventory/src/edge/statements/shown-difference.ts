import { unitsOf, type Difference } from '../../domain/statements/difference';
import type { ShownDifference } from './statements.answers';

/** Unit prices by SKU, in minor units of a currency. */
export type UnitPrices = (skus: readonly string[], currency: string) => Promise<ReadonlyMap<string, number>>;

export const unitPricesFor = async (
  prices: UnitPrices,
  differences: readonly Pick<Difference, 'sku'>[],
  currency: string | undefined,
): Promise<ReadonlyMap<string, number>> =>
  currency === undefined || differences.length === 0 ? new Map() : prices([...new Set(differences.map(({ sku }) => sku))], currency);

interface Beside {
  readonly now: Date;
  readonly prices: ReadonlyMap<string, number>;
  readonly currency: string | undefined;
}

const DAY_MS = 86_400_000;

export const shownDifference = ({ revision: _, ...difference }: Difference, { now, prices, currency }: Beside): ShownDifference => {
  const [units, unitPrice] = [unitsOf(difference), prices.get(difference.sku)];
  const until = difference.settledAt === undefined || difference.status === 'open' ? now.getTime() : Date.parse(difference.settledAt);
  return {
    ...difference,
    units,
    days: Math.max(0, Math.floor((until - Date.parse(difference.since)) / DAY_MS)),
    value: unitPrice === undefined || currency === undefined ? null : { amount: units * unitPrice, currency },
  };
};
