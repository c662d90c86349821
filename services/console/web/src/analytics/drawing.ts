import type { Schemas } from '../api/client';

export type Figure = Schemas['ReportingFigures']['figures'][number];

export interface Point {
  /** From 0 to 1, along the time of the picture. */
  readonly along: number;
  readonly at: string;
  readonly value: number;
}

export interface Line {
  readonly name: string | null;
  readonly total: number;
  readonly points: readonly Point[];
}

/** One picture: what is in one currency, or no money at all. Numbers of two currencies share no axis. */
export interface Picture {
  readonly currency: string | null;
  readonly lines: readonly Line[];
  readonly most: number;
  readonly least: number;
  readonly total: number;
}

const spanOf = (times: readonly number[]): readonly [number, number] => [Math.min(...times), Math.max(...times)];

const alongOf = ([first, last]: readonly [number, number], at: number): number => (last === first ? 0.5 : (at - first) / (last - first));

const sum = (figures: readonly Figure[]): number => figures.reduce((total, { value }) => total + value, 0);

const lineOf = (name: string | null, figures: readonly Figure[], span: readonly [number, number]): Line => ({
  name,
  total: sum(figures),
  points: figures.map(({ at, value }) => ({ along: at === null ? 0.5 : alongOf(span, Date.parse(at)), at: at ?? '', value })),
});

const pictureOf = (currency: string | null, figures: readonly Figure[]): Picture => {
  const span = spanOf(figures.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)])));
  const groups = [...new Set(figures.map(({ group }) => group))];
  const values = figures.map(({ value }) => value);
  return {
    currency,
    lines: groups.map((name) =>
      lineOf(
        name,
        figures.filter(({ group }) => group === name),
        span,
      ),
    ),
    most: Math.max(0, ...values),
    least: Math.min(0, ...values),
    total: sum(figures),
  };
};

/** A picture for each currency, that with the most figures first. */
export const picturesOf = (figures: readonly Figure[]): readonly Picture[] => {
  const currencies = [...new Set(figures.map(({ currency }) => currency))];
  const pictures = currencies.map((currency) =>
    pictureOf(
      currency,
      figures.filter((each) => each.currency === currency),
    ),
  );
  const sizeOf = ({ lines }: Picture): number => lines.reduce((size, { points }) => size + points.length, 0);
  return pictures.toSorted((a, b) => sizeOf(b) - sizeOf(a));
};

/** Of one currency; empty where there is nothing in it. */
export const pictureIn = (figures: readonly Figure[], currency: string | null): Picture =>
  pictureOf(
    currency,
    figures.filter((each) => each.currency === currency),
  );

/** How much more it is than before, as a part of what it was; nothing where there was nothing. */
export const changeSince = (now: number, before: number): number | undefined =>
  before === 0 ? undefined : (now - before) / Math.abs(before);

export const WIDTH = 720;
export const HEIGHT = 200;

/** From the bottom, in the units of the picture. */
export const heightOf = ({ most, least }: Pick<Picture, 'most' | 'least'>, value: number): number =>
  most === least ? 0 : ((value - least) / (most - least)) * HEIGHT;

/** A line through the points; right to left where one reads so. */
export const pathOf = (picture: Pick<Picture, 'most' | 'least'>, { points }: Line, isRightToLeft: boolean): string =>
  points
    .map(({ along, value }, at) => {
      const x = (isRightToLeft ? 1 - along : along) * WIDTH;
      return `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${(HEIGHT - heightOf(picture, value)).toFixed(1)}`;
    })
    .join('');
