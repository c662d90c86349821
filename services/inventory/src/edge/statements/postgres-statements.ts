import type { PostgresEventStore } from '@cartage/event-store';
import type { Outcome, Write } from '@cartage/eventsourcing';
import type { Pool, PoolClient } from 'pg';
import type { Ledger } from '../../app/ledger';
import type {
  ComparedSku,
  NearEvidence,
  Statement,
  StatementPlace,
  StatementTable,
  StatementTransaction,
} from '../../app/statements/statement';
import type { Difference } from '../../domain/statements/difference';
import type { DriftTolerance, DriftToleranceChanged, WatchedDifference } from '../../domain/watching/drift';
import type { StandingAlert } from '../../domain/watching/alerts';
import { appendWithRows } from '../catalogue/append-with-rows';
import { inTransaction } from '../postgres-ledger';
import { KITS_AMONG } from '../rows.sql';
import { alertTransaction } from '../watching/postgres-watching';
import * as sql from './statement.sql';

/** The ledger on Postgres with statements beside it. */
export const postgresStatementLedger = (store: Pick<PostgresEventStore, 'transaction'>): Ledger<StatementTransaction> => ({
  transaction: (work) => store.transaction((joined) => work({ ...inTransaction(joined), ...statementTransaction(joined.client) })),
});

const keysOf = ({ location = '', channel = '' }: StatementPlace): readonly [location: string, channel: string] => [location, channel];

type ComparedRow = ComparedSku & { readonly superseded: boolean };
type NearRow = Partial<NearEvidence> & { readonly sku: string };
type OpenRow = { readonly [Field in keyof WatchedDifference]: WatchedDifference[Field] | null };

const statementTransaction = (client: PoolClient): StatementTransaction => ({
  lockPlace: async (place) => void (await client.query(sql.LOCK_PLACE, [...keysOf(place)])),
  compared: async ({ statementId, asOf, location }, { after, limit }) => {
    const page = location === undefined ? sql.COMPARED_IN_CHANNEL : sql.COMPARED_AT_LOCATION;
    const { rows } = await client.query<ComparedRow>(page, [statementId, asOf, after, limit]);
    return {
      last: rows.at(-1)?.sku,
      rows: rows.flatMap(({ superseded, ...row }) => (superseded ? [] : [row])),
    };
  },
  oursOf: async ({ sku, location, asOf }) => (await client.query<{ ours: number }>(sql.OURS, [sku, location, asOf])).rows[0]?.ours ?? 0,
  nearby: async ({ location, channel, asOf }, skus) => {
    if (skus.length === 0) return new Map();
    const { rows } = await client.query<NearRow>(location === undefined ? sql.NEAR_CHANNEL : sql.NEAR_LOCATION, [
      ...[skus, asOf],
      location ?? channel,
    ]);
    return new Map(rows.map(({ sku, before = [], after = [], updates = [] }) => [sku, { before, after, updates }]));
  },
  writeDifferences: async (differences) => {
    if (differences.length > 0) await client.query(sql.WRITE_DIFFERENCES, [JSON.stringify(differences)]);
  },
  openDifferences: async (place, skus, { units, percent }) =>
    (await client.query<OpenRow>(sql.OPEN_DIFFERENCES, [...keysOf(place), skus, units, percent])).rows.map(
      (row) => present(row) as WatchedDifference,
    ),
  standingDrifts: async (place, skus) => (await client.query<StandingAlert>(sql.STANDING, [...keysOf(place), skus])).rows,
  writeAlerts: (events) => alertTransaction(client).writeAlerts(events),
});

/** Without what is null. */
const present = (row: object): object => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

type Times = { readonly asOf: Date; readonly givenAt: Date | null; readonly comparedAt: Date | null };
type StatementRow = Omit<Statement, keyof Times | 'status' | 'units' | 'location' | 'channel'> &
  Times & { readonly units: string; readonly location: string | null; readonly channel: string | null };

const statusOf = ({ givenAt, comparedAt }: Times): Statement['status'] => {
  if (givenAt === null) return 'open';
  return comparedAt === null ? 'given' : 'compared';
};

const statementOf = ({ location, channel, asOf, givenAt, comparedAt, units, ...row }: StatementRow): Statement => ({
  ...row,
  ...(location === null ? {} : { location }),
  ...(channel === null ? {} : { channel }),
  asOf: asOf.toISOString(),
  status: statusOf({ asOf, givenAt, comparedAt }),
  units: Number(units),
  givenAt: givenAt?.toISOString() ?? null,
  comparedAt: comparedAt?.toISOString() ?? null,
});

export const statementTable = (pool: Pool): StatementTable => {
  const all = async (text: string, values: readonly unknown[]): Promise<readonly Statement[]> =>
    (await pool.query<StatementRow>(text, [...values])).rows.map(statementOf);
  const one = async (text: string, values: readonly unknown[]): Promise<Statement> => {
    const [found] = await all(text, values);
    if (found) return found;
    throw new Error('A statement that is being compared is kept.');
  };
  const differences = async (text: string, values: readonly unknown[]): Promise<readonly Difference[]> =>
    (await pool.query<{ difference: Difference }>(text, [...values])).rows.map((row) => row.difference);
  return {
    kindOf: async (location) => (await pool.query<{ readonly kind: string }>(sql.KIND_OF, [location])).rows[0]?.kind,
    kitsAmong: async (skus) => new Set((await pool.query<{ sku: string }>(KITS_AMONG, [skus])).rows.map(({ sku }) => sku)),
    begin: async (statementId, { source, asOf, whole, ...place }) =>
      void (await pool.query(sql.BEGIN, [statementId, source, ...keysOf(place), asOf, whole])),
    add: async (statementId, lines) => void (await pool.query(sql.ADD, [statementId, JSON.stringify(lines)])),
    give: (statementId, at) => one(sql.GIVE, [statementId, at]),
    end: (statementId, { at, differences: skus, units }) => one(sql.END, [statementId, at, skus, units]),
    find: async (statementId) => (await all(sql.FIND, [statementId]))[0],
    list: ({ source, location, channel, after, limit }) => all(sql.LIST, [source, location, channel, after?.[0], after?.[1], limit]),
    difference: async (differenceId) => (await differences(sql.DIFFERENCE, [differenceId]))[0],
    differences: ({ source, location, channel, sku, cause, status = 'open', after, limit }) =>
      differences(sql.DIFFERENCES, [status, source, location, channel, sku, cause, after?.[0], after?.[1], limit]),
    tolerances: async () => (await pool.query<{ category: string } & DriftTolerance>(sql.TOLERANCES)).rows,
  };
};

/** Tolerances and their rows move together. */
export const appendTolerances =
  (store: Pick<PostgresEventStore, 'transaction'>) =>
  (writes: readonly Write[]): Promise<readonly Outcome[]> =>
    appendWithRows<DriftToleranceChanged>(store, writes, async (client, events) => {
      for (const { data } of events)
        await (data.tolerance
          ? client.query(sql.SET_TOLERANCE, [data.category, data.tolerance.units, data.tolerance.percent])
          : client.query(sql.CLEAR_TOLERANCE, [data.category]));
    });
