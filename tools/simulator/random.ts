import { createHash } from 'node:crypto';
import { base, en, en_GB, Faker, mergeLocales } from '@faker-js/faker';

/** Merged once: it takes longer than everything that is drawn. */
const locale = mergeLocales([en_GB, en, base]);

/** Chance of one thing alone: what others draw, and when, changes nothing for it. */
export interface Chance {
  readonly faker: Faker;
  whole(from: number, to: number): number;
  /** True in so many of a hundred cases. */
  percent(of: number): boolean;
  /** One of them; there must be one. */
  pick<Item>(items: readonly Item[]): Item;
}

/** Chance that follows from the seed and the name of the thing. */
export const chanceOf = (seed: number, ...name: readonly (string | number)[]): Chance => {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...name]))
    .digest();
  const faker = new Faker({ locale, seed: digest.readUInt32BE(0) });
  const whole: Chance['whole'] = (min, max) => faker.number.int({ min, max });
  return { faker, whole, percent: (of) => whole(1, 100) <= of, pick: (items) => faker.helpers.arrayElement(items) };
};
