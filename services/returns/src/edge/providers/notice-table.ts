import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { KeptNotice, ProviderNoticeTable } from '../../app/providers/provider-notices';

const SHOWN = `json_build_object('provider', provider, 'noticeId', notice_id, 'kind', kind, 'reference', reference, 'orderId', order_id,
  'status', status, 'detail', detail, 'code', code, 'faults', faults, 'tries', tries, 'receivedAt', ${isoTime('received_at', 'US')}) as notice`;

/** When it came first stays; and what was taken, when the same notice that came at the same time finds nothing left to do. */
const KEEP = `
  insert into provider_notice (provider, notice_id, kind, reference, order_id, status, detail, code, faults, content, tries, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (provider, notice_id) do update set kind = excluded.kind, reference = excluded.reference, order_id = excluded.order_id,
    status = excluded.status, detail = excluded.detail, code = excluded.code, faults = excluded.faults, content = excluded.content,
    tries = excluded.tries
    where provider_notice.status not in ('taken', 'dropped')`;
const FIND = `select ${SHOWN}, content from provider_notice where provider = $1 and notice_id = $2`;
const parkedBy = (column: 'order_id' | 'reference'): string =>
  `select ${SHOWN}, content from provider_notice where provider = $1 and ${column} = $2 and status = 'parked' order by received_at, notice_id`;
const LIST = `
  select ${SHOWN}, content from provider_notice
  where provider = $1 and ($2::text is null or status = $2) and ($3::timestamptz is null or (received_at, notice_id) > ($3, $4))
  order by received_at, notice_id limit $5`;

/** The oldest first; of several processes each takes others. What waits for what it speaks of, or for a person, stays. */
const FORGET = `
  delete from provider_notice where (provider, notice_id) in (
    select provider, notice_id from provider_notice where status in ('taken', 'dropped') and received_at < $1
    order by received_at limit $2 for update skip locked)`;

export const forgettingProviderNotices =
  (pool: Pool) =>
  async (before: string, limit: number): Promise<number> =>
    (await pool.query(FORGET, [before, limit])).rowCount ?? 0;

export const providerNoticeTable = (pool: Pool): ProviderNoticeTable => ({
  find: async (provider, noticeId) => (await pool.query<KeptNotice>(FIND, [provider, noticeId])).rows[0],
  keep: async ({ notice, content }) => {
    const { provider, noticeId, kind, reference, orderId, status, detail, code, faults, tries, receivedAt } = notice;
    await pool.query(KEEP, [
      ...[provider, noticeId, kind, reference, orderId, status, detail, code],
      ...[JSON.stringify(faults), JSON.stringify(content), tries, receivedAt],
    ]);
  },
  parked: async (provider, of) => {
    const [column, value] = 'orderId' in of ? (['order_id', of.orderId] as const) : (['reference', of.reference] as const);
    return (await pool.query<KeptNotice>(parkedBy(column), [provider, value])).rows;
  },
  list: async ({ provider, status, after, limit }) => {
    const { rows } = await pool.query<KeptNotice>(LIST, [provider, status ?? null, ...(after ?? [null, null]), limit]);
    return rows.map(({ notice }) => notice);
  },
});
