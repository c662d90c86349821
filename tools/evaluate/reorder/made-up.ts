import type { Chance } from '../../simulation/random';
import { dateOf } from '../input/cells';

const FIRST_DAY = 20_300;
const DAYS = 300;
const suppliers = ['Harbour Ceramics', 'North Mill', 'Paper & Sons'];
const supplierOf = (sku: number): string => suppliers[sku % suppliers.length] ?? '';

/** Nothing on most days, or so many; now and then a lot. */
const soldOf = (chance: Chance, sku: number, day: number): number => {
  if (!chance.percent(15 + 10 * (sku % 6))) return 0;
  if (chance.percent(2)) return chance.whole(15, 40);
  return chance.whole(1, 2 + (sku % 4) + (day > 220 && sku % 5 === 0 ? 4 : 0));
};

/** Sixteen SKUs over three hundred days, in the order of the columns of sales. */
export const madeUpSupplied = (chance: Chance): readonly (readonly (string | number)[])[] =>
  Array.from({ length: DAYS }, (_, day) => day).flatMap((day) =>
    Array.from({ length: 16 }, (_, sku) => sku).flatMap((sku) => {
      const quantity = soldOf(chance, sku, day);
      return quantity === 0 ? [] : [[dateOf(FIRST_DAY + day), `SKU-${sku + 1}`, 'LEEDS', '', supplierOf(sku), quantity]];
    }),
  );

/** Of each supplier forty orders: one is steady, one is slow, one is anything. */
export const madeUpReceipts = (chance: Chance): readonly (readonly (string | number)[])[] =>
  Array.from({ length: 120 }, (_, n) => {
    const ordered = FIRST_DAY - 360 + 3 * n;
    const days = [chance.whole(6, 8), chance.whole(12, 20), chance.whole(2, 30)][n % 3] ?? 7;
    return [dateOf(ordered), dateOf(ordered + days), supplierOf(n), ''];
  });
