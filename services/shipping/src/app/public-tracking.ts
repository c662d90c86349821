import { Refused } from '@cartage/eventsourcing';
import { tableOf, type Sql } from '@cartage/views';
import { shipmentMilestone } from './views/shipment-milestone';
import { shipmentSummary } from './views/shipment-summary';

/** What whoever has the link may see: nothing personal, and nothing that leads to the order. */
export interface PublicTracking {
  readonly carrier: string;
  /** One of each parcel, in their order. */
  readonly trackingNumbers: readonly string[];
  readonly status: string;
  readonly country: string | null;
  readonly deliveredAt: string | null;
  /** Oldest first, by the carrier’s clock. */
  readonly milestones: readonly PublicMilestone[];
}

export interface PublicMilestone {
  /** The parcel; null for what concerns all of them. */
  readonly parcelId: string | null;
  readonly milestone: string;
  readonly place: string | null;
  readonly occurredAt: string;
}

interface Found {
  readonly shipment_id: string;
  readonly carrier: string;
  readonly tracking_numbers: readonly string[];
  readonly status: string;
  readonly country: string | null;
  readonly delivered_at: Date | null;
}

const milestonesOf = async (sql: Sql, shipmentId: string): Promise<readonly PublicMilestone[]> => {
  const { rows } = await sql.query<{ parcel_id: string; milestone: string; place: string | null; occurred_at: Date }>(
    `select parcel_id, milestone, place, occurred_at from ${tableOf(shipmentMilestone)} where shipment_id = $1 order by occurred_at, version, parcel_id`,
    [shipmentId],
  );
  return rows.map(({ parcel_id, milestone, place, occurred_at }) => ({
    parcelId: parcel_id === '' ? null : parcel_id,
    milestone,
    place,
    occurredAt: occurred_at.toISOString(),
  }));
};

const unknownLink = (): Refused => new Refused('TRACKING_UNKNOWN', 'There is no parcel behind this link, or not yet.', 'unknown');

/** Whose link it is. */
export const shipmentBehind = async (sql: Sql, token: string): Promise<string> => {
  const { rows } = await sql.query<Pick<Found, 'shipment_id'>>(
    `select shipment_id from ${tableOf(shipmentSummary)} where tracking_token = $1`,
    [token],
  );
  if (!rows[0]) throw unknownLink();
  return rows[0].shipment_id;
};

export const trackPublicly = async (sql: Sql, token: string): Promise<PublicTracking> => {
  const { rows } = await sql.query<Found>(
    `select shipment_id, carrier, tracking_numbers, status, country, delivered_at from ${tableOf(shipmentSummary)} where tracking_token = $1`,
    [token],
  );
  const found = rows[0];
  if (!found) throw unknownLink();
  return {
    carrier: found.carrier,
    trackingNumbers: found.tracking_numbers,
    status: found.status,
    country: found.country,
    deliveredAt: found.delivered_at?.toISOString() ?? null,
    milestones: await milestonesOf(sql, found.shipment_id),
  };
};
