import { clockIn, type StockLevel } from '@cartage/contracts';
import { isError, roundTrips, type Settled } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type {
  Arrival,
  KnownItem,
  KnownLocation,
  Load,
  Network,
  OrderWaits,
  StockedLocation,
  StockQuery,
  WaitingOrder,
  WaitingQuery,
} from '../app/network';
import type { Place } from '../domain/pickup';
import { beginOf, workDaysFrom, type WorkCalendar } from '../domain/work-days';
import {
  abandonedText,
  arrivalsAtText,
  awaitedText,
  claimText,
  countText,
  learnItemText,
  learnLevelsText,
  learnLocationText,
  placeText,
  releaseText,
  stockedText,
  waitingText,
  waitText,
  weightsText,
} from './network.sql';

interface StockedRow {
  readonly code: string;
  readonly kind: string;
  readonly active: boolean;
  readonly latitude: number;
  readonly longitude: number;
  readonly capacity: number | null;
  readonly timeZone: string;
  readonly calendar: WorkCalendar | null;
  /** By day. */
  readonly loads: Readonly<Record<string, number>>;
  readonly skus: readonly string[];
  readonly available: readonly number[];
}

/** What the service remembers, in Postgres. Calls that come at the same time share a statement. */
export const postgresNetwork = (pool: Pool): Network => {
  const stocked = roundTrips((asked: readonly StockQuery[]) => readStocked(pool, asked));
  const weightsOf = roundTrips((asked: readonly (readonly string[])[]) => readWeights(pool, asked));
  const learnLevels = roundTrips((batch: readonly (readonly StockLevel[])[]) => writeLevels(pool, batch));
  const count = roundTrips((batch: readonly (readonly Load[])[]) => writeLoads(pool, batch));
  const claim = roundTrips((batch: readonly (readonly Load[])[]) => claimLoads(pool, batch));
  const release = roundTrips((batch: readonly (readonly string[])[]) => releaseLoads(pool, batch));
  const areAwaited = roundTrips((batch: readonly (readonly string[])[]) => readAwaited(pool, batch));
  return {
    stocked,
    placeOf: async (location) => (await pool.query<Place>(placeText, [location])).rows[0],
    weightsOf,
    learnItem: (item) => writeItem(pool, item),
    learnLocation: (location) => writeLocation(pool, location),
    learnLevels,
    arrivalsAt: async (location) => (await pool.query<Arrival>(arrivalsAtText, [location])).rows,
    wait: (waits) => writeWaits(pool, waits),
    // Every movement of stock asks, and hardly ever does anybody wait.
    waiting: async (query) => ((await areAwaited(query.skus)) ? readWaiting(pool, query) : []),
    claim,
    count,
    release,
  };
};

const all = (batch: readonly unknown[]): readonly Settled<void>[] => batch.map(() => ({ ok: true, value: undefined }));

/** One statement for all: they are asked at instants that differ by milliseconds. */
const readStocked = async (pool: Pool, asked: readonly StockQuery[]): Promise<readonly Settled<readonly StockedLocation[]>[]> => {
  const skus = [...new Set(asked.flatMap((one) => one.skus))];
  const at = asked.map((one) => one.at).reduce((earliest, one) => (one < earliest ? one : earliest));
  const { rows } = await pool.query<StockedRow>({ name: 'network-stocked', text: stockedText, values: [skus, at] });
  return asked.map((one) => ({ ok: true, value: rows.flatMap((row) => stockedLocation(row, one)) }));
};

/** Nothing when the location has none of the SKUs of this asker, only of another in the batch. */
const stockedLocation = ({ skus, available, ...row }: StockedRow, asked: StockQuery): readonly StockedLocation[] => {
  const wanted = new Set(asked.skus);
  const shelf = skus.flatMap((sku, i) => (wanted.has(sku) ? [[sku, available[i] ?? 0] as const] : []));
  if (shelf.length === 0) return [];
  const { code: location, kind, active, latitude, longitude } = row;
  return [{ location, kind, active, latitude, longitude, ...workOf(row, asked), available: new Map(shelf) }];
};

type Work = Pick<StockedLocation, 'day' | 'load' | 'capacity' | 'later'>;

/** When it would begin what comes now, and how much it has to do on that day and those that follow. */
const workOf = ({ timeZone, calendar, capacity, loads }: Omit<StockedRow, 'skus' | 'available'>, asked: StockQuery): Work => {
  const times = { timeZone, ...(calendar ? { calendar } : {}) };
  const limited = capacity !== null;
  const [day, ...later] = workDaysFrom(times, asked.at, { service: asked.service, count: limited ? 1 + asked.laterDays : 1 });
  const loadOf = (one: string): number => loads[one] ?? 0;
  return {
    ...(day === undefined ? { load: 0 } : { day, load: loadOf(day) }),
    ...(limited ? { capacity, later: later.map((one) => ({ day: one, load: loadOf(one), beginsAt: beginOf(times, one) })) } : {}),
  };
};

/** A zone that the platform does not know would stop every decision that looks at the location. */
const zoneOrUtc = (timeZone = 'UTC'): string => {
  try {
    clockIn(timeZone, 0);
    return timeZone;
  } catch (error) {
    if (isError(error) && error.name === 'RangeError') return 'UTC';
    throw error;
  }
};

const writeLocation = async (pool: Pool, location: KnownLocation): Promise<void> => {
  const { location: code, name, kind, country, postalCode = null, latitude, longitude, dailyCapacity = null, active, revision } = location;
  const { timeZone, calendar = null } = location;
  const values = [
    code,
    name,
    kind,
    country,
    postalCode,
    latitude,
    longitude,
    dailyCapacity,
    active,
    revision,
    zoneOrUtc(timeZone),
    calendar,
  ];
  await pool.query({ name: 'network-location', text: learnLocationText, values });
};

const readWeights = async (pool: Pool, asked: readonly (readonly string[])[]): Promise<readonly Settled<ReadonlyMap<string, number>>[]> => {
  const values = [[...new Set(asked.flat())]];
  const { rows } = await pool.query<{ sku: string; grams: number }>({ name: 'network-weights', text: weightsText, values });
  const known = new Map(rows.map(({ sku, grams }) => [sku, grams]));
  return asked.map((skus) => ({
    ok: true,
    value: new Map(skus.flatMap((sku) => (known.has(sku) ? [[sku, known.get(sku) ?? 0] as const] : []))),
  }));
};

const writeItem = async (pool: Pool, { sku, weightGrams, revision }: KnownItem): Promise<void> => {
  await pool.query(learnItemText, [sku, weightGrams ?? null, revision]);
};

const writeLevels = async (pool: Pool, batch: readonly (readonly StockLevel[])[]): Promise<readonly Settled<readonly Arrival[]>[]> => {
  const newest = newestOf(batch.flat());
  if (newest.length === 0) return batch.map(() => ({ ok: true, value: [] }));
  const { rows } = await pool.query<Arrival>({ name: 'network-levels', text: learnLevelsText, values: [JSON.stringify(newest)] });
  const arrived = new Map(rows.map((one) => [keyOf(one), one]));
  return batch.map((levels) => ({
    ok: true,
    value: [...new Set(levels.map(keyOf))].flatMap((key) => arrived.get(key) ?? []),
  }));
};

const writeWaits = async (pool: Pool, { orderId, version, since, wanted }: OrderWaits): Promise<void> => {
  const rows = wanted.flatMap(({ decisionId, location, notAt, units }) =>
    [...units].map(([sku, wants]) => ({ decisionId, sku, location: location ?? null, notAt, units: wants })),
  );
  await pool.query(waitText, [orderId, version, since, JSON.stringify(rows)]);
};

const FIRST = { since: '-infinity', decisionId: '00000000-0000-0000-0000-000000000000' };

const readAwaited = async (pool: Pool, batch: readonly (readonly string[])[]): Promise<readonly Settled<boolean>[]> => {
  const { rows } = await pool.query<{ sku: string }>({ name: 'network-awaited', text: awaitedText, values: [[...new Set(batch.flat())]] });
  const awaited = new Set(rows.map(({ sku }) => sku));
  return batch.map((skus) => ({ ok: true, value: skus.some((sku) => awaited.has(sku)) }));
};

const readWaiting = async (pool: Pool, { skus, taken, after, limit }: WaitingQuery): Promise<readonly WaitingOrder[]> => {
  const { since, decisionId } = after ?? FIRST;
  const values = [skus, JSON.stringify(taken), since, decisionId, limit];
  const { rows } = await pool.query<Omit<WaitingOrder, 'since'> & { readonly since: Date }>({
    name: 'network-waiting',
    text: waitingText,
    values,
  });
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
};

const keyOf = ({ sku, location }: Arrival): string => `${sku}\n${location}`;

/** One row for each SKU and location, in the order of the key: a statement may touch a row only once. */
const newestOf = (levels: readonly StockLevel[]): readonly StockLevel[] => {
  const newest = new Map<string, StockLevel>();
  for (const level of levels) if ((newest.get(keyOf(level))?.revision ?? -1) < level.revision) newest.set(keyOf(level), level);
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, level]) => level);
};

const unique = (batch: readonly (readonly Load[])[]): readonly Load[] => [
  ...new Map(batch.flat().map((load) => [load.fulfillmentId, load])).values(),
];

const writeLoads = async (pool: Pool, batch: readonly (readonly Load[])[]): Promise<readonly Settled<void>[]> => {
  await pool.query(countText, [JSON.stringify(unique(batch))]);
  return all(batch);
};

const releaseLoads = async (pool: Pool, batch: readonly (readonly string[])[]): Promise<readonly Settled<void>[]> => {
  await pool.query(releaseText, [[...new Set(batch.flat())]]);
  return all(batch);
};

const grantedOf = async (pool: Pool, loads: readonly Load[]): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ fulfillmentId: string }>(claimText, [JSON.stringify(loads)]);
  return new Set(rows.map(({ fulfillmentId }) => fulfillmentId));
};

/** Where there is too little, what dead processes left behind is given back, and it is claimed once more. */
const claimLoads = async (pool: Pool, batch: readonly (readonly Load[])[]): Promise<readonly Settled<readonly Load[]>[]> => {
  const loads = unique(batch);
  const granted = new Set(await grantedOf(pool, loads));
  const open = loads.filter(({ fulfillmentId }) => !granted.has(fulfillmentId));
  if (open.length > 0 && (await releaseAbandoned(pool))) (await grantedOf(pool, open)).forEach((id) => granted.add(id));
  return batch.map((mine) => ({ ok: true, value: mine.filter(({ fulfillmentId }) => !granted.has(fulfillmentId)) }));
};

const releaseAbandoned = async (pool: Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ fulfillmentId: string }>(abandonedText);
  if (rows.length > 0) await pool.query(releaseText, [rows.map(({ fulfillmentId }) => fulfillmentId)]);
  return rows.length > 0;
};
