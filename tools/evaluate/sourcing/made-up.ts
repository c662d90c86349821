import type { Chance } from '../../simulation/random';
import { dateOf } from '../input/cells';
import { usualTariff } from './reading';

type Rows = readonly (readonly (string | number)[])[];

const towns = [
  ['London', 51.5, -0.12, 9_000],
  ['Birmingham', 52.48, -1.9, 1_150],
  ['Leeds', 53.8, -1.55, 800],
  ['Glasgow', 55.86, -4.25, 630],
  ['Bristol', 51.45, -2.59, 470],
] as const;
const locations = [
  ['LDN', 51.55, 0.05],
  ['MAN', 53.48, -2.24],
  ['EDI', 55.95, -3.19],
  ['CDF', 51.48, -3.18],
] as const;
const SKUS = 8;
const FIRST_DAY = 20_400;

/** A hundred and twenty orders of one or two lines over twenty days. */
export const madeUpOrders = (chance: Chance): Rows =>
  Array.from({ length: 120 }, (_, n) => n).flatMap((n) => {
    const [, latitude, longitude] = towns[chance.whole(0, 9) < 5 ? 0 : chance.whole(1, 4)] ?? towns[0];
    return Array.from({ length: chance.whole(1, 2) }, () => [
      ...[dateOf(FIRST_DAY + Math.floor(n / 6)), `O${n + 1}`, `SKU-${chance.whole(1, SKUS)}`, chance.whole(1, 3)],
      ...[latitude, longitude],
    ]);
  });

export const madeUpPlaces = (): Rows => locations.map((place) => [...place]);

/** About what half of the orders ask for; most of it in the north. */
export const madeUpStock = (chance: Chance): Rows =>
  locations.flatMap(([location], l) =>
    Array.from({ length: SKUS }, (_, sku) => [location, `SKU-${sku + 1}`, chance.whole(l === 0 ? 1 : 5, l === 0 ? 4 : 9)]),
  );

export const madeUpTariffs = (): Rows =>
  usualTariff.map(({ location = '', upToKm = '', amount, perUnit }) => [location, upToKm, amount, perUnit]);

export const madeUpTowns = (): Rows => towns.map(([, latitude, longitude, weight]) => [latitude, longitude, weight]);
