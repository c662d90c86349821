import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { LaneShelf, StuckShipment } from '../../app/losses';
import type { LaneOutcomes } from '../../domain/lane-performance';
import { carrierParcel } from '../../app/views/carrier-parcel';
import { carrierClaim } from '../../app/views/claims';
import { shipmentSummary } from '../../app/views/shipment-summary';
import type { ClaimFilter, ClaimPage } from '../../app/claims';

const shipments = tableOf(shipmentSummary);
/** Fewer say nothing of what is usual. */
const ENOUGH = 20;

/** Replaced whole: a lane of which nothing is delivered any more is forgotten. */
const forget = `delete from lane where learnt_at < $1`;
const learn = `insert into lane (location, country, carrier, service, deliveries, usual_seconds, learnt_at)
  select location, coalesce(country, ''), carrier, service, count(*)::int,
    percentile_cont(0.95) within group (order by extract(epoch from delivered_at - dispatched_at)), $1
  from ${shipments}
  where delivered_at >= $1::timestamptz - interval '90 days' and delivered_at <= $1 and dispatched_at is not null and delivered_at >= dispatched_at
  group by 1, 2, 3, 4 having count(*) >= ${ENOUGH}
  on conflict (location, country, carrier, service)
  do update set deliveries = excluded.deliveries, usual_seconds = excluded.usual_seconds, learnt_at = excluded.learnt_at`;

/** In time is until the promise, or in as many days as the carrier had quoted; where nobody said anything, whenever it came. */
const due = `coalesce(promised_at, dispatched_at + quoted_days * interval '1 day')`;
const forgetOutcomes = 'delete from lane_outcome where learnt_at < $1';
const learnOutcomes = `insert into lane_outcome (location, country, carrier, service, parcels, kept, learnt_at)
  select location, coalesce(country, ''), carrier, service, count(*)::int,
    count(*) filter (where delivered_at <= coalesce(${due}, 'infinity') and not damaged)::int, $1
  from ${tableOf(carrierParcel)}
  where dispatched_at >= $1::timestamptz - interval '90 days' and dispatched_at <= $1 and (delivered_at is not null or went_back or lost or ${due} < $1)
  group by 1, 2, 3, 4
  on conflict (location, country, carrier, service)
  do update set parcels = excluded.parcels, kept = excluded.kept, learnt_at = excluded.learnt_at`;

/** What became of parcels by lane, as it was learnt last. */
export const laneOutcomes = (sql: Sql) => async (): Promise<readonly LaneOutcomes[]> =>
  (await sql.query<LaneOutcomes>('select location, country, carrier, service, parcels, kept from lane_outcome')).rows;

const underway = `s.dispatched_at is not null and s.delivered_at is null and s.lost_at is null and s.status not in ('cancelled', 'returned', 'delivered')`;

const stuck = `select * from (
    select s.shipment_id "shipmentId", s.order_id "orderId", s.location, s.country, s.carrier, s.service, s.status,
      ${isoTime('s.dispatched_at')} "dispatchedAt", ${isoTime('s.last_scan_at')} "lastScanAt", s.last_place "lastPlace",
      coalesce(l.usual_seconds, $1) / 86400 "usualDays", coalesce(l.deliveries, 0) deliveries,
      (extract(epoch from $2::timestamptz - s.dispatched_at) - coalesce(l.usual_seconds, $1)) / 86400 "overdueDays",
      s.dispatched_at, s.shipment_id
    from ${shipments} s
    left join lane l on l.location = s.location and l.country = coalesce(s.country, '') and l.carrier = s.carrier and l.service = s.service
    where ${underway} and ($3::text is null or s.carrier = $3) and ($4::text is null or s.location = $4)
      and ($5::timestamptz is null or (s.dispatched_at, s.shipment_id) > ($5, $6::uuid))
  ) each where "overdueDays" > 0 order by dispatched_at, shipment_id limit $7`;

const silent = `select s.shipment_id from ${shipments} s
  where ${underway} and s.dispatched_at < $1 and coalesce(s.last_scan_at, s.dispatched_at) < $1 order by s.dispatched_at, s.shipment_id limit $2`;

type Row = StuckShipment & { readonly dispatched_at: Date; readonly shipment_id: string };

const tenths = (days: number): number => Math.round(days * 10) / 10;

export const laneShelf = (sql: Sql, stuckDays: number): LaneShelf => ({
  learn: async (now) => {
    await sql.query(learn, [now]);
    await sql.query(forget, [now]);
    await sql.query(learnOutcomes, [now]);
    await sql.query(forgetOutcomes, [now]);
  },
  stuck: async ({ carrier, location }, { limit, after }, now) => {
    const { rows } = await sql.query<Row>(stuck, [
      ...[stuckDays * 86_400, now, carrier ?? null, location ?? null],
      ...(after ?? [null, null]),
      limit,
    ]);
    return rows.map(({ dispatched_at: _at, shipment_id: _id, ...row }) => ({
      ...row,
      usualDays: tenths(row.usualDays),
      overdueDays: tenths(row.overdueDays),
    }));
  },
  silentSince: async (since, limit) => {
    const { rows } = await sql.query<{ readonly shipment_id: string }>(silent, [since, limit]);
    return rows.map(({ shipment_id }) => shipment_id);
  },
});

const claims = `select claim_id from ${tableOf(carrierClaim)}
  where ($1::text is null or carrier = $1) and ($2::text is null or status = $2)
    and ($3::timestamptz is null or (filed_at, claim_id) < ($3, $4::uuid))
  order by filed_at desc, claim_id desc limit $5`;

export const listClaims =
  (sql: Sql) =>
  async ({ carrier, status }: ClaimFilter, { limit, after }: ClaimPage): Promise<readonly string[]> => {
    const { rows } = await sql.query<{ readonly claim_id: string }>(claims, [
      carrier ?? null,
      status ?? null,
      ...(after ?? [null, null]),
      limit,
    ]);
    return rows.map(({ claim_id }) => claim_id);
  };
