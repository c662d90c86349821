import type { Preview } from './asking';

type Units = Preview['effect']['stock'][number];

/** What becomes of units in the end, by kind, SKU and location: what is given back and claimed again at once is nothing. */
export const unitsIn = (stock: readonly Units[]): readonly Units[] => {
  const sums = new Map<string, Units>();
  for (const each of stock) {
    const key = JSON.stringify([each.kind, each.sku, each.location]);
    sums.set(key, { ...each, quantity: (sums.get(key)?.quantity ?? 0) + each.quantity });
  }
  return [...sums.values()].filter(({ quantity }) => quantity !== 0);
};
