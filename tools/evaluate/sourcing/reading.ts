import { distanceKm, type Point } from '@cartage/contracts';
import { Trouble } from '../../client/client';
import { BadCell, type Cells } from '../input/cells';

/** One line of an order; where it goes, if that is said. */
export interface OrderLine {
  readonly at: number;
  readonly order: string;
  readonly sku: string;
  readonly quantity: number;
  readonly destination: Point | undefined;
}

const degrees = (cells: Cells, column: string, most: number): number => {
  const value = cells.number(column, { least: -most });
  if (value > most) throw new BadCell(column, `is more than ${most} degrees`);
  return value;
};

export const pointOf = (cells: Cells): Point => ({ latitude: degrees(cells, 'latitude', 90), longitude: degrees(cells, 'longitude', 180) });

const wholeUnits = (cells: Cells, column: string, least: number): number => {
  const units = cells.number(column, { least });
  if (!Number.isInteger(units)) throw new BadCell(column, 'is no whole number of units');
  return units;
};

export const orderLineOf = (cells: Cells): OrderLine => ({
  ...{ at: cells.instant('ordered_at'), order: cells.text('order'), sku: cells.text('sku'), quantity: wholeUnits(cells, 'quantity', 1) },
  destination: cells.optional('latitude') === undefined && cells.optional('longitude') === undefined ? undefined : pointOf(cells),
});

export interface Place extends Point {
  readonly location: string;
}
export const placeOf = (cells: Cells): Place => ({ location: cells.text('location'), ...pointOf(cells) });

export interface ShelfUnits {
  readonly location: string;
  readonly sku: string;
  readonly units: number;
}
export const shelfUnitsOf = (cells: Cells): ShelfUnits => ({
  ...{ location: cells.text('location'), sku: cells.text('sku'), units: wholeUnits(cells, 'units', 0) },
});

/** Of the first row that is for a location and a distance. */
export interface TariffRow {
  readonly location: string | undefined;
  readonly upToKm: number | undefined;
  readonly amount: number;
  readonly perUnit: number;
}
export const tariffOf = (cells: Cells): TariffRow => ({
  location: cells.optional('location'),
  upToKm: cells.optional('up_to_km') === undefined ? undefined : cells.number('up_to_km', { least: 0 }),
  amount: cells.number('amount', { least: 0 }),
  perUnit: cells.optional('per_unit') === undefined ? 0 : cells.number('per_unit', { least: 0 }),
});

/** Where customers live, and how many of them. */
export interface Town extends Point {
  readonly weight: number;
}
export const townOf = (cells: Cells): Town => ({ ...pointOf(cells), weight: cells.number('weight', { above: 0 }) });

/** In minor units: near, far, very far, and beyond; handling is in it. */
export const usualTariff: readonly TariffRow[] = [
  { location: undefined, upToKm: 250, amount: 500, perUnit: 10 },
  { location: undefined, upToKm: 800, amount: 750, perUnit: 10 },
  { location: undefined, upToKm: 2_000, amount: 1_050, perUnit: 10 },
  { location: undefined, upToKm: undefined, amount: 1_500, perUnit: 10 },
];

export const rateFor = (tariff: readonly TariffRow[], location: string, km: number): TariffRow => {
  const rate = tariff.find((row) => (row.location ?? location) === location && km <= (row.upToKm ?? Infinity));
  if (rate !== undefined) return rate;
  throw new Trouble(`No row of the tariffs is for ${location} and ${Math.round(km)} km: give one without up_to_km as the last.`);
};

export const kmBetween = (from: Point, to: Point): number => Math.round(distanceKm(from, to) * 10) / 10;

/** All of what a stream brings, up to so many rows. */
export const gathered = async <Row>(rows: AsyncIterable<Row>, most: number): Promise<readonly Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) {
    all.push(row);
    if (all.length > most) throw new Trouble(`More than ${most} rows: take a part of them by --only.`);
  }
  return all;
};
