import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { Claim, ClaimedDeliveries, ClaimedDelivery, DeliveryQueue } from '../../app/webhooks/delivery-table';
import type { Delivery } from '../../domain/delivery';
import { entryOf, readNames, type EntryRow } from '../postgres-fact-log';
import { UNWAITED } from '../unwaited';
import { ENDPOINT, endpointOf, type EndpointRow } from './endpoint-rows';
import { settling } from './settling';
import { enter } from './turns';

/** So many wait for an endpoint at once; more is entered as they end. */
const MOST_WAITING = 5_000;
/** So many are entered at once, and so many facts are looked through for them. */
const ENTERED_AT_ONCE = 200;
const LOOKED_THROUGH = 5_000;

const SENDABLE = `e.pause is null and (e.open_until is null or e.open_until <= $1)`;

/** What may be sent now is found by an index each, and nothing of what waits behind is looked at. First what a process has not settled in time, then what happens now, then what is replayed; in each what is due longest. */
const LOST = `d.in_turn and d.leased_until <= $1`;
const due = (replay: 'null' | 'not null'): string =>
  `d.status = 'waiting' and d.in_turn and d.leased_until is null and d.replay_id is ${replay} and d.next_at <= $1`;
const kinds = [
  { free: LOST, by: 'd.leased_until' },
  { free: due('null'), by: 'd.next_at, d.position' },
  { free: due('not null'), by: 'd.next_at, d.position' },
];

/** Whoever is furthest behind comes first. */
const WITH_WORK = `
  select e.endpoint_id as "endpointId" from webhook_endpoint e
  where ${SENDABLE} and (e.position < (select coalesce(max(position), 0) from fact)
    ${kinds.map(({ free }) => `or exists (select from webhook_delivery d where d.endpoint_id = e.endpoint_id and ${free})`).join('\n    ')})
  order by e.position, e.endpoint_id`;

/** One process at a time enters and claims for an endpoint. */
const MINE = `
  select ${ENDPOINT}, e.waiting::float8 as waiting, (select coalesce(max(position), 0)::float8 from fact) as head
  from webhook_endpoint e where ${SENDABLE} and e.endpoint_id = $2 for update skip locked`;
const PASS = `update webhook_endpoint set position = $2, waiting = waiting + $3 where endpoint_id = $1`;

/** As many as there is room for beside those that are under way, in whichever process, and no more than whoever asks has room for. */
const TAKE = `
  with next as (
    select x.delivery_id from (
      ${kinds
        .map(
          ({ free, by }, i) => `
      (select ${i} as kind, d.delivery_id, d.next_at, d.position from webhook_delivery d where d.endpoint_id = $2 and ${free} order by ${by} limit $3)`,
        )
        .join(' union all ')}
    ) as x order by x.kind, x.next_at, x.position
    limit greatest(least($5, $3 - (select count(*) from webhook_delivery d where d.endpoint_id = $2 and d.leased_until > $1)), 0)
  ), taken as (
    update webhook_delivery d set leased_until = $4, tries = tries + 1, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, $1)
    from next where d.delivery_id = next.delivery_id
    returning d.*
  )
  select t.delivery_id as "deliveryId", t.endpoint_id as "endpointId", t.tries, t.attempts, t.replay_id as "replayId", ${isoTime('t.first_tried_at')} as "firstTriedAt",
    f.position::float8 as position, f.order_id as "orderId", f.sequence::float8 as sequence, f.channel, f.envelope
  from taken t join fact f on f.position = t.position order by f.position`;

const RELEASE = `
  update webhook_delivery set leased_until = null, tries = tries - 1, first_tried_at = case when tries > 1 then first_tried_at end
  where delivery_id = $1 and attempts = $2 and status = 'waiting'`;

type TakenRow = Omit<Delivery, 'position'> & EntryRow & { readonly replayId: string | null };

const takenOf = ({ deliveryId, endpointId, tries, attempts, firstTriedAt, replayId, ...entry }: TakenRow): ClaimedDelivery => ({
  delivery: { deliveryId, endpointId, position: entry.position, tries, attempts, firstTriedAt },
  entry: entryOf(entry),
  ...(replayId === null ? {} : { replayId }),
});

interface MineRow extends EndpointRow {
  readonly waiting: number;
  readonly head: number;
}

/** Enters what has happened since. Positions become visible in their order, so that nothing is passed over. */
const enterNew = async (client: PoolClient, { waiting, head, ...row }: MineRow, now: Date): Promise<void> => {
  const { endpointId, position, filter } = endpointOf(row);
  if (waiting >= MOST_WAITING || position >= head) return;
  const upTo = Math.min(head, position + LOOKED_THROUGH);
  const facts = await readNames(client, { ...filter, after: position, upTo, limit: ENTERED_AT_ONCE });
  const entered = await enter(client, facts, { endpointId, now });
  await client.query(PASS, [endpointId, facts.length < ENTERED_AT_ONCE ? upTo : facts.at(-1)?.position, entered]);
};

const claimIn = async (
  client: PoolClient,
  endpointId: string,
  { now, until, most, roomIn }: Claim,
): Promise<ClaimedDeliveries | undefined> => {
  const [mine] = (await client.query<MineRow>(MINE, [now, endpointId])).rows;
  if (!mine) return undefined;
  await enterNew(client, mine, now);
  const { rows } = await client.query<TakenRow>(TAKE, [now, endpointId, roomIn(mine.breaker), until, most]);
  return { endpoint: mine, deliveries: rows.map(takenOf) };
};

export const deliveryQueue = (pool: Pool): DeliveryQueue => ({
  endpointsWithWork: async (now) =>
    (await pool.query<{ readonly endpointId: string }>(WITH_WORK, [now])).rows.map(({ endpointId }) => endpointId),
  claim: (endpointId, claim) => inTransaction(pool, (client) => claimIn(client, endpointId, claim), UNWAITED),
  settle: settling(pool),
  release: async ({ deliveryId, attempts }) => void (await pool.query(RELEASE, [deliveryId, attempts])),
});
