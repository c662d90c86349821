import type { Joined, PostgresEventStore } from '@cartage/event-store';
import type { PoolClient } from 'pg';
import {
  Raced,
  Unseen,
  type DoneRequest,
  type Ledger,
  type LedgerTransaction,
  type LedgerWrite,
  type LockedLocation,
  type PromisedLine,
  type QueueQuery,
  type WaitingLine,
} from '../app/ledger';
import type { ChannelTransaction } from '../app/channels/channels';
import type { RecountTransaction } from '../app/repairs';
import type { ChannelStock } from '../domain/channel-stock';
import { openBook, type Rows, type StockBook } from '../domain/book';
import type { Location } from '../domain/location-profile';
import type { Cell, NetworkStock, Stock } from '../domain/stock';
import { expectedOf, type SkuSupply } from '../domain/supply/expected';
import { recountTransaction } from './verification/postgres-recount';
import { channelStockAsOf, channelStockOf, channelTransaction } from './channels/postgres-channels';
import * as sql from './rows.sql';
import { SUPPLY_AT, supplyOf, type SupplyRow } from './supply/supply.sql';

/** The ledger on Postgres, in the transactions of the event store. */
export const postgresLedger = (store: Pick<PostgresEventStore, 'transaction'>): Ledger<ChannelTransaction & RecountTransaction> => ({
  transaction: (work) => store.transaction((joined) => work(inTransaction(joined))),
});

export const inTransaction = ({
  client,
  readMany,
  heads,
  appendMany,
}: Joined): LedgerTransaction & ChannelTransaction & RecountTransaction => ({
  ...channelTransaction(client),
  ...recountTransaction(client),
  readMany,
  heads,
  appendMany,
  lock: ({ cells, making = [] }) => lock(client, cells, making),
  lockLocation: (code, more) => lockLocation(client, code, more),
  queue: (queries, limit) => queue(client, queries, limit),
  claimants: async ({ sku, before }, limit) =>
    (await client.query<Pick<WaitingLine, 'orderId' | 'arrival'>>(sql.CLAIMANTS, [sku, before, limit])).rows,
  carts: async ({ sku, before }, limit) =>
    (await client.query<{ reservationId: string; arrival: string }>(sql.CARTS, [sku, before, limit])).rows,
  waiting: (skus, orderIds) => waiting(client, skus, orderIds),
  standIns: async (skus) => (await client.query<{ sku: string; standIn: string }>(sql.STAND_INS, [skus])).rows,
  stock: (skus) => channelStockAsOf(client, skus),
  write: (write) => writeAll(client, write),
  writeLocation: (location) => writeLocation(client, location),
  requestDone: (commandId) => requestDone(client, commandId),
  rememberRequest: (request) => rememberRequest(client, request),
});

type StockRow = Omit<Stock, 'active'>;

const placed = (cells: readonly Cell[]): readonly Required<Cell>[] =>
  cells.flatMap(({ sku, location }) => (location === undefined ? [] : [{ sku, location }]));

const columns = (cells: readonly Required<Cell>[]): readonly (readonly string[])[] => [
  cells.map(({ sku }) => sku),
  cells.map(({ location }) => location),
];

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

const lock = async (client: PoolClient, cells: readonly Cell[], making: readonly Cell[]): Promise<StockBook> => {
  const at = placed(cells);
  const active = await lockLocations(client, unique(at.map(({ location }) => location)));
  const sums = await lockNetwork(
    client,
    cells.map(({ sku }) => sku),
    making.map(({ sku }) => sku),
  );
  if (making.length > 0) await client.query(sql.MAKE_STOCK, [...columns(placed(making))]);
  const { rows } = at.length > 0 ? await client.query<StockRow>(sql.LOCK_STOCK, [...columns(at)]) : { rows: [] };
  const stock = rows.map((row) => ({ ...row, active: active.has(row.location) }));
  return openBook({ ...sums, stock, locked: [...sums.network, ...cells] });
};

const lockLocations = async (client: PoolClient, codes: readonly string[]): Promise<ReadonlySet<string>> => {
  if (codes.length === 0) return new Set();
  const { rows } = await client.query<{ code: string; active: boolean }>(sql.LOCK_LOCATIONS, [codes]);
  return new Set(rows.flatMap(({ code, active }) => (active ? [code] : [])));
};

type SumRow = NetworkStock & {
  readonly ruled: boolean;
  readonly supply: SkuSupply['dates'] | null;
  readonly backordered: number;
  readonly leaning: number;
};

interface Sums extends Required<Pick<Rows, 'network' | 'supply'>> {
  readonly channels: readonly ChannelStock[];
}

/** What channels may sell costs a statement more, and only where a rule says something of a SKU. */
const sumsOf = async (client: PoolClient, rows: readonly SumRow[]): Promise<Sums> => ({
  network: rows.map(({ ruled: _, supply: __, backordered: ___, leaning: ____, ...row }) => row),
  supply: rows.flatMap(({ sku, supply, backordered, leaning }) =>
    supply || leaning > 0 ? [{ sku, dates: supply ?? [], backordered, leaning }] : [],
  ),
  channels: await channelStockOf(
    client,
    rows.filter(({ ruled }) => ruled).map(({ sku }) => sku),
  ),
});

const lockNetwork = async (client: PoolClient, skus: readonly string[], making: readonly string[]): Promise<Sums> => {
  if (making.length > 0) await client.query(sql.MAKE_NETWORK, [making]);
  if (skus.length === 0) return { network: [], supply: [], channels: [] };
  const wanted = unique(skus);
  const { rows } = await client.query<SumRow>(sql.LOCK_NETWORK, [wanted]);
  if (rows.length === wanted.length) return sumsOf(client, rows);
  const seen = new Set(rows.map(({ sku }) => sku));
  throw new Unseen(wanted.filter((sku) => !seen.has(sku)));
};

const queue = async (client: PoolClient, queries: readonly QueueQuery[], limit: number): Promise<readonly WaitingLine[]> => {
  const columns = [queries.map(({ sku }) => sku), queries.map(({ units }) => units), queries.map(({ after }) => after)];
  return (await client.query<WaitingLine>(sql.QUEUE, [...columns, limit])).rows;
};

const lockLocation = async (client: PoolClient, code: string, more: readonly Cell[]): Promise<LockedLocation> => {
  const { rows: locations } = await client.query<{ active: boolean }>(sql.LOCK_LOCATION, [code]);
  const active = locations[0]?.active;
  const { rows: skus } = await client.query<{ sku: string }>(sql.SKUS_AT, [code]);
  const sums = await lockNetwork(
    client,
    [...skus, ...more].map(({ sku }) => sku),
    [],
  );
  const { rows } = await client.query<StockRow>(sql.LOCK_STOCK_AT, [code]);
  const stock = rows.map((row) => ({ ...row, active: active ?? false }));
  const { rows: supply } = await client.query<SupplyRow>(SUPPLY_AT, [code]);
  return { active, stock, supply: supply.map(supplyOf), book: openBook({ ...sums, stock }) };
};

const writeAll = async (client: PoolClient, { book, movements, lines = [], carts = [] }: LedgerWrite): Promise<void> => {
  const { network, stock, supply } = book.changed();
  await writeRows(client, sql.WRITE_NETWORK, network);
  await writeRows(client, sql.WRITE_STOCK, stock);
  await writeRows(client, sql.WRITE_SUPPLY_SUMS, supply.map(supplySums));
  await writeRows(client, sql.WRITE_MOVEMENTS, movements);
  await writeRows(client, sql.WRITE_LINES, lines);
  await writeRows(client, sql.CLEAR_CARTS, carts);
  const kept = carts.flatMap(({ units, ...cart }) => units.map(([sku, quantity]) => ({ ...cart, sku, quantity })));
  await writeRows(client, sql.WRITE_CARTS, kept);
};

const supplySums = (row: SkuSupply): object => ({ ...row, dates: row.dates.length > 0 ? row.dates : null, expected: expectedOf(row) });

type WaitingRow = Omit<PromisedLine, 'promise' | 'channel'> & {
  readonly channel: string | null;
  readonly promisedAt: string | null;
  readonly parts: readonly string[];
};

const waiting = async (client: PoolClient, skus: readonly string[], orderIds: readonly string[]): Promise<readonly PromisedLine[]> => {
  const { rows } = await client.query<WaitingRow>(sql.WAITING, [skus, orderIds]);
  return rows.map(({ channel, promisedAt, parts, ...row }) => ({
    ...row,
    channel: channel ?? undefined,
    promise: promisedAt === null ? undefined : { at: promisedAt, parts },
  }));
};

const writeRows = async (client: PoolClient, statement: string, rows: readonly unknown[]): Promise<void> => {
  if (rows.length > 0) await client.query(statement, [JSON.stringify(rows)]);
};

const writeLocation = async (client: PoolClient, location: Location): Promise<void> => {
  const { code, name, kind, country, postalCode, address, latitude, longitude, calendar, dailyCapacity, leadDays, active, revision } =
    location;
  const place = [code, name, kind, country, postalCode, address, latitude, longitude];
  await client.query(sql.WRITE_LOCATION, [...place, calendar, dailyCapacity, leadDays, active, revision]);
};

const requestDone = async (client: PoolClient, commandId: string): Promise<DoneRequest | undefined> => {
  const { rows } = await client.query<DoneRequest>(sql.REQUEST_DONE, [commandId]);
  return rows[0];
};

const rememberRequest = async (client: PoolClient, { commandId, fingerprint, position, answer }: DoneRequest): Promise<void> => {
  const { rowCount } = await client.query(sql.REMEMBER_REQUEST, [commandId, fingerprint, position, JSON.stringify(answer)]);
  if (rowCount === 0) throw new Raced(`Request ${commandId} was carried out meanwhile.`);
};
