import type { Forgettable } from '@cartage/service-kit';
import { isoTime, type Sql } from '@cartage/views';
import type { GivenLink, LinkBook } from '../../app/customer-page/customer-links';

/** One of a message is over, too, once all links of its order were revoked: nobody made it here, and nobody could name it. */
const ENDED = 'select revoked_by, revoked_at from customer_link_end e where e.order_id = l.order_id and l.made_by is null';
const OPEN = `l.revoked_at is null and not exists (${ENDED})`;

const ENTER = `
  insert into customer_link as l (link_id, order_id, expires_at, made_by, made_at) values ($1, $2, $3, $4, $5)
  on conflict (link_id) do update set made_by = coalesce(l.made_by, $4), made_at = coalesce(l.made_at, $5) where ${OPEN}
  returning link_id`;
const USE = `
  insert into customer_link as l (link_id, order_id, expires_at, last_used_at) values ($1, $2, $3, $4)
  on conflict (link_id) do update set last_used_at = case when ${OPEN} then greatest(l.last_used_at, $4) else l.last_used_at end
  returning ${OPEN} as open`;
const SHOWN = `
  link_id as "linkId", made_by as "madeBy", ${isoTime('made_at')} as "madeAt", ${isoTime('expires_at')} as "expiresAt",
  ${isoTime('last_used_at')} as "lastUsedAt", coalesce(l.revoked_by, e.revoked_by) as "revokedBy",
  ${isoTime('coalesce(l.revoked_at, e.revoked_at)')} as "revokedAt"`;
const LIST = `
  select ${SHOWN} from customer_link l left join lateral (${ENDED}) e on true
  where order_id = $1 and expires_at >= $2 and ($3::timestamptz is null or (expires_at, link_id) < ($3, $4::uuid))
  order by expires_at desc, link_id desc limit $5`;
const REVOKE = `
  with l as (
    update customer_link set revoked_at = coalesce(revoked_at, $3), revoked_by = coalesce(revoked_by, $4)
    where order_id = $1 and link_id = $2 returning *)
  select ${SHOWN} from l left join lateral (${ENDED}) e on true`;
const REVOKE_ALL = `
  with ended as (insert into customer_link_end (order_id, revoked_at, revoked_by) values ($1, $2, $3) on conflict do nothing)
  update customer_link set revoked_at = $2, revoked_by = $3 where order_id = $1 and revoked_at is null`;
const FORGET = 'delete from customer_link where link_id in (select link_id from customer_link where expires_at < $1 limit $2)';

export const linkBookIn = (sql: Sql): LinkBook => ({
  enter: async ({ linkId, orderId, expiresAt }, { by, at }) =>
    (await sql.query(ENTER, [linkId, orderId, expiresAt, by, at])).rows.length > 0,
  use: async ({ linkId, orderId, expiresAt }, at) => {
    const { rows } = await sql.query<{ readonly open: boolean }>(USE, [linkId, orderId, expiresAt, at]);
    return rows[0]?.open ?? false;
  },
  list: async (orderId, at, { after, limit }) =>
    (await sql.query<GivenLink>(LIST, [orderId, at, after?.expiresAt, after?.linkId, limit])).rows,
  revoke: async (orderId, linkId, { by, at }) => (await sql.query<GivenLink>(REVOKE, [orderId, linkId, at, by])).rows[0],
  revokeAll: async (orderId, { by, at }) => (await sql.query(REVOKE_ALL, [orderId, at, by])).rowCount ?? 0,
});

const KEPT_DAYS = 30;

/** A link that has ended opens nothing, whoever made it. */
export const forgettableLinks = (sql: Sql): Forgettable => ({
  what: 'links of customers that have ended',
  days: KEPT_DAYS,
  forget: async (before, limit) => (await sql.query(FORGET, [before, limit])).rowCount ?? 0,
});
