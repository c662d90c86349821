import { isoTime, type Sql } from '@cartage/views';
import type { Reading, Readings } from '@cartage/service-kit';
import { parkedStates, type ParkedNotice, type ParkedNotices } from '../../app/notices';

const shown = `json_build_object('provider', provider, 'noticeId', notice_id, 'state', state, 'fact', fact, 'reason', reason, 'detail', detail, 'tries', tries,
  'occurredAt', ${isoTime('occurred_at', 'US')}, 'parkedAt', ${isoTime('parked_at', 'US')}) as row`;

const insert = `insert into parked_notice (provider, notice_id, state, fact, reason, detail, occurred_at, next_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (provider, notice_id) do nothing`;

/** Each for one process at a time: whoever dies with it leaves it to others when the lease is over. */
const claim = `update parked_notice set next_at = $2 where (provider, notice_id) in (
    select provider, notice_id from parked_notice where state = 'waiting' and next_at <= $1 order by next_at limit $3 for update skip locked)
  returning ${shown}`;

const keep = `update parked_notice set state = $3, reason = $4, detail = $5, next_at = $6, tries = tries + 1 where provider = $1 and notice_id = $2`;

const listed = `select ${shown} from parked_notice
  where ($1::text is null or state = $1) and ($2::timestamptz is null or (parked_at, provider, notice_id) > ($2, $3, $4))
  order by parked_at, provider, notice_id limit $5`;

interface Row {
  readonly row: ParkedNotice;
}
const rowsOf = ({ rows }: { readonly rows: readonly Row[] }): readonly ParkedNotice[] => rows.map(({ row }) => row);

/** In a table of the service. */
export const parkedInTable = (sql: Sql): ParkedNotices => ({
  park: async ({ provider, noticeId, state, fact, reason, detail, occurredAt }, nextAt) => {
    await sql.query(insert, [provider, noticeId, state, JSON.stringify(fact), reason, detail, occurredAt, nextAt]);
  },
  claim: async (now, leasedUntil, limit) => rowsOf(await sql.query<Row>(claim, [now, leasedUntil, limit])),
  keep: async ({ provider, noticeId, state, reason, detail }, nextAt) => {
    await sql.query(keep, [provider, noticeId, state, reason, detail, nextAt]);
  },
  drop: async ({ provider, noticeId }) =>
    (await sql.query('delete from parked_notice where provider = $1 and notice_id = $2 returning 1', [provider, noticeId])).rows.length > 0,
  list: async ({ state }, { limit, after }) =>
    rowsOf(await sql.query<Row>(listed, [state ?? null, ...(after ?? [null, null, null]), limit])),
});

interface Figure {
  readonly state: string;
  readonly count: number;
  readonly oldest?: string;
}

const figures = `select state, count(*)::int as count, ${isoTime('min(parked_at)', 'US')} as oldest from parked_notice group by state`;

/** For the metrics: how many wait in each state, and how long the oldest has. */
export const parkedReadings = (sql: Sql, now: () => Date) => async (): Promise<Readings> => {
  const { rows } = await sql.query<Figure>(figures, []);
  const each = (valueOf: (figure: Figure) => number): readonly Reading[] =>
    parkedStates.map((state) => ({
      labels: { service: 'payment-verification', state },
      value: valueOf(rows.find((row) => row.state === state) ?? { state, count: 0 }),
    }));
  const ageOf = ({ oldest }: Figure): number => (oldest === undefined ? 0 : Math.max(0, (now().getTime() - Date.parse(oldest)) / 1_000));
  return { parkedNotices: each(({ count }) => count), parkedNoticesSeconds: each(ageOf) };
};
