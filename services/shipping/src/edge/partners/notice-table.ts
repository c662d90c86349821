import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { NoticeContent, NoticeTable, ReceivedNotice } from '../../app/partners/partner-notices';

const SHOWN = `json_build_object('partner', partner, 'noticeId', notice_id, 'kind', kind, 'reference', reference, 'status', status, 'detail', detail,
  'code', code, 'faults', faults, 'tries', tries, 'receivedAt', ${isoTime('received_at', 'US')}) as notice`;

/** When it came first stays; and what was taken, when the same notice that came at the same time finds nothing left to do. */
const KEEP = `
  insert into partner_notice (partner, notice_id, kind, reference, status, detail, code, faults, content, tries, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (partner, notice_id) do update set kind = excluded.kind, reference = excluded.reference, status = excluded.status,
    detail = excluded.detail, code = excluded.code, faults = excluded.faults, content = excluded.content, tries = excluded.tries
    where partner_notice.status not in ('taken', 'dropped')`;
const FIND = `select ${SHOWN}, content from partner_notice where partner = $1 and notice_id = $2`;
const PARKED = `select ${SHOWN}, content from partner_notice where reference = $1 and status = 'parked' order by received_at, notice_id`;
const LIST = `
  select ${SHOWN} from partner_notice
  where partner = $1 and ($2::text is null or status = $2) and ($3::timestamptz is null or (received_at, notice_id) > ($3, $4))
  order by received_at, notice_id limit $5`;

/** The oldest first; of several processes each takes others. What waits for its shipment, or for a person, stays. */
const FORGET = `
  delete from partner_notice where (partner, notice_id) in (
    select partner, notice_id from partner_notice where status in ('taken', 'dropped') and received_at < $1
    order by received_at limit $2 for update skip locked)`;

export const forgettingNotices =
  (pool: Pool) =>
  async (before: string, limit: number): Promise<number> =>
    (await pool.query(FORGET, [before, limit])).rowCount ?? 0;

interface Row {
  readonly notice: ReceivedNotice;
  readonly content: NoticeContent;
}

export const noticeTable = (pool: Pool): NoticeTable => ({
  find: async (partner, noticeId) => (await pool.query<Row>(FIND, [partner, noticeId])).rows[0],
  keep: async ({ notice, content }) => {
    const { partner, noticeId, kind, reference, status, detail, code, faults, tries, receivedAt } = notice;
    await pool.query(KEEP, [
      ...[partner, noticeId, kind, reference, status, detail, code],
      ...[JSON.stringify(faults), JSON.stringify(content), tries, receivedAt],
    ]);
  },
  parked: async (shipmentId) => (await pool.query<Row>(PARKED, [shipmentId])).rows,
  list: async ({ partner, status, after, limit }) => {
    const { rows } = await pool.query<Row>(LIST, [partner, status ?? null, ...(after ?? [null, null]), limit]);
    return rows.map(({ notice }) => notice);
  },
});
