import type { Chance } from '../../simulation/random';
import { dateOf } from '../input/cells';

const DAYS = 150;
const FIRST_DAY = 20_450;
const locations = ['LEEDS', 'PARIS'];
const groups = ['kitchen', 'garden', 'toys'];
/** By the day's place in the week; nobody trades on the sixth. */
const busy = [80, 100, 140, 100, 120, 0, 40];

/** Nothing, or so many: now and then somebody orders a lot. */
const soldOf = (chance: Chance, sku: number, weekday: number): number => {
  const share = ((10 + 7 * (sku % 6)) * (busy[weekday] ?? 0)) / 100;
  if (!chance.percent(share)) return 0;
  return chance.percent(3) ? chance.whole(20, 60) : chance.whole(1, 2 + (sku % 4));
};

/** The last three of twelve begin later than the others. */
const firstDayOf = (sku: number): number => Math.max(0, sku - 8) * 40;

/** Twelve SKUs at two locations: some sell daily, some rarely. */
export const madeUpSales = (chance: Chance): readonly (readonly (string | number)[])[] =>
  Array.from({ length: DAYS }, (_, day) => day).flatMap((day) =>
    Array.from({ length: 12 }, (_, sku) => sku)
      .filter((sku) => day >= firstDayOf(sku))
      .flatMap((sku) =>
        locations.flatMap((location) => {
          const quantity = soldOf(chance, sku, day % 7);
          return quantity === 0 ? [] : [[dateOf(FIRST_DAY + day), `SKU-${sku + 1}`, location, groups[sku % 3] ?? '', quantity]];
        }),
      ),
  );
