import type { PostgresEventStore } from '@cartage/event-store';
import { Refused } from '@cartage/eventsourcing';
import type { Pool, PoolClient } from 'pg';
import type { AlertTransaction } from '../../app/watching/alerting';
import type { ShownAlert, Suggestion, WatchRows } from '../../app/watching/watching';
import type { AlertEvent, StandingAlert, Watched } from '../../domain/watching/alerts';
import type { WatchEvent } from '../../domain/watching/watch';
import { appendWithRows } from '../catalogue/append-with-rows';
import * as sql from './watching.sql';

type Rows = Omit<Watched, 'availability'> & { readonly standing: readonly StandingAlert[] };

export const alertTransaction = (client: PoolClient): AlertTransaction => ({
  watched: async (skus) => {
    const { rows } = await client.query<Rows>(sql.WATCHED, [skus]);
    if (!rows[0]) throw new Error('A select without a from has one row.');
    return rows[0];
  },
  writeAlerts: async (events) => {
    await client.query(sql.END, [JSON.stringify(events.filter(({ type }) => type === 'StockAlertEnded').map(({ data }) => data))]);
    await client.query(sql.RAISE, [JSON.stringify(events.flatMap(rowOf))]);
  },
});

const rowOf = ({ type, data }: AlertEvent): readonly object[] => {
  if (type === 'StockAlertEnded') return [];
  if (type === 'StockAlertRaised') return [data];
  return [{ ...data, kind: 'reorder', value: data.available + data.onOrder, threshold: data.reorderPoint, raisedAt: data.reachedAt }];
};

const write = async (client: PoolClient, { type, data }: WatchEvent): Promise<void> => {
  if (type === 'AlertThresholdChanged') {
    const cell = [data.sku, data.channel ?? ''];
    await (data.atpBelow === undefined
      ? client.query(sql.CLEAR_THRESHOLD, cell)
      : client.query(sql.SET_THRESHOLD, [...cell, data.atpBelow]));
    return;
  }
  const cell = [data.sku, data.location];
  await client.query(sql.FORGET_FORECAST, cell);
  if (data.reorderPoint === undefined) await client.query(sql.CLEAR_POINT, cell);
  else await setPoint(client, data.location, [...cell, data.reorderPoint, data.orderUpTo, data.learned]);
};

const setPoint = async (client: PoolClient, location: string, values: readonly unknown[]): Promise<void> => {
  if ((await client.query(sql.KNOWN_LOCATION, [location])).rowCount === 0)
    throw new Refused('LOCATION_UNKNOWN', `There is no location ${location}. Make it first.`, 'unknown');
  await client.query(sql.SET_POINT, [...values]);
};

type Times = { readonly raisedAt: Date; readonly endedAt: Date | null };

export const watchRows = (pool: Pool, store: Pick<PostgresEventStore, 'transaction'>): WatchRows => ({
  append: (writes) =>
    appendWithRows<WatchEvent>(store, writes, async (client, events) => {
      for (const event of events) await write(client, event);
    }),
  alerts: async ({ kind, sku, standing, after, limit }) => {
    const values = [kind, sku, standing, after?.[0], after?.[1], limit];
    const { rows } = await pool.query<Omit<ShownAlert, keyof Times> & Times>(sql.ALERTS, values);
    return rows.map((row) => ({ ...row, raisedAt: row.raisedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null }));
  },
  suggestions: async ({ location, after, limit }) =>
    (await pool.query<Suggestion>(sql.SUGGESTIONS, [location, after?.[0], after?.[1], limit])).rows,
});
