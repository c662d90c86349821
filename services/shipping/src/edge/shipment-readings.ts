import type { Readings } from '@cartage/service-kit';
import { tableOf, type Sql } from '@cartage/views';
import { shipmentSummary } from '../app/views/shipment-summary';
import { shipmentStatuses, type ShipmentStatus } from '../domain/status';

const over: ReadonlySet<ShipmentStatus> = new Set(['none', 'delivered', 'returned', 'collected', 'cancelled']);
const openStatuses = shipmentStatuses.filter((status) => !over.has(status));

/** Whoever fulfils for us may name any carrier: those are counted together, so that nobody can add series. */
const FIGURES = `
  select case when carrier is null then 'none' when carrier = any($2) then carrier else 'other' end as carrier, status as state,
    count(*)::int as count, coalesce(extract(epoch from $1::timestamptz - min(planned_at)), 0)::float8 as seconds
  from ${tableOf(shipmentSummary)} where status = any($3) group by 1, status`;

interface Figures {
  readonly carrier: string;
  readonly state: string;
  readonly count: number;
  readonly seconds: number;
}

/** For the metrics: shipments that have not arrived. Carriers and states that have none are not told. */
export const shipmentReadings = (sql: Sql, carriers: readonly string[], now: () => Date) => async (): Promise<Readings> => {
  const { rows } = await sql.query<Figures>(FIGURES, [now().toISOString(), carriers, openStatuses]);
  const each = (value: (row: Figures) => number) =>
    rows.map((row) => ({ labels: { carrier: row.carrier, state: row.state }, value: value(row) }));
  return { shipments: each(({ count }) => count), shipmentsOldest: each(({ seconds }) => Math.max(0, seconds)) };
};
