import type { Schemas } from '../../api/client';

export type Forecasted = Schemas['DemandForecast'];

export interface Point {
  readonly day: number;
  readonly units: number;
}

/** What is expected to have been asked for by each day, all together, and between what it lies when the next order is there. */
export interface Curve {
  readonly points: readonly Point[];
  readonly expected: Point & { readonly least: number; readonly most: number };
  /** The last day that is looked at. */
  readonly days: number;
  /** The most units that are looked at. */
  readonly ceiling: number;
  /** The first day on which all that is there is asked for; absent: not within the days. */
  readonly emptyOn?: number;
}

/** To a tenth of a unit. */
export const rounded = (units: number): number => Math.round(units * 10) / 10;

/** A round number that is enough: one, two or five of a power of ten. */
export const roundAbove = (units: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(units, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((each) => each >= units) ?? 10 * power;
};

const summed = (perDay: readonly number[]): readonly Point[] =>
  perDay.reduce<readonly Point[]>(
    (points, units, at) => [...points, { day: at + 1, units: rounded((points.at(-1)?.units ?? 0) + units) }],
    [{ day: 0, units: 0 }],
  );

type Demand = Pick<Forecasted, 'perDay'> & { readonly expected: Pick<Forecasted['expected'], 'days' | 'units' | 'least' | 'most'> };

export const curveOf = ({ perDay, expected }: Demand, there: number): Curve => {
  const points = summed(perDay);
  const emptyOn = there > 0 ? points.find(({ units }) => units >= there)?.day : undefined;
  return {
    points,
    expected: { day: expected.days, units: expected.units, least: expected.least, most: expected.most },
    days: Math.max(perDay.length, Math.ceil(expected.days)),
    ceiling: roundAbove(Math.max(...points.map(({ units }) => units), expected.most, there)),
    ...(emptyOn === undefined ? {} : { emptyOn }),
  };
};

/** Where things stand in a picture of this size. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly start: number;
  readonly bottom: number;
  readonly top: number;
}

export const placedIn = ({ width, height, start, bottom, top }: Frame, { days, ceiling }: Pick<Curve, 'days' | 'ceiling'>) => {
  const x = (day: number): number => rounded(start + (day / Math.max(days, 1)) * (width - start - top));
  const y = (units: number): number => rounded(height - bottom - (units / ceiling) * (height - bottom - top));
  return { x, y, line: (points: readonly Point[]): string => points.map(({ day, units }) => `${x(day)},${y(units)}`).join(' ') };
};
