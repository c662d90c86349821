import type { StockLevel } from '@cartage/contracts';
import { coalescing, type Settled } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { KnownLocation, Load, Network, StockedLocation } from '../app/network';
import { countText, learnLevelsText, learnLocationText, releaseText, stockedText } from './network.sql';

interface StockedRow {
  readonly code: string;
  readonly kind: string;
  readonly active: boolean;
  readonly latitude: number;
  readonly longitude: number;
  readonly capacity: number | null;
  readonly load: number;
  readonly skus: readonly string[];
  readonly available: readonly number[];
}

interface StockQuestion {
  readonly skus: readonly string[];
  readonly day: string;
}

/** What the service remembers, in Postgres. Calls that come at the same time share a statement. */
export const postgresNetwork = (pool: Pool): Network => {
  const stocked = coalescing((asked: readonly StockQuestion[]) => readStocked(pool, asked));
  const learnLevels = coalescing((batch: readonly (readonly StockLevel[])[]) => writeLevels(pool, batch));
  const count = coalescing((batch: readonly (readonly Load[])[]) => writeLoads(pool, countText, batch));
  const release = coalescing((batch: readonly (readonly Load[])[]) => writeLoads(pool, releaseText, batch));
  return {
    stocked: (skus, day) => stocked({ skus, day }),
    learnLocation: (location) => writeLocation(pool, location),
    learnLevels,
    count,
    release,
  };
};

const all = (batch: readonly unknown[]): readonly Settled<void>[] => batch.map(() => ({ ok: true, value: undefined }));

/** One statement for each day that is asked about: one, but for a moment at midnight. */
const readStocked = async (pool: Pool, asked: readonly StockQuestion[]): Promise<readonly Settled<readonly StockedLocation[]>[]> => {
  const found = new Map<string, readonly StockedRow[]>();
  for (const day of new Set(asked.map((one) => one.day))) {
    const skus = [...new Set(asked.filter((one) => one.day === day).flatMap((one) => one.skus))];
    const { rows } = await pool.query<StockedRow>({ name: 'network-stocked', text: stockedText, values: [skus, day] });
    found.set(day, rows);
  }
  return asked.map(({ skus, day }) => ({ ok: true, value: (found.get(day) ?? []).flatMap((row) => stockedLocation(row, new Set(skus))) }));
};

/** Nothing when the location has none of the SKUs of this asker, only of another in the batch. */
const stockedLocation = (
  { code, capacity, skus, available, ...row }: StockedRow,
  asked: ReadonlySet<string>,
): readonly StockedLocation[] => {
  const shelf = skus.flatMap((sku, i) => (asked.has(sku) ? [[sku, available[i] ?? 0] as const] : []));
  return shelf.length === 0 ? [] : [{ location: code, ...row, ...(capacity === null ? {} : { capacity }), available: new Map(shelf) }];
};

const writeLocation = async (pool: Pool, location: KnownLocation): Promise<void> => {
  const { location: code, name, kind, country, postalCode = null, latitude, longitude, dailyCapacity = null, active, revision } = location;
  const values = [code, name, kind, country, postalCode, latitude, longitude, dailyCapacity, active, revision];
  await pool.query({ name: 'network-location', text: learnLocationText, values });
};

const writeLevels = async (pool: Pool, batch: readonly (readonly StockLevel[])[]): Promise<readonly Settled<void>[]> => {
  const newest = newestOf(batch.flat());
  if (newest.length > 0) await pool.query({ name: 'network-levels', text: learnLevelsText, values: [JSON.stringify(newest)] });
  return all(batch);
};

const keyOf = ({ sku, location }: StockLevel): string => `${sku}\n${location}`;

/** One row for each SKU and location, in the order of the key: a statement may touch a row only once. */
const newestOf = (levels: readonly StockLevel[]): readonly StockLevel[] => {
  const newest = new Map<string, StockLevel>();
  for (const level of levels) if ((newest.get(keyOf(level))?.revision ?? -1) < level.revision) newest.set(keyOf(level), level);
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, level]) => level);
};

const writeLoads = async (pool: Pool, text: string, batch: readonly (readonly Load[])[]): Promise<readonly Settled<void>[]> => {
  const loads = new Map(batch.flat().map((load) => [load.fulfillmentId, load]));
  await pool.query(text, [JSON.stringify([...loads.values()])]);
  return all(batch);
};
