import { Refused } from '@cartage/eventsourcing';
import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { Pool } from 'pg';
import type { ListedManifest, ManifestShelf } from '../../app/manifests';
import type { PickupShelf } from '../../app/pickups';
import { manifestShipment, manifestSummary } from '../../app/views/manifests';
import { pickupSummary } from '../../app/views/pickups';
import { shipmentSummary } from '../../app/views/shipment-summary';

/** Older than this, what stands on no manifest went before there were any. */
const LOOKS_BACK = `interval '60 days'`;

const handedOver = `select s.shipment_id from ${tableOf(shipmentSummary)} s
  where s.carrier = $1 and s.location = $2 and s.dispatched_at < $3::timestamptz and s.dispatched_at >= $3::timestamptz - ${LOOKS_BACK}
    and not exists (select 1 from ${tableOf(manifestShipment)} m where m.shipment_id = s.shipment_id)
  order by s.dispatched_at, s.shipment_id`;

const manifests = `select manifest_id "manifestId", carrier, location, to_char(day, 'YYYY-MM-DD') as day, shipments, parcels, reference, url, ${isoTime('closed_at')} "closedAt"
  from ${tableOf(manifestSummary)}
  where ($1::text is null or carrier = $1) and ($2::text is null or location = $2) and ($3::date is null or day = $3)
    and ($4::timestamptz is null or (closed_at, manifest_id) < ($4, $5::uuid))
  order by closed_at desc, manifest_id desc limit $6`;

/** Waits until the views show all that is in the log. */
type CaughtUp = () => Promise<void>;

export const manifestShelf = (sql: Sql, caughtUp: CaughtUp): ManifestShelf => ({
  handedOver: async ({ carrier, location, before }) => {
    await caughtUp();
    const { rows } = await sql.query<{ readonly shipment_id: string }>(handedOver, [carrier, location, before]);
    return rows.map(({ shipment_id }) => shipment_id);
  },
  list: async ({ carrier, location, day }, { limit, after }) => {
    const { rows } = await sql.query<ListedManifest>(manifests, [
      ...[carrier ?? null, location ?? null, day ?? null],
      ...(after ?? [null, null]),
      limit,
    ]);
    return rows;
  },
});

const waiting = `select shipment_id from ${tableOf(shipmentSummary)}
  where carrier = $1 and location = $2 and status = 'labelled' and labelled_at <= $3::timestamptz order by labelled_at, shipment_id`;

const taken = `select exists (select 1 from ${tableOf(shipmentSummary)} where carrier = $1 and location = $2
  and (dispatched_at >= $3::timestamptz or (dispatched_at >= $3::timestamptz - interval '1 day' and last_scan_at >= $3::timestamptz))) as taken`;

const pickups = `select pickup_id from ${tableOf(pickupSummary)}
  where ($1::text is null or carrier = $1) and ($2::text is null or location = $2) and ($3::text is null or status = $3)
    and ($4::timestamptz is null or (begins_at, pickup_id) < ($4, $5::uuid))
  order by begins_at desc, pickup_id desc limit $6`;

export const pickupShelf = (sql: Sql, caughtUp: CaughtUp): PickupShelf => ({
  waiting: async ({ carrier, location }, until) => {
    await caughtUp();
    const { rows } = await sql.query<{ readonly shipment_id: string }>(waiting, [carrier, location, until]);
    return rows.map(({ shipment_id }) => shipment_id);
  },
  taken: async ({ carrier, location }, from) => {
    await caughtUp();
    const { rows } = await sql.query<{ readonly taken: boolean }>(taken, [carrier, location, from]);
    return rows[0]?.taken ?? false;
  },
  list: async ({ carrier, location, status }, { limit, after }) => {
    const { rows } = await sql.query<{ readonly pickup_id: string }>(pickups, [
      ...[carrier ?? null, location ?? null, status ?? null],
      ...(after ?? [null, null]),
      limit,
    ]);
    return rows.map(({ pickup_id }) => pickup_id);
  },
});

const missed = `select count(*)::int as missed from ${tableOf(pickupSummary)} p
  where status = 'missed' and ends_at > $1::timestamptz - interval '2 days' and not exists (
    select 1 from ${tableOf(shipmentSummary)} s where s.carrier = p.carrier and s.location = p.location and s.dispatched_at > p.ends_at)`;

/** How many pickups of the last two days nobody came to, nor since. */
export const missedPickups = async (sql: Sql, now: Date): Promise<number> => {
  const { rows } = await sql.query<{ readonly missed: number }>(missed, [now]);
  return rows[0]?.missed ?? 0;
};

/**
 * One at a time of those with the same key, in all processes; of this process one at a time altogether, so that waiting for each other never takes all
 * connections. Who comes while another process is at it is told so.
 */
export const aloneOn = (pool: Pool): (<Value>(key: string, work: () => Promise<Value>) => Promise<Value>) => {
  let before: Promise<unknown> = Promise.resolve();
  const locked = async <Value>(key: string, work: () => Promise<Value>): Promise<Value> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<{ readonly got: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as got', [
        key,
      ]);
      if (!rows[0]?.got) throw new Refused('MANIFEST_UNDERWAY', 'It is being closed right now. Ask again in a moment.');
      return await work();
    } finally {
      await client.query('rollback').catch(() => undefined);
      client.release();
    }
  };
  return (key, work) => {
    const mine = before.then(() => locked(key, work));
    before = mine.catch(() => undefined);
    return mine;
  };
};
