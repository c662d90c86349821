import { inTransaction } from '@cartage/postgres';
import { idFor } from '@cartage/service-kit';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { Claim, ClaimedDeliveries, ClaimedDelivery, DeliveryQueue, Settlement } from '../../app/webhooks/delivery-table';
import type { CircuitBreaker } from '../../domain/circuit-breaker';
import { isTaken, type Attempt, type Delivery } from '../../domain/delivery';
import type { Entry } from '../../domain/journaling';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { entryOf, headOf, readEntries, type EntryRow } from '../postgres-fact-log';
import { UNWAITED } from '../unwaited';
import { ENDPOINT, endpointOf, holdEndpoint, keepState, type EndpointRow } from './endpoint-rows';

/** So many wait for an endpoint at once; more is entered as they end. */
const MOST_WAITING = 5_000;
/** So many are entered at once, and so many facts are looked through for them. */
const ENTERED_AT_ONCE = 200;
const LOOKED_THROUGH = 5_000;

const SENDABLE = `e.pause is null and (e.open_until is null or e.open_until <= $1)`;
const FREE = `d.status = 'waiting' and d.next_at <= $1 and (d.leased_until is null or d.leased_until <= $1)`;

/** Whoever is furthest behind comes first. */
const WITH_WORK = `
  select e.endpoint_id as "endpointId" from webhook_endpoint e
  where ${SENDABLE} and (e.position < (select coalesce(max(position), 0) from fact)
    or exists (select from webhook_delivery d where d.endpoint_id = e.endpoint_id and ${FREE}))
  order by e.position, e.endpoint_id`;

/** One process at a time enters and claims for an endpoint. */
const MINE = `select ${ENDPOINT} from webhook_endpoint e where ${SENDABLE} and e.endpoint_id = $2 for update skip locked`;
const COUNTS = `
  select count(*) filter (where replay_id is null)::integer as waiting, count(*) filter (where leased_until > $2)::integer as "underWay"
  from webhook_delivery where endpoint_id = $1 and status = 'waiting'`;
const ENTER = `
  insert into webhook_delivery (delivery_id, endpoint_id, position, event_id, type, order_id, partition_key, entered_at, next_at)
  select x.delivery, $2, x.position, x.event, x.type, x.of_order, x.key, $3, $3
  from json_to_recordset($1::json) as x(delivery uuid, position bigint, event uuid, type text, of_order uuid, key text)
  on conflict (delivery_id) do nothing`;
const PASS = `update webhook_endpoint set position = $2 where endpoint_id = $1`;

/** Of each order the earliest that waits, if it is due and nobody sends it. What happens now goes before what is replayed, which has an order of its own. */
const TAKE = `
  with next as (
    select d.delivery_id from webhook_delivery d
    where d.endpoint_id = $2 and ${FREE} and not exists (
      select from webhook_delivery before
      where before.endpoint_id = $2 and before.status = 'waiting' and before.partition_key = d.partition_key and before.position < d.position)
    order by d.replay_id is not null, d.position limit $3
  ), taken as (
    update webhook_delivery d set leased_until = $4, tries = tries + 1, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $1)
    from next where d.delivery_id = next.delivery_id
    returning d.*
  )
  select t.delivery_id as "deliveryId", t.endpoint_id as "endpointId", t.tries, t.attempts, t.replay_id as "replayId", ${isoTime('t.first_tried_at')} as "firstTriedAt",
    f.position::float8 as position, f.order_id as "orderId", f.sequence::float8 as sequence, f.channel, f.envelope
  from taken t join fact f on f.position = t.position order by f.position`;

/** The number of the attempt says whose the claim is: whoever claims counts one more. */
const END = `
  update webhook_delivery set status = $3, next_at = $4, ended_at = $5, leased_until = null
  where delivery_id = $1 and attempts = $2 and status = 'waiting' and leased_until is not null`;
const NOTE = `
  insert into webhook_attempt (delivery_id, number, at, took_ms, url, answer, failure)
  select delivery_id, $2, $3, $4, $5, $6, $7 from webhook_delivery where delivery_id = $1
  on conflict (delivery_id, number) do nothing`;
const COUNT = `
  update webhook_endpoint set delivered = delivered + $2, failed = failed + $3, given_up = given_up + $4 where endpoint_id = $1`;
const RELEASE = `
  update webhook_delivery set leased_until = null, tries = tries - 1, first_tried_at = case when tries > 1 then first_tried_at end
  where delivery_id = $1 and attempts = $2 and status = 'waiting'`;

type TakenRow = Omit<Delivery, 'position'> & EntryRow & { readonly replayId: string | null };

const takenOf = ({ deliveryId, endpointId, tries, attempts, firstTriedAt, replayId, ...entry }: TakenRow): ClaimedDelivery => ({
  delivery: { deliveryId, endpointId, position: entry.position, tries, attempts, firstTriedAt },
  entry: entryOf(entry),
  ...(replayId === null ? {} : { replayId }),
});

const rowOf =
  (endpointId: string) =>
  ({ fact, position, orderId }: Entry): object => ({
    ...{ delivery: idFor('webhook-delivery', endpointId, fact.id), position, event: fact.id, type: fact.type },
    ...{ of_order: orderId, key: orderId ?? fact.key },
  });

/** Enters what has happened since. Positions become visible in their order, so that nothing is passed over. */
const enterNew = async (client: PoolClient, { endpointId, position, filter }: WebhookEndpoint, now: Date): Promise<void> => {
  const head = await headOf(client);
  if (position >= head) return;
  const upTo = Math.min(head, position + LOOKED_THROUGH);
  const entries = await readEntries(client, { ...filter, after: position, upTo, limit: ENTERED_AT_ONCE });
  if (entries.length > 0) await client.query(ENTER, [JSON.stringify(entries.map(rowOf(endpointId))), endpointId, now]);
  await client.query(PASS, [endpointId, entries.length < ENTERED_AT_ONCE ? upTo : entries.at(-1)?.position]);
};

const claimIn = async (client: PoolClient, endpointId: string, { now, until, roomIn }: Claim): Promise<ClaimedDeliveries | undefined> => {
  await client.query(UNWAITED);
  const endpoint = (await client.query<EndpointRow>(MINE, [now, endpointId])).rows.map(endpointOf)[0];
  if (!endpoint) return undefined;
  const counts = (await client.query<{ readonly waiting: number; readonly underWay: number }>(COUNTS, [endpointId, now])).rows[0];
  const { waiting, underWay } = counts ?? { waiting: 0, underWay: 0 };
  if (waiting < MOST_WAITING) await enterNew(client, endpoint, now);
  const room = roomIn(endpoint.breaker) - underWay;
  const { rows } = room > 0 ? await client.query<TakenRow>(TAKE, [now, endpointId, room, until]) : { rows: [] };
  return { endpoint, deliveries: rows.map(takenOf) };
};

const endOf = ({ verdict }: Settlement, now: string): readonly unknown[] =>
  verdict.status === 'waiting' ? [verdict.status, verdict.nextAt, null] : [verdict.status, null, now];

const settleIn = async (
  client: PoolClient,
  { deliveryId, endpointId, attempts }: Delivery,
  { attempt, settle }: { readonly attempt: Attempt; readonly settle: (breaker: CircuitBreaker) => Settlement },
): Promise<void> => {
  await client.query(UNWAITED);
  const endpoint = await holdEndpoint(client, endpointId);
  if (!endpoint) return;
  const settlement = settle(endpoint.breaker);
  const { at, tookMs, url, answer, failure = null } = attempt;
  await client.query(NOTE, [deliveryId, attempts, at, tookMs, url, answer ? JSON.stringify(answer) : null, failure]);
  const ended = await client.query(END, [deliveryId, attempts, ...endOf(settlement, at)]);
  if (ended.rowCount !== 1) return;
  const { status } = settlement.verdict;
  await client.query(COUNT, [endpointId, Number(isTaken(attempt)), Number(!isTaken(attempt)), Number(status === 'given-up')]);
  const pause = endpoint.pause ?? settlement.pause;
  await keepState(client, endpointId, { breaker: settlement.breaker, ...(pause ? { pause } : {}) });
};

export const deliveryQueue = (pool: Pool): DeliveryQueue => ({
  endpointsWithWork: async (now) =>
    (await pool.query<{ readonly endpointId: string }>(WITH_WORK, [now])).rows.map(({ endpointId }) => endpointId),
  claim: (endpointId, claim) => inTransaction(pool, (client) => claimIn(client, endpointId, claim)),
  settle: (delivery, attempt, settle) => inTransaction(pool, (client) => settleIn(client, delivery, { attempt, settle })),
  release: async ({ deliveryId, attempts }) => void (await pool.query(RELEASE, [deliveryId, attempts])),
});
