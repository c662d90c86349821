import type { Schemas } from '../api/client';

export type ForkDay = Schemas['RoutingForkDay'];

/** What one location had to do, day by day. */
export interface LocationDays {
  readonly location: string;
  readonly days: readonly ForkDay[];
  /** On any of its days: as it was, and in the fork. */
  readonly mostBefore: number;
  readonly mostNow: number;
  /** What the height of its picture stands for. */
  readonly top: number;
}

const mostOf = (numbers: readonly number[]): number => Math.max(0, ...numbers);

const together = (location: string, days: readonly ForkDay[]): LocationDays => {
  const [mostBefore, mostNow] = [mostOf(days.map(({ before }) => before)), mostOf(days.map(({ now }) => now))];
  const mostCapacity = mostOf(days.map(({ capacity }) => capacity ?? 0));
  return { location, days, mostBefore, mostNow, top: Math.max(1, mostBefore, mostNow, mostCapacity) };
};

/** Location by location, each with its days in their order. */
export const locationsOf = (days: readonly ForkDay[]): readonly LocationDays[] => {
  const locations = [...new Set(days.map(({ location }) => location))];
  return locations.map((location) =>
    together(
      location,
      days.filter((day) => day.location === location).toSorted((one, other) => (one.day < other.day ? -1 : 1)),
    ),
  );
};

export const DAY_WIDTH = 12;
export const HEIGHT = 48;
export const BAR_WIDTH = 4;

export interface DrawnBar {
  readonly look: 'before' | 'now';
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

const heightOf = ({ top }: Pick<LocationDays, 'top'>, value: number): number => (value / top) * HEIGHT;

/** Two bars a day, beside one another. */
export const barsOf = (location: LocationDays): readonly DrawnBar[] =>
  location.days.flatMap(({ before, now }, at) =>
    (
      [
        ['before', before],
        ['now', now],
      ] as const
    ).map(([look, value], second) => {
      const height = heightOf(location, value);
      return { look, x: at * DAY_WIDTH + 2 + second * BAR_WIDTH, y: HEIGHT - height, height };
    }),
  );

/** What it can take on each day; days without a limit have no line. */
export const capacityPath = (location: LocationDays): string =>
  location.days
    .map(({ capacity }, at) => (capacity === undefined ? '' : `M${at * DAY_WIDTH} ${HEIGHT - heightOf(location, capacity)}h${DAY_WIDTH}`))
    .join('');
