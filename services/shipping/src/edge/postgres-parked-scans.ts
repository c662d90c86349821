import type { Reading, Readings } from '@cartage/service-kit';
import { isoTime, type Sql } from '@cartage/views';
import type { ParkedScan, ParkReason, ScanParking } from '../app/parked-scans';
import type { TrackingNumber } from '../app/registers';
import { together } from './together';

interface Row {
  readonly carrier: string;
  readonly tracking_number: string;
  readonly scan: ParkedScan;
  readonly dismissed: boolean;
}

const select = `select carrier, tracking_number, scan, dismissed_at is not null as dismissed from parked_scan`;

const insert = `insert into parked_scan (scan_id, carrier, tracking_number, waits_for, scan, parked_at) values ($1, $2, $3, $4, $5, $6)
  on conflict do nothing`;

const listed = `${select}
  where dismissed_at is null and ($1::text is null or carrier = $1) and ($2::text is null or waits_for = $2)
    and ($3::timestamptz is null or (parked_at, scan_id) > ($3, $4::uuid))
  order by parked_at, scan_id limit $5`;

const keyOf = ({ carrier, trackingNumber }: TrackingNumber): string => JSON.stringify([carrier, trackingNumber]);

const findWaiting =
  (sql: Sql) =>
  async (wanted: readonly TrackingNumber[]): Promise<readonly (readonly ParkedScan[])[]> => {
    const { rows } = await sql.query<Row>(
      `${select} where dismissed_at is null and (carrier, tracking_number) in (select * from unnest($1::text[], $2::text[]))
       order by parked_at, scan_id`,
      [wanted.map(({ carrier }) => carrier), wanted.map(({ trackingNumber }) => trackingNumber)],
    );
    const found = new Map<string, ParkedScan[]>(wanted.map((number) => [keyOf(number), []]));
    for (const { scan } of rows) found.get(keyOf(scan))?.push(scan);
    return wanted.map((number) => found.get(keyOf(number)) ?? []);
  };

export const scanParking = (sql: Sql): ScanParking => ({
  park: async (scan) => {
    const { scanId, carrier, trackingNumber, waitsFor, parkedAt } = scan;
    await sql.query(insert, [scanId, carrier, trackingNumber, waitsFor, JSON.stringify(scan), parkedAt]);
  },
  waiting: together(findWaiting(sql)),
  take: async (scanIds) => {
    await sql.query(`delete from parked_scan where scan_id = any($1::uuid[])`, [scanIds]);
  },
  find: async (scanId) => {
    const { rows } = await sql.query<Row>(`${select} where scan_id = $1`, [scanId]);
    return rows[0] && { scan: rows[0].scan, dismissed: rows[0].dismissed };
  },
  list: async ({ carrier, waitsFor }, { limit, after }) => {
    const { rows } = await sql.query<Row>(listed, [carrier ?? null, waitsFor ?? null, ...(after ?? [null, null]), limit]);
    return rows.map(({ scan }) => scan);
  },
  dismiss: async (scanId, { reason, actor, at }) => {
    await sql.query(
      `update parked_scan set dismissed_at = $2, dismissed_by = $3, dismissed_reason = $4 where scan_id = $1 and dismissed_at is null`,
      [scanId, at, actor, reason],
    );
  },
});

/** What is dated ahead waits for its time, and is nobody's fault here; what waits for a label should not wait long. */
const states = ['waiting', 'ahead'] as const;
const stateOf = (waitsFor: ParkReason): (typeof states)[number] => (waitsFor === 'dated-ahead' ? 'ahead' : 'waiting');

interface Figure {
  readonly waits_for: ParkReason;
  readonly count: number;
  readonly oldest: string;
}

const figures = `select waits_for, count(*)::int as count, ${isoTime('min(parked_at)')} as oldest from parked_scan
  where dismissed_at is null group by waits_for`;

/** For the metrics: how many wait, and how long the oldest has. */
export const parkedScanReadings = (sql: Sql, now: () => Date) => async (): Promise<Readings> => {
  const { rows } = await sql.query<Figure>(figures, []);
  const each = (valueOf: (of: readonly Figure[]) => number): readonly Reading[] =>
    states.map((state) => ({
      labels: { service: 'shipping', state },
      value: valueOf(rows.filter(({ waits_for }) => stateOf(waits_for) === state)),
    }));
  const ageOf = ({ oldest }: Figure): number => Math.max(0, (now().getTime() - Date.parse(oldest)) / 1_000);
  return {
    parkedNotices: each((of) => of.reduce((sum, { count }) => sum + count, 0)),
    parkedNoticesSeconds: each((of) => Math.max(0, ...of.map(ageOf))),
  };
};
